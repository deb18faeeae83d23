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
from guide.refs import Ref
from guide.sitedb.records import Place, Source

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

AREAS = ("city", "bay", "island", "beach", "village")
MOST = 4  # places to choose from


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The regular hours; without them the note that staff wrote, the container's hours, else whom to ask."""
    ref = question.subject
    if ref is None:
        return ask_which(site, question, wording).done()
    subject = site.get(ref)
    if not hasattr(subject, "hours_note"):
        return redirect(site, question, wording)
    if is_area(subject):
        return ask_which(site, question, wording, subject).done()
    reply = Answer(site, question, wording)
    if not say_hours(reply, subject):
        say_unknown(reply, ref)
        say_daylight(reply)
    return reply.offer("open_now", ref).offer("price", ref).offer("directions", ref).done()


def is_area(subject: Any) -> bool:
    """Whether it is a town, a bay or an island, which has no gate and no hours of its own."""
    return getattr(subject, "kind", "") in AREAS and not subject.hours and not subject.hours_note


def ask_which(site: SiteDb, question: Question, wording: Wording, area: Optional[Place] = None) -> Answer:
    """Ask back which place is meant: of those in the area, else of the main sites."""
    reply = Answer(site, question, wording)
    choice = _sights_of(site, area) if area else list(MAIN_SITES)
    reply.say(
        "hours.ask_which", area=reply.short(area.ref) if area else None, names=[reply.short(ref) for ref in choice]
    )
    for ref in choice:
        reply.offer(question.topic, ref, title=reply.short(ref))
    return reply


def _sights_of(site: SiteDb, area: Place) -> list[Ref]:
    """The sights of an area that have most to tell: within it, else in its province."""
    inside = [place for place in site.places(within=area.id) if place.kind not in AREAS]
    around = inside or [place for place in site.places(province=area.province_now) if place.kind not in AREAS]
    around.sort(key=lambda place: -len(site.facts(place.ref)))
    return [place.ref for place in around[:MOST]] or list(MAIN_SITES)


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
