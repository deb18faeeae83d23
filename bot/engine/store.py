"""Rasa's SQL tracker store, made so that a message costs the same at the start of a conversation and at its end.

Rasa's own reads and rebuilds all events of a session for every message, and counts them once more to save the new ones.
This one keeps beside the same table ``events`` one row for each conversation with what it goes on with (``recall``),
and the most recent conversations in memory. The row's ``version`` says whether what is in memory is still right, so
several bots may share a database; whatever is in memory can be lost at any moment.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Callable, Optional, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_exponential

from bot.engine.recall import Conversation, as_dicts, recall
from bot.engine.retention import Retention, keep_days

logger = logging.getLogger(__name__)

BUSY_SECONDS = 5
AWAY_SECONDS = 8  # how long a message waits for a database server that is gone
KEPT = 2_000
Result = TypeVar("Result")
Row = dict[str, Any]

conversations = sa.Table(
    "conversations",
    SQLTrackerStore.Base.metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("version", sa.String(32), nullable=False),
    sa.Column("heard", sa.Float, nullable=False, index=True),
    sa.Column("events", sa.Text, nullable=False),
)
events = SQLTrackerStore.SQLEvent.__table__

VERSION = sa.select(conversations.c.version).where(conversations.c.sender_id == sa.bindparam("whose"))
STATE = sa.select(conversations.c.version, conversations.c.events).where(
    conversations.c.sender_id == sa.bindparam("whose")
)
CHANGE = conversations.update().where(conversations.c.sender_id == sa.bindparam("whose"))
ERASE = [table.delete().where(table.c.sender_id == sa.bindparam("whose")) for table in (events, conversations)]


@dataclass
class Kept:
    """A conversation in memory: what it goes on with, as of which version, and what could not be written yet."""

    version: Optional[str]
    events: list[Event]
    unwritten: list[Row]


class ConversationStore(SQLTrackerStore):
    """For ``endpoints.yml``: ``url`` is any that SQLAlchemy takes; ``kept``: how many conversations are in memory."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        kept: int = KEPT,
        **more: Any,
    ) -> None:
        super().__init__(domain=domain, host=host, event_broker=event_broker, **more)
        self.engine = engine_of(self.engine)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)
        self._most, self._kept = kept, OrderedDict[str, Kept]()
        one = self.engine.dialect.name == "sqlite"  # it has one writer, and its calls are short
        self._threads = ThreadPoolExecutor(1 if one else 8, thread_name_prefix="conversations")
        self._patiently = AsyncRetrying(
            retry=retry_if_exception_type(OperationalError),
            stop=stop_after_delay(0 if one else AWAY_SECONDS),
            wait=wait_exponential(0.2, max=1),
            reraise=True,
        )
        self._retention = Retention(events, conversations, keep_days())
        self._sweeping: Optional[asyncio.Task[None]] = None

    async def _call(self, work: Callable[[Connection], Result]) -> Result:
        """Run this in a transaction, in a thread: a database that is slow or gone holds nobody else up.

        A server that is away for a moment is waited for: another bot may take the next message, and knows only what is
        written.
        """

        def transaction() -> Result:
            with self.engine.begin() as connection:
                return work(connection)

        async def tried() -> Result:
            return await asyncio.get_running_loop().run_in_executor(self._threads, transaction)

        return await self._patiently.copy()(tried)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """The conversation as it goes on, empty for a new one. Where the database fails: as it was last seen here."""
        kept, blind = self._kept.get(sender_id), False
        try:
            known = await self._call(lambda db: db.execute(VERSION, {"whose": sender_id}).scalar())
            if kept is None or kept.version != known:
                kept = await self._read(sender_id, known)
        except SQLAlchemyError:
            logger.exception("a conversation could not be read; it goes on from memory")
            blind = kept is None
        tracker = Conversation.going_on(sender_id, kept.events if kept else [], self.domain.slots)
        tracker.blind = blind
        return tracker

    async def _caught_up(self, tracker: DialogueStateTracker, new: list[Event]) -> DialogueStateTracker:
        """A tracker that was begun blindly, with what had gone before it when that can be read by now."""
        before = await self.retrieve(tracker.sender_id)
        before.update_with_events(new, self.domain, override_timestamp=False)
        return before

    async def _read(self, sender_id: str, known: Optional[str]) -> Optional[Kept]:
        if known is not None:
            version, state = await self._call(lambda db: db.execute(STATE, {"whose": sender_id}).one())
            return self._keep(sender_id, Kept(version, deserialise_events(json.loads(state)), []))
        self._kept.pop(sender_id, None)
        whole = await super().retrieve(sender_id)  # written by Rasa's own store, or none at all
        return Kept(None, recall(whole), []) if whole else None

    def _keep(self, sender_id: str, kept: Kept) -> Kept:
        self._kept[sender_id] = kept
        self._kept.move_to_end(sender_id)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new of a conversation. Where that fails it is kept in memory, and written with the next."""
        if not (new := self._unstored(tracker)):
            return
        if self.event_broker:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)
        recalled = await self._caught_up(tracker, new) if getattr(tracker, "blind", False) else tracker
        before = self._kept.get(tracker.sender_id)
        rows = [*(before.unwritten if before else ()), *(row_of(tracker.sender_id, event) for event in new)]
        after = Kept(uuid.uuid4().hex, recall(recalled), [])
        try:
            await self._call(lambda db: write(db, tracker.sender_id, after, rows))
        except SQLAlchemyError:
            logger.exception("a conversation could not be written; it is tried again with its next message")
            after = Kept(before.version if before else None, after.events, rows)
        self._keep(tracker.sender_id, after)
        tracker.stored = len(tracker.events)  # type: ignore[attr-defined]
        if self._retention.due(time.time()):
            self._sweeping = asyncio.create_task(self._sweep())

    async def _sweep(self) -> None:
        """Delete what is older than it may be; a fault puts it off until the next time."""
        try:
            gone = await self._call(lambda db: self._retention.sweep(db, time.time()))
            logger.info("%d rows of old conversations were deleted", gone)
        except SQLAlchemyError:
            logger.exception("old conversations could not be deleted")

    def _unstored(self, tracker: DialogueStateTracker) -> list[Event]:
        if isinstance(tracker, Conversation):
            return tracker.unstored()
        with self.session_scope() as session:  # made by somebody else, from all events of the session
            return list(self._additional_events(session, tracker))

    async def reachable(self) -> None:
        """Raises SQLAlchemyError when the database can't be read."""
        await self._call(lambda db: db.execute(VERSION, {"whose": ""}).scalar())

    async def exists(self, conversation_id: str) -> bool:
        """Whether there is such a conversation."""
        return bool((await self.retrieve(conversation_id)).events)

    def erase(self, sender_id: str) -> None:
        """Remove all there is of a conversation. Blocks."""
        self._kept.pop(sender_id, None)
        with self.engine.begin() as db:
            for statement in ERASE:
                db.execute(statement, {"whose": sender_id})


def write(db: Connection, sender_id: str, kept: Kept, rows: list[Row]) -> None:
    """Add these rows of events, and put what the conversation goes on with in place of what it went on with before."""
    db.execute(events.insert(), rows)
    state = {"version": kept.version, "heard": time.time(), "events": json.dumps(as_dicts(kept.events))}
    if not db.execute(CHANGE, {"whose": sender_id, **state}).rowcount:
        db.execute(conversations.insert(), {"sender_id": sender_id, **state})


def row_of(sender_id: str, event: Event) -> Row:
    """An event as Rasa's SQL tracker store writes it."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def engine_of(rasas: Engine) -> Engine:
    """Rasa opens a SQLite file anew for every call and waits for the disk; a WAL needs neither to outlive a kill.
    Connections to a server are tried before use, so that its restart is not noticed.
    """
    rasas.dispose()
    if rasas.dialect.name != "sqlite":
        return sa.create_engine(rasas.url, pool_pre_ping=True, **create_engine_kwargs(rasas.url))
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = sa.create_engine(rasas.url, poolclass=sa.pool.QueuePool, pool_size=2, connect_args=arguments)

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine
