"""Distances over the ground between two locations."""

from __future__ import annotations

from gpxpy.geo import haversine_distance

from guide.sitedb.records import Location


def great_circle_km(start: Location, end: Location) -> float:
    """The distance as the crow flies, in km, by the haversine formula (R. W. Sinnott, Sky and Telescope 68, 1984)."""
    return haversine_distance(start.lat, start.lon, end.lat, end.lon) / 1000
