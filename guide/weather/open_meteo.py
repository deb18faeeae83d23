"""One request to Open-Meteo's forecast service and a strict reading of its answer.

Protocol: https://open-meteo.com/en/docs — GET with latitude, longitude, daily=…, timezone, forecast_days (1–16); the
answer holds parallel lists under ``daily``; mistakes are ``{"error": true, "reason": …}`` with status 400. The data are
CC BY 4.0: answers name the service. Free for what is not commercial; others use an address and a key of their own.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Iterator, Optional

import requests

from guide.weather.outlook import Day, NoOutlook, Outlook
from guide.weather.wmo import sky

FORECAST_DAYS = 16  # the most that the service gives
TIME_ZONE = "Asia/Ho_Chi_Minh"
SOCKET_SECONDS = 1.5
NEEDED = ("time", "temperature_2m_min", "temperature_2m_max", "weather_code")
WELCOME = ("precipitation_sum", "precipitation_probability_max", "wind_gusts_10m_max")


def ask_open_meteo(url: str, lat: float, lon: float, key: Optional[str] = None) -> Outlook:
    """The forecast at a position, WGS84 degrees. Raises NoOutlook with the reason."""
    asked: dict[str, str | int] = {
        "latitude": f"{lat:.4f}",
        "longitude": f"{lon:.4f}",
        "daily": ",".join((*NEEDED[1:], *WELCOME)),
        "timezone": TIME_ZONE,
        "forecast_days": FORECAST_DAYS,
        **({"apikey": key} if key else {}),
    }
    try:
        answer = requests.get(url, params=asked, timeout=SOCKET_SECONDS)
        body = answer.json()
    except (requests.RequestException, ValueError) as fault:
        raise NoOutlook(f"the weather service can't be asked: {type(fault).__name__}") from fault
    if answer.status_code != 200:
        reason = body.get("reason") if isinstance(body, dict) else None
        raise NoOutlook(f"the weather service answered {answer.status_code}: {reason or 'no reason given'}")
    return read_outlook(body)


def read_outlook(body: Any) -> Outlook:
    """The answer of the service as an Outlook. Raises NoOutlook for anything else than it documents."""
    try:
        daily = body["daily"]
        count = len(daily["time"])
        columns = {name: daily[name] for name in NEEDED} | {name: daily.get(name) or [None] * count for name in WELCOME}
        days = tuple(_days(zip(*columns.values(), strict=True)))
    except (KeyError, TypeError, ValueError) as fault:
        raise NoOutlook(f"the weather service's answer can't be read: {fault!r}") from fault
    if not days:
        raise NoOutlook("the weather service's answer has no days")
    return Outlook(days, asked_on=days[0].day)


def _days(rows: Iterator[tuple[Any, ...]]) -> Iterator[Day]:
    """Days up to the first that the service has no temperature or sky for (the far end of its reach)."""
    for time, low, high, code, rain, chance, gust in rows:
        if low is None or high is None or code is None:
            return
        yield Day(
            date.fromisoformat(time),
            float(low),
            float(high),
            sky(int(code)),
            None if rain is None else float(rain),
            None if chance is None else int(chance),
            None if gust is None else float(gust),
        )
