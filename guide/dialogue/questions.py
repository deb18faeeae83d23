"""From an understood message to the question that it asks: "còn giá vé?" means the place just spoken of.

The rules, in the order they apply:

1. What the message names itself counts first. A place named together with the place that contains it ("chùa Đồng Yên
   Tử") is one subject, the inner one, unless the topic is about a pair (distance, comparison).
2. A message of names alone asks the last topic again; without one, what the thing is. One that was just listed is
   asked about itself.
3. A topic that names nothing takes the last subject of a kind that fits it (topics.yaml), else the place of the page
   or QR code that opened the chat.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Mapping, Optional

import yaml

from guide.answers.question import Question
from guide.dialogue.bare import is_bare, language_of
from guide.dialogue.context import Context, Understood, unique
from guide.refs import Ref
from guide.values import DateSpan

OVERVIEW = "overview"
Contains = Callable[[str, str], bool]


@lru_cache(maxsize=1)
def _topics() -> Mapping[str, Mapping[str, Any]]:
    return yaml.safe_load(Path(__file__).with_name("topics.yaml").read_text(encoding="utf-8"))


def traits(topic: str) -> Mapping[str, Any]:
    """How a topic uses what was spoken of before (topics.yaml)."""
    return _topics().get(topic, {"carries": ["place"]})


def containment(site: Any) -> Contains:
    """``contains(outer, inner)`` over the places of a site database."""
    return lambda outer, inner: any(place.id == outer for place in site.ancestors(inner))


def topic_asked(understood: Understood, context: Context) -> str:
    """The topic of the message: its own, or the last one where it holds names or values alone."""
    if not is_bare(understood):
        return understood.topic or context.topic or OVERVIEW
    named = understood.named()
    picked = bool(named) and set(named) <= set(context.shown)
    last = context.topic or OVERVIEW
    return OVERVIEW if picked and traits(last).get("lists") else last


def _without_containers(refs: tuple[Ref, ...], contains: Contains) -> tuple[Ref, ...]:
    """Drop each place that contains another place of the list."""
    places = [ref.id for ref in refs if ref.kind == "place"]
    return tuple(
        ref
        for ref in refs
        if ref.kind != "place" or not any(other != ref.id and contains(ref.id, other) for other in places)
    )


def _origin_and_subjects(understood: Understood, pairs: bool) -> tuple[Optional[Ref], tuple[Ref, ...]]:
    origin = next((m.ref for m in understood.mentions if m.ref and m.role == "origin"), None)
    named = unique(m.ref for m in understood.mentions if m.ref and m.role != "origin")
    if pairs and len(named) > 2:  # "from A to B over the C bridge": the way is no end of it
        named = tuple(ref for ref in named if ref.kind != "bridge")
    if pairs and origin in named:
        named = tuple(ref for ref in named if ref != origin)
    return origin, named


def carried(topic: str, context: Context) -> tuple[Ref, ...]:
    """What a question on the topic that names nothing is about."""
    fitting = traits(topic)["carries"]
    recent = tuple(ref for ref in context.subjects if ref.kind in fitting)
    if recent:
        return recent
    for kind in fitting:
        if kind in context.last:
            return (Ref(kind, context.last[kind]),)
    return (context.here,) if context.here and context.here.kind in fitting else ()


def _standing(topic: str, context: Context, subjects: tuple[Ref, ...]) -> Optional[Ref]:
    """Where a way begins that is asked for without a start: at the position that the visitor shared."""
    at = context.position
    return at if at and traits(topic).get("from_position") and len(subjects) == 1 and at not in subjects else None


def _dates(understood: Understood) -> Optional[tuple[date, date]]:
    """The days that the message names first."""
    spans = (found.value for found in understood.values if isinstance(found.value, DateSpan))
    return next(((span.first, span.last) for span in spans), None)


def question_of(understood: Understood, context: Context, now: datetime, contains: Contains) -> Question:
    """The one question that a message, or a part of one, asks. ``now`` is aware.

    ``contains(outer, inner)`` says whether one place contains another, both by id.
    """
    topic = topic_asked(understood, context)
    pairs = bool(traits(topic).get("pairs"))
    origin, named = _origin_and_subjects(understood, pairs)
    subjects = named if pairs else _without_containers(named, contains)
    from_before = not subjects and not understood.first("province")
    if from_before:
        subjects = carried(topic, context)
    return Question(
        topic=topic,
        lang=language_of(understood, context),
        now=now,
        subjects=subjects,
        origin=origin or _standing(topic, context, subjects),
        province=understood.first("province"),
        place_kind=understood.first("place_kind"),
        text=understood.text,
        carried=from_before and bool(subjects),
        dates=_dates(understood),
        sky=understood.sky,
    )
