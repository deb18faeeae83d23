"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import path, register_converter

from web.pages import views
from web.pages.words import LANGUAGES


class Language:
    """A language that the pages are written in."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The code itself."""
        return value

    to_url = to_python


register_converter(Language, "lang")

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("<lang:lang>", views.add_slash),
    path("<lang:lang>/", views.home, name="home"),
    path("<lang:lang>/<slug:place_id>", views.place, name="place"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("healthz", views.health, name="health"),
    path("favicon.ico", views.favicon),
    path("<slug:place_id>", views.choose_language, name="place-any-language"),
]
handler404 = views.not_found
handler500 = views.server_error
handler400 = views.bad_request
