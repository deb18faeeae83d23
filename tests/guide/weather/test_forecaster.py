"""Forecasts are kept, asked for once at a time, and nobody waits long for one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from guide.weather import Day, Forecaster, NoOutlook, Outlook
from guide.weather.forecaster import FRESH, PAUSE, USABLE

TODAY = date(2026, 11, 24)
FAIR = Outlook((Day(TODAY, 18, 27, "fair"),), TODAY)
SUMMIT, FOOT = (21.1607, 106.7117), (21.1280, 106.7180)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Service:
    """Counts what it is asked; fails while ``down``."""

    def __init__(self) -> None:
        self.asked, self.down = 0, False

    def __call__(self, lat: float, lon: float) -> Outlook:
        self.asked += 1
        if self.down:
            raise NoOutlook("down")
        return FAIR


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def sky(service: Service, clock: Clock) -> Forecaster:
    return Forecaster(service, clock=clock)


def until(true: Callable[[], bool]) -> None:
    """Wait, briefly, for what happens in another thread."""
    tick = threading.Event()
    for _ in range(500):
        if true():
            return
        tick.wait(0.01)
    raise AssertionError("it did not happen")


def test_a_forecast_is_asked_for_once_an_hour(sky: Forecaster, service: Service, clock: Clock) -> None:
    assert sky.outlook(*SUMMIT) is FAIR and sky.outlook(*SUMMIT) is FAIR
    assert service.asked == 1
    clock.now += FRESH
    assert sky.outlook(*SUMMIT) is FAIR
    until(lambda: service.asked == 2)


def test_foot_and_summit_are_asked_for_apart(sky: Forecaster, service: Service) -> None:
    sky.outlook(*SUMMIT)
    sky.outlook(*FOOT)
    assert service.asked == 2


def test_a_service_that_failed_is_left_alone_for_a_while(sky: Forecaster, service: Service, clock: Clock) -> None:
    service.down = True
    assert sky.outlook(*SUMMIT) is None
    assert sky.outlook(*SUMMIT) is None and sky.outlook(*FOOT) is None
    assert service.asked == 1
    service.down, clock.now = False, PAUSE
    assert sky.outlook(*SUMMIT) is FAIR


def test_an_older_forecast_is_better_than_none(sky: Forecaster, service: Service, clock: Clock) -> None:
    sky.outlook(*SUMMIT)
    service.down, clock.now = True, FRESH
    assert sky.outlook(*SUMMIT) is FAIR
    until(lambda: service.asked == 2)
    assert sky.outlook(*SUMMIT) is FAIR
    clock.now = USABLE + PAUSE
    assert sky.outlook(*SUMMIT) is None


def test_nobody_waits_for_a_slow_service_and_all_share_one_question() -> None:
    asked, may_answer = [], threading.Event()

    def slow(lat: float, lon: float) -> Outlook:
        asked.append(lat)
        may_answer.wait(10)
        return FAIR

    sky = Forecaster(slow, patience=0.05)
    with ThreadPoolExecutor(8) as visitors:
        assert set(visitors.map(lambda _: sky.outlook(*SUMMIT), range(8))) == {None}
    may_answer.set()
    until(lambda: sky.outlook(*SUMMIT) is FAIR)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("environ", "there"),
    [
        pytest.param({}, True, id="the public service unless told otherwise"),
        pytest.param({"TRUC_WEATHER_URL": "off"}, False, id="off"),
        pytest.param({"TRUC_WEATHER_URL": "http://127.0.0.1:9/", "TRUC_WEATHER_KEY": "k"}, True, id="one's own"),
    ],
)
def test_the_environment_names_the_service(environ: dict[str, str], there: bool) -> None:
    assert (Forecaster.from_environ(environ) is not None) is there
