"""What a button carries: ``ask:<topic>`` or ``ask:<topic>:<kind>/<id>,<kind>/<id>``. Anything else is just text."""

from __future__ import annotations

import re
from typing import Iterable, NamedTuple, Optional

from guide.refs import KINDS, Ref

MAX_REFS = 4
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_REF = rf"(?:{'|'.join(KINDS)})/{_ID}"
_PAYLOAD = re.compile(rf"ask:(?P<topic>[a-z]+(?:_[a-z]+)*)(?::(?P<refs>{_REF}(?:,{_REF}){{0,{MAX_REFS - 1}}}))?")


class Asked(NamedTuple):
    """A button's question. The topic is well formed, not necessarily one that is answered here."""

    topic: str
    refs: tuple[Ref, ...] = ()


def to_payload(topic: str, refs: Iterable[Ref] = ()) -> str:
    """The payload of a question; ValueError for what ``parse_payload`` would not read back."""
    named = ",".join(str(ref) for ref in refs)
    payload = f"ask:{topic}:{named}" if named else f"ask:{topic}"
    if not _PAYLOAD.fullmatch(payload):
        raise ValueError(f"'{payload}' is not a payload: a topic in small letters and at most {MAX_REFS} references")
    return payload


def parse_payload(text: str) -> Optional[Asked]:
    """Read a payload; None for anything that is not exactly one."""
    found = _PAYLOAD.fullmatch(text)
    if found is None:
        return None
    refs = found["refs"].split(",") if found["refs"] else ()
    return Asked(found["topic"], tuple(Ref.parse(ref) for ref in refs))
