"""The questions that can be asked of a snapshot. All answers are typed and ordered; most are remembered."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any, Iterable, Iterator, Optional

from guide.refs import Ref
from guide.sitedb import building, statements
from guide.sitedb import records as r
from guide.sitedb.areas import Areas
from guide.sitedb.errors import NotFound
from guide.sitedb.snapshot import Snapshot, slug
from guide.text import fold

SHORTEST_NAME = 4  # letters; shorter aliases are found within other words too often
HIDDEN_TOPICS = ("what_happens", "other_date")  # facts that are part of a festival's record


class Reading:
    """Read access to one snapshot."""

    def __init__(self, data: Snapshot) -> None:
        self.data = data
        self.version = data.version
        self.subjects = building.build_all(data)
        self._by_kind: dict[str, list[Any]] = defaultdict(list)
        for subject in self.subjects.values():
            self._by_kind[subject.ref.kind].append(subject)
        self.place_ids: dict[str, r.Place] = {place.id: place for place in self._by_kind["place"]}
        self._children: dict[Optional[str], list[r.Place]] = defaultdict(list)
        for place in self.place_ids.values():
            self._children[place.part_of].append(place)

    # subjects

    def get(self, ref: Ref) -> Any:
        """The record of a subject; NotFound when there is none."""
        found = self.subjects.get(str(ref))
        if found is None:
            raise NotFound(ref)
        return found

    def find(self, ref: Ref) -> Optional[Any]:
        """The record of a subject, or None."""
        return self.subjects.get(str(ref))

    def name(self, ref: Ref, lang: str) -> str:
        """The subject's name in a language, falling back on others."""
        return self.get(ref).name.in_(lang)

    def all(self, kind: str) -> list[Any]:
        """All records of a kind, in the files' order."""
        return list(self._by_kind[kind])

    def node(self, id_: str) -> Optional[Ref]:
        """The place or gateway behind an id of a route's stop, a road link or a bus line."""
        return next((ref for kind in ("place", "gateway") if str(ref := Ref(kind, id_)) in self.subjects), None)

    # places

    def children(self, place_id: Optional[str], deep: bool = True) -> list[r.Place]:
        """Places contained in a place: directly, or at any depth (nearer ones first)."""
        found, level = list(self._children[place_id]), self._children[place_id]
        while deep and level:
            level = [child for place in level for child in self._children[place.id]]
            found.extend(level)
        return found

    def ancestors(self, place_id: str) -> list[r.Place]:
        """Places that contain a place, nearest first."""
        found: list[r.Place] = []
        place = self.place_ids.get(place_id)
        while place and place.part_of and (place := self.place_ids.get(place.part_of)) and place not in found:
            found.append(place)
        return found

    @cached_property
    def areas(self) -> Areas:
        """Administrative areas, and which places lie in them."""
        return Areas(self._by_kind["province"], list(self.place_ids.values()))

    def places(
        self,
        kind: Optional[str] = None,
        province: Optional[str] = None,
        within: Optional[str] = None,
        heritage: Optional[bool] = None,
    ) -> list[r.Place]:
        """Places by kind, by area (id or any name, now or former), by containing place; the 12 components."""
        chosen: Iterable[r.Place] = self.place_ids.values()
        if province is not None:
            ids = self.areas.places_in(province)
            chosen = (place for place in chosen if place.id in ids)
        if within is not None:
            inside = {place.id for place in self.children(within)} | self.areas.places_at(within)
            chosen = (place for place in chosen if place.id in inside and place.id != within)
        return [
            place
            for place in chosen
            if (kind is None or place.kind == kind)
            and (heritage is None or (place.heritage_role == "component") == heritage)
        ]

    # statements

    @cached_property
    def _facts(self) -> dict[Optional[str], list[r.Fact]]:
        found: dict[Optional[str], list[r.Fact]] = defaultdict(list)
        for row in self.data.rows("fact"):
            found[row["subject"]].append(statements.fact(self.data, row))
        return found

    def facts(self, ref: Optional[Ref] = None, topic: Optional[str] = None) -> list[r.Fact]:
        """Facts about a subject (None: about any), of a topic when one is named."""
        facts = self._facts.get(str(ref), []) if ref else [fact for facts in self._facts.values() for fact in facts]
        return [fact for fact in facts if (fact.topic == topic if topic else fact.topic not in HIDDEN_TOPICS)]

    def topics(self, ref: Ref) -> set[str]:
        """The topics that a subject has facts about."""
        return {fact.topic for fact in self.facts(ref)}

    @cached_property
    def _prices(self) -> dict[Ref, list[r.Price]]:
        found: dict[Ref, list[r.Price]] = defaultdict(list)
        for row in self.data.rows("price"):
            found[(price := statements.price(self.data, row)).subject].append(price)
        return found

    def prices_of(self, ref: Ref) -> list[r.Price]:
        """All prices of a subject, old and new, in the files' order."""
        return self._prices.get(ref, [])

    def prices(self, ref: Ref, on: date) -> r.PriceList:
        """The subject's prices as they stand on a day."""
        current, old, coming = [], [], []
        for price in self._prices.get(ref, ()):
            if not price.current or (price.valid_to and price.valid_to < on):
                old.append(price)
            elif price.valid_from and price.valid_from > on:
                coming.append(price)
            else:
                current.append(price)
        old.sort(key=lambda price: price.valid_to or price.valid_from or date.min, reverse=True)
        return r.PriceList(tuple(current), tuple(old), tuple(coming))

    def every_notice(self) -> list[r.Notice]:
        """All notices, whatever their days."""
        return [statements.notice(self.data, row) for row in self.data.rows("notice")]

    def every_price(self) -> list[r.Price]:
        """All prices of all subjects, old ones too."""
        return [statements.price(self.data, row) for row in self.data.rows("price")]

    def notices(self, on: date, ref: Optional[Ref] = None) -> list[r.Notice]:
        """Notices in force on a day; of a subject: its own and those of the places that contain it."""
        about = {ref, None} if ref else None
        if ref and about is not None and ref.kind == "place":
            about |= {place.ref for place in self.ancestors(ref.id)}
        return [
            notice
            for notice in self.every_notice()
            if (about is None or notice.subject in about)
            and (notice.starts is None or notice.starts <= on)
            and (notice.ends is None or notice.ends >= on)
        ]

    @cached_property
    def _advice(self) -> list[r.Advice]:
        order = {id_: number for number, id_ in enumerate(self.data.subjects)}
        rows = sorted(self.data.rows("advice"), key=lambda row: order.get(row["id"], 0))
        return [statements.advice(self.data, row) for row in rows]

    def advice(
        self, topic: Optional[str] = None, place: Optional[str] = None, month: Optional[int] = None
    ) -> list[r.Advice]:
        """Advice by topic; with a place, what holds everywhere or for it or for a place that contains it; by month."""
        here = {place, *(ancestor.id for ancestor in self.ancestors(place))} if place else None
        return [
            advice
            for advice in self._advice
            if (topic is None or advice.topic == topic)
            and (here is None or not advice.places or here & set(advice.places))
            and (month is None or not advice.months or month in advice.months)
        ]

    def staff_answers(self, ref: Optional[Ref] = None) -> list[r.StaffAnswer]:
        """Staff's own questions and answers, about a subject or all."""
        every = (statements.staff_answer(self.data, row) for row in self.data.rows("staff_answer"))
        return [answer for answer in every if ref is None or answer.subject == ref]

    @cached_property
    def _photos(self) -> dict[Ref, list[r.Photo]]:
        found: dict[Ref, list[r.Photo]] = defaultdict(list)
        for row in self.data.rows("photo"):
            photo = statements.photo(self.data, row)
            found[photo.subject].append(photo)
        return found

    def photos(self, ref: Ref) -> list[r.Photo]:
        """Photos of a subject, in their order."""
        return self._photos.get(ref, [])

    # by number, for the search

    @cached_property
    def index(self) -> dict[tuple[str, int], dict[str, Any]]:
        """The rows behind the full-text index."""
        return {
            (table, row["id"]): row
            for table in ("text", "alias", "fact_text", "staff_answer_text")
            for row in self.data.rows(table)
        }

    @cached_property
    def folded_names(self) -> list[tuple[str, Ref]]:
        """Names and aliases as the search compares them: folded words with single spaces, short ones left out."""
        folded = ((" ".join(re.findall(r"[a-z0-9]+", fold(name.text))), name.ref) for name in self.names())
        return [(text, ref) for text, ref in folded if len(text) >= SHORTEST_NAME]

    @cached_property
    def fact_by_id(self) -> dict[int, r.Fact]:
        """Facts by number."""
        return {fact.id: fact for facts in self._facts.values() for fact in facts}

    @cached_property
    def advice_by_id(self) -> dict[str, r.Advice]:
        """Advice by the id of its subject."""
        return {f"advice/{advice.id}": advice for advice in self._advice}

    # tables

    @cached_property
    def _road_links(self) -> list[r.RoadLink]:
        return [statements.road_link(self.data, row) for row in self.data.rows("road_link")]

    def road_links(self) -> list[r.RoadLink]:
        """The edges of the road graph."""
        return list(self._road_links)

    @cached_property
    def _trails(self) -> list[r.Trail]:
        rows = sorted(self.data.rows("trail"), key=lambda row: self.data.subjects.get(row["id"], {}).get("position", 0))
        return [statements.trail(self.data, row) for row in rows]

    def trails(self) -> list[r.Trail]:
        """The ways to see places, in the file's order."""
        return list(self._trails)

    @cached_property
    def _holidays(self) -> list[r.Holiday]:
        return [statements.holiday(self.data, row) for row in self.data.rows("holiday")]

    def holidays(self) -> list[r.Holiday]:
        """Holidays with their dates."""
        return list(self._holidays)

    def climate_rows(self, month: int) -> dict[str, r.ClimateMonth]:
        """A month's climate by the id of the place it was measured at."""
        rows = (row for row in self.data.rows("climate") if row["month"] == month)
        return {
            (id_ := slug(row["subject"]) or ""): r.ClimateMonth(
                id_,
                month,
                row["mean_c"],
                row["rain_mm"],
                row["fog"],
                row["summit_mean_c"],
                self.data.source(row["source"]),
                bool(row["rounded"]),
            )
            for row in rows
        }

    def sun_times(self, month: int) -> Optional[r.SunTimes]:
        """Sunrise and sunset in the middle of a month."""
        row = next((row for row in self.data.rows("sun") if row["month"] == month), None)
        if row is None:
            return None
        return r.SunTimes(
            slug(row["subject"]) or "",
            month,
            row["day"],
            row["sunrise"],
            row["sunset"],
            self.data.source(row["source"]),
        )

    def note(self, table: str) -> r.Words:
        """What is said about a whole table of the files, such as ``transport/rail``."""
        return self.data.words(f"table/{table}", "note")

    def names(self) -> Iterator[r.Name]:
        """Every name and alias of every subject that a visitor may mean."""
        return (name for name in self.data.names() if str(name.ref) in self.subjects)
