"""``./run bench pages``: what a page, the widget and an answer cost on a weak phone, in a real browser."""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
from tabulate import tabulate

from ops import chromium
from ops.background import running
from ops.database import ensure_database
from ops.model import ensure_model
from ops.ports import free_ports
from ops.screen import Screen
from ops.services import services
from ops.settings import Settings

PAGES = {"home": "/vi/", "place": "/vi/yen-tu"}
# A mid-range phone on a slow mobile network, as Lighthouse throttles it by default (github.com/GoogleChrome/lighthouse,
# docs/throttling.md): 150 ms of delay, 1.6 Mbit/s down, 0.75 up, a processor four times slower.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
# The second generation of mobile networks, as WebPageTest has it (docs.webpagetest.org, connection profiles).
SECOND_GENERATION = {"offline": False, "latency": 800, "downloadThroughput": 280e3 / 8, "uploadThroughput": 256e3 / 8}
QUESTIONS = ("Giá vé Yên Tử bao nhiêu?", "mấy giờ mở cửa?", "Lịch trình 2 ngày từ Hà Nội đi ô tô, Yên Tử và Côn Sơn")
SLOWER = 4
PHONE = {"width": 360, "height": 740}
WATCH = """
window.measured = {blocked: 0, shift: 0};
const each = (take) => (list) => list.getEntries().forEach(take);
const watch = (type, take) => new PerformanceObserver(each(take)).observe({type, buffered: true});
watch('longtask', ({duration}) => (measured.blocked += Math.max(0, duration - 50)));
watch('largest-contentful-paint', ({startTime}) => (measured.largest = startTime));
watch('paint', ({name, startTime}) => name === 'first-contentful-paint' && (measured.first = startTime));
watch('layout-shift', ({value, hadRecentInput}) => hadRecentInput || (measured.shift += value));
document.addEventListener('truc-ready', () => (measured.ready = performance.now()));
"""


@dataclass
class Figures:
    """One page. Times in milliseconds from the beginning of its loading, bytes as sent over the network."""

    page: str
    requests: int
    kilobytes: float
    first_paint: int
    largest_paint: int
    widget_ready: int
    blocked: int
    layout_shift: float
    requests_on_opening: int
    kilobytes_on_opening: float
    opening: int


@dataclass
class Answered:
    """One question: bytes of the WebSocket's frames, and the milliseconds until the answer can be read."""

    question: str
    sent: int
    received: int
    answered: int


class Traffic:
    """Counts what goes over the network of one page."""

    def __init__(self, session: Any) -> None:
        self.requests, self.bytes = 0, 0.0
        session.on("Network.requestWillBeSent", lambda _: self._add(1, 0))
        session.on("Network.loadingFinished", lambda done: self._add(0, done["encodedDataLength"]))

    def _add(self, requests: int, amount: float) -> None:
        self.requests += requests
        self.bytes += amount


def measure(browser: Any, name: str, url: str) -> Figures:
    """Load one page as a new visitor on the throttled phone, wait until it is quiet, then open the widget."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    traffic = Traffic(session)
    page.add_init_script(WATCH)
    page.goto(url, wait_until="networkidle")
    page.wait_for_function("window.measured.ready && window.measured.largest")
    seen, requests, sent = page.evaluate("window.measured"), traffic.requests, traffic.bytes
    began = page.evaluate("performance.now()")
    page.locator("truc-chat .launcher").tap()
    page.locator("truc-chat .panel").wait_for(state="visible")
    opened = page.evaluate("performance.now()") - began
    page.wait_for_timeout(500)
    context.close()
    return Figures(
        page=name,
        requests=requests,
        kilobytes=round(sent / 1000, 1),
        first_paint=round(seen["first"]),
        largest_paint=round(seen["largest"]),
        widget_ready=round(seen["ready"]),
        blocked=round(seen["blocked"]),
        layout_shift=round(seen["shift"], 3),
        requests_on_opening=traffic.requests - requests,
        kilobytes_on_opening=round((traffic.bytes - sent) / 1000, 1),
        opening=round(opened),
    )


def ask(browser: Any, url: str) -> list[Answered]:
    """Ask questions on the second generation's network: what goes over the socket for each, and how long each takes."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    frames = {"Sent": 0, "Received": 0}

    def count(way: str, frame: dict[str, Any]) -> None:
        frames[way] += len(frame["response"]["payloadData"].encode())

    for way in frames:
        session.on(f"Network.webSocketFrame{way}", partial(count, way))
    page.goto(url, wait_until="networkidle")
    session.send("Network.emulateNetworkConditions", SECOND_GENERATION)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.locator("truc-chat .launcher").tap()
    found = []
    for number, question in enumerate(QUESTIONS, 2):  # the greeting is the first of the bot's turns
        frames.update(Sent=0, Received=0)
        began = time.monotonic()
        page.locator("truc-chat textarea").fill(question)
        page.keyboard.press("Enter")
        page.locator("truc-chat .from-bot").nth(number - 1).wait_for(state="visible", timeout=60_000)
        took = round((time.monotonic() - began) * 1000)
        page.wait_for_timeout(1000)
        found.append(Answered(question, frames["Sent"], frames["Received"], took))
    context.close()
    return found


@click.command("pages")
@click.option("--answers", is_flag=True, help="Also ask the bot, over a network of the second generation.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Also write all figures to this file.")
def pages_command(answers: bool, json_file: Path | None) -> None:
    """Bytes, requests and times of the public pages and the widget on a throttled phone, in Chromium."""
    with tempfile.TemporaryDirectory(prefix="bench-pages-") as folder, chromium.browser() as browser:
        var = Path(folder)
        ports = dict(zip(("bot", "actions", "web"), free_ports(3), strict=True))
        settings = Settings(ports, var=var, site_db=var / "site.db")
        ensure_database(settings, Screen(quiet=True))
        if answers:
            ensure_model(settings, Screen(quiet=True))
        os.environ.setdefault("TRUC_LOG_LEVEL", "WARNING")
        with running(services(settings, ("bot", "actions", "web") if answers else ("web",))):
            found = [measure(browser, name, settings.url("web") + address) for name, address in PAGES.items()]
            answered = ask(browser, settings.url("web") + PAGES["home"]) if answers else []
    click.echo(tabulate([asdict(figures) for figures in found], headers="keys"))
    if answered:
        click.echo(tabulate([asdict(one) for one in answered], headers="keys"))
    if json_file:
        json_file.write_text(json.dumps([asdict(figures) for figures in found], indent=1) + "\n", "utf-8")
