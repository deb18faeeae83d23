"""When to go: what staff recommend, the crowds of the festivals, and the months that are dry and clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide.answers.compose import Answer
from guide.answers.contacts import place_of
from guide.answers.gather import PROPERTY, advice_for
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.telling import redirect, say_assumed, say_unknown, with_subject
from guide.answers.wording import Wording
from guide.refs import Ref
from guide.sitedb.records import Dish, Festival, Place

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

DRY_MM = 150  # a month with less rain than this, and no frequent fog, is pleasant for walking outdoors
MILD_C = (14, 26)


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The recommended time of a place (or its container's), with crowds and climate; a festival has its dates."""
    question, assumed = with_subject(site, question)
    ref = question.subjects[0]
    if isinstance(site.get(ref), (Festival, Dish)):
        return redirect(site, question, wording)
    place = place_of(site, ref)
    if place is None:
        return redirect(site, question, wording)
    reply = Answer(site, question, wording)
    say_assumed(reply, ref, assumed)
    said = [_say_recommended(reply, place), _say_dry_months(reply, place)]
    crowds = [advice for advice in advice_for(site, ("crowd",), place.id) if advice.places][:2]
    reply.bullets(advice.words.in_(reply.lang) for advice in crowds).cite(*(advice.source for advice in crowds))
    if not any(said):
        say_unknown(reply, place.ref)
    return reply.offer("weather", place.ref).offer("festival", place.ref).offer("etiquette", place.ref).done()


def _say_recommended(reply: Answer, place: Place) -> bool:
    own = place.best_time.in_(reply.lang)
    if own:
        reply.say("best_time.own", place=reply.short(place.ref), text=own).cite(place.best_time_source)
        return True
    for outer in reply.site.ancestors(place.id):
        text = outer.best_time.in_(reply.lang)
        if text and outer.ref != PROPERTY:
            reply.say("best_time.container", place=reply.short(place.ref), of=reply.short(outer.ref), text=text)
            reply.cite(outer.best_time_source)
            return True
    return False


def _say_dry_months(reply: Answer, place: Place) -> bool:
    months = [month for month in range(1, 13) if _pleasant(reply.site, place, month)]
    row = reply.site.climate(place.id, months[0]) if months else None
    if row is None:
        return False
    area = Ref("place", row.place)
    months.sort(key=lambda month: (month - 9) % 12)  # told from autumn on, so that they follow one another
    reply.say("best_time.dry", months=months, of=None if area == place.ref else reply.short(area)).cite(row.source)
    return True


def _pleasant(site: SiteDb, place: Place, month: int) -> bool:
    row = site.climate(place.id, month)
    if row is None or row.mean_c is None or row.rain_mm is None:
        return False
    return row.rain_mm < DRY_MM and row.fog != "often" and MILD_C[0] <= row.mean_c <= MILD_C[1]
