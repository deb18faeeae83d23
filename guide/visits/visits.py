"""``Visits``: the one door to what visitors leave."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Iterable, Mapping, Optional, Sequence

from sqlalchemy import func, select

from guide.moments import moment_of, moment_text
from guide.visits import tables as t
from guide.visits.records import Count, Rating, Turned, Unanswered
from guide.visits.store import Store

USUAL_URL = "sqlite:///var/visits.db"


def default_url() -> str:
    """Where visits are kept: environment TRUC_VISITS_URL, else var/visits.db below the working directory."""
    return os.environ.get("TRUC_VISITS_URL") or USUAL_URL


class Visits:
    """What visitors left, at an address that SQLAlchemy understands. Every call can raise VisitsBroken."""

    def __init__(self, url: str) -> None:
        self.store = Store(url, t.schema)
        self.unanswered = UnansweredQuestions(self.store)
        self.ratings = Ratings(self.store)
        self.counts = Counts(self.store)

    @classmethod
    def at(cls, url: Optional[str] = None) -> Visits:
        """The one of this process for an address, or for that of the environment."""
        return _shared(url or default_url())

    def close(self) -> None:
        """Close what is open."""
        self.store.close()


@lru_cache(maxsize=8)
def _shared(url: str) -> Visits:
    return Visits(url)


class UnansweredQuestions:
    """Questions that the bot could not answer, for staff to answer once for everybody."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, *questions: Unanswered) -> None:
        """Keep questions."""
        rows = [
            {"text": q.text, "lang": q.lang, "channel": q.channel, "guesses": _json(q.guesses), "at": moment_text(q.at),
             "place": q.place}
            for q in questions
        ]  # fmt: skip
        if rows:
            with self._store.writing() as db:
                db.execute(t.unanswered.insert(), rows)

    def open(self, limit: int = 50) -> list[Unanswered]:
        """Those that staff have not dealt with, newest first."""
        query = select(t.unanswered).where(~t.unanswered.c.done).order_by(t.unanswered.c.id.desc()).limit(limit)
        with self._store.reading() as db:
            return [_unanswered(row) for row in db.execute(query)]

    def settle(self, texts: Iterable[str]) -> int:
        """Staff have dealt with the questions of these texts; how many they were."""
        mine = t.unanswered.c.text.in_(list(texts)) & ~t.unanswered.c.done
        with self._store.writing() as db:
            return int(db.execute(t.unanswered.update().where(mine).values(done=True)).rowcount)


class Ratings:
    """Whether answers helped."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, key: str, rating: Rating) -> None:
        """Keep a rating; a later one of the same ``key`` (an answer, told by nothing of its visitor) replaces it."""
        row = {
            "answer_key": key, "question": rating.question, "answer": rating.answer, "lang": rating.lang,
            "channel": rating.channel, "good": rating.good, "reason": rating.reason, "at": moment_text(rating.at),
        }  # fmt: skip
        renewed = {name: _column(name) for name in ("good", "reason", "at")}
        with self._store.writing() as db:
            self._store.put(db, t.ratings, [row], ["answer_key"], **renewed, done=lambda _: False)

    def open(self, limit: int = 50) -> list[Rating]:
        """Those that staff have not dealt with, newest first."""
        query = select(t.ratings).where(~t.ratings.c.done).order_by(t.ratings.c.at.desc(), t.ratings.c.id.desc())
        with self._store.reading() as db:
            return [_rating(row) for row in db.execute(query.limit(limit))]

    def settle(self, ids: Iterable[int]) -> int:
        """Staff have dealt with these ratings; how many they were."""
        mine = t.ratings.c.id.in_(list(ids)) & ~t.ratings.c.done
        with self._store.writing() as db:
            return int(db.execute(t.ratings.update().where(mine).values(done=True)).rowcount)

    def between(self, first: datetime, before: datetime) -> list[Rating]:
        """All that were given in a time, dealt with or not, oldest first."""
        at = t.ratings.c.at
        query = select(t.ratings).where(at >= moment_text(first), at < moment_text(before)).order_by(at)
        with self._store.reading() as db:
            return [_rating(row) for row in db.execute(query)]


class Counts:
    """How many turns there were, by day, channel, language, topic, place and what became of them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, turned: Mapping[Turned, int]) -> None:
        """Add turns to those that were counted before."""
        rows = [{**turn._asdict(), "day": turn.day.isoformat(), "n": n} for turn, n in turned.items()]
        with self._store.writing() as db:
            self._store.put(db, t.counts, rows, t.KEYS, n=lambda new: t.counts.c.n + new.n)

    def table(
        self, first: date, last: date, by: Sequence[str] = (), where: Optional[Mapping[str, Sequence[str]]] = None
    ) -> list[Count]:
        """Turns from the first day to the last, summed by columns (tables.KEYS), most of them first.

        ``where``: only rows whose column has one of these values.
        """
        columns, total = [t.counts.c[name] for name in by], func.sum(t.counts.c.n)
        query = select(*columns, total).where(t.counts.c.day.between(first.isoformat(), last.isoformat()))
        for name, values in (where or {}).items():
            query = query.where(t.counts.c[name].in_(list(values)))
        with self._store.reading() as db:
            rows = db.execute(query.group_by(*columns).order_by(total.desc(), *columns)).all()
        return [Count(tuple(row[:-1]), int(row[-1])) for row in rows if row[-1]]


def _column(name: str) -> Any:
    return lambda new: new[name]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _unanswered(row: Any) -> Unanswered:
    guesses, at = tuple(json.loads(row.guesses)), moment_of(row.at)
    return Unanswered(row.text, row.lang, row.channel, guesses, at, row.place, row.id)


def _rating(row: Any) -> Rating:
    at = moment_of(row.at)
    return Rating(row.question, row.answer, row.lang, row.channel, bool(row.good), row.reason, at, row.id)
