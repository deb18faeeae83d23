"""From rows to records: facts, advice, prices, notices, staff's answers, road links, holidays."""

from __future__ import annotations

from typing import Mapping, Optional

from guide.sitedb import records as r
from guide.sitedb.snapshot import Snapshot, Values, day, months, ref, slug, truth


def facts_of(data: Snapshot, subject: Optional[str]) -> list[r.Fact]:
    """The facts of a subject (None: those that hold everywhere), in order."""
    return [fact(data, row) for row in data.rows("fact") if row["subject"] == subject]


def fact(data: Snapshot, row: Values) -> r.Fact:
    """One fact."""
    words = data.fact_texts.get(row["id"], {}).get("text") or r.Words()
    return r.Fact(row["id"], row["topic"], words, data.source(row["source"]), ref(row["subject"]))


def advice(data: Snapshot, row: Values) -> r.Advice:
    """One piece of advice."""
    id_ = row["id"]
    return r.Advice(
        slug(id_) or "",
        row["topic"],
        data.words(id_, "text"),
        data.source(row["source"]),
        data.targets(id_, "place"),
        months(row["months"]),
        day(row["valid_to"]),
        data.targets(id_, "instead"),
        data.words(id_, "heading"),
    )


def price(data: Snapshot, row: Values) -> r.Price:
    """One price."""
    texts = data.price_texts.get(row["id"], {})
    subject = ref(row["subject"])
    assert subject is not None  # the schema demands it
    return r.Price(
        id=row["id"],
        subject=subject,
        item=texts.get("item") or r.Words(),
        note=texts.get("note") or r.Words(),
        adult=row["adult"],
        child=row["child"],
        adult_max=row["adult_max"],
        unit=row["unit"],
        days=row["days"],
        valid_from=day(row["valid_from"]),
        valid_to=day(row["valid_to"]),
        current=bool(row["current"]),
        source=data.source(row["source"]),
    )


def notice(data: Snapshot, row: Values) -> r.Notice:
    """One notice."""
    words = data.notice_texts.get(row["id"], {}).get("text") or r.Words()
    return r.Notice(
        row["id"],
        ref(row["subject"]),
        row["kind"],
        words,
        day(row["starts"]),
        day(row["ends"]),
        data.source(row["source"]),
    )


def staff_answer(data: Snapshot, row: Values) -> r.StaffAnswer:
    """One answer of the staff."""
    texts: Mapping[str, r.Words] = data.answer_texts.get(row["id"], {})
    question, answer = texts.get("question") or r.Words(), texts.get("answer") or r.Words()
    return r.StaffAnswer(row["id"], question, answer, ref(row["subject"]), data.source(row["source"]), row["updated"])


def photo(data: Snapshot, row: Values) -> r.Photo:
    """A picture of a subject."""
    words = data.photo_texts.get(row["id"], {}).get("alt") or r.Words()
    about = ref(row["subject"])
    assert about is not None  # a photo is always of something
    size = (row["file"], row["width"], row["height"])
    return r.Photo(row["id"], about, *size, words, row["credit"], data.source(row["source"]))


def road_link(data: Snapshot, row: Values) -> r.RoadLink:
    """One edge of the road graph."""
    id_ = row["id"]
    return r.RoadLink(
        slug(row["origin"]) or "",
        slug(row["destination"]) or "",
        row["km"],
        row["minutes"],
        row["mode"],
        data.plain(id_, "roads"),
        data.targets(id_, "bridge"),
        truth(row["toll"]),
        data.words(id_, "note") or None,
        data.source(row["source"]),
        row["toll_vnd_per_km"],
        data.words(id_, "toll_note") or None,
        data.source(row["toll_source"]),
    )


def trail(data: Snapshot, row: Values) -> r.Trail:
    """One way to see a place, with its stops in order."""
    rows = sorted((each for each in data.rows("trail_stop") if each["subject"] == row["id"]), key=_position)
    stops = tuple(
        r.TrailStop(slug(each["place"]) or "", each["reached_by"], each["reach"], each["stay"], slug(each["line"]))
        for each in rows
    )
    return r.Trail(
        slug(row["id"]) or "",
        slug(row["place"]) or "",
        row["way"],
        row["minutes"],
        row["back"],
        row["lunch"],
        row["earliest"],
        row["latest"],
        data.targets(row["id"], "line"),
        stops,
        tuple(row["estimates"].split(",")) if row["estimates"] else (),
        data.source(row["source"]),
    )


def _position(row: Values) -> int:
    position: int = row["position"]
    return position


def holiday(data: Snapshot, row: Values) -> r.Holiday:
    """One holiday with its days."""
    id_ = row["id"]
    days = sorted((each for each in data.rows("holiday_date") if each["subject"] == id_), key=lambda each: each["date"])
    spans = ((day(each["off_from"]), day(each["off_to"])) for each in days)
    off = dict.fromkeys((first, last) for first, last in spans if first and last)
    notes = {
        each: words for row in days if (each := day(row["date"])) and (words := data.words(id_, f"note.{row['date']}"))
    }
    dates = tuple(each for row in days if (each := day(row["date"])))
    return r.Holiday(
        slug(id_) or "",
        data.words(id_, "name"),
        dates,
        data.words(id_, "rule"),
        data.words(id_, "crowd"),
        tuple(off),
        notes,
        data.sources_of.get(id_, ()),
    )
