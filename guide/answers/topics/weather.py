"""The weather: the forecast of the days asked for where it reaches them, and what the month is usually like."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Optional

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
from guide.sitedb.records import ClimateMonth, Festival, Place, Source

if TYPE_CHECKING:
    from guide.sitedb import SiteDb
    from guide.weather import Day, Outlook

MOST_MONTHS = 4
MOST_DAYS = 7
NEXT_DAYS = 3  # today and the two that follow, where no day is asked for
SERVICE = Source("open-meteo", "Open-Meteo", "https://open-meteo.com/", "Open-Meteo")  # CC BY 4.0: named with its data


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The forecast of the days asked for, or of the next days beside what this month is usually like.

    Where there is no forecast, or none that reaches so far, the usual weather of the month, of the season or of the
    festival asked for, and the answer says that it is no forecast.
    """
    question, assumed = with_subject(site, question)
    ref = question.subjects[0]
    reply = Answer(site, question, wording)
    place = place_of(site, ref) or site.get(HOME)
    outlook = _outlook(question, place)
    meant = _months_meant(site, question)
    days = _days(question, outlook, meant)
    months = () if days and question.dates else meant or (question.now.month,)
    rows = [row for month in months[:MOST_MONTHS] if (row := site.climate(place.id, month))]
    if not rows and not days:
        return say_unknown(reply, place.ref).done()
    say_assumed(reply, ref, assumed)
    _say_days(reply, place, days, outlook)
    _say_rows(reply, place, rows)
    _say_reach(reply, place, days, outlook)
    _say_packing(reply, place, rows)
    return reply.offer("best_time", place.ref).offer("festival", place.ref).offer("safety", place.ref).done()


def _outlook(question: Question, place: Place) -> Optional[Outlook]:
    spot = place.location
    return question.sky.outlook(spot.lat, spot.lon) if question.sky and spot else None


def _days(question: Question, outlook: Optional[Outlook], months: tuple[int, ...]) -> tuple[Day, ...]:
    """The days to tell: those asked for, none where months are meant, else the next ones."""
    today = question.now.date()
    if outlook is None:
        return ()
    if question.dates:
        return outlook.between(*question.dates)[:MOST_DAYS]
    return () if months else outlook.between(today, today + timedelta(days=NEXT_DAYS - 1))


def _months_meant(site: SiteDb, question: Question) -> tuple[int, ...]:
    """The months that the words name, those of the days asked for, or that of the festival; () for none of these."""
    today = question.now.date()
    if asked := months_asked(question.text, today):
        return asked
    if question.dates:
        return _months_of(*question.dates)
    subject = site.find(question.subjects[0])
    return (next_occurrence(subject, today).start.month,) if isinstance(subject, Festival) else ()


def _months_of(first: date, last: date) -> tuple[int, ...]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple((first.month - 1 + step) % 12 + 1 for step in range(min(count, MOST_MONTHS)))


def _say_days(reply: Answer, place: Place, days: tuple[Day, ...], outlook: Optional[Outlook]) -> None:
    if not days or not outlook:
        return
    reply.say("weather.forecast", place=reply.short(place.ref))
    reply.bullets(
        reply.phrase(
            "weather.day",
            day=day.day,
            ahead=(day.day - reply.today).days,
            low=day.low_c,
            high=day.high_c,
            sky=day.sky,
            rain=day.rain_mm,
            chance=day.rain_chance,
            gust=day.gust_kmh,
        )
        for day in days
    )
    reply.cite(SERVICE._replace(date=outlook.asked_on.isoformat()))


def _say_rows(reply: Answer, place: Place, rows: list[ClimateMonth]) -> None:
    if not rows:
        return
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
    reply.cite(*(row.source for row in rows))


def _say_reach(reply: Answer, place: Place, days: tuple[Day, ...], outlook: Optional[Outlook]) -> None:
    """What kind of figures these are: a visitor must not take a month's average for a forecast."""
    if days:
        reply.say("weather.may_change", climb=is_a_climb(place))
    elif outlook:
        reply.say("weather.too_far", last=outlook.last)
    else:
        reply.say("weather.no_forecast")


def _say_packing(reply: Answer, place: Place, rows: list[ClimateMonth]) -> None:
    packing = advice_for(reply.site, ("packing",), place.id, rows[0].month) if rows and is_a_climb(place) else []
    for advice in packing[:1]:
        reply.say("weather.packing", text=advice.words.in_(reply.lang)).cite(advice.source)
