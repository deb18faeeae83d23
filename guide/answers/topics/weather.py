"""What the weather is usually like in a month, from climate rows: never a forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.advising import is_a_climb
from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.gather import HOME, advice_for
from guide.answers.months import months_asked
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import say_assumed, say_unknown, with_subject
from guide.answers.wording import Wording
from guide.calendar.festivals import next_occurrence
from guide.sitedb.records import Festival, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MOST_MONTHS = 4


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The usual temperature, rain and fog of the month asked for, of the festival's month, or of this month."""
    question, assumed = with_subject(site, question)
    ref = question.subjects[0]
    reply = Answer(site, question, wording)
    place = place_of(site, ref) or site.get(HOME)
    months = _months(site, question)
    rows = [row for month in months[:MOST_MONTHS] if (row := site.climate(place.id, month))]
    if not rows:
        return say_unknown(reply, place.ref).done()
    say_assumed(reply, ref, assumed)
    _say_rows(reply, place, rows)
    packing = advice_for(site, ("packing",), place.id, rows[0].month) if is_a_climb(place) else []
    for advice in packing[:1]:
        reply.say("weather.packing", text=advice.words.in_(reply.lang)).cite(advice.source)
    return reply.offer("best_time", place.ref).offer("festival", place.ref).offer("safety", place.ref).done()


def _months(site: SiteDb, question: Question) -> tuple[int, ...]:
    today = question.now.date()
    subject = site.find(question.subjects[0])
    asked = months_asked(question.text, today)
    if not asked and isinstance(subject, Festival):
        return (next_occurrence(subject, today).start.month,)
    return asked or (today.month,)


def _say_rows(reply: Answer, place: Place, rows: list) -> None:
    of = reply.site.get(place.ref.__class__("place", rows[0].place))
    reply.say("weather.title", place=reply.short(place.ref), of=None if of.ref == place.ref else reply.short(of.ref))
    on_the_mountain = HOME in (place.ref, *(outer.ref for outer in reply.site.ancestors(place.id)))
    reply.bullets(
        reply.phrase(
            "weather.month",
            month=row.month,
            mean=row.mean_c,
            rain=row.rain_mm,
            fog=row.fog,
            summit=row.summit_mean_c if on_the_mountain else None,
        )
        for row in rows
    )
    reply.cite(*(row.source for row in rows)).say("weather.no_forecast")
