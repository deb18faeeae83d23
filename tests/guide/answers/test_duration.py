"""How much time: minutes on site from the rows, our own estimates called so, whole days for what takes days."""

import pytest

from guide.answers.formats import duration
from guide.answers.places import short_name
from guide.answers.topics.duration import days_of
from guide.answers.wording import wording_for
from guide.refs import Ref


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("id_", ["yen-tu", "con-son", "chua-dong", "chua-vinh-nghiem", "thai-mieu"])
def test_the_minutes_are_those_of_the_row(site, ask, id_: str, lang: str) -> None:
    assert duration(site.get(Ref("place", id_)).minutes, lang) in ask("duration", lang, id_).text


def test_our_own_estimates_are_called_so(site, ask) -> None:
    for place in site.all("place"):
        if place.minutes:
            text = ask("duration", "en", place.id).text
            assert ("my estimate" in text) == ("minutes" in place.estimates), place.id


@pytest.mark.parametrize(
    "minutes, days",
    [
        pytest.param(None, 0, id="unknown"),
        pytest.param(240, 0, id="half-a-day-is-hours"),
        pytest.param(480, 1, id="eight-hours-are-a-day"),
        pytest.param(1440, 1, id="a-day"),
        pytest.param(2880, 2, id="two-days"),
    ],
)
def test_long_visits_are_told_in_days(minutes: int | None, days: int) -> None:
    assert days_of(minutes) == days


def test_an_island_takes_its_days(ask) -> None:
    assert "2 ngày" in ask("duration", "vi", "co-to").text


def test_a_climb_is_told_with_how_long_it_takes(site, ask) -> None:
    bullets = [line for line in ask("duration", "vi", "chua-dong").text.splitlines() if line.startswith("•")]
    assert bullets and all(any(unit in line for unit in ("giờ", "phút", "tiếng")) for line in bullets)


def test_an_easy_place_has_no_climb(ask) -> None:
    assert "•" not in ask("duration", "vi", "chua-vinh-nghiem").text


def test_a_route_takes_the_days_of_its_row(site, ask) -> None:
    route = site.get(Ref("route", "con-duong-tran"))
    text = ask("duration", "en", "route/con-duong-tran").text
    assert f"{route.days_min}–{route.days_max} days" in text and str(len(route.stops)) in text


def test_a_festival_lasts_the_days_of_its_row(site, ask) -> None:
    days = site.get(Ref("festival", "hoi-xuan-yen-tu")).days
    assert f"{days} ngày" in ask("duration", "vi", "festival/hoi-xuan-yen-tu").text


def test_an_unknown_duration_is_said_to_be_unknown(site, ask) -> None:
    assert site.get(Ref("place", "ben-xe-giai-oan")).minutes is None
    assert not ask("duration", "en", "ben-xe-giai-oan").known


def test_nothing_named_tells_every_site_of_the_property_longest_first(site, ask) -> None:
    rows = [line for line in ask("duration", "vi").text.splitlines() if line.startswith("•")]
    wording = wording_for("vi")
    for place in site.places(heritage=True):
        around = [place, *site.ancestors(place.id)]
        assert any(row.startswith(f"• {short_name(site, it.ref, wording)}:") for it in around for row in rows), place.id
    longest = max(site.places(heritage=True), key=lambda it: max(o.minutes or 0 for o in (it, *site.ancestors(it.id))))
    outer = max((longest, *site.ancestors(longest.id)), key=lambda it: it.minutes or 0)
    assert rows[0] == f"• {short_name(site, outer.ref, wording)}: {duration(outer.minutes, 'vi')}."
