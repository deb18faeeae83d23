"""What is known about a subject: its own facts first, then those of what contains it, then of what it contains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, NamedTuple, Optional, Sequence

from guide.answers.relevance import by_relevance
from guide.refs import Ref
from guide.sitedb.records import Advice, Fact, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

HOME = Ref("place", "yen-tu")  # meant when a visitor names nothing: the heart of the heritage and of most visits
PROPERTY = Ref("place", "unesco-1732")
MAIN_SITES = (HOME, Ref("place", "con-son"), Ref("place", "kiep-bac"), Ref("place", "chua-vinh-nghiem"))

# The topics of facts that an answer's topic tells; the others have the same name.
FACT_TOPICS = {"directions": "getting_there", "person": "people"}
ASKED_AS = {fact: asked for asked, fact in FACT_TOPICS.items()}


class Found(NamedTuple):
    """Facts of one subject. ``relation``: own, container or part."""

    ref: Ref
    facts: tuple[Fact, ...]
    relation: str


def facts_of(site: SiteDb, ref: Ref, topics: Iterable[str], asked: str = "", lang: str = "vi") -> tuple[Fact, ...]:
    """The facts of one subject on these topics, those nearest to the visitor's words first."""
    wanted = tuple(topics)
    facts = [fact for fact in site.facts(ref) if fact.topic in wanted]
    names = site.find(ref)
    own_names = tuple(names.name.values()) if names else ()
    return tuple(by_relevance(facts, lambda fact: fact.words.in_(lang), asked, own_names))


def related(site: SiteDb, ref: Ref) -> list[tuple[Ref, str]]:
    """Subjects that may speak for this one: its containers, nearest first, then its parts."""
    subject = site.find(ref)
    if not isinstance(subject, Place):
        return []
    around = [(place.ref, "container") for place in site.ancestors(subject.id)]
    return around + [(place.ref, "part") for place in site.children(subject.id)]


def nearest_facts(site: SiteDb, ref: Ref, topics: Iterable[str], asked: str = "", lang: str = "vi") -> Optional[Found]:
    """The facts of the subject itself, else of the nearest related subject that has any; None when nobody has."""
    wanted = tuple(topics)
    for one, relation in [(ref, "own"), *related(site, ref)]:
        if one == PROPERTY and relation == "container":
            continue  # what is said of twelve sites in three provinces says nothing about this one
        facts = facts_of(site, one, wanted, asked, lang)
        if facts:
            return Found(one, facts, relation)
    return None


def node_of(site: SiteDb, id_: str) -> Optional[Ref]:
    """What an id in a timetable or a line stands for: a gateway or a place; None for neither."""
    return next((ref for kind in ("gateway", "place") if site.find(ref := Ref(kind, id_))), None)


def known_topics(site: SiteDb, ref: Ref, besides: str = "") -> list[str]:
    """What can be asked about a subject, as answer topics, in the order of the facts."""
    topics = dict.fromkeys(ASKED_AS.get(fact.topic, fact.topic) for fact in site.facts(ref))
    return [topic for topic in topics if topic != besides]


def advice_for(
    site: SiteDb, topics: Sequence[str], place: Optional[str] = None, month: Optional[int] = None
) -> list[Advice]:
    """Advice on these topics, what is meant for the place itself first."""
    found = [advice for topic in topics for advice in site.advice(topic=topic, place=place, month=month)]
    if place is None:
        found = [advice for advice in found if not advice.places]
    return sorted(found, key=lambda advice: not advice.places)
