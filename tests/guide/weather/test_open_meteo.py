"""One request to the weather service, and a strict reading of what comes back."""

from __future__ import annotations

from datetime import date

import pytest

from guide.weather import NoOutlook
from guide.weather.open_meteo import ask_open_meteo, read_outlook
from tests.guide.weather.weather_service import WeatherService, forecast, weather_service

TODAY = date(2026, 11, 24)


@pytest.fixture
def service():
    with weather_service(TODAY) as running:
        yield running


def test_a_forecast_is_asked_for_as_documented_and_read(service: WeatherService) -> None:
    outlook = ask_open_meteo(service.url, 21.161, 106.712)
    first, second = outlook.days[:2]
    assert (first.day, first.low_c, first.high_c, first.sky, first.rain_chance) == (TODAY, 18.2, 27.4, "fair", 5)
    assert (second.sky, second.rain_mm, second.gust_kmh) == ("storm", 31.0, 61.9)
    assert len(outlook.days) == 16 and outlook.asked_on == TODAY
    assert "apikey" not in service.asked[0]


def test_a_key_goes_along_where_there_is_one(service: WeatherService) -> None:
    ask_open_meteo(service.url, 21.161, 106.712, key="paid")
    assert service.asked[0]["apikey"] == ["paid"]


def test_the_service_says_what_was_wrong(service: WeatherService) -> None:
    with pytest.raises(NoOutlook, match="400.*latitude is out of range"):
        ask_open_meteo(service.url, 121.0, 106.7)


def test_a_service_out_of_reach_is_no_outlook(service: WeatherService) -> None:
    service.broken = True
    with pytest.raises(NoOutlook, match="500"):
        ask_open_meteo(service.url, 21.16, 106.71)
    with pytest.raises(NoOutlook, match="ConnectionError"):
        ask_open_meteo("http://127.0.0.1:9/v1/forecast", 21.16, 106.71)


def test_days_end_where_the_service_has_no_figures_any_more() -> None:
    body = forecast(TODAY, 3, temperature_2m_max=[20.0, 21.0, None])
    assert [day.high_c for day in read_outlook(body).days] == [20.0, 21.0]


def test_figures_that_are_only_welcome_may_be_absent() -> None:
    body = forecast(TODAY, 1, precipitation_probability_max=[None])
    del body["daily"]["wind_gusts_10m_max"]
    (day,) = read_outlook(body).days
    assert day.rain_chance is None and day.gust_kmh is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param([], id="a list"),
        pytest.param({"daily": {}}, id="no days"),
        pytest.param(forecast(TODAY, 0), id="empty lists"),
        pytest.param(forecast(TODAY, 2, weather_code=[1]), id="lists of different length"),
        pytest.param(forecast(TODAY, 1, weather_code=[42]), id="a code that is none"),
        pytest.param(forecast(TODAY, 1, temperature_2m_max=["warm"]), id="words for figures"),
    ],
)
def test_anything_else_is_no_outlook(body: object) -> None:
    with pytest.raises(NoOutlook):
        read_outlook(body)
