"""A plan in words: complete as plain text, short enough for a chat, with a map, cards and likely changes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from trips_kit import FEW, asked, place

from guide.answers.itinerary import render_change, render_difference, render_infeasible, render_plan
from guide.answers.payload import parse_payload
from guide.answers.phrases import sources
from guide.answers.reply import Reply
from guide.answers.trip_words import TripWords, clock
from guide.answers.wording import wording_for
from guide.planner.changes import Days, Drop, Gentler, parse_change
from guide.planner.difference import Difference, difference
from guide.planner.itinerary import Itinerary
from guide.planner.notes import Note
from guide.planner.plan import Infeasible, plan, replan
from guide.planner.tastes import interests
from guide.sitedb import SiteDb

LANGUAGES = ("vi", "en")
LEFTOVERS = re.compile(r"\{\{|\{%|None|\bplace/|\bplan\.")


@pytest.fixture(scope="module")
def trip(site: SiteDb) -> Itinerary:
    """Three days from Hà Nội with a grandmother of 75 who likes pagodas."""
    return plan(site, asked(days=3, oldest=75, interests=("pagodas",), must=(place("yen-tu"),)), FEW)


@pytest.fixture(scope="module", params=LANGUAGES)
def reply(site: SiteDb, trip: Itinerary, request: pytest.FixtureRequest) -> Reply:
    """The same trip in both languages."""
    return render_plan(site, trip, request.param)


def test_the_text_alone_has_every_day_visit_time_and_night(site: SiteDb, trip: Itinerary, reply: Reply) -> None:
    words = TripWords(site, wording_for(reply.lang))
    for day in trip.days:
        for visit in day.visits:
            assert (
                wording_for(reply.lang).say("plan.card_row", arrive=clock(visit.arrive), name="").split()[0]
                in reply.text
            )
            assert words.name(visit.place).lower() in reply.text.lower()
        if day.night:
            assert words.name(day.night.place).lower() in reply.text.lower()


def test_three_days_fit_a_chat(reply: Reply) -> None:
    assert len(reply.text) <= 1800


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("days", [1, 2, 4, 7])
def test_plans_of_any_length_are_told_whole_and_short(site: SiteDb, lang: str, days: int) -> None:
    told = render_plan(site, plan(site, asked(days=days), FEW), lang)
    assert len(told.text) <= 600 + 400 * days
    assert not LEFTOVERS.search(told.text)
    assert len(told.cards) == days


def test_nothing_is_left_of_codes_and_templates(reply: Reply) -> None:
    told = [reply.text, *(card.title + card.subtitle for card in reply.cards), *(q.title for q in reply.quick_replies)]
    assert not [text for text in told if LEFTOVERS.search(text)]


def test_what_was_assumed_and_what_is_not_known_is_said(site: SiteDb, trip: Itinerary) -> None:
    text = render_plan(site, trip, "vi").text
    assert "75" in text and "7:00–17:00" in text and "vé cáp treo" in text


def test_buttons_carry_changes_and_questions_that_can_be_read(reply: Reply) -> None:
    assert 2 <= len(reply.quick_replies) <= 4
    assert all(parse_change(quick.payload) for quick in reply.quick_replies)
    buttons = [button for card in reply.cards for button in card.buttons]
    assert buttons and all(parse_change(b.payload or "") or parse_payload(b.payload or "") for b in buttons)


def test_the_map_shows_the_stops_and_the_way(trip: Itinerary, reply: Reply) -> None:
    assert reply.map is not None
    assert len(reply.map.points) >= len(trip.visits) and len(reply.map.path) > len(reply.map.points)


def test_the_sources_of_the_ways_are_named(reply: Reply) -> None:
    assert reply.sources and all(source.title for source in reply.sources)


def test_a_plan_outlives_a_place_that_staff_take_out(fresh_site: SiteDb) -> None:
    trip = plan(fresh_site, asked(must=(place("chua-vinh-nghiem"),)), FEW)
    with fresh_site.acting("tester"):
        fresh_site.delete(place("chua-vinh-nghiem"))
    assert "chua-vinh-nghiem" in render_plan(fresh_site, trip, "vi").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_is_told_in_a_line_before_the_new_plan(site: SiteDb, trip: Itinerary, lang: str) -> None:
    gone = next(visit.place for visit in trip.visits if visit.place != place("yen-tu"))
    after = replan(site, trip, Drop(gone), FEW)
    first, *rest = render_change(site, trip, after, lang).text.split("\n\n")
    assert TripWords(site, wording_for(lang)).name(gone).lower() in first.lower()
    assert "\n\n".join(rest) == render_plan(site, after, lang).text


@pytest.mark.parametrize("change", [Days(1), Days(-1), Gentler()], ids=["a-day-more", "a-day-less", "gentler"])
def test_differences_leave_nothing_unsaid(site: SiteDb, trip: Itinerary, change: Any) -> None:
    done = difference(trip, replan(site, trip, change, FEW))
    for lang in LANGUAGES:
        assert not LEFTOVERS.search(render_difference(site, done, lang))


def test_no_difference_is_said_too(site: SiteDb) -> None:
    assert render_difference(site, Difference(), "en") == wording_for("en").say("plan.diff_none")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_is_explained_with_the_nearest_plan(site: SiteDb, lang: str) -> None:
    with pytest.raises(Infeasible) as refused:
        plan(site, asked(days=2, oldest=75, must=(place("chua-dong"),)), FEW)
    text = render_infeasible(site, refused.value, lang).text
    assert wording_for(lang).say("plan.out_too_hard") in text
    assert refused.value.nearest is not None and render_plan(site, refused.value.nearest, lang).text in text
    assert not LEFTOVERS.search(text)


def test_without_a_nearest_plan_the_reason_stands_alone(site: SiteDb) -> None:
    problem = Infeasible((Note("nothing_fits"),), None, ())
    assert render_infeasible(site, problem, "vi").text


def codes_in_planner() -> set[str]:
    """Every code that the planner can say, read from its source."""
    import guide.planner

    found: set[str] = set()
    for file in guide.planner.__path__[0:1]:
        from pathlib import Path

        for path in Path(file).glob("*.py"):
            found |= set(re.findall(r"\bnote\(\s*\"([a-z_]+)\"", path.read_text("utf-8")))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_phrase(lang: str) -> None:
    phrases = {name.removeprefix("plan.").partition("_")[2] for name in sources(lang) if name.startswith("plan.")}
    assert len(codes_in_planner()) > 50
    assert codes_in_planner() <= phrases


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_interest_and_way_has_a_label(site: SiteDb, lang: str) -> None:
    from guide.planner.outings import catalogue_of

    wording = wording_for(lang)
    assert all(f"plan.tag_{interest}" in wording for interest in interests())
    assert all(f"plan.way_{outing.way}" in wording for outing in catalogue_of(site).outings if outing.way)


@pytest.mark.parametrize("transport", ["car", "motorbike", "bus", "taxi"])
def test_every_means_of_transport_can_be_told(site: SiteDb, trip: Itinerary, transport: str) -> None:
    for lang in LANGUAGES:
        assert not LEFTOVERS.search(render_plan(site, replace(trip, transport=transport), lang).text)
