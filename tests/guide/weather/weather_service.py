"""A stand-in for Open-Meteo's forecast service that takes nothing but what the service documents."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATH = "/v1/forecast"
DAILY = {
    "weather_code",
    "temperature_2m_max",
    "temperature_2m_min",
    "precipitation_sum",
    "precipitation_probability_max",
    "wind_gusts_10m_max",
}
PARAMETERS = {"latitude", "longitude", "daily", "timezone", "forecast_days", "apikey"}


class WrongRequest(ValueError):
    """The service would answer 400"""


def forecast(first: date, count: int, **columns: Any) -> dict[str, Any]:
    """An answer as documented: parallel lists. Fair and 18–27 °C, but a storm on the second day."""
    usual = {
        "weather_code": [95 if day == 1 else 2 for day in range(count)],
        "temperature_2m_min": [18.2] * count,
        "temperature_2m_max": [27.4] * count,
        "precipitation_sum": [31.0 if day == 1 else 0.0 for day in range(count)],
        "precipitation_probability_max": [90 if day == 1 else 5 for day in range(count)],
        "wind_gusts_10m_max": [61.9 if day == 1 else 20.0 for day in range(count)],
    }
    days = [(first + timedelta(days=day)).isoformat() for day in range(count)]
    return {"latitude": 21.16, "longitude": 106.71, "daily": {"time": days, **usual, **columns}}


def check(query: dict[str, list[str]]) -> int:
    """How many days are asked for. Raises WrongRequest with the reason."""
    if unknown := set(query) - PARAMETERS:
        raise WrongRequest(f"unknown parameters {sorted(unknown)}")
    for name, reach in (("latitude", 90), ("longitude", 180)):
        if not -reach <= float(query[name][0]) <= reach:
            raise WrongRequest(f"{name} is out of range")
    if wrong := set(query["daily"][0].split(",")) - DAILY:
        raise WrongRequest(f"Cannot initialize a daily variable from {sorted(wrong)}")
    if "timezone" not in query:
        raise WrongRequest("Timezone is required")
    days = int(query["forecast_days"][0])
    if not 1 <= days <= 16:
        raise WrongRequest("forecast_days must be between 1 and 16")
    return days


class WeatherService:
    """The service on a port of its own. ``asked``: the queries that came; ``broken``: answer 500 to all."""

    def __init__(self, today: date) -> None:
        self.today, self.asked, self.broken = today, [], False  # type: ignore[var-annotated]
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{PATH}"

    def answer(self, address: str) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
        self.asked.append(query)
        if self.broken or parts.path != PATH:
            return 500 if self.broken else 404, {"error": True, "reason": "not now"}
        try:
            return 200, forecast(self.today, check(query))
        except (WrongRequest, KeyError, ValueError) as wrong:
            return 400, {"error": True, "reason": str(wrong)}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = service.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        return Handler


@contextmanager
def weather_service(today: date) -> Iterator[WeatherService]:
    """The stand-in, running."""
    service = WeatherService(today)
    thread = threading.Thread(target=service.server.serve_forever, daemon=True)
    thread.start()
    yield service
    service.server.shutdown()
    thread.join()
    service.server.server_close()
