"""Maps without tiles: places projected onto a small drawing, with labels placed so that they do not collide."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import atan2, cos, hypot, radians, sin
from typing import Iterable, NamedTuple, Optional, Sequence

from guide.sitedb.records import Location

KM_PER_DEGREE = 111.32  # of latitude, and of longitude at the equator (WGS84 mean)
CHAR_WIDTH = 7.4  # drawing units; the page's sans-serif at 14 units, bold
LINE_HEIGHT = 17
PIN = 13  # radius, drawing units
APART = 2 * PIN - 4  # pins may touch, not hide each other
STRIP = 22  # height of the strip for the scale bar
SCALES_KM = (1, 2, 5, 10, 20, 50)


class Box(NamedTuple):
    """A rectangle in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        """Whether all of this lies in the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class Mark:
    """What is to be drawn: a numbered pin, or a town for orientation when ``number`` is None."""

    label: str
    location: Location
    number: Optional[int] = None
    url: str = ""
    group: int = 0


@dataclass(frozen=True)
class Drawn:
    """A mark with its place on the drawing; ``label_x`` is None where there was no room for the label."""

    mark: Mark
    x: float
    y: float
    label_x: Optional[float] = None
    label_y: float = 0
    anchor: str = "start"

    @property
    def url(self) -> str:
        """Where a click on the pin leads."""
        return self.mark.url


@dataclass(frozen=True)
class Drawing:
    """A finished map; ``scale_width`` drawing units are ``scale_km`` on the ground."""

    width: int
    height: int
    pins: tuple[Drawn, ...]
    towns: tuple[Drawn, ...]
    scale_km: int
    scale_width: float
    peak: Optional[tuple[float, float]] = None
    ways: tuple[tuple[int, str], ...] = ()  # (group, the points of an SVG polyline)

    @property
    def scale_y(self) -> int:
        """Where the scale bar stands: in a strip of its own below the map."""
        return self.height - 12


class Projection:
    """Equirectangular about the middle latitude, fitted into the drawing: good to 0.1 % over a hundred kilometres."""

    def __init__(self, locations: Sequence[Location], width: int, tallest: int, margin: float) -> None:
        lats, lons = [spot.lat for spot in locations], [spot.lon for spot in locations]
        self.lat, self.lon = (max(lats) + min(lats)) / 2, (max(lons) + min(lons)) / 2
        self.shrink = cos(radians(self.lat))
        across, down = (max(lons) - min(lons)) * self.shrink, max(lats) - min(lats)
        room_across, room_down = width - 2 * margin, tallest - 2 * margin
        # drawing units a degree of latitude; places closer together than a kilometre are not pulled apart
        self.scale = min(room_across / max(across, 0.01), room_down / max(down, 0.01))
        self.width = width
        self.height = round(max(down * self.scale + 2 * margin, width / 3))

    def __call__(self, spot: Location) -> tuple[float, float]:
        """Drawing units from the top left corner."""
        x = self.width / 2 + (spot.lon - self.lon) * self.shrink * self.scale
        return round(x, 1), round(self.height / 2 + (self.lat - spot.lat) * self.scale, 1)

    @property
    def units_per_km(self) -> float:
        """Drawing units a kilometre."""
        return self.scale / KM_PER_DEGREE


def draw(
    pins: Sequence[Mark],
    towns: Iterable[Mark] = (),
    width: int = 900,
    tallest: int = 640,
    margin: float = 70,
    peak: Optional[Location] = None,
    ways: Sequence[tuple[int, Sequence[Location]]] = (),
) -> Drawing:
    """The map of the pins, with the towns that lie on it, a mountain at ``peak`` and ``ways``: (group, over what).

    At least one pin is needed; one with an empty label gets none. Pins that would hide each other are moved apart.
    """
    passed = [spot for _, way in ways for spot in way]
    place = Projection([*(mark.location for mark in pins), *passed], width, tallest, margin)
    spots = [(mark, *xy) for mark, xy in zip(pins, _apart([place(mark.location) for mark in pins]), strict=True)]
    taken = [Box(x - PIN, y - PIN, x + PIN, y + PIN) for _, x, y in spots]
    sheet = Box(4, 4, width - 4, place.height - 4)
    drawn_pins = tuple(_labelled(spot, PIN + 5, taken, sheet) for spot in spots)
    town_spots = [(mark, *place(mark.location)) for mark in towns]
    on_map = [spot for spot in town_spots if Box(spot[1], spot[2], spot[1], spot[2]).within(sheet)]
    labelled = (_labelled(spot, 8, taken, sheet) for spot in on_map)
    drawn_towns = tuple(town for town in labelled if town.label_x is not None)
    scale_km = max((km for km in SCALES_KM if km * place.units_per_km < width / 3), default=SCALES_KM[0])
    scale_width = round(scale_km * place.units_per_km, 1)
    summit = place(peak) if peak else None
    lines = tuple((group, " ".join("{},{}".format(*place(spot)) for spot in way)) for group, way in ways)
    return Drawing(width, place.height + STRIP, drawn_pins, drawn_towns, scale_km, scale_width, summit, lines)


def _apart(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spots moved until none hides another; far fewer units than the accuracy of the locations is worth."""
    moved = list(spots)
    for _ in range(40):
        for one, other in combinations(range(len(moved)), 2):
            (x1, y1), (x2, y2) = moved[one], moved[other]
            lacking = APART - hypot(x2 - x1, y2 - y1)
            if lacking > 0:
                angle = atan2(y2 - y1, x2 - x1) if (x1, y1) != (x2, y2) else one
                dx, dy = cos(angle) * lacking / 2, sin(angle) * lacking / 2
                moved[one], moved[other] = (x1 - dx, y1 - dy), (x2 + dx, y2 + dy)
    return [(round(x, 1), round(y, 1)) for x, y in moved]


def _labelled(spot: tuple[Mark, float, float], gap: float, taken: list[Box], sheet: Box) -> Drawn:
    """The mark with its label at the first free of the places around it."""
    mark, x, y = spot
    if not mark.label:
        return Drawn(mark, x, y)
    length, half = len(mark.label) * CHAR_WIDTH, LINE_HEIGHT / 2
    for label_x, label_y, anchor in (
        (x + gap, y, "start"),
        (x - gap, y, "end"),
        (x, y - gap - half + 2, "middle"),
        (x, y + gap + half - 2, "middle"),
        (x + gap * 0.8, y - gap - 2, "start"),
        (x + gap * 0.8, y + gap + 2, "start"),
        (x - gap * 0.8, y - gap - 2, "end"),
        (x - gap * 0.8, y + gap + 2, "end"),
    ):
        left = {"start": label_x, "end": label_x - length, "middle": label_x - length / 2}[anchor]
        box = Box(left, label_y - half, left + length, label_y + half)
        if box.within(sheet) and not any(box.meets(other) for other in taken):
            taken.append(box)
            return Drawn(mark, x, y, round(label_x, 1), round(label_y + 5, 1), anchor)
    return Drawn(mark, x, y)
