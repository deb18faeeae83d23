"""Words that point: "ở đó", "chỗ thứ hai", "cả hai", "ngôi chùa đó", "from here".

Each becomes a mention of what it means. What is named counts before what is pointed to; a word that points to nothing
known stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Iterator, Mapping, Optional, Sequence

import yaml

from guide.dialogue.context import Context, Mention, Understood
from guide.dialogue.phrases import begins_with, ends_with, spans_of
from guide.dialogue.questions import traits
from guide.refs import Ref
from guide.values import Found, Ordinal

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

ORIGIN = "origin"
DENIED = "denied"  # what a mention becomes whose subject is not meant: words of a name still, but of no subject
PAIR = 2


@lru_cache(maxsize=1)
def words() -> Mapping[str, Sequence[str]]:
    """The lists of words that point (references.yaml)."""
    return yaml.safe_load(Path(__file__).with_name("references.yaml").read_text(encoding="utf-8"))


def resolve(site: SiteDb, heard: Understood, context: Context) -> Understood:
    """The message with what its words point to among its mentions, in the order of the text."""
    heard = _without_denied(heard)
    found = [*_ordinals(heard, context), *_kinds(site, heard, context), *_origins(heard, context)]
    if not any(m.ref and m.role != ORIGIN for m in (*heard.mentions, *found)):
        found += _both(heard, context) or _here(heard, context) or _there(heard, context)
    kept = [m for m in heard.mentions if not any(m.start < new.end and new.start < m.end for new in found)]
    values = tuple(value for value in heard.values if not (found and _index(value)))
    return replace(heard, mentions=tuple(sorted((*kept, *found), key=lambda m: m.start)), values=values)


def choice(heard: Understood, count: int) -> Optional[int]:
    """Which of ``count`` options an ordinal in the message picks, from 0; None where it picks none."""
    index = next((index for value in heard.values if (index := _index(value))), None)
    if index is None:
        return None
    position = index - 1 if index > 0 else count + index
    return position if 0 <= position < count else None


def _index(value: Found) -> Optional[int]:
    """The index of an ordinal value, from 1, or -1 for the last; None for other values."""
    return value.value.index if isinstance(value.value, Ordinal) else None


def _mention(ref: Ref, span: tuple[int, int], role: Optional[str] = None) -> Mention:
    return Mention(ref.kind, ref.id, *span, role)


def _without_denied(heard: Understood) -> Understood:
    """ "không phải Yên Tử, Côn Sơn cơ": what is denied is not meant, where something else is named."""
    denied = {m for m in heard.mentions if m.ref and m.typed and _is_denied(heard, m)}
    if not denied or all(m in denied for m in heard.mentions if m.ref):
        return heard
    return replace(heard, mentions=tuple(replace(m, kind=DENIED) if m in denied else m for m in heard.mentions))


def _is_denied(heard: Understood, mention: Mention) -> bool:
    return ends_with(heard.text[: mention.start], words()["not_this"]) is not None


def _ordinals(heard: Understood, context: Context) -> list[Mention]:
    at = choice(heard, len(context.shown))
    if at is None:
        return []
    found = next(value for value in heard.values if _index(value))
    start, end = found.start, found.end
    while (earlier := ends_with(heard.text[:start], words()["things"])) is not None:
        start = earlier
    for span in spans_of(heard.text[end:], words()["things"]):
        if not heard.text[end : end + span[0]].strip():
            end += span[1]
    return [_mention(context.shown[at], (start, end))]


def _kinds(site: SiteDb, heard: Understood, context: Context) -> Iterator[Mention]:
    """ "ngôi chùa đó", "the pagoda": the last place of that kind that was spoken of."""
    if any(m.ref and m.role != ORIGIN for m in heard.mentions):
        return
    for m in heard.mentions:
        if m.kind != "place_kind" or not m.typed or not _is_definite(heard.text, m):
            continue
        candidates = (*context.recent, *([context.here] if context.here else []))
        ref = next((ref for ref in candidates if getattr(site.find(ref), "kind", None) == m.value), None)
        if ref:
            yield _mention(ref, (m.start, m.end))


def _is_definite(text: str, kind: Mention) -> bool:
    if begins_with(text[kind.end :], words()["after_kind"]):
        return True
    plural = text[kind.start : kind.end].endswith("s")
    return not plural and ends_with(text[: kind.start], words()["before_kind"]) is not None


def _origins(heard: Understood, context: Context) -> list[Mention]:
    at = context.position or context.here
    spans = list(spans_of(heard.text, words()["from_here"]))
    return [_mention(at, spans[0], ORIGIN)] if at and spans else []


def _both(heard: Understood, context: Context) -> list[Mention]:
    """The two last spoken of together, else the two of a list of two, else the last two spoken of."""
    spans = list(spans_of(heard.text, words()["both"]))
    groups = (context.subjects, context.shown, context.recent[:PAIR][::-1])
    pair = next((group for group in groups if len(group) == PAIR), ())
    return [_mention(ref, spans[0]) for ref in pair] if spans else []


def _here(heard: Understood, context: Context) -> list[Mention]:
    at = context.position or context.here
    spans = list(spans_of(heard.text, words()["here"]))
    return [_mention(at, spans[0])] if at and spans else []


def _there(heard: Understood, context: Context) -> list[Mention]:
    """Said outright, the last place counts for a topic too that is not otherwise tied to one: "ở đó có chùa nào"."""
    spans = list(spans_of(heard.text, words()["there"]))
    if not spans or heard.topic is None or traits(heard.topic)["carries"]:
        return []
    place = next((ref for ref in context.recent if ref.kind == "place"), None)
    return [_mention(place, spans[0])] if place else []
