"""Adding a subject: what its form asks for, its id, and what is likely to be there already."""

from __future__ import annotations

import difflib
import re
from typing import Any, Mapping, NamedTuple, Optional

from django import forms

from guide.refs import Ref
from guide.roads.geo import great_circle_km
from guide.sitedb import SiteDb
from guide.sitedb import fields as f
from guide.sitedb.records import LANGUAGES, Location
from guide.sitedb.sheets import ALIASES
from guide.text import fold
from web.console.fact_forms import FactForm
from web.console.kinds import CLIMATE, HOURS, POSITION, parts_of
from web.console.page import site
from web.console.position_form import PositionForm
from web.console.words import say

PLACE_FIELDS = ("name", "kind", "part_of", "province_now", "lat", "lon", ALIASES, "summary")
ALIKE = 0.86  # how alike two names are that may be one
SAME_SPOT_KM = 0.12
FILLED_IN: dict[str, dict[str, Any]] = {
    "festival": {"lunar": 1, "days": 1},
    "lodging": {"status": "in_source"},
    "eating": {"status": "in_source"},
}


class Likely(NamedTuple):
    """Something that is there already and may be the same; ``km`` where both have a position."""

    ref: Ref
    name: str
    km: Optional[float]


class PlaceForm(PositionForm):
    """A new place. Its province is that of the place it belongs to, unless it belongs to none."""

    def __init__(self, lang: str, values: Mapping[str, Any], data: Any) -> None:
        super().__init__(lang, "place", values, data, PLACE_FIELDS)
        names = sorted({place.province_now for place in site().places()})
        choices = [("", say(lang, "new.province_of_whole")), *((name, name) for name in names)]
        label, hint = self.fields["province_now"].label, say(lang, "hint.province_now")
        self.fields["province_now"] = forms.ChoiceField(choices=choices, required=False, label=label, help_text=hint)

    def clean(self) -> dict[str, Any]:
        """The provinces and what else a place must have."""
        data = super().clean()
        whole = site().find(Ref("place", data["part_of"].partition("/")[2])) if data.get("part_of") else None
        if whole is None and not data.get("province_now") and "part_of" not in self.errors:
            self.add_wrong("province_now", "mistake.province")
        now = data.get("province_now") or (whole and whole.province_now)
        same = whole is not None and whole.province_now == now
        before = whole.province_before if whole and same else now
        return {**data, "province_now": now, "province_before": before, "wheelchair": "unknown"}


def form_for(kind: str, lang: str, data: Any) -> FactForm:
    """The form of a new subject of a kind."""
    if kind == "place":
        return PlaceForm(lang, {}, data)
    parts = {part: names for part, names in parts_of(kind).items() if part not in (HOURS, CLIMATE)}
    values = FILLED_IN.get(kind, {})
    names = tuple(name for part, names in parts.items() for name in names)
    return PositionForm(lang, kind, values, data, names) if POSITION in parts else FactForm(
        lang, kind, names, values, data
    )  # fmt: skip


def id_for(known: SiteDb, kind: str, values: Mapping[str, Any]) -> str:
    """An id for a new subject, made from what it is called."""
    if kind == "road_link":
        ends = [str(values[end]).partition("/")[2] for end in ("origin", "destination")]
        base = f"{ends[0]}--{ends[1]}--{values['mode']}"
    else:
        said = (values.get(f"{field}.vi") for field in ("name", *f.TEXTS[kind]) if values.get(f"{field}.vi"))
        base = _slug(next(said, None) or " ".join(str(values.get(name) or "") for name in ("place", "way")) or kind)
    number, id_ = 1, base
    while known.exists(f"{kind}/{id_}"):
        number += 1
        id_ = f"{base}-{number}"
    return id_


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(text.partition("/")[2] or text))[:8]) or "x"


def likely(known: SiteDb, kind: str, values: Mapping[str, Any], lang: str) -> list[Likely]:
    """Subjects of the kind with a name alike, or, for places, at the same spot; the most alike first."""
    wanted = {fold(text) for key, text in values.items() if key.startswith("name.") and text}
    wanted |= {fold(text) for key, texts in values.items() if key.startswith(f"{ALIASES}.") for text in texts or []}
    lat, lon = values.get("lat"), values.get("lon")
    here = Location(lat, lon) if lat is not None and lon is not None else None
    found = []
    for record in known.all(kind) if kind in f.TEXTS else []:
        alike = max((_alike(one, fold(name)) for one in wanted for name in _names(record)), default=0)
        there = getattr(record, "location", None)
        km = great_circle_km(here, there) if here and there else None
        if alike >= ALIKE or (km is not None and km <= SAME_SPOT_KM):
            found.append((-alike, Likely(record.ref, record.name.in_(lang), km)))
    return [each for _, each in sorted(found)[:6]]


def _names(record: Any) -> list[str]:
    own = [record.name[lang] for lang in LANGUAGES if record.name.get(lang)]
    return [*own, *(alias for aliases in record.aliases.values() for alias in aliases)]


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
