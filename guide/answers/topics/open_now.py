"""Whether a place is open at this moment in Viet Nam."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guide.answers.compose import Answer
from guide.answers.dates import read_date
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.schedule import holidays_of
from guide.answers.telling import redirect
from guide.answers.topics.hours import ask_which, is_area, say_daylight, say_hours
from guide.answers.wording import Wording
from guide.calendar.hours import TIME_ZONE, state_at

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """Open until when, or closed until when; without known hours, say so with what is known."""
    ref = question.subject
    if ref is None:
        return ask_which(site, question, wording).done()
    subject = site.get(ref)
    if not hasattr(subject, "hours_note"):
        return redirect(site, question, wording)
    if is_area(subject):
        return ask_which(site, question, wording, subject).done()
    reply = Answer(site, question, wording)
    if any(notice.kind == "closure" for notice in site.notices(reply.today, ref)):
        reply.say("hours.now_closed_by_notice", place=reply.short(ref)).contact(ref)
    elif subject.hours:
        _say_state(reply, subject)
    else:
        _say_unknown(reply, subject)
    return reply.offer("hours", ref).offer("directions", ref).offer("closure", ref).done()


def _say_state(reply: Answer, subject: Any) -> None:
    now = reply.question.now.astimezone(TIME_ZONE)
    state = state_at(subject.hours, now, holidays_of(reply.site))
    name, change = reply.short(subject.ref), state.until if state.open else state.next_open
    other_day = change is not None and change.date() != now.date()
    if state.open is None:
        _say_unknown(reply, subject)
        return
    if state.open:
        reply.say("hours.now_open", place=name, now=now, until=state.until, other_day=other_day)
    else:
        reply.say("hours.now_closed", place=name, now=now, next_open=state.next_open, other_day=other_day)
    source = getattr(subject, "hours_source", None)
    reply.cite(source).caution(read_date(source.date) if source else None, subject.ref)


def _say_unknown(reply: Answer, subject: Any) -> None:
    reply.say("hours.now_unknown", place=reply.short(subject.ref), now=reply.question.now.astimezone(TIME_ZONE))
    reply.known = False
    if not say_hours(reply, subject, introduced=True):
        say_daylight(reply)
        reply.contact(subject.ref)
