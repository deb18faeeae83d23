"""Context: "còn giá vé?" means the place just spoken of, "thế còn Côn Sơn?" the same question about another place.

The rules, in the order they apply:

1. What the message names itself counts first. A place named together with the place that contains it ("chùa Đồng Yên
   Tử") is one subject, the inner one, unless the topic is about a pair (distance, comparison).
2. A message of names alone asks the last topic again; without one, what the thing is.
3. A topic that names nothing takes the last subject of a kind that fits it (topics.yaml), else the place of the page
   or QR code that opened the chat.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Iterable, Mapping, Optional

import yaml

from guide.answers.question import Question
from guide.refs import KINDS, Ref
from guide.text import fold

HERE = Path(__file__).parent
SURE_OF_LANGUAGE = 0.75  # below it, a message is too short or too mixed to change the language of a conversation
DEFAULT_LANGUAGE = "vi"


@dataclass(frozen=True)
class Mention:
    """An entity as understood: its kind (a Ref kind, or 'province', 'place_kind', 'language'), value, span and role."""

    kind: str
    value: str
    start: int = 0
    end: int = 0
    role: Optional[str] = None

    @property
    def ref(self) -> Optional[Ref]:
        return Ref(self.kind, self.value) if self.kind in KINDS else None


@dataclass(frozen=True)
class Understood:
    """One message after NLU. ``topic`` is None for talk that is no question (greeting, thanks)."""

    text: str
    topic: Optional[str]
    mentions: tuple[Mention, ...] = ()
    language: Optional[str] = None
    language_confidence: float = 0.0

    def first(self, kind: str) -> Optional[str]:
        """The value of the first mention of this kind."""
        return next((m.value for m in self.mentions if m.kind == kind), None)


@dataclass(frozen=True)
class Context:
    """What a conversation remembers: language, last topic, last subjects, and the last subject of each kind."""

    language: Optional[str] = None
    topic: Optional[str] = None
    subjects: tuple[Ref, ...] = ()
    last: Mapping[str, str] = field(default_factory=dict)  # kind → id
    here: Optional[Ref] = None
    page: int = 0


@lru_cache(maxsize=None)
def _load(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def _traits(topic: str) -> Mapping[str, Any]:
    return _load("topics.yaml").get(topic, {"carries": ["place"]})


def language_of(understood: Understood, context: Context) -> str:
    """The language to answer in: of this message when it is sure, else of the conversation, else Vietnamese.

    Names and particles say little about a language ("the con Con Son" is Vietnamese without marks): they keep that of
    the conversation where its particles fit.
    """
    if context.language and context.language in _bare_in(understood):
        return context.language
    if understood.language and understood.language_confidence >= SURE_OF_LANGUAGE:
        return understood.language
    return context.language or understood.language or DEFAULT_LANGUAGE


def _bare_in(understood: Understood) -> frozenset[str]:
    """The languages in which the message is names and particles only; none when it asks something or names nothing."""
    if not any(m.ref for m in understood.mentions):
        return frozenset()
    rest = list(understood.text)
    for mention in understood.mentions:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    words = set(re.findall(r"\w+", fold("".join(rest))))
    return frozenset(lang for lang, particles in _load("particles.yaml").items() if words <= set(particles))


def is_bare(understood: Understood) -> bool:
    """Whether the message holds names and particles only, hence no question of its own."""
    return bool(_bare_in(understood))


def _unique(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs))


def containment(site: Any) -> Callable[[str, str], bool]:
    """``contains(outer, inner)`` over the places of a site database."""
    return lambda outer, inner: any(place.id == outer for place in site.ancestors(inner))


def _without_containers(refs: tuple[Ref, ...], contains: Callable[[str, str], bool]) -> tuple[Ref, ...]:
    """Drop each place that contains another place of the list."""
    places = [ref.id for ref in refs if ref.kind == "place"]
    return tuple(
        ref
        for ref in refs
        if ref.kind != "place" or not any(other != ref.id and contains(ref.id, other) for other in places)
    )


def _origin_and_subjects(understood: Understood, pairs: bool) -> tuple[Optional[Ref], tuple[Ref, ...]]:
    origin = next((m.ref for m in understood.mentions if m.ref and m.role == "origin"), None)
    named = _unique(m.ref for m in understood.mentions if m.ref and m.role != "origin")
    if pairs and len(named) > 2:  # "from A to B over the C bridge": the way is no end of it
        named = tuple(ref for ref in named if ref.kind != "bridge")
    if pairs and origin in named:
        named = tuple(ref for ref in named if ref != origin)
    return origin, named


def _carried(topic: str, context: Context) -> tuple[Ref, ...]:
    fitting = _traits(topic)["carries"]
    recent = tuple(ref for ref in context.subjects if ref.kind in fitting)
    if recent:
        return recent
    for kind in fitting:
        if kind in context.last:
            return (Ref(kind, context.last[kind]),)
    if context.here and context.here.kind in fitting:
        return (context.here,)
    return ()


def questions_of(
    understood: Understood, context: Context, now: datetime, contains: Callable[[str, str], bool]
) -> tuple[Question, ...]:
    """The questions that a message asks, in order; one in most cases.

    ``contains(outer, inner)`` says whether one place contains another, both by id. ``now`` is aware.
    """
    topic = understood.topic or context.topic or "overview"
    if is_bare(understood):
        topic = context.topic or "overview"
    pairs = bool(_traits(topic).get("pairs"))
    origin, named = _origin_and_subjects(understood, pairs)
    subjects = named if pairs else _without_containers(named, contains)
    carried = not subjects
    if carried and not understood.first("province"):
        subjects = _carried(topic, context)
    question = Question(
        topic=topic,
        lang=language_of(understood, context),
        now=now,
        subjects=subjects,
        origin=origin,
        province=understood.first("province"),
        place_kind=understood.first("place_kind"),
        text=understood.text,
        carried=carried and bool(subjects),
    )
    return (question,)


def next_context(context: Context, question: Question) -> Context:
    """What is remembered after a question was answered."""
    last = dict(context.last)
    for ref in reversed(question.subjects):
        last[ref.kind] = ref.id
    return replace(
        context,
        language=question.lang,
        topic=question.topic,
        subjects=question.subjects or context.subjects,
        last=last,
        page=question.page,
    )
