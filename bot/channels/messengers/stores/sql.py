"""The store in SQLite (the usual one) or in another database that SQLAlchemy reaches.

In SQLite every transaction takes the write lock at once, so that processes queue instead of failing. What was written
survives the end of the process; values that were ``put`` (tokens) and what is buried are on the disk, too, before the
call returns, so that even a power cut can't lose them.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Optional, Sequence

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from bot.channels.messengers.stores import statements as do
from bot.channels.messengers.stores.base import (
    MOST_WAITING,
    MOST_WAITING_OF_ONE,
    SEEN_SECONDS,
    Buried,
    Job,
    Keep,
    StoreFault,
    Verdict,
)
from bot.channels.messengers.stores.tables import schema

BUSY_SECONDS = 10


def engine_for(url: str, synchronous: str) -> Engine:
    """Connections to the store. ``synchronous``: SQLite's PRAGMA, NORMAL or FULL."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}
    engine = create_engine(url, poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args=arguments)

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _private(url: str) -> None:
    """Make the file of a SQLite store readable for its owner only: it holds account ids and tokens."""
    path = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def dump(value: Any) -> str:
    """A value as it is stored."""
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction. IntegrityError passes (somebody was quicker), every other fault becomes a StoreFault."""
    try:
        with engine.begin() as connection:
            yield connection
    except IntegrityError:
        raise
    except SQLAlchemyError as fault:
        raise StoreFault(f"the channels' store failed: {type(fault).__name__}") from fault


class SqlStore:
    """See ``stores.base.Store``."""

    def __init__(self, url: str) -> None:
        self._firm, self._quick = engine_for(url, "FULL"), engine_for(url, "NORMAL")

    @classmethod
    def open(cls, url: str) -> SqlStore:
        """The store, its tables made when they are missing. Raises StoreFault."""
        try:
            _private(url)
            store = cls(url)
            schema.create_all(store._firm)
        except (SQLAlchemyError, OSError) as fault:
            raise StoreFault(f"the channels' store cannot be opened: {fault}") from fault
        return store

    def accept(self, conversation: str, message_id: str, rank: int, body: Any, now: float) -> Verdict:
        key = {"channel": conversation.split(":", 1)[0], "message_id": message_id}
        try:
            with transaction(self._quick) as db:
                verdict = _verdict(db, key, conversation)
                if verdict is Verdict.NEW:
                    db.execute(do.NOTE_SEEN, {**key, "at": now})
                    db.execute(do.ADD_JOB, _job_row(conversation, rank, now, body))
                return verdict
        except IntegrityError:  # another process was quicker
            return Verdict.REPEATED

    def add(self, conversation: str, calls: Any, now: float) -> None:
        with transaction(self._firm) as db:
            db.execute(do.ADD_JOB, _job_row(conversation, 0, now, calls, answered=True))

    def claim(self, conversation: str, owner: str, until: float, now: float) -> bool:
        row = {"owner": owner, "until": until}
        mine = {"the_conversation": conversation, "the_owner": owner, "the_now": now}
        try:
            with transaction(self._quick) as db:
                if not db.execute(do.TAKE_CLAIM, {**mine, **row}).rowcount:
                    db.execute(do.ADD_CLAIM, {"conversation": conversation, **row})
        except IntegrityError:
            return False
        return True

    def release(self, conversation: str, owner: str) -> None:
        with transaction(self._quick) as db:
            db.execute(do.DROP_CLAIM, {"the_conversation": conversation, "the_owner": owner})

    def owners(self) -> dict[str, str]:
        with transaction(self._quick) as db:
            return dict(db.execute(do.CLAIMS).all())

    def first(self, conversation: str) -> Optional[Job]:
        with transaction(self._quick) as db:
            row = db.execute(do.FIRST, {"the_conversation": conversation}).first()
        return row and Job(
            str(row.id), row.conversation, row.received, json.loads(row.body), row.answered, row.step, row.trying
        )

    def answered(self, job: Job, calls: Any, keep: Keep, now: float) -> Job:
        row = {"answered": True, "step": 0, "trying": False, "body": dump(calls)}
        with transaction(self._quick) as db:
            db.execute(do.SET_JOB, {"the_id": int(job.id), **row})
            _remember(db, keep, now)
        return Job(job.id, job.conversation, job.received, calls, answered=True)

    def progress(self, job: Job, step: int, trying: bool) -> None:
        with transaction(self._quick) as db:
            db.execute(do.SET_JOB, {"the_id": int(job.id), "step": step, "trying": trying})

    def done(self, job: Job, keep: Keep, now: float) -> None:
        with transaction(self._quick) as db:
            db.execute(do.DROP_JOB, {"the_id": int(job.id)})
            _remember(db, keep, now)

    def waiting(self, channel: str) -> list[str]:
        with transaction(self._quick) as db:
            return list(db.execute(do.WAITING, {"pattern": f"{channel}:%"}).scalars())

    def put(self, keep: Keep, now: float, firm: bool = True) -> None:
        with transaction(self._firm if firm else self._quick) as db:
            _remember(db, keep, now)

    def put_if_absent(self, key: str, value: Any, seconds: float, now: float) -> bool:
        try:
            with transaction(self._firm) as db:
                db.execute(do.DROP_EXPIRED, {"the_key": key, "the_now": now})
                db.execute(do.ADD_KEPT, {"key": key, "value": dump(value), "expires": now + seconds})
        except IntegrityError:
            return False
        return True

    def get(self, keys: Sequence[str], now: float) -> dict[str, Any]:
        with transaction(self._quick) as db:
            rows = db.execute(do.KEPT, {"the_keys": list(keys), "the_now": now})
            return {key: json.loads(value) for key, value in rows}

    def drop(self, keys: Sequence[str]) -> None:
        with transaction(self._quick) as db:
            db.execute(do.DROP_KEPT, {"the_keys": list(keys)})

    def bury(self, conversation: str, calls: Any, reason: str, now: float) -> None:
        row = {"conversation": conversation, "at": now, "reason": reason[:255], "body": dump(calls)}
        with transaction(self._firm) as db:
            db.execute(do.BURY, row)

    def buried(self, limit: int = 100) -> list[Buried]:
        with transaction(self._quick) as db:
            return [_buried(row) for row in db.execute(do.BURIED, {"most": limit})]

    def unbury(self, id_: str) -> Optional[Buried]:
        with transaction(self._firm) as db:
            row = db.execute(do.ONE_BURIED, {"the_id": int(id_)}).first()
            db.execute(do.UNBURY, {"the_id": int(id_)})
        return row and _buried(row)

    def forget(self, conversation: str) -> None:
        with transaction(self._firm) as db:
            for statement in do.FORGET[:-1]:
                db.execute(statement, {"the_conversation": conversation})
            db.execute(do.FORGET[-1], {"pattern": f"%:{conversation}"})

    def sweep(self, now: float, keep_buried: float) -> None:
        limits = {"the_now": now, "seen_before": now - SEEN_SECONDS, "buried_before": now - keep_buried}
        with transaction(self._quick) as db:
            for statement in do.SWEEP:
                wanted = statement.compile().params
                db.execute(statement, {name: limits[name] for name in wanted})

    def close(self) -> None:
        self._firm.dispose()
        self._quick.dispose()


def _job_row(conversation: str, rank: int, now: float, body: Any, answered: bool = False) -> dict[str, Any]:
    start = {"answered": answered, "step": 0, "trying": False}
    return {"conversation": conversation, "rank": rank, "received": now, "body": dump(body), **start}


def _verdict(db: Connection, key: dict[str, str], conversation: str) -> Verdict:
    if db.scalar(do.KNOWN, key):
        return Verdict.REPEATED
    if db.scalar(do.COUNT_ALL) >= MOST_WAITING:
        return Verdict.FULL
    of_one = db.scalar(do.COUNT_ONE, {"the_conversation": conversation})
    return Verdict.TOO_MANY if of_one >= MOST_WAITING_OF_ONE else Verdict.NEW


def _remember(db: Connection, keep: Keep, now: float) -> None:
    for key, (value, seconds) in keep.items():
        row = {"value": dump(value), "expires": now + seconds}
        if not db.execute(do.CHANGE_KEPT, {"the_key": key, **row}).rowcount:
            db.execute(do.ADD_KEPT, {"key": key, **row})


def _buried(row: Any) -> Buried:
    return Buried(str(row.id), row.conversation, row.at, row.reason, json.loads(row.body))
