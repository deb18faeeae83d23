"""From the formats of the files to rows of the tables: places, people, festivals, programmes, routes."""

from __future__ import annotations

from typing import Any, Optional

from guide.sitedb import formats as f
from guide.sitedb.collecting import Page


def place(page: Page, file: f.PlaceFile) -> None:
    """One place."""
    subject, visit, heritage = page.subject("place", file), file.visit, file.world_heritage
    page.add(
        "place",
        "",
        id=subject,
        kind=file.kind,
        part_of=ref("place", file.part_of),
        **provinces_of(file.province),
        **page.spot(file.location),
        **_visit(page, visit),
        **_contacts(page, file.contacts),
        address_before=file.address.before_2025_07,
        heritage_property=heritage and heritage.property,
        heritage_component=heritage and heritage.component,
        heritage_role=heritage and heritage.role,
    )
    page.text(subject, "address", file.address.words, "")
    page.text(subject, "summary", file.summary, "")
    page.text(subject, "hours_note", visit.hours_note, "visit")
    page.text(subject, "best_time", visit.best_time.words if visit.best_time else {}, "visit")
    page.text(subject, "heritage_note", heritage.note if heritage else {}, "world_heritage")
    page.facts(subject, file.facts, None, "facts")
    page.prices(subject, file.prices, file.name)
    page.notices(subject, file.notices)


def ref(kind: str, slug: Optional[str]) -> Optional[str]:
    """The id of a subject; None for none."""
    return None if slug is None else f"{kind}/{slug}"


def provinces_of(province: f.Province) -> dict[str, Any]:
    """The columns of the province, now and before."""
    return {"province_now": province.now, "province_before": province.before_2025_07}


def _visit(page: Page, visit: f.Visit) -> dict[str, Any]:
    best = visit.best_time.source if visit.best_time else None
    return {
        **visit.dict(include={"minutes", "effort", "hours", "wheelchair"}),
        "minutes_estimated": "minutes" in visit.estimates,
        "effort_estimated": "effort" in visit.estimates,
        "hours_source": page.source(visit.hours_source, "visit.hours_source"),
        "best_time_source": page.source(best, "visit.best_time.source"),
    }


def _contacts(page: Page, contacts: f.Contacts) -> dict[str, Any]:
    source = page.source(contacts.source, "contacts.source")
    return {**contacts.dict(exclude={"source"}), "contact_source": source}


def person(page: Page, file: f.PersonFile) -> None:
    """One person."""
    subject = page.subject("person", file)
    page.add("person", "", id=subject, born=file.born, died=file.died)
    page.text(subject, "role", file.role, "")
    page.relate(subject, "place", [ref("place", slug) for slug in file.places], "places")
    page.facts(subject, file.facts, "people", "facts")


def festival(page: Page, file: f.FestivalFile) -> None:
    """One festival, with its main days, past editions and other dates."""
    subject, span = page.subject("festival", file), file.lunar or file.solar
    assert span is not None  # the format takes one of the two
    page.add(
        "festival",
        "",
        id=subject,
        lunar=file.lunar is not None,
        month=span.month,
        day=span.day,
        days=span.days,
        verified=file.lunar_verified,
        date_source=page.source(file.lunar_source, "lunar_source"),
    )
    page.text(subject, "summary", file.summary, "")
    page.relate(subject, "place", [ref("place", slug) for slug in file.places], "places")
    page.facts(subject, file.facts, "festival", "facts")
    page.facts(subject, file.what_happens, "what_happens", "what_happens")
    _festival_days(page, subject, file)
    for number, edition in enumerate(file.latest_editions):
        source = page.source(edition.source, f"latest_editions[{number}].source")
        page.add(
            "festival_edition",
            f"latest_editions[{number}]",
            subject=subject,
            source=source,
            **edition.dict(exclude={"source"}),
        )


def _festival_days(page: Page, subject: str, file: f.FestivalFile) -> None:
    main = [file.main_day, *file.main_day.also] if file.main_day else []
    for position, day in enumerate(main):
        page.add(
            "festival_day",
            "main_day",
            subject=subject,
            role="main",
            month=day.month,
            day=day.day,
            lunar=file.lunar is not None,
            position=position,
        )
    facts = page.facts(subject, file.other_dates, "other_date", "other_dates")
    for position, (other, fact) in enumerate(zip(file.other_dates, facts, strict=True)):
        if when := other.lunar or other.solar:
            page.add(
                "festival_day",
                f"other_dates[{position}]",
                subject=subject,
                role="other",
                month=when.month,
                day=when.day,
                lunar=other.lunar is not None,
                fact=fact,
                position=position,
            )


def title(page: Page, file: f.TableFile) -> None:
    """The title and the note of a table are texts of the table itself."""
    subject = page.bare_subject("table", page.file.rpartition(".")[0], "")
    page.text(subject, "title", file.title, "")
    page.text(subject, "note", file.note, "")


def programmes(page: Page, file: f.ProgrammesFile) -> None:
    """The tourism co-operation programmes."""
    title(page, file)
    for number, item in enumerate(file.programmes):
        path = f"programmes[{number}]"
        subject = page.subject("programme", item, path)
        page.add(
            "programme",
            path,
            id=subject,
            offer_basis=item.visitor_offer_basis,
            source=page.source(item.source, f"{path}.source"),
            **item.dict(include={"number_in_article", "year", "period", "status"}),
        )
        page.text(subject, "offer", item.visitor_offer, path)
        for name, texts in (
            ("members_before", item.members_before_2025_07),
            ("members_now", item.members_now),
            ("goals", item.goals),
        ):
            page.items(subject, name, texts, path)
        page.relate(subject, "route", [ref("route", slug) for slug in item.routes], f"{path}.routes")
        page.facts(subject, item.facts, "programme", f"{path}.facts")


def routes(page: Page, file: f.RoutesFile) -> None:
    """The linked routes."""
    title(page, file)
    for number, item in enumerate(file.routes):
        path = f"routes[{number}]"
        subject = page.subject("route", item, path)
        page.add(
            "route",
            path,
            id=subject,
            status=item.status,
            days_min=item.days.min,
            days_max=item.days.max,
            theme=item.theme,
            source=page.source(item.source, f"{path}.source"),
        )
        for name, words in (("suits", item.suits), ("season", item.season), ("description", item.description)):
            page.text(subject, name, words, path)
        page.relate(subject, "stop", map(page.node, item.stops), f"{path}.stops")
        page.facts(subject, item.facts, "route", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)
