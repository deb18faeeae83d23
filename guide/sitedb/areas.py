"""Provinces, cities, districts and towns, old and new, and which places lie in them."""

from __future__ import annotations

import re
from typing import Iterable, Optional

from guide.sitedb.records import Place, Province
from guide.text import fold, nfc


class Areas:
    """Looks areas up by any of their names, and places by their area.

    A place lies in a province that its record names, now or before. It lies in a smaller area when its address, now or
    before, has one of the area's Vietnamese aliases as whole words, with their diacritics: those say what the area was
    (quận An Dương), where the bare name may be a lake's or a mountain's (hồ An Dương, núi Tiên Du).
    """

    def __init__(self, areas: Iterable[Province], places: list[Place]) -> None:
        self._areas = list(areas)
        self._places = places

    def find(self, name: str) -> Optional[Province]:
        """The area of an id or any name; provinces come before smaller areas of the same name."""
        wanted = fold(name).strip()
        ordered = sorted(self._areas, key=lambda area: area.level != "province")
        by_id = next((area for area in ordered if area.id == wanted), None)
        return by_id or next((area for area in ordered if wanted in _names(area)), None)

    def places_in(self, name: str) -> set[str]:
        """Ids of the places in an area, by its id or any of its names; of an unknown one, by the name itself."""
        area = self.find(name)
        if area is None or area.level == "province":
            names = _names(area) if area else {fold(name).strip()}
            return {
                place.id for place in self._places if {fold(place.province_now), fold(place.province_before)} & names
            }
        return self._at(area)

    def places_at(self, place_id: str) -> set[str]:
        """Ids of the places in the area that a place stands for, such as the town ``dong-trieu``."""
        return set().union(*(self.places_in(area.id) for area in self._areas if area.place == place_id))

    def _at(self, area: Province) -> set[str]:
        pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in _in_addresses(area)) or r"(?!)")
        found = {place.id for place in self._places if pattern.search(_address(place))}
        return found | ({area.place} if area.place else set())


def _address(place: Place) -> str:
    return nfc(f"{place.address.get('vi', '')}; {place.address_before or ''}").lower()


def _texts(area: Province) -> list[str]:
    return [*area.name.values(), *(alias for aliases in area.aliases.values() for alias in aliases)]


def _in_addresses(area: Province) -> list[str]:
    return sorted((nfc(text).lower() for text in area.aliases.get("vi", ())), key=len, reverse=True)


def _names(area: Province) -> set[str]:
    return {fold(text).strip() for text in _texts(area)}
