"""What was said and answered in each session, numbered: a client that comes back asks for what it has not seen.

Several bot processes share it, so a conversation's frames reach its sockets whichever process answers.
"""

from __future__ import annotations

import json
from typing import Any, Iterable, Optional, Protocol

import redis
from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, UniqueConstraint, delete, func, select
from sqlalchemy.exc import IntegrityError

from bot.channels.messengers.stores import StoreFault
from bot.channels.messengers.stores.redis import faults
from bot.channels.messengers.stores.sql import dump, engine_for, transaction

KEPT_SECONDS = 86_400
KEPT_FRAMES = 200
TRIES = 5
FIRST = 1_735_689_600  # 2025 began: a conversation's numbers count on from the seconds since, see ``first_number``
Frame = dict[str, Any]


def first_number(now: float) -> int:
    """The number of a conversation's first frame. Later than any that it had before: after a day of silence all its
    frames are gone, and a client that has seen number 40 must not take the new 40 for one that it knows."""
    return int(now) - FIRST


class History(Protocol):
    """All calls block."""

    def add(self, conversation: str, ref: str, frame: Frame, now: float) -> Optional[int]:
        """Keep a frame under the conversation's next number; None when there is one of this ``ref`` already."""

    def number(self, conversation: str, ref: str) -> Optional[int]:
        """The number of a frame by its ``ref``."""

    def after(self, conversation: str, seq: int) -> list[Frame]:
        """The frames with higher numbers, in order."""

    def latest(self, conversations: Iterable[str]) -> dict[str, int]:
        """The highest number of each of these conversations that has frames."""

    def forget(self, conversation: str, before: Optional[int] = None) -> None:
        """Erase a conversation, or what has a lower number than ``before``: numbers then go on rising."""

    def sweep(self, now: float) -> None:
        """Remove what is older than a day."""


schema = MetaData()
frames = Table(
    "web_frames",
    schema,
    Column("conversation", String(80), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("ref", String(80), nullable=False),
    Column("at", Float, nullable=False, index=True),
    Column("frame", Text, nullable=False),
    UniqueConstraint("conversation", "ref"),
)


class SqlHistory:
    """See ``History``. In the database in which the channels keep their messages."""

    def __init__(self, url: str) -> None:
        self._engine = engine_for(url, "NORMAL")
        schema.create_all(self._engine)

    def add(self, conversation: str, ref: str, frame: Frame, now: float) -> Optional[int]:
        for _ in range(TRIES):
            try:
                return self._add(conversation, ref, frame, now)
            except IntegrityError:  # this ref is there already, or another process took the same number
                if self.number(conversation, ref) is not None:
                    return None
        raise StoreFault(f"no number could be had for a frame in {TRIES} tries")

    def _add(self, conversation: str, ref: str, frame: Frame, now: float) -> int:
        mine = frames.c.conversation == conversation
        with transaction(self._engine) as db:
            latest = db.scalar(select(func.max(frames.c.seq)).where(mine))
            seq = latest + 1 if latest else first_number(now)
            row = {"conversation": conversation, "seq": seq, "ref": ref, "at": now}
            db.execute(frames.insert(), {**row, "frame": dump({**frame, "seq": seq, "at": int(now)})})
            db.execute(delete(frames).where(mine, frames.c.seq <= seq - KEPT_FRAMES))
        return seq

    def number(self, conversation: str, ref: str) -> Optional[int]:
        wanted = select(frames.c.seq).where(frames.c.conversation == conversation, frames.c.ref == ref)
        with transaction(self._engine) as db:
            return db.scalar(wanted)

    def after(self, conversation: str, seq: int) -> list[Frame]:
        wanted = select(frames.c.frame).where(frames.c.conversation == conversation, frames.c.seq > seq)
        with transaction(self._engine) as db:
            return [json.loads(frame) for frame in db.scalars(wanted.order_by(frames.c.seq))]

    def latest(self, conversations: Iterable[str]) -> dict[str, int]:
        wanted = select(frames.c.conversation, func.max(frames.c.seq)).group_by(frames.c.conversation)
        with transaction(self._engine) as db:
            return dict(db.execute(wanted.where(frames.c.conversation.in_(list(conversations)))).all())

    def forget(self, conversation: str, before: Optional[int] = None) -> None:
        over = delete(frames).where(frames.c.conversation == conversation)
        with transaction(self._engine) as db:
            db.execute(over if before is None else over.where(frames.c.seq < before))

    def sweep(self, now: float) -> None:
        with transaction(self._engine) as db:
            db.execute(delete(frames).where(frames.c.at < now - KEPT_SECONDS))


class RedisHistory:
    """See ``History``. Frames of a conversation are a sorted set by their number; Redis lets them lapse after a day."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, decode_responses=True, socket_timeout=5)

    @staticmethod
    def _keys(conversation: str) -> tuple[str, str, str]:
        return tuple(f"truc:web:{part}:{conversation}" for part in ("last", "refs", "frames"))  # type: ignore[return-value]

    def add(self, conversation: str, ref: str, frame: Frame, now: float) -> Optional[int]:
        last, refs, kept = self._keys(conversation)
        added: list[int] = []

        def change(pipe: Any) -> None:
            added.clear()
            known, latest = pipe.hexists(refs, ref), pipe.get(last)
            seq = int(latest) + 1 if latest else first_number(now)
            pipe.multi()
            if known:
                return
            added.append(seq)
            pipe.set(last, seq, ex=KEPT_SECONDS)
            pipe.hset(refs, ref, seq)
            pipe.zadd(kept, {dump({**frame, "seq": seq, "at": int(now)}): seq})
            pipe.zremrangebyscore(kept, 0, seq - KEPT_FRAMES)
            for key in (refs, kept):
                pipe.expire(key, KEPT_SECONDS)

        with faults():
            self._redis.transaction(change, last, refs)
        return added[0] if added else None

    def number(self, conversation: str, ref: str) -> Optional[int]:
        with faults():
            seq = self._redis.hget(self._keys(conversation)[1], ref)
        return None if seq is None else int(seq)

    def after(self, conversation: str, seq: int) -> list[Frame]:
        with faults():
            found = self._redis.zrangebyscore(self._keys(conversation)[2], f"({seq}", "+inf")
        return [json.loads(frame) for frame in found]

    def latest(self, conversations: Iterable[str]) -> dict[str, int]:
        names = list(conversations)
        with faults():
            found = self._redis.mget([self._keys(name)[0] for name in names]) if names else []
        return {name: int(seq) for name, seq in zip(names, found, strict=True) if seq is not None}

    def forget(self, conversation: str, before: Optional[int] = None) -> None:
        keys = self._keys(conversation)
        with faults():
            if before is None:
                self._redis.delete(*keys)
            else:
                self._redis.zremrangebyscore(keys[2], 0, f"({before}")

    def sweep(self, now: float) -> None:
        """Nothing to do: Redis does it."""


def open_history(url: str) -> History:
    """The history at the address of the channels' store."""
    return RedisHistory(url) if url.startswith(("redis://", "rediss://", "unix://")) else SqlHistory(url)
