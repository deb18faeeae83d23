"""A trip of some days: routes that fit, and plain words that the plan comes from them."""

import pytest

from guide.answers.itineraries import Wish, fitting
from guide.answers.wording import wording_for
from guide.refs import Ref


@pytest.mark.parametrize(
    "lang, text",
    [
        pytest.param("vi", "lịch trình 3 ngày 2 đêm hành hương", id="vi"),
        pytest.param("en", "plan a three day pilgrimage", id="en"),
    ],
)
def test_the_best_fitting_routes_are_offered(site, ask, lang: str, text: str) -> None:
    best = fitting(site, Wish(days=3, themes=("pilgrimage",)))
    asked = [option.payload for option in ask("plan_trip", lang, text=text).quick_replies]
    assert asked[0] == f"ask:route:{best[0].ref}"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_is_said_that_no_plan_by_the_hour_is_made(ask, lang: str) -> None:
    for days, text in ((None, ""), (3, "3 ngày")):
        said = wording_for(lang).say("plan_trip.honest", days=days)
        assert said in ask("plan_trip", lang, text=text).text


def test_the_number_of_days_is_asked_for_only_when_it_is_unknown(ask) -> None:
    asks = "how many days"
    assert asks in ask("plan_trip", "en").text and asks not in ask("plan_trip", "en", text="for 2 days").text


def test_a_place_that_was_named_is_on_every_route(site, ask) -> None:
    reply = ask("plan_trip", "vi", "chua-vinh-nghiem", text="2 ngày")
    offered = [option.payload.rsplit("/", 1)[1] for option in reply.quick_replies if "ask:route:" in option.payload]
    assert offered and all("chua-vinh-nghiem" in site.get(Ref("route", id_)).stops for id_ in offered)


def test_what_cannot_be_met_is_said(ask) -> None:
    assert ask("plan_trip", "en", text="10 days").text.startswith("No route meets all your wishes")
