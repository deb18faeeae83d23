"""A name of several subjects: what was spoken of and what is asked decide; where nothing does, the bot asks back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Optional

from guide.answers.gather import FACT_TOPICS
from guide.answers.places import areas_of, contains, short_name
from guide.answers.wording import wording_for
from guide.dialogue.context import Context, Mention, Understood, unique
from guide.dialogue.questions import traits
from guide.refs import Ref
from guide.text import fold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

Rule = Callable[[Ref], bool]


class Tie(NamedTuple):
    """A name that may mean any of several subjects."""

    text: str  # as the visitor typed it
    options: tuple[Ref, ...]


def settle(site: SiteDb, heard: Understood, topic: str, context: Context) -> tuple[Understood, Optional[Tie]]:
    """The message with one subject for each name, and the first name for which nothing tells which one is meant."""
    mentions: list[Mention] = []
    tie: Optional[Tie] = None
    for mention in heard.mentions:
        options = _options(mention, topic)
        if len(options) > 1:
            options = _both_named(site, heard, mention, options) or _decided(
                site, heard, mention, options, topic, context
            )
            if not options:
                tie = tie or Tie(heard.text[mention.start : mention.end], _options(mention, topic))
                continue
        mentions += [replace(mention, kind=ref.kind, value=ref.id) for ref in options] or [mention]
    return replace(heard, mentions=tuple(mentions)), tie


def _options(mention: Mention, topic: str) -> tuple[Ref, ...]:
    """What the mention may mean: subjects of one kind, a kind that the topic can be about where there is one."""
    if mention.ref is None:
        return ()
    every = unique((mention.ref, *mention.alternatives))
    fitting = [ref for ref in every if ref.kind in traits(topic)["carries"]] or [mention.ref]
    kind = mention.kind if mention.ref in fitting else fitting[0].kind
    return tuple(ref for ref in every if ref.kind == kind)


def _both_named(site: SiteDb, heard: Understood, mention: Mention, options: Iterable[Ref]) -> tuple[Ref, ...]:
    """All of them, where the words are the names of all ("Côn Sơn - Kiếp Bạc")."""
    typed, every = fold(heard.text[mention.start : mention.end]), tuple(options)
    return (
        every if all(any(name in typed for name in _names(site, ref)) for ref in every) and _differ(site, every) else ()
    )


def _differ(site: SiteDb, refs: tuple[Ref, ...]) -> bool:
    return len(set.intersection(*(set(_names(site, ref)) for ref in refs))) == 0


def _names(site: SiteDb, ref: Ref) -> tuple[str, ...]:
    return tuple(fold(short_name(site, ref, wording_for(lang))) for lang in ("vi", "en"))


def _decided(
    site: SiteDb, heard: Understood, mention: Mention, options: tuple[Ref, ...], topic: str, context: Context
) -> tuple[Ref, ...]:
    """The one option that a rule picks, the first rule that picks exactly one; none where no rule does."""
    for rule in _rules(site, heard, mention, topic, context):
        picked = tuple(ref for ref in options if rule(ref))
        if len(picked) == 1:
            return picked
    return ()


def _rules(site: SiteDb, heard: Understood, mention: Mention, topic: str, context: Context) -> Iterator[Rule]:
    beside = [m.ref for m in heard.mentions if m.ref and m is not mention]
    yield lambda ref: any(contains(site, other, ref) for other in beside)
    yield lambda ref: ref in context.subjects or ref == context.here
    yield lambda ref: _in_province(site, ref, heard.first("province"))
    near = unique((context.position, context.here, *context.subjects))
    around = {area for ref in near for area in areas_of(site, ref)}
    yield lambda ref: bool(areas_of(site, ref) & around)
    typed = fold(heard.text[mention.start : mention.end])
    yield lambda ref: fold(site.name(ref, "vi")) == typed or fold(site.name(ref, "en")) == typed
    yield lambda ref: bool(site.facts(ref, FACT_TOPICS.get(topic, topic)))


def _in_province(site: SiteDb, ref: Ref, province: Optional[str]) -> bool:
    record = site.find(ref)
    return province is not None and province in (
        getattr(record, "province_now", None),
        getattr(record, "province_before", None),
    )
