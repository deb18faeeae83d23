"""Opening hours: of a place, a cable car, a venue; with what is known where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from guide.answers.compose import Answer
from guide.answers.dates import read_date
from guide.answers.gather import MAIN_SITES, PROPERTY
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.schedule import say_week
from guide.answers.telling import redirect, say_unknown
from guide.answers.wording import Wording
from guide.sitedb.records import Place, Source

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The regular hours; without them the note that staff wrote, the container's hours, else whom to ask."""
    ref = question.subject
    if ref is None:
        return ask_which(site, question, wording).done()
    subject = site.get(ref)
    if not hasattr(subject, "hours_note"):
        return redirect(site, question, wording)
    reply = Answer(site, question, wording)
    if not say_hours(reply, subject):
        say_unknown(reply, ref)
        say_daylight(reply)
    return reply.offer("open_now", ref).offer("price", ref).offer("directions", ref).done()


def ask_which(site: SiteDb, question: Question, wording: Wording) -> Answer:
    """Ask back which place is meant."""
    reply = Answer(site, question, wording)
    reply.say("hours.ask_which", names=[reply.short(ref) for ref in MAIN_SITES])
    for ref in MAIN_SITES:
        reply.offer(question.topic, ref, title=reply.short(ref))
    return reply


def say_hours(reply: Answer, subject: Any, introduced: bool = False) -> bool:
    """Say the hours or the note of a subject, or of its nearest container; False when nothing is known.

    ``introduced``: the answer has already said that official hours are missing.
    """
    if _say_own(reply, subject, introduced):
        return True
    if not isinstance(subject, Place):
        return False
    for place in reply.site.ancestors(subject.id):
        if place.ref != PROPERTY and _say_container(reply, subject, place):
            return True
    return False


def _say_own(reply: Answer, subject: Any, introduced: bool) -> bool:
    name, note = reply.short(subject.ref), subject.hours_note.in_(reply.lang)
    source, running = getattr(subject, "hours_source", None), subject.ref.kind == "cable_car"
    if subject.hours:
        reply.say(
            "hours.regular",
            place=name,
            running=running,
            week=say_week(subject.hours, reply.question.now, reply.wording),
        )
        if note:
            reply.say("hours.note", text=note)
        reply.cite(source).caution(read_date(source.date) if source else None, subject.ref)
    elif note:
        reply.say(
            "hours.what_is_known" if introduced else "hours.only_note", place=name, text=note, running=running
        ).cite(source)
        if not running:
            say_daylight(reply)
        reply.contact(subject.ref)
    return bool(subject.hours or note)


def _say_container(reply: Answer, subject: Place, place: Place) -> bool:
    values = {"place": reply.short(subject.ref), "of": reply.short(place.ref)}
    note = place.hours_note.in_(reply.lang)
    if place.hours:
        reply.say("hours.container", week=say_week(place.hours, reply.question.now, reply.wording), **values)
        reply.cite(place.hours_source).caution(_as_of(place), place.ref)
    elif note:
        reply.say("hours.container_note", text=note, **values).cite(place.hours_source)
        say_daylight(reply)
        reply.contact(subject.ref)
    return bool(place.hours or note)


def _as_of(place: Place) -> Optional[Any]:
    return read_date(place.hours_source.date) if place.hours_source else None


def say_daylight(reply: Answer) -> None:
    """Sunrise and sunset of the month, which is what a visitor can plan by where no hours are known."""
    times = reply.site.sun_times(reply.today.month)
    if times:
        reply.say("hours.daylight", sunrise=times.sunrise, sunset=times.sunset)
        reply.cite(Source("computed", "computed", basis="computed"))
