"""The forecast, from the weather service to the visitor, and what is said while there is none."""

from __future__ import annotations

import re


def test_tomorrow_on_the_mountain(ask) -> None:
    (answer,) = ask("Ngày mai thời tiết Yên Tử thế nào?")
    assert re.search(r"Ngày mai \d+/\d+: có dông, 18–27°C, khả năng mưa 90%", answer["text"])
    assert "Open-Meteo" in {source["title"] for source in answer["custom"]["sources"]}


def test_a_service_that_fails(ask, weather) -> None:
    weather.broken = True
    try:
        (answer,) = ask("What will the weather be like at Con Son tomorrow?")
        assert "I have no daily forecast at the moment" in answer["text"]
    finally:
        weather.broken = False
