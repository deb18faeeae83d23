"""Not understood or not known: a search of the facts, offered as a guess; then an honest "not yet"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Sequence

from guide.answers.asking import numbered
from guide.answers.compose import Answer, finish
from guide.answers.contacts import place_of
from guide.answers.gather import HOME, known_topics
from guide.answers.question import Question
from guide.answers.relevance import shared_words
from guide.answers.reply import Reply
from guide.answers.wording import wording_for
from guide.refs import KINDS
from guide.sitedb.records import Hit, StaffAnswer

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

SEARCHED = 12
SAME, ALIKE = 0.75, 0.5  # shares of the words asked: the same question; one like it about the same subject
OFFERED = 3  # likely questions when asked to put it another way
USUAL = ("overview", "price", "directions")  # what most visitors ask
NEEDED = 2  # words of the question that a text must share, not counting the subject's name, before it is offered


def search_answer(site: SiteDb, question: Question) -> Optional[Reply]:
    """The facts, advice or staff's answers nearest to the words asked, as "did you mean"; None when none is near."""
    if not question.text.strip():
        return None
    if written := staff_answer(site, question):
        return finish(site, question, wording_for(question.lang), [written])
    hits = [hit for hit in site.search(question.text, limit=SEARCHED) if _near(site, question, hit)]
    if not hits:
        return None
    wording = wording_for(question.lang)
    reply, best = Answer(site, question, wording), hits[0]
    name = reply.short(best.ref) if best.ref else None
    reply.say("unknown.did_you_mean", name=name).bullets([best.words.in_(wording.lang)]).cite(best.source)
    _offer(reply, hits)
    return finish(site, question, wording, [reply.done()])


def staff_answer(site: SiteDb, question: Question, sure: bool = False) -> Optional[Reply]:
    """What staff wrote for this question, or for one much like it, still without notices and sources.

    ``sure``: only for plainly the same question.
    """
    asked = shared_words(question.text, question.text)
    if not asked:
        return None
    rated = [(_likeness(one, question.text) / asked, one) for one in site.staff_answers() if _about(one, question)]
    share, best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or share < (SAME if sure or best.subject not in question.subjects else ALIKE):
        return None
    wording = wording_for(question.lang)
    return Answer(site, question, wording).add(best.answer.in_(wording.lang)).cite(best.source).done()


def _about(one: StaffAnswer, question: Question) -> bool:
    """Whether the answer is about what was named, or about nothing in particular."""
    return one.subject is None or one.subject in question.subjects or not question.subjects


def _likeness(one: StaffAnswer, text: str) -> int:
    """Words shared with the question that staff wrote, in any language; too few are none."""
    shared = max((shared_words(written, text) for written in one.question.values()), default=0)
    return shared if shared >= NEEDED else 0


def _near(site: SiteDb, question: Question, hit: Hit) -> bool:
    """Whether the text shares enough of the question to be worth a guess, and is about what was named."""
    if hit.kind == "name" or (hit.ref is not None and hit.ref.kind not in KINDS):
        return False
    if question.subjects and not question.carried and hit.ref is not None and hit.ref not in question.subjects:
        return False
    subject = site.find(hit.ref) if hit.ref else None
    names = tuple(subject.name.values()) if subject else ()
    return max((shared_words(text, question.text, names) for text in hit.words.values()), default=0) >= NEEDED


def _offer(reply: Answer, hits: list[Hit]) -> None:
    for hit in hits[:3]:
        if hit.ref is not None:
            topic = hit.topic if hit.topic and f"quick.{hit.topic}" in reply.wording else "overview"
            reply.offer(topic, hit.ref)
    reply.offer("help")


def rephrase(site: SiteDb, question: Question, topics: Sequence[str]) -> Reply:
    """Ask to put it another way, with the likeliest questions about what was spoken of. ``known`` is False."""
    wording = wording_for(question.lang)
    ref = question.subject if question.subject and site.find(question.subject) else HOME
    askable = [topic for topic in topics if f"quick.{topic}" in wording]
    likely = list(dict.fromkeys((*askable, *known_topics(site, ref), *USUAL)))
    reply = Answer(site, question, wording)
    for topic in [topic for topic in likely if f"quick.{topic}" in wording][:OFFERED]:
        reply.offer(topic, ref, title=reply.about(topic, ref))
    options = reply.done().quick_replies
    text = numbered(wording.say("asking.rephrase"), [option.title for option in options])
    return Reply(text, wording.lang, quick_replies=options, known=False)


def not_known(site: SiteDb, question: Question) -> Reply:
    """Say that this is not known yet, whom to ask, and the nearest things that are known. ``known`` is False."""
    wording = wording_for(question.lang)
    reply = Answer(site, question, wording)
    reply.known = False
    ref = question.subject if question.subject and site.find(question.subject) else None
    reply.say("unknown.not_known", name=reply.short(ref) if ref else None)
    if ref:
        reply.contact(ref, instead=True)
        topics = [topic for topic in known_topics(site, ref) if f"asked.{topic}" in wording][:3]
        if topics:
            reply.say("unknown.but_know", topics=[wording.say(f"asked.{topic}") for topic in topics])
        for topic in topics:
            reply.offer(topic, ref)
    else:
        _offer_names(reply, question)
    return finish(site, question, wording, [reply.offer("help").done()])


def _offer_names(reply: Answer, question: Question) -> None:
    """Places whose names are near to what was typed, else where most visitors go."""
    hits = reply.site.search(question.text, limit=3) if question.text.strip() else []
    refs = list(dict.fromkeys(place.ref for hit in hits if hit.ref and (place := place_of(reply.site, hit.ref))))
    for ref in refs[:2] or [HOME]:
        reply.offer("overview", ref)
