"""The store in Redis, for several bots behind one address. Expiry is Redis' own; what belongs together is one MULTI."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import Any, Iterator, Optional, Sequence

import redis

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

TIMEOUT_SECONDS = 5
PREFIX = "truc:"
BURIED, IDS, JOBS = f"{PREFIX}buried", f"{PREFIX}ids", f"{PREFIX}jobs"
ANSWERED_RANK = -1


def _queue(conversation: str) -> str:
    return f"{PREFIX}queue:{conversation}"


def _waiting(conversation: str) -> str:
    return f"{PREFIX}waiting:{conversation.split(':', 1)[0]}"


def _claim(conversation: str) -> str:
    return f"{PREFIX}claim:{conversation}"


def _job(id_: str) -> str:
    return f"{PREFIX}job:{id_}"


def _kept(key: str) -> str:
    return f"{PREFIX}kept:{key}"


def _life(seconds: float) -> int:
    return max(1, int(seconds * 1000))


def _remember(pipe: Any, keep: Keep) -> None:
    for key, (value, seconds) in keep.items():
        pipe.set(_kept(key), json.dumps(value), px=_life(seconds))


@contextmanager
def faults() -> Iterator[None]:
    """Whatever is wrong with Redis is a StoreFault."""
    try:
        yield
    except redis.RedisError as fault:
        raise StoreFault(f"Redis failed: {type(fault).__name__}") from fault


class RedisStore:
    """See ``stores.base.Store``."""

    def __init__(self, client: redis.Redis) -> None:
        self._redis = client

    @classmethod
    def open(cls, url: str) -> RedisStore:
        """The store at this URL. Raises StoreFault when Redis does not answer."""
        client = redis.Redis.from_url(url, decode_responses=True, socket_timeout=TIMEOUT_SECONDS)
        with faults():
            client.ping()
        return cls(client)

    def accept(self, conversation: str, message_id: str, rank: int, body: Any, now: float) -> Verdict:
        known = f"{PREFIX}seen:{conversation.split(':', 1)[0]}:{message_id}"

        def keep(pipe: Any) -> Verdict:
            verdict = self._verdict(pipe, known, conversation)
            id_ = f"{pipe.incr(IDS):015}" if verdict is Verdict.NEW else ""
            pipe.multi()
            if verdict is Verdict.NEW:
                pipe.set(known, "1", ex=SEEN_SECONDS)
                self._push(pipe, id_, conversation, rank, {"received": now, "body": json.dumps(body)})
            return verdict

        with faults():
            return self._redis.transaction(keep, known, value_from_callable=True)

    @staticmethod
    def _verdict(pipe: Any, known: str, conversation: str) -> Verdict:
        if pipe.exists(known):
            return Verdict.REPEATED
        if pipe.scard(JOBS) >= MOST_WAITING:
            return Verdict.FULL
        return Verdict.TOO_MANY if pipe.zcard(_queue(conversation)) >= MOST_WAITING_OF_ONE else Verdict.NEW

    @staticmethod
    def _push(pipe: Any, id_: str, conversation: str, rank: int, fields: dict[str, Any]) -> None:
        start = {"conversation": conversation, "answered": 0, "step": 0, "trying": 0}
        pipe.hset(_job(id_), mapping=start | fields)
        pipe.zadd(_queue(conversation), {id_: rank})
        pipe.zadd(_waiting(conversation), {conversation: fields["received"]}, nx=True)
        pipe.sadd(JOBS, id_)

    def add(self, conversation: str, calls: Any, now: float) -> None:
        with faults(), self._redis.pipeline() as pipe:
            id_ = f"{self._redis.incr(IDS):015}"
            fields = {"received": now, "answered": 1, "body": json.dumps(calls)}
            self._push(pipe, id_, conversation, ANSWERED_RANK, fields)
            pipe.execute()

    def claim(self, conversation: str, owner: str, until: float, now: float) -> bool:
        life = _life(until - now)
        with faults():
            if self._redis.set(_claim(conversation), owner, nx=True, px=life):
                return True
            return self._redis.get(_claim(conversation)) == owner and bool(
                self._redis.pexpire(_claim(conversation), life)
            )

    def release(self, conversation: str, owner: str) -> None:
        def mine(pipe: Any) -> None:
            held = pipe.get(_claim(conversation)) == owner
            pipe.multi()
            if held:
                pipe.delete(_claim(conversation))

        with faults():
            self._redis.transaction(mine, _claim(conversation))

    def owners(self) -> dict[str, str]:
        with faults():
            keys = list(self._redis.scan_iter(_claim("*")))
            values = self._redis.mget(keys) if keys else []
        return {key[len(_claim("")) :]: owner for key, owner in zip(keys, values, strict=True) if owner}

    def first(self, conversation: str) -> Optional[Job]:
        with faults():
            for id_ in self._redis.zrange(_queue(conversation), 0, 0):
                row = self._redis.hgetall(_job(id_))
                return Job(
                    id_,
                    conversation,
                    float(row["received"]),
                    json.loads(row["body"]),
                    row["answered"] == "1",
                    int(row["step"]),
                    row["trying"] == "1",
                )
        return None

    def answered(self, job: Job, calls: Any, keep: Keep, now: float) -> Job:
        with faults(), self._redis.pipeline() as pipe:
            pipe.hset(_job(job.id), mapping={"answered": 1, "step": 0, "trying": 0, "body": json.dumps(calls)})
            pipe.zadd(_queue(job.conversation), {job.id: ANSWERED_RANK})
            _remember(pipe, keep)
            pipe.execute()
        return Job(job.id, job.conversation, job.received, calls, answered=True)

    def progress(self, job: Job, step: int, trying: bool) -> None:
        with faults():
            self._redis.hset(_job(job.id), mapping={"step": step, "trying": int(trying)})

    def done(self, job: Job, keep: Keep, now: float) -> None:
        queue = _queue(job.conversation)

        def finish(pipe: Any) -> None:
            last = pipe.zcard(queue) <= 1
            pipe.multi()
            pipe.zrem(queue, job.id)
            pipe.delete(_job(job.id))
            pipe.srem(JOBS, job.id)
            if last:
                pipe.zrem(_waiting(job.conversation), job.conversation)
            _remember(pipe, keep)

        with faults():
            self._redis.transaction(finish, queue)

    def waiting(self, channel: str) -> list[str]:
        with faults():
            return self._redis.zrange(_waiting(channel), 0, -1)

    def put(self, keep: Keep, now: float, firm: bool = True) -> None:
        with faults(), self._redis.pipeline() as pipe:
            _remember(pipe, keep)
            pipe.execute()

    def put_if_absent(self, key: str, value: Any, seconds: float, now: float) -> bool:
        with faults():
            return bool(self._redis.set(_kept(key), json.dumps(value), px=_life(seconds), nx=True))

    def get(self, keys: Sequence[str], now: float) -> dict[str, Any]:
        with faults():
            found = self._redis.mget([_kept(key) for key in keys])
        return {key: json.loads(value) for key, value in zip(keys, found, strict=True) if value is not None}

    def drop(self, keys: Sequence[str]) -> None:
        with faults():
            self._redis.delete(*map(_kept, keys))

    def bury(self, conversation: str, calls: Any, reason: str, now: float) -> None:
        with faults():
            row = {"conversation": conversation, "at": now, "reason": reason, "body": calls}
            self._redis.hset(BURIED, str(self._redis.incr(IDS)), json.dumps(row))

    def buried(self, limit: int = 100) -> list[Buried]:
        with faults():
            rows = self._redis.hgetall(BURIED)
        newest = sorted(rows, key=int, reverse=True)[:limit]
        return [Buried(id_, **json.loads(rows[id_])) for id_ in newest]

    def unbury(self, id_: str) -> Optional[Buried]:
        with faults():
            row = self._redis.hget(BURIED, id_)
            self._redis.hdel(BURIED, id_)
        return Buried(id_, **json.loads(row)) if row else None

    def forget(self, conversation: str) -> None:
        mine = [one.id for one in self.buried(limit=1_000_000) if one.conversation == conversation]
        with faults():
            ids = self._redis.zrange(_queue(conversation), 0, -1)
            values = list(self._redis.scan_iter(_kept(f"*:{conversation}")))
            with self._redis.pipeline() as pipe:
                pipe.delete(_queue(conversation), _claim(conversation), *map(_job, ids), *values)
                pipe.zrem(_waiting(conversation), conversation)
                if ids:
                    pipe.srem(JOBS, *ids)
                if mine:
                    pipe.hdel(BURIED, *mine)
                pipe.execute()

    def sweep(self, now: float, keep_buried: float) -> None:
        old = [one.id for one in self.buried(limit=1_000_000) if one.at < now - keep_buried]
        with faults():
            if old:
                self._redis.hdel(BURIED, *old)

    def close(self) -> None:
        self._redis.close()
