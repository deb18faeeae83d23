"""Builds a Reply. A renderer fills an ``Answer``; ``finish`` adds notices, sources and what to ask next."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Iterable, Optional, Sequence

from guide.answers.contacts import contact_for, place_of
from guide.answers.dates import is_stale
from guide.answers.payload import parse_payload, to_payload
from guide.answers.places import short_name
from guide.answers.question import Question
from guide.answers.reply import Attachment, Card, Map, MapPoint, QuickReply, Reply, SourceNote
from guide.answers.wording import Wording, sentence
from guide.refs import Ref
from guide.sitedb.records import Fact, Notice, Source

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

HARD_LIMIT = 1200  # characters of text; longer is a wall
MAX_QUICK_REPLIES = 4
SHOWN_SOURCES = 2
KEPT_SOURCES = 6
TITLE_FITS = 40  # characters; a longer button says only the topic
_LEADS = ("overview", "price", "directions", "festival", "history", "nearby", "food")


class Answer:
    """One answer being written: paragraphs, sources, quick replies, map points. ``done()`` gives the Reply."""

    def __init__(self, site: SiteDb, question: Question, wording: Wording) -> None:
        self.site, self.question, self.wording = site, question, wording
        self.lang = wording.lang
        self.today: date = question.now.date()
        self.known = True
        self._paragraphs: list[str] = []
        self._sources: list[Source] = []
        self._quick: list[QuickReply] = []
        self._points: list[MapPoint] = []
        self._cards: list[Card] = []
        self._attachments: list[Attachment] = []
        self._path: tuple[tuple[float, float], ...] = ()
        self._shown: list[Ref] = []

    # what is said

    def name(self, ref: Ref) -> str:
        """The subject's name in the language of the answer."""
        return self.site.name(ref, self.lang)

    def short(self, ref: Ref) -> str:
        """The name as people say it: ``Yên Tử`` for ``Khu di tích và danh thắng Yên Tử``; of things the full name."""
        return short_name(self.site, ref, self.wording) if ref.kind in ("place", "gateway") else self.name(ref)

    def phrase(self, phrase: str, /, **values: Any) -> str:
        """A phrase rendered, not yet added."""
        return self.wording.say(phrase, **values)

    def say(self, phrase: str, /, **values: Any) -> Answer:
        """Add a paragraph from the wording; one that renders to nothing is left out."""
        return self.add(self.wording.say(phrase, **values))

    def add(self, text: str) -> Answer:
        """Add a paragraph as it is: text from the site database."""
        if text.strip():
            self._paragraphs.append(text.strip())
        return self

    def bullets(self, items: Iterable[str]) -> Answer:
        """Add a list, one item a line."""
        text = "\n".join(f"• {sentence(item)}" for item in items if item.strip())
        if text and self._paragraphs and self._paragraphs[-1].endswith(":"):
            self._paragraphs[-1] += f"\n{text}"
            return self
        return self.add(text)

    def size(self) -> int:
        """Characters written so far."""
        return sum(len(text) + 2 for text in self._paragraphs)

    def text(self) -> str:
        """What is written so far."""
        return "\n\n".join(self._paragraphs)

    def fitting(self, texts: Sequence[str], at_least: int = 1, taken: int = 0) -> int:
        """How many of the texts, from the first, still fit into the question's room, ``taken`` of it being used up."""
        size = self.size() + taken
        for count, text in enumerate(texts):
            size += len(text) + 3
            if size > self.question.room and count >= at_least:
                return count
        return len(texts)

    def begin(self, texts: Sequence[str], limit: int, page: int, first: int = 0) -> int:
        """Where a page of a list begins when each page holds what fits, at most ``limit``.

        ``first``: characters that only the first page has before the list.
        """
        start = 0
        for earlier in range(page):
            start += self.fitting(texts[start : start + limit], taken=first if earlier == 0 else 0)
        return start

    def facts(self, facts: Sequence[Fact], limit: int = 4, first: int = 0) -> Answer:
        """Add facts as bullets with their sources, as many as fit, from the page asked for; ``first`` as above."""
        texts = [fact.words.in_(self.lang) for fact in facts]
        start = self.begin(texts, limit, self.question.page, first)
        if start >= len(facts):
            return self.say("common.no_more") if facts else self
        end = start + self.fitting(texts[start : start + limit])
        self.bullets(texts[start:end]).cite(*(fact.source for fact in facts[start:end]))
        return self.offer_more() if end < len(facts) else self

    def listing(self, *refs: Ref) -> Answer:
        """Remember what a list showed, in its order, so that "the second one" can be understood."""
        self._shown.extend(ref for ref in refs if ref not in self._shown)
        return self

    # what supports it

    def cite(self, *sources: Optional[Source]) -> Answer:
        """Remember the sources of what was said, in order; repeated ones once."""
        self._sources.extend(source for source in sources if source is not None and source not in self._sources)
        return self

    def caution(self, as_of: Optional[date], ref: Optional[Ref]) -> Answer:
        """Say how old a price or an hour is, and whom to ask, when it is older than 18 months or of unknown date."""
        if not is_stale(as_of, self.today):
            return self
        if as_of:
            self.say("common.stale", as_of=as_of)
        elif not self._mentions("common.undated_words"):
            self.say("common.undated")
        return self.contact(ref, needed=ref is None or ref.kind == "place")

    def _mentions(self, phrase: str) -> bool:
        text = self.text().lower()
        return any(words in text for words in self.wording.say(phrase).split("|"))

    def contact(self, ref: Optional[Ref], instead: bool = False, needed: bool = True) -> Answer:
        """Say whom to ask: the place's own contact, its container's, or people on the spot.

        ``instead``: the answer itself was not known. ``needed`` False: say nothing where no contact is known.
        """
        found = contact_for(self.site, ref, self.lang)
        if found is None:
            return self.say("common.ask_on_the_spot", instead=instead) if needed else self
        if found.phone:
            self.cite(found.source)
        return self.say(
            "common.ask_contact",
            name=self.short(found.ref) if found.ref.kind == "place" else found.name,
            phone=found.phone,
            website=found.website,
            email=found.email,
            own=found.ref == ref,
            instead=instead,
        )

    def unknown(self, phrase: str, ref: Optional[Ref], /, **values: Any) -> Answer:
        """Say plainly that this is not known, and whom to ask. The question is then recorded for staff."""
        self.known = False
        return self.say(phrase, **values).contact(ref, instead=True)

    # what comes with it

    def offer(self, topic: str, *refs: Ref, title: Optional[str] = None) -> Answer:
        """Add a quick reply that leads on; with a name in its title when it is about another subject."""
        payload = to_payload(topic, refs)
        if all(payload != reply.payload for reply in self._quick):
            self._quick.append(QuickReply(title or self._title(topic, refs), payload))
        return self

    def offer_button(self, button: QuickReply) -> Answer:
        """Add a quick reply that does something other than ask: a plan of a route."""
        self._quick.append(button)
        return self

    def offer_more(self) -> Answer:
        """Add "tell me more", which asks the same again for the next part."""
        return self.offer("more", *self.question.subjects[:1])

    def about(self, topic: str, ref: Ref) -> str:
        """A question on a topic in a few words, with the name of its subject."""
        name = self.short(ref)
        return (
            name
            if topic == "overview"
            else self.wording.say("quick.named", label=self.wording.say(f"quick.{topic}"), name=name)
        )

    def _title(self, topic: str, refs: Sequence[Ref]) -> str:
        label = self.wording.say(f"quick.{topic}")
        if not refs or refs[0] in self.question.subjects[:1]:
            return label
        title = self.about(topic, refs[0])
        return title if len(title) <= TITLE_FITS or topic == "overview" else label

    def point(self, *refs: Ref) -> Answer:
        """Put subjects on the map, those whose location is known."""
        for ref in refs:
            spot = self.site.location(ref)
            if spot is not None:
                self._points.append(MapPoint(spot.lat, spot.lon, self.name(ref), spot.accuracy_m))
        return self

    def path(self, coordinates: Iterable[tuple[float, float]]) -> Answer:
        """Draw a line on the map: (latitude, longitude) in order."""
        self._path = tuple(coordinates)
        return self

    def card(self, card: Card) -> Answer:
        """Add a card."""
        self._cards.append(card)
        return self

    def attach(self, attachment: Attachment) -> Answer:
        """Add an attachment."""
        self._attachments.append(attachment)
        return self

    def done(self) -> Reply:
        """The reply of this renderer; ``finish`` still adds notices, the source line and more quick replies."""
        return Reply(
            text=self.text(),
            lang=self.lang,
            cards=tuple(self._cards),
            quick_replies=tuple(self._quick),
            attachments=tuple(self._attachments),
            map=Map(tuple(dict.fromkeys(self._points)), self._path) if self._points or self._path else None,
            sources=tuple(source_note(source, self.wording) for source in self._sources),
            known=self.known,
            subjects_shown=tuple(self._shown),
        )


def source_note(source: Source, wording: Wording) -> SourceNote:
    """A source as visitors see it: the publisher, else the title; our own advice and general knowledge say so."""
    if source.basis != "published":
        return SourceNote(wording.say(f"common.source_{source.basis}"))
    return SourceNote(_publisher(source) or _title(source), source.url, source.date)


def _title(source: Source) -> str:
    """The title, without the date at its end where the date is told beside it."""
    return re.sub(r"\s*[,(][^,(]*\b(?:19|20)\d\d\b[^,(]*$", "", source.title) if source.date else source.title


def _publisher(source: Source) -> str:
    """The publisher's name alone: without remarks on who reposted it; '' when nothing but a remark is left."""
    name = re.sub(r"\s*\([^)]*\)", "", (source.publisher or "").split(" / ")[0]).strip(" -–,")
    return "" if name[:1].islower() and " " in name else name


def finish(site: SiteDb, question: Question, wording: Wording, replies: Sequence[Reply], notices: bool = True) -> Reply:
    """One Reply from the replies for each subject: notices in force first, sources last, two to four quick replies."""
    merged = merge(site, replies, wording)
    front = _notices(site, question, wording) if notices else []
    sources = tuple(dict.fromkeys(merged.sources))[:KEPT_SOURCES]
    paragraphs = [*front, merged.text, _source_line(sources, wording)]
    return replace(
        merged,
        text=_within_limit("\n\n".join(part for part in paragraphs if part)),
        sources=sources,
        map=merged.map or _own_map(site, question, wording),
        quick_replies=_lead_on(site, question, wording, merged.quick_replies),
    )


def _within_limit(text: str) -> str:
    """The text without the last items of its longest list, as many as it takes: a chat answer is no wall."""
    while len(text) > HARD_LIMIT:
        blocks = [block.split("\n") for block in text.split("\n\n")]
        longest = max(blocks, key=lambda lines: sum(line.startswith("•") for line in lines))
        if sum(line.startswith("•") for line in longest) < 2:
            break
        longest.pop()
        text = "\n\n".join("\n".join(lines) for lines in blocks)
    return text


def merge(site: SiteDb, replies: Sequence[Reply], wording: Wording) -> Reply:
    """One Reply that says all, in order: what comes with the texts is joined, quick replies taking turns."""
    if len(replies) == 1:
        return replies[0]
    maps = [reply.map for reply in replies if reply.map]
    paths = (m.path for m in maps if m.path)
    return Reply(
        text=_said_once([reply.text for reply in replies if reply.text]),
        lang=replies[0].lang,
        cards=sum((reply.cards for reply in replies), ()),
        quick_replies=_options(site, replies, wording),
        map=Map(tuple(dict.fromkeys(sum((m.points for m in maps), ()))), next(paths, ())) if maps else None,
        attachments=sum((reply.attachments for reply in replies), ()),
        sources=tuple(dict.fromkeys(sum((reply.sources for reply in replies), ()))),
        known=any(reply.known for reply in replies),
        subjects_shown=tuple(dict.fromkeys(sum((reply.subjects_shown for reply in replies), ()))),
    )


def _said_once(texts: Sequence[str]) -> str:
    """The texts one after another; a paragraph of several is said after the last that it is about."""
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n")]
    return "\n\n".join(it for place, it in enumerate(paragraphs) if it not in paragraphs[place + 1 :])


def _options(site: SiteDb, replies: Sequence[Reply], wording: Wording) -> tuple[QuickReply, ...]:
    """The quick replies in turn, each once; where they are about several subjects, each says about which."""
    options = {it.payload: it for row in _in_turn([reply.quick_replies for reply in replies]) for it in row}
    about = {asked.refs[0] for payload in options if (asked := parse_payload(payload)) and asked.refs}
    return tuple(_named(site, it, wording) if len(about) > 1 else it for it in options.values())


def _named(site: SiteDb, option: QuickReply, wording: Wording) -> QuickReply:
    """Where an answer is about several subjects, each quick reply says about which one it is."""
    asked = parse_payload(option.payload)
    if asked is None or not asked.refs:
        return option
    name = short_name(site, asked.refs[0], wording)
    if name in option.title:
        return option
    title = name if asked.topic == "overview" else wording.say("quick.named", label=option.title, name=name)
    return replace(option, title=title)


def _in_turn(rows: Sequence[Sequence[Any]]) -> Iterable[list[Any]]:
    longest = max(map(len, rows), default=0)
    return ([row[place] for row in rows if place < len(row)] for place in range(longest))


def notice_line(notice: Notice, wording: Wording) -> str:
    """A notice with its dates, as the visitor reads it."""
    return wording.say(
        "common.notice", kind=notice.kind, text=notice.words.in_(wording.lang), starts=notice.starts, ends=notice.ends
    )


def _notices(site: SiteDb, question: Question, wording: Wording) -> list[str]:
    found: dict[int, Notice] = {}
    for ref in question.subjects:
        place = place_of(site, ref)
        for notice in site.notices(question.now.date(), place.ref if place else ref):
            found.setdefault(notice.id, notice)
    return [notice_line(notice, wording) for notice in list(found.values())[:2]]


def _source_line(sources: Sequence[SourceNote], wording: Wording) -> str:
    published = {source.title: source for source in reversed(sources) if source.url or source.date}
    shown = list(published.values())[::-1][:SHOWN_SOURCES] or list(sources[:1])
    return wording.say("common.sources", sources=shown) if shown else ""


def _own_map(site: SiteDb, question: Question, wording: Wording) -> Optional[Map]:
    if question.subject is None:
        return None
    place = place_of(site, question.subject)
    spot = site.location(place.ref) if place else site.location(question.subject)
    if spot is None:
        return None
    label = site.name(place.ref if place else question.subject, wording.lang)
    return Map((MapPoint(spot.lat, spot.lon, label, spot.accuracy_m),))


def _lead_on(site: SiteDb, question: Question, wording: Wording, given: Sequence[QuickReply]) -> tuple[QuickReply, ...]:
    """The quick replies of the answer; with fewer than two, what most visitors ask next about the place."""
    options = {reply.payload: reply for reply in given}
    place = place_of(site, question.subject) if question.subject else None
    further = [(topic, (place.ref,)) for topic in _LEADS] if place else [(topic, ()) for topic in ("festival", "help")]
    for topic, refs in further if len(options) < 2 else ():
        payload = to_payload(topic, refs)
        if topic != question.topic:
            options.setdefault(payload, QuickReply(wording.say(f"quick.{topic}"), payload))
        if len(options) >= 3:
            break
    return tuple(options.values())[:MAX_QUICK_REPLIES]
