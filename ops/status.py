"""``./run status``: one line for each server, the database and the model."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from importlib.metadata import version

import psutil

from bot.channels.messengers.state import State as Messenger
from bot.channels.messengers.state import kept_store, states
from bot.channels.messengers.stores import StoreFault
from guide.sitedb import SiteDb, SiteDbError
from guide.trips.store import TripStore, TripStoreBroken
from ops.database import wanted
from ops.freshness import Stamp, digest
from ops.health import answers
from ops.model import INPUTS
from ops.screen import span
from ops.services import services
from ops.settings import PORTS, ROOT, Settings, shown
from ops.state import Running, State
from ops.traffic import traffic

COUNTED = {"place": "places", "person": "people", "festival": "festivals", "route": "routes", "dish": "dishes"}


def report(settings: Settings) -> Iterator[str]:
    """The lines to show."""
    state = State.read(settings.state)
    servers = {server.name: server for server in state.servers} if state else {}
    for name in PORTS:
        yield f"  {name:<10} {_server(name, servers.get(name), settings)}"
    if bot := servers.get("bot"):
        yield f"  {'traffic':<10} {traffic(settings.with_ports({'bot': bot.port}))}"
    yield f"  {'database':<10} {_database(settings)}"
    yield f"  {'trips':<10} {_trips(settings)}"
    yield f"  {'messengers':<10} {_messengers(settings)}"
    yield f"  {'model':<10} {_model(settings)}"
    yield f"  {'versions':<10} Rasa {version('rasa')}, Rasa SDK {version('rasa-sdk')}, Django {version('Django')}"


def _server(name: str, running: Running | None, settings: Settings) -> str:
    if running is None:
        return "not running"
    if running.pid is None or running.started is None:
        return f"down, being started (port {running.port}, started again {running.restarts} times)"
    here = settings.with_ports({name: running.port})
    answering = asyncio.run(answers(services(here, (name,))[0].health))
    word = "up" if answering else "up, but not answering,"
    return (
        f"{word} for {span(time.time() - running.started)}   port {running.port}   process {running.pid}   "
        f"{memory(running.pid)}   started again {running.restarts} times"
    )


def memory(pid: int) -> str:
    """What a process holds in memory, as ``512 MB``; 'gone' when it has ended."""
    try:
        return f"{psutil.Process(pid).memory_info().rss / 1e6:.0f} MB"
    except psutil.Error:
        return "gone"


def _database(settings: Settings) -> str:
    try:
        site = SiteDb.open(settings.site_db)
        counts = ", ".join(f"{len(site.all(kind))} {word}" for kind, word in COUNTED.items())
    except SiteDbError as fault:
        return str(fault)
    changed = span(time.time() - settings.site_db.stat().st_mtime)
    made = _made(Stamp(settings.site_db), wanted())
    return f"{shown(settings.site_db)}, {made}, written to {changed} ago: {counts}"


def _trips(settings: Settings) -> str:
    if not settings.trips_url and not settings.trips_db.exists():
        return "none kept yet"
    try:
        kept = TripStore(settings.trips).count(datetime.now(timezone.utc))
    except TripStoreBroken as fault:
        return str(fault)
    where = "in the shared database" if settings.trips_url else shown(settings.trips_db)
    return f"{where}: {kept} kept"


def _messengers(settings: Settings) -> str:
    """What waits, what could not be delivered and what a person must mend, for each messenger that has been used."""
    try:
        store = kept_store(settings.child_environ())
        told = [_messenger(one) for one in states(store, time.time())] if store else []
    except StoreFault as fault:
        return str(fault)
    return "; ".join(told) or "nothing waits, nothing is undelivered"


def _messenger(state: Messenger) -> str:
    parts = [f"{state.waiting} waiting" if state.waiting else "", *(f"needs attention: {one}" for one in state.alerts)]
    parts += [f"{state.undelivered} undelivered" if state.undelivered else ""]
    parts += [f"refresh token good for {state.days_left} d" if state.days_left is not None else ""]
    return f"{state.channel}: {', '.join(part for part in parts if part)}"


def _model(settings: Settings) -> str:
    if not settings.model.exists():
        return "not trained yet: ./run train"
    return _made(Stamp(settings.model), digest(INPUTS, ROOT))


def _made(stamp: Stamp, inputs: str) -> str:
    """From when it is, and whether that is still the present state."""
    when = str(stamp.read().get("made", "at an unknown time")).replace("T", " ")[:16]
    return f"made {when} UTC" + ("" if stamp.matches(inputs) else ", older than its files (./run brings it up to date)")
