"""What a message says and what a conversation remembers: the data of the dialogue, without Rasa."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Optional

from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.refs import KINDS, Ref
from guide.values import Found

if TYPE_CHECKING:
    from guide.weather import Sky

# What can become of a message. ``near``: something found by its words alone; ``planning``: talk about a trip.
ANSWERED, NEAR, ASKED_BACK, UNANSWERED = "answered", "near", "asked_back", "unanswered"
OUT_OF_SCOPE, TALK, PLANNING, PLAN_MADE, FAILED = "out_of_scope", "talk", "planning", "plan_made", "failed"
OUTCOMES = (ANSWERED, NEAR, ASKED_BACK, UNANSWERED, OUT_OF_SCOPE, TALK, PLANNING, PLAN_MADE, FAILED)

KEPT_RECENT = 8  # subjects spoken of that a reference such as "the pagoda" may mean


@dataclass(frozen=True)
class Mention:
    """An entity as understood: its kind (a Ref kind, or 'province', 'place_kind', 'language'), value, span and role.

    ``alternatives``: other subjects that the same words may mean. A mention without a span comes from a button.
    """

    kind: str
    value: str
    start: int = 0
    end: int = 0
    role: Optional[str] = None
    alternatives: tuple[Ref, ...] = ()

    @property
    def ref(self) -> Optional[Ref]:
        return Ref(self.kind, self.value) if self.kind in KINDS else None

    @property
    def typed(self) -> bool:
        """Whether the visitor wrote it, rather than pressed a button that carries it."""
        return self.end > self.start


@dataclass(frozen=True)
class Understood:
    """One message after NLU. ``topic`` is None for talk that is no question (greeting, thanks).

    ``ranking``: the likeliest intents, best first. ``values``: dates, numbers and the like (guide.values), in order.
    ``parts``: what the message asks, where that is several things; each with spans in its own text. ``position``: where
    the visitor says they are, latitude and longitude in degrees. ``unreadable``: what was sent instead of words.
    ``sky``: who can be asked for a forecast.
    """

    text: str
    topic: Optional[str]
    mentions: tuple[Mention, ...] = ()
    language: Optional[str] = None
    language_confidence: float = 0.0
    intent: Optional[str] = None
    ranking: tuple[str, ...] = ()
    values: tuple[Found, ...] = ()
    parts: tuple[Understood, ...] = ()
    position: Optional[tuple[float, float]] = None
    unreadable: Optional[str] = None
    sky: Optional[Sky] = None

    def first(self, kind: str) -> Optional[str]:
        """The value of the first mention of this kind."""
        return next((m.value for m in self.mentions if m.kind == kind), None)

    def named(self) -> tuple[Ref, ...]:
        """The subjects mentioned, in order."""
        return unique(m.ref for m in self.mentions if m.ref)


@dataclass(frozen=True)
class Context:
    """What a conversation remembers: language, last topic, last subjects, and the last subject of each kind.

    ``here``: the place of the page, QR code or position that the visitor is at; ``position``: the place nearest to the
    position they shared. ``shown``: what was last listed, in order; ``offered``: payloads of the questions that the bot
    asked back in its last message. ``failures``: messages not understood in a row. ``foreign``: the language, not
    spoken here, that the visitor was told about.
    """

    language: Optional[str] = None
    topic: Optional[str] = None
    subjects: tuple[Ref, ...] = ()
    last: Mapping[str, str] = field(default_factory=dict)  # kind → id
    here: Optional[Ref] = None
    page: int = 0
    recent: tuple[Ref, ...] = ()
    shown: tuple[Ref, ...] = ()
    offered: tuple[str, ...] = ()
    failures: int = 0
    position: Optional[Ref] = None
    foreign: Optional[str] = None


def unique(refs: Iterable[Optional[Ref]]) -> tuple[Ref, ...]:
    """The references in order, each once."""
    return tuple(dict.fromkeys(ref for ref in refs if ref))


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
        recent=unique((*question.subjects, *context.recent))[:KEPT_RECENT],
    )


@dataclass(frozen=True)
class Turn:
    """What is said and what is remembered. ``unanswered``: the visitor's words that staff should answer once.

    For the counts: ``outcome``, one of OUTCOMES; ``topic`` asked, or the intent of talk; ``about``: the subject.
    """

    reply: Reply
    context: Context
    unanswered: tuple[str, ...] = ()
    outcome: str = ANSWERED
    topic: str = ""
    about: Optional[Ref] = None

    @classmethod
    def of(
        cls,
        reply: Reply,
        context: Context,
        heard: Understood,
        offered: tuple[str, ...] = (),
        question: Optional[Question] = None,
    ) -> Turn:
        """The turn that answers a message, last of all this question; of the answer, its list is remembered."""
        kept = replace(context, shown=reply.subjects_shown or context.shown, offered=offered, failures=0)
        topic, about = (question.topic, question.subject) if question else ("", None)
        outcome = ANSWERED if reply.known else UNANSWERED
        return cls(reply, kept, () if reply.known else (heard.text,), outcome, topic, about)
