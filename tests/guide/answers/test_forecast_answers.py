"""The weather of the next days, where a service can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Optional

import pytest

from guide.answers import formats
from guide.refs import Ref
from guide.weather import Outlook
from guide.weather.open_meteo import read_outlook
from tests.guide.weather.weather_service import forecast

TODAY = date(2026, 11, 24)
TOMORROW = TODAY + timedelta(days=1)


@dataclass
class Told:
    """A sky that always tells the same, and remembers where it was asked for."""

    outlook_: Optional[Outlook]
    asked: tuple[float, float] = (0.0, 0.0)

    def outlook(self, lat: float, lon: float) -> Optional[Outlook]:
        self.asked = (lat, lon)
        return self.outlook_


@pytest.fixture
def sky() -> Told:
    return Told(read_outlook(forecast(TODAY, 16)))


def test_tomorrow_is_told_with_its_source_and_nothing_else(ask, sky: Told) -> None:
    reply = ask("weather", "vi", "yen-tu", text="ngày mai thời tiết thế nào", dates=(TOMORROW, TOMORROW), sky=sky)
    assert "Ngày mai 25/11: có dông, 18–27°C, khả năng mưa 90%, lượng mưa khoảng 31 mm" in reply.text
    assert "gió giật tới 62 km/h" in reply.text and "trung bình" not in reply.text
    assert [(source.title, source.date) for source in reply.sources] == [("Open-Meteo", "2026-11-24")]


def test_the_forecast_is_asked_for_where_the_place_is(site, ask, sky: Told) -> None:
    ask("weather", "en", "chua-dong", sky=sky)
    assert sky.asked == site.get(Ref("place", "chua-dong")).location[:2]


def test_where_no_day_is_asked_for_the_next_ones_stand_beside_the_usual_weather(site, ask, sky: Told) -> None:
    text = ask("weather", "en", "yen-tu", text="What is the weather like?", sky=sky).text
    assert "Today, 24 November 2026: partly cloudy" in text and "Tomorrow" in text and "Thursday" in text
    assert formats.temperature(site.climate("yen-tu", 11).mean_c, "en") in text
    assert "A forecast may change; on the mountain" in text


def test_a_month_that_is_asked_for_is_no_matter_of_a_forecast(ask, sky: Told) -> None:
    text = ask("weather", "vi", "yen-tu", text="tháng 7 thời tiết thế nào", sky=sky).text
    assert "Tháng 7" in text and "Hôm nay" not in text


def test_a_day_beyond_the_forecast_gets_its_month_and_is_told_so(ask, sky: Told) -> None:
    day = date(2027, 2, 15)
    text = ask("weather", "vi", "yen-tu", text="15/2", dates=(day, day), sky=sky).text
    assert "Tháng 2" in text and "Dự báo hiện chỉ tới ngày 9/12/2026" in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_a_service_the_usual_weather_is_told_and_called_so(ask, lang: str) -> None:
    said = {"vi": "lúc này mình không có dự báo", "en": "I have no daily forecast at the moment"}[lang]
    assert said in ask("weather", lang, "yen-tu", dates=(TOMORROW, TOMORROW), sky=Told(None)).text
