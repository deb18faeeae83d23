"""The core of Trúc in plain Python: site database, calendar, search, answers. Imports neither Rasa nor Django."""
