"""What a reader gets from the site database: frozen records, one class for each kind of thing.

Languages are rows in the database and a mapping here: ``Words``. Unknown is ``None`` or an empty tuple, never a guess.
Every record that a visitor could act on names its ``Source``.
"""

from __future__ import annotations

from guide.sitedb.records.basics import (
    FALLBACK_LANGUAGES,
    LANGUAGES,
    Location,
    Source,
    Subject,
    Words,
)
from guide.sitedb.records.services import (
    Dish,
    Help,
    Venue,
)
from guide.sitedb.records.statements import (
    Advice,
    Fact,
    Notice,
    Photo,
    Price,
    PriceList,
    StaffAnswer,
)
from guide.sitedb.records.subjects import (
    Edition,
    Elsewhere,
    Festival,
    FestivalDay,
    Person,
    Place,
    Programme,
    Province,
    Route,
)
from guide.sitedb.records.tables import (
    Change,
    ClimateMonth,
    Hit,
    Holiday,
    Name,
    SunTimes,
)
from guide.sitedb.records.transport import (
    Boat,
    Bridge,
    BusLine,
    CableCar,
    Gateway,
    RailLine,
    RoadLink,
    Trail,
    TrailStop,
    Train,
)

__all__ = [
    "Advice",
    "Boat",
    "Bridge",
    "BusLine",
    "CableCar",
    "Change",
    "ClimateMonth",
    "Dish",
    "Edition",
    "Elsewhere",
    "FALLBACK_LANGUAGES",
    "Fact",
    "Festival",
    "FestivalDay",
    "Gateway",
    "Help",
    "Hit",
    "Holiday",
    "LANGUAGES",
    "Location",
    "Name",
    "Notice",
    "Person",
    "Photo",
    "Place",
    "Price",
    "PriceList",
    "Programme",
    "Province",
    "RailLine",
    "RoadLink",
    "Route",
    "Source",
    "StaffAnswer",
    "Subject",
    "SunTimes",
    "Trail",
    "TrailStop",
    "Train",
    "Venue",
    "Words",
]
