"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import include, path, register_converter

from web.console.views import signing
from web.pages import privacy, views, watching
from web.pages.widget_files import versioned
from web.pages.words import LANGUAGES
from web.trips import views as trips


class Language:
    """A language that the pages are written in."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The code itself."""
        return value

    to_url = to_python


class TripId(Language):
    """The id of a kept trip."""

    regex = "[0-9a-f]{32}"


register_converter(Language, "lang")
register_converter(TripId, "trip")

urlpatterns = [
    path("", views.choose_language, name="root"),
    path("console/", include("web.console.urls")),
    path("<lang:lang>", views.add_slash),
    path("<lang:lang>/", views.home, name="home"),
    path("<lang:lang>/embed", views.embed, name="embed"),
    *(path(f"<lang:lang>/{slug}", views.privacy) for slug in dict.fromkeys(privacy.SLUGS.values())),
    path("<lang:lang>/<slug:place_id>", views.place, name="place"),
    path("t/<trip:trip_id>", trips.trip, name="trip"),
    path("t/<trip:trip_id>.ics", trips.calendar_file, name="trip-calendar"),
    path("t/<trip:trip_id>.gpx", trips.map_file, name="trip-map"),
    path("t/<trip:trip_id>.svg", trips.code, name="trip-code"),
    path("zalo_verifier<str:code>.html", views.zalo_verifier),
    path("embed", views.choose_language, {"page": "embed"}),
    path("q/<slug:place_id>", views.scanned, name="scanned"),
    path("q/<slug:place_id>.svg", views.qr_code, name="qr"),
    path("widget/<str:number>/<path:file>", versioned),
    path("photos/<str:file>.jpg", views.photo, name="photo"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("healthz", views.health, name="health"),
    path("health", views.health),
    path("ready", views.health),
    path("metrics", watching.metrics),
    path("favicon.ico", views.favicon),
    path("<slug:place_id>", views.choose_language, name="place-any-language"),
]
handler403 = signing.refused
handler404 = views.not_found
handler500 = views.server_error
handler400 = views.bad_request
