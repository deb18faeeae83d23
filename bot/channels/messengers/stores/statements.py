"""The SQL store's statements, made once: building one anew takes longer than running it."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from bot.channels.messengers.stores.tables import buried, claims, jobs, kept, seen

_conversation, _key, _now, _id = (bindparam(f"the_{name}") for name in ("conversation", "key", "now", "id"))

KNOWN = select(func.count()).where(seen.c.channel == bindparam("channel"), seen.c.message_id == bindparam("message_id"))
NOTE_SEEN = insert(seen)
COUNT_ALL = select(func.count()).select_from(jobs)
COUNT_ONE = select(func.count()).where(jobs.c.conversation == _conversation)
ADD_JOB = insert(jobs)

_free = or_(claims.c.owner == bindparam("the_owner"), claims.c.until < _now)
TAKE_CLAIM = update(claims).where(claims.c.conversation == _conversation, _free)
ADD_CLAIM = insert(claims)
DROP_CLAIM = delete(claims).where(claims.c.conversation == _conversation, claims.c.owner == bindparam("the_owner"))
CLAIMS = select(claims.c.conversation, claims.c.owner)

_in_order = (jobs.c.answered.desc(), jobs.c.rank, jobs.c.id)
FIRST = select(jobs).where(jobs.c.conversation == _conversation).order_by(*_in_order).limit(1)
SET_JOB = update(jobs).where(jobs.c.id == _id)
DROP_JOB = delete(jobs).where(jobs.c.id == _id)
WAITING = (
    select(jobs.c.conversation)
    .where(jobs.c.conversation.like(bindparam("pattern")))
    .group_by(jobs.c.conversation)
    .order_by(func.min(jobs.c.received))
)

KEPT = select(kept.c.key, kept.c.value).where(
    kept.c.key.in_(bindparam("the_keys", expanding=True)), kept.c.expires >= _now
)
CHANGE_KEPT = update(kept).where(kept.c.key == _key)
ADD_KEPT = insert(kept)
DROP_EXPIRED = delete(kept).where(kept.c.key == _key, kept.c.expires < _now)
DROP_KEPT = delete(kept).where(kept.c.key.in_(bindparam("the_keys", expanding=True)))

BURY = insert(buried)
BURIED = select(buried).order_by(buried.c.id.desc()).limit(bindparam("most"))
ONE_BURIED = select(buried).where(buried.c.id == _id)
UNBURY = delete(buried).where(buried.c.id == _id)

FORGET = (
    *(delete(table).where(table.c.conversation == _conversation) for table in (jobs, claims, buried)),
    delete(kept).where(kept.c.key.like(bindparam("pattern"))),
)
SWEEP = (
    delete(seen).where(seen.c.at < bindparam("seen_before")),
    delete(kept).where(kept.c.expires < _now),
    delete(claims).where(claims.c.until < _now),
    delete(buried).where(buried.c.at < bindparam("buried_before")),
)
