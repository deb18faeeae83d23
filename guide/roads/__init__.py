"""How far and by which roads: trips between any two subjects of the site database."""

from __future__ import annotations

from guide.roads.anchors import standing_place
from guide.roads.geo import great_circle_km
from guide.roads.graph import RoadHead, RoadLeg, Roads, RoadTrip, roads_of

__all__ = ["RoadHead", "RoadLeg", "RoadTrip", "Roads", "great_circle_km", "roads_of", "standing_place"]
