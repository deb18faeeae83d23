"""From the formats of the files to rows of the tables: services, advice, climate, holidays, areas, sights elsewhere."""

from __future__ import annotations

from typing import Any, Iterable, Optional, Sequence

from guide.sitedb import formats_services as f
from guide.sitedb.collecting import Page, stable_number
from guide.sitedb.formats import Said
from guide.sitedb.rows import ref, title


def lodging(page: Page, file: f.LodgingFile) -> None:
    """Places to stay, and where none was found."""
    title(page, file)
    _venues(page, "lodging", file.lodging)
    _gaps(page, "lodging_gap", file.gaps)


def eating(page: Page, file: f.EatingFile) -> None:
    """Places to eat, where none was found, and tips."""
    title(page, file)
    _venues(page, "eating", file.eating)
    _gaps(page, "eating_gap", file.gaps)
    _said(page, "eating_tip", file.tips, "tips")


def _venues(page: Page, kind: str, venues: Sequence[f.Venue]) -> None:
    for number, item in enumerate(venues):
        path = f"{kind}[{number}]"
        subject = page.subject(kind, item, path)
        page.add(
            "venue",
            path,
            id=subject,
            near=ref("place", item.near),
            stars=item.rating.stars,
            rooms=item.rating.rooms,
            hours_source=page.source(item.hours_source, f"{path}.hours_source"),
            **page.spot(item.location, path),
            **item.dict(
                include={"kind", "address", "vegetarian", "price_level", "hours", "phone", "website", "status"}
            ),
        )
        for name, words in (("about", item.about), ("hours_note", item.hours_note), ("phone_note", item.phone_note)):
            page.text(subject, name, words, path)
        page.relate(subject, "dish", [ref("dish", slug) for slug in item.dishes], f"{path}.dishes")
        page.facts(subject, item.facts, "lodging" if kind == "lodging" else "food", f"{path}.facts")
        page.prices(subject, item.prices, item.name, path)
        page.sourced(subject, item.sources, f"{path}.sources")


def _advice(
    page: Page,
    slug: str,
    topic: str,
    words: Any,
    source: str,
    path: str,
    *,
    places: Iterable[Optional[str]] = (),
    instead: Iterable[str] = (),
    months: Sequence[int] = (),
    **columns: Any,
) -> str:
    """A piece of advice; ``places`` it is about, ``instead`` those it sends to."""
    subject = page.bare_subject("advice", slug, path)
    page.add(
        "advice",
        path,
        id=subject,
        topic=topic,
        months=",".join(map(str, months)) or None,
        source=page.source(source, f"{path}.source"),
        **columns,
    )
    page.text(subject, "text", words, path)
    page.relate(subject, "place", [ref("place", place) for place in places], f"{path}.places")
    page.relate(subject, "instead", [ref("place", place) for place in instead], f"{path}.stay_instead")
    return subject


def _said(page: Page, topic: str, texts: Sequence[Said], path: str) -> None:
    """Advice that has no id in the files: its text is its identity."""
    for number, text in enumerate(texts):
        slug = f"{topic.replace('_', '-')}-{stable_number(text.words['vi'])}"
        _advice(page, slug, topic, text.words, text.source, f"{path}[{number}]", places=getattr(text, "places", ()))


def _gaps(page: Page, topic: str, gaps: Sequence[f.Gap]) -> None:
    for number, gap in enumerate(gaps):
        slug = f"{topic.replace('_', '-')}-{gap.area}"
        _advice(
            page, slug, topic, gap.words, gap.source, f"gaps[{number}]", places=[gap.area], instead=gap.stay_instead
        )


def help_(page: Page, file: f.HelpFile) -> None:
    """Emergency numbers, hospitals, hotlines and what to do."""
    title(page, file)
    for kind, name, items in (
        ("emergency", "emergency", file.emergency),
        ("hospital", "hospitals", file.hospitals),
        ("hotline", "hotlines", file.hotlines),
    ):
        for number, item in enumerate(items):
            _help(page, kind, item, f"{name}[{number}]")
    _said(page, "emergency", file.emergency_notes, "emergency_notes")
    for number, topic in enumerate(file.topics):
        places = [topic.place] if topic.place else []
        _advice(page, f"help-{topic.id}", topic.topic, topic.words, topic.source, f"topics[{number}]", places=places)


def _help(page: Page, kind: str, item: f.Help, path: str) -> None:
    subject = page.subject("help", item, path)
    page.add(
        "help",
        path,
        id=subject,
        kind=kind,
        area=ref("place", item.area),
        **page.spot(item.location, path),
        **item.dict(include={"number", "website", "level", "beds", "free", "hours", "status"}),
    )
    for name, words in (("address", item.address), ("use", item.use), ("note", item.note)):
        page.text(subject, name, words, path)
    page.relate(subject, "serves", [ref("place", slug) for slug in item.serves], f"{path}.serves")
    page.facts(subject, item.facts, "safety", f"{path}.facts")
    page.sourced(subject, item.sources, f"{path}.sources")


def etiquette(page: Page, file: f.EtiquetteFile) -> None:
    """Etiquette, what to bring, climate, holidays, the sun, and what foreigners need to know."""
    title(page, file)
    for number, rule in enumerate(file.rules):
        _advice(
            page,
            f"rule-{rule.id}",
            rule.topic,
            rule.words,
            rule.source,
            f"rules[{number}]",
            places=rule.places,
            months=rule.months,
        )
    for number, item in enumerate(file.foreigners):
        _advice(
            page,
            f"foreigner-{item.id}",
            "foreigners",
            item.words,
            item.source,
            f"foreigners[{number}]",
            valid_to=item.valid_to,
        )
    for number, season in enumerate(file.bring):
        _bring(page, season, f"bring[{number}]")
    for number, climate in enumerate(file.climate):
        _climate(page, climate, f"climate[{number}]")
    _said(page, "climate", file.climate_facts, "climate_facts")
    for number, holiday in enumerate(file.holidays):
        _holiday(page, holiday, f"holidays[{number}]")
    _sun(page, file.sun)


def _bring(page: Page, season: f.Bring, path: str) -> None:
    for number, words in enumerate(season.items):
        here = f"{path}.items[{number}]"
        subject = _advice(
            page, f"bring-{season.id}-{number + 1}", "packing", words, season.source, here, months=season.months
        )
        page.text(subject, "heading", season.season, path)


def _climate(page: Page, climate: f.Climate, path: str) -> None:
    source = page.source(climate.source, f"{path}.source")
    for number, month in enumerate(climate.months):
        page.add(
            "climate",
            f"{path}.months[{number}]",
            subject=f"place/{climate.place}",
            rounded=climate.rounded,
            source=source,
            **month.dict(),
        )


def _holiday(page: Page, holiday: f.Holiday, path: str) -> None:
    subject = page.bare_subject("holiday", holiday.id, path)
    page.add("holiday", path, id=subject)
    for name, words in (("name", holiday.name), ("rule", holiday.rule), ("crowd", holiday.crowd)):
        page.text(subject, name, words, path)
    page.sourced(subject, holiday.sources, f"{path}.sources")
    for number, item in enumerate(holiday.dates):
        off = item.official_off or (None, None)
        for day in item.days:
            page.add(
                "holiday_date", f"{path}.dates[{number}]", subject=subject, date=day, off_from=off[0], off_to=off[-1]
            )
            page.text(subject, f"note.{day}", item.note, f"{path}.dates[{number}]")


def _sun(page: Page, sun: f.Sun) -> None:
    source = page.source(sun.source, "sun.source")
    for number, month in enumerate(sun.months):
        page.add("sun", f"sun.months[{number}]", subject=f"place/{sun.place}", source=source, **month.dict())


def elsewhere(page: Page, file: f.ElsewhereFile) -> None:
    """Well-known sights that are not here."""
    title(page, file)
    for number, item in enumerate(file.elsewhere):
        path = f"elsewhere[{number}]"
        subject = page.subject("elsewhere", item, path)
        page.add(
            "elsewhere",
            path,
            id=subject,
            province_now=item.province,
            province_before=item.province_before,
            source=page.source(item.source, f"{path}.source"),
        )
        page.text(subject, "where", item.where, path)
        page.facts(subject, item.facts, "nearby", f"{path}.facts")


def provinces(page: Page, file: f.ProvincesFile) -> None:
    """Provinces, cities, districts and towns, as they are and as they were."""
    title(page, file)
    for number, item in enumerate(file.areas):
        path = f"areas[{number}]"
        subject = page.subject("province", item, path)
        page.add(
            "area",
            path,
            id=subject,
            level=item.level,
            former=item.former,
            province=ref("province", item.province),
            place=ref("place", item.place),
            source=page.source(item.source, f"{path}.source"),
        )
        page.text(subject, "now", item.now, path)


def sources(page: Page, file: f.SourcesFile) -> None:
    """The sources that all files share: nothing but themselves."""
