"""The home page says what the site database says, in the visitor's language."""

from __future__ import annotations

from datetime import datetime

from guide.answers.formats import day, plain_day
from guide.calendar.festivals import next_occurrence
from guide.refs import Ref
from guide.sitedb import SiteDb
from tests.web.reading import Visit, plain, read
from web.pages.words import listed, say


def test_introduces_the_complex(visit: Visit, site: SiteDb, lang: str) -> None:
    said = plain(read(visit, f"/{lang}/").said(lang))
    whole = site.get(Ref("place", "unesco-1732"))
    assert plain(whole.name[lang]) in said
    assert plain(whole.summary[lang]) in said


def test_has_a_card_and_a_pin_for_each_of_the_twelve_components(visit: Visit, site: SiteDb, lang: str) -> None:
    page = read(visit, f"/{lang}/")
    components = site.places(heritage=True)
    assert len(components) == 12
    for place in components:
        assert plain(place.summary[lang]) in plain(page.said(lang))
        assert page.links.count(f"/{lang}/{place.id}") >= 2, "the card and the pin both lead to the place's page"


def test_tells_today_with_its_lunar_day(visit: Visit, now: datetime, lang: str) -> None:
    assert day(now.date(), lang) in read(visit, f"/{lang}/").said(lang)


def test_lists_the_next_festivals_soonest_first(visit: Visit, site: SiteDb, now: datetime, lang: str) -> None:
    said = plain(read(visit, f"/{lang}/").said(lang))
    held = sorted((next_occurrence(f, now.date()).start, f.id, f) for f in site.all("festival"))[:6]
    places = [said.index(plain(f"{plain_day(start, lang)} ")) for start, _, _ in held]
    assert places == sorted(places)
    assert all(plain(festival.name[lang]) in said for _, _, festival in held)


def test_offers_questions_that_open_the_widget(visit: Visit, lang: str) -> None:
    page = read(visit, f"/{lang}/")
    asked = [button["data-ask"] for button in page.of("button") if button.get("data-ask") and "class" not in button]
    assert asked == listed(lang, "home.questions")
    assert page.of("truc-chat") == [{"bot-url": "https://bot.example.vn", "lang": lang}]


def test_without_notices_says_so(visit: Visit, site: SiteDb, now: datetime, lang: str) -> None:
    said = read(visit, f"/{lang}/").said(lang)
    assert (say(lang, "home.no_notices") in said) == (not site.notices(now.date()))


def test_leads_to_every_place(visit: Visit, site: SiteDb, lang: str) -> None:
    links = set(read(visit, f"/{lang}/").links)
    assert {f"/{lang}/{place.id}" for place in site.all("place")} <= links


def test_shows_the_linked_routes_with_their_stops_and_plans_them_on_request(visit: Visit, lang: str) -> None:
    page = read(visit, f"/{lang}/")
    shown = [route for route in page.of("button") if route.get("class") == "button small"]
    assert len(shown) == 6
    assert len({button["data-ask"] for button in shown}) == 6
    assert page.links.count(f"/{lang}/yen-tu") >= 3
