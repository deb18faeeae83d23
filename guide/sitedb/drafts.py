"""Changes that wait: kept as data until somebody has looked at them, or until their time has come.

They lie in the site database, beside the history: a draft is published, and known to be, in one transaction, so that it
is made exactly once however many servers try, and a copy or backup of the facts has what is about to happen to them.
No fact is read from here, and keeping a draft changes no version.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Iterable, Optional, Sequence

from guide.moments import moment_of, moment_text
from guide.sitedb.errors import Invalid, NotFound, RevertConflict, SiteDbError
from guide.sitedb.history import between, find, last, revert
from guide.sitedb.records import Change
from guide.sitedb.sheets import ChangedMeanwhile
from guide.sitedb.writes import Write, apply

if TYPE_CHECKING:
    from guide.sitedb.database import SiteDb

_COLUMNS = (
    "id, author, note, writes, state, made, publish_at, expires_at, decided_by, decided_at, reason, first, last, form"
)


class State(str, Enum):
    """Where a draft is on its way."""

    DRAFT = "draft"  # its author is not done
    WAITING = "waiting"  # for a reviewer
    REFUSED = "refused"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    EXPIRED = "expired"  # published, and taken back at the set time
    DISCARDED = "discarded"


OPEN = (State.DRAFT, State.WAITING, State.REFUSED, State.SCHEDULED)  # can still be published
CHANGED, INVALID, GONE = "changed", "invalid", "gone"  # reasons that nobody has to write
_FAULTS = {ChangedMeanwhile: CHANGED, RevertConflict: CHANGED, Invalid: INVALID, NotFound: GONE}


class NotOpen(SiteDbError):
    """The draft was published, discarded or taken up by somebody else in the meantime"""


@dataclass(frozen=True)
class Draft:
    """A kept list of changes. Moments are aware. ``first`` and ``last`` are its changes' numbers once published.

    ``reason``: why it was refused, or the fault (``changed``, ``invalid``, ``gone``) that kept it from being published.
    """

    id: int
    author: str
    note: str
    writes: tuple[Write, ...]
    state: State
    made: datetime
    publish_at: Optional[datetime] = None
    expires_at: Optional[datetime] = None
    decided_by: Optional[str] = None
    decided_at: Optional[datetime] = None
    reason: Optional[str] = None
    first: Optional[int] = None
    last: Optional[int] = None
    form: str = ""  # the address of the form that it came from, to go on with it there

    @property
    def is_open(self) -> bool:
        """Whether something can still become of it."""
        return self.state in OPEN


def keep(
    site: SiteDb,
    writes: Sequence[Write],
    author: str,
    now: datetime,
    state: State = State.DRAFT,
    note: str = "",
    publish_at: Optional[datetime] = None,
    expires_at: Optional[datetime] = None,
    form: str = "",
) -> int:
    """Keep changes for later; returns the draft's number."""
    row = (author, note, _json(writes), state.value, _text(now), _text(publish_at), _text(expires_at), form)
    columns = "author, note, writes, state, made, publish_at, expires_at, form"
    cursor = site.connection.execute(f"INSERT INTO draft ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return int(cursor.lastrowid or 0)


def get(site: SiteDb, number: int) -> Draft:
    """One draft; NotFound when there is none of that number."""
    row = site.connection.execute(f"SELECT {_COLUMNS} FROM draft WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"draft/{number}")
    return _draft(row)


def drafts(site: SiteDb, states: Iterable[State] = OPEN, limit: int = 200) -> list[Draft]:
    """Drafts in these states, newest first."""
    wanted = [state.value for state in states]
    marks = ", ".join("?" * len(wanted))
    query = f"SELECT {_COLUMNS} FROM draft WHERE state IN ({marks}) ORDER BY id DESC LIMIT ?"
    return [_draft(row) for row in site.connection.execute(query, (*wanted, limit))]


def move(
    site: SiteDb,
    number: int,
    to: State,
    by: str,
    now: datetime,
    reason: Optional[str] = None,
    **times: Optional[datetime],
) -> None:
    """Send an open draft on its way: to a reviewer, back with a reason, to its hour (``publish_at``, ``expires_at``).

    Raises NotOpen when it is not open any more.
    """
    changed: dict[str, Any] = {"state": to.value, "decided_by": by, "decided_at": _text(now), "reason": reason}
    changed |= {name: _text(moment) for name, moment in times.items()}
    if not _change(site.connection, number, changed, OPEN):
        raise NotOpen(number)


def publish(site: SiteDb, number: int, by: str, now: datetime) -> list[str]:
    """Make a draft's changes, under its author's name; the sheets that were written.

    Once only, whoever else tries at the same moment: NotOpen for them. ChangedMeanwhile, Invalid and NotFound leave it
    as it was.
    """
    draft = get(site, number)
    with site.acting(draft.author, now.date()):
        before = last(site.connection)
        decided = {"state": State.PUBLISHED.value, "decided_by": by, "decided_at": _text(now), "reason": None}
        if not _change(site.connection, number, decided, OPEN):
            raise NotOpen(number)
        written = apply(site, draft.writes)
        numbers = {"first": before + 1, "last": last(site.connection)}
        _change(site.connection, number, numbers, (State.PUBLISHED,))
    return written


def renew(site: SiteDb, number: int) -> None:
    """Let a draft stand upon the facts as they are now: what it sets is kept, what others set beside it too."""
    writes = [
        replace(write, stamp=site.sheet(write.subject).stamp) if write.stamp and write.subject else write
        for write in get(site, number).writes
    ]
    if not _change(site.connection, number, {"writes": _json(writes), "reason": None}, OPEN):
        raise NotOpen(number)


def due(site: SiteDb, now: datetime) -> tuple[list[int], list[int]]:
    """The drafts to publish and those to take back at this moment, the earliest first. Cheap: may be asked often."""
    rows = site.connection.execute(
        "SELECT state, id FROM draft WHERE (state = 'scheduled' AND publish_at <= ?1)"
        " OR (state = 'published' AND expires_at <= ?1 AND reason IS NULL) ORDER BY coalesce(publish_at, made), id",
        (_text(now),),
    ).fetchall()
    return [id_ for state, id_ in rows if state == "scheduled"], [id_ for state, id_ in rows if state == "published"]


def run_due(site: SiteDb, now: datetime) -> int:
    """Publish and take back what is due; how many. What can't be done goes to the reviewers with its fault."""
    to_publish, to_take_back = due(site, now)
    done = sum(_attempt(site, number, now, publishing=True) for number in to_publish)
    return done + sum(_attempt(site, number, now, publishing=False) for number in to_take_back)


def _attempt(site: SiteDb, number: int, now: datetime, publishing: bool) -> bool:
    draft = get(site, number)
    actor = draft.decided_by or draft.author
    try:
        if publishing:
            publish(site, number, actor, now)
        else:
            _take_back(site, draft, now)
    except NotOpen:
        return False
    except (ChangedMeanwhile, RevertConflict, Invalid, NotFound) as fault:
        left = State.WAITING if publishing else State.PUBLISHED
        _change(site.connection, number, {"state": left.value, "reason": _FAULTS[type(fault)]}, (draft.state,))
        return False
    return True


def _take_back(site: SiteDb, draft: Draft, now: datetime) -> None:
    """Undo a published draft's changes, those that nobody undid yet; all or none."""
    with site.acting(draft.author, now.date()):
        if not _change(site.connection, draft.id, {"state": State.EXPIRED.value}, (State.PUBLISHED,)):
            raise NotOpen(draft.id)
        for change in _backwards(between(site.connection, draft.first or 1, draft.last or 0)):
            again = find(site.connection, change.id)  # undoing one may have undone others with it
            if again and again.reverted_by is None and change.table not in ("source", "subject_source"):
                revert(site.connection, change.id)


def _backwards(changes: list[Change]) -> list[Change]:
    """Newest first; but what came or went with something is undone with that, which is first in the history."""
    whole = [change for change in reversed(changes) if change.action != "update"]
    deleted = [change for change in whole if change.action == "delete"]
    inserted = [change for change in whole if change.action == "insert"]
    return [*deleted, *(change for change in changes if change.action == "update"), *inserted]


def _change(connection: sqlite3.Connection, number: int, values: dict[str, Any], states: Iterable[State]) -> bool:
    """Whether the draft was in one of these states, and is now changed."""
    allowed = [state.value for state in states]
    assigned = ", ".join(f"{name} = ?" for name in values)
    marks = ", ".join("?" * len(allowed))
    cursor = connection.execute(
        f"UPDATE draft SET {assigned} WHERE id = ? AND state IN ({marks})", [*values.values(), number, *allowed]
    )
    return cursor.rowcount > 0


def _json(writes: Iterable[Write]) -> str:
    return json.dumps([write.as_json() for write in writes], ensure_ascii=False)


def _text(moment: Optional[datetime]) -> Optional[str]:
    return moment_text(moment) if moment else None


def _moment(text: Optional[str]) -> Optional[datetime]:
    return moment_of(text) if text else None


def _draft(row: Sequence[Any]) -> Draft:
    id_, author, note, writes, state, made, publish_at, expires_at, by, at, reason, first, last, form = row
    return Draft(
        id_, author, note, tuple(Write.from_json(write) for write in json.loads(writes)), State(state),
        moment_of(made), _moment(publish_at), _moment(expires_at), by, _moment(at), reason, first, last,
        form,
    )  # fmt: skip
