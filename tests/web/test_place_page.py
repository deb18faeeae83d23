"""A place's page holds everything the site database knows of it, each piece with its source."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from guide.answers.formats import duration, money, partial_date
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.records import Location
from tests.web.reading import Visit, plain, read
from web.pages.opening import week
from web.pages.place import neighbours
from web.pages.words import say


def test_every_fact_of_the_place_is_there(visit: Visit, site: SiteDb, lang: str) -> None:
    said = plain(read(visit, f"/{lang}/chua-dong").said(lang))
    facts = site.facts(Ref("place", "chua-dong"))
    assert len(facts) > 10
    assert [fact.words[lang] for fact in facts if plain(fact.words[lang]) not in said] == []


def test_every_published_source_is_linked_with_its_date(visit: Visit, site: SiteDb, lang: str) -> None:
    page = read(visit, f"/{lang}/chua-dong")
    said = plain(page.said(lang))
    sources = {fact.source for fact in site.facts(Ref("place", "chua-dong")) if fact.source and fact.source.url}
    assert sources
    for source in sources:
        assert source.url in page.links
        assert not source.date or partial_date(source.date, lang) in said


def test_prices_are_given_as_on_that_day(visit: Visit, site: SiteDb, now: datetime, lang: str) -> None:
    said = plain(read(visit, f"/{lang}/yen-tu").said(lang))
    prices = site.prices(Ref("place", "yen-tu"), now.date())
    assert prices.current and prices.old
    for price in prices.current:
        assert plain(price.item[lang]) in said
    for price in prices.old:
        assert not price.adult or money(price.adult, lang) in said
    assert said.index(say(lang, "place.old_prices")) > said.index(plain(prices.current[0].item[lang]))


def test_what_is_unknown_is_said_to_be_unknown(visit: Visit, site: SiteDb, now: datetime, lang: str) -> None:
    place = next(p for p in site.all("place") if not site.prices(p.ref, now.date()).current and not p.hours)
    assert say(lang, "place.unknown_prices") in read(visit, f"/{lang}/{place.id}").said(lang)


def test_time_needed_and_former_address(visit: Visit, site: SiteDb, lang: str) -> None:
    place = site.get(Ref("place", "chua-dong"))
    page = read(visit, f"/{lang}/chua-dong")
    assert duration(place.minutes, lang) in page.said(lang)
    assert place.address_before in page.said("vi"), "the former address has only a Vietnamese form"


def test_the_widget_knows_which_page_it_is_on(visit: Visit, site: SiteDb, lang: str) -> None:
    (chat,) = read(visit, f"/{lang}/chua-dong").of("truc-chat")
    assert chat["place"] == "chua-dong"
    assert chat["place-name"] == site.name(Ref("place", "chua-dong"), lang)


def test_neighbours_are_the_nearest_outside_the_family(site: SiteDb) -> None:
    here = site.get(Ref("place", "yen-tu"))
    near = neighbours(site, here)
    inside = {place.id for place in site.children("yen-tu")}
    assert near and [n.km for n in near] == sorted(n.km for n in near)
    assert not inside & {n.place.id for n in near}
    assert all(isinstance(n.location, Location) for n in near)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("Mo-Su 05:00-18:00", [("", ("5:00 – 18:00",))], id="every-day-alike-is-one-line"),
        pytest.param("Mo-Su 08:00-11:30,13:30-17:00", [("", ("8:00 – 11:30", "13:30 – 17:00"))], id="two-spans"),
        pytest.param("Mo off; Tu-Su 08:00-17:00", None, id="a-day-off-shows-the-week"),
    ],
)
def test_hours_read_plainly(expression: str, expected: list[tuple[str, tuple[str, ...]]] | None) -> None:
    tuesday = date(2026, 11, 24)
    days = week(expression, tuesday, "vi")
    if expected is not None:
        assert [(day.name, day.spans) for day in days] == expected
    else:
        assert [day.name for day in days][:2] == ["thứ Ba", "thứ Tư"]
        assert [day.spans for day in days if day.name == "thứ Hai"] == [()]
