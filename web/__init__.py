"""The public pages (Django): server-rendered from the site database, with the widget beside them."""
