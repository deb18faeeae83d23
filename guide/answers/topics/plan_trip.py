"""A trip of some days: the linked routes that fit the days, the start and the theme, and what to decide next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from guide.answers import itineraries
from guide.answers.compose import Answer
from guide.answers.itineraries import Wish
from guide.answers.places import brief
from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.topics.route import row_of
from guide.answers.wording import Wording
from guide.sitedb.records import Route

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

TOGETHER = True
NOTICES = False
SHOWN = 3


def render(site: SiteDb, question: Question, wording: Wording) -> Reply:
    """The routes that fit; the nearest ones, said to be so, when none fits all that was asked."""
    reply = Answer(site, question, wording)
    wish = itineraries.wish_of(question)
    routes, exact = _routes(site, wish)
    rows = [row_of(reply, route) for route in routes[:SHOWN]]
    shown = reply.fitting(rows, at_least=2)
    reply.say("plan_trip.intro", days=wish.days, exact=exact, wished=bool(wish))
    reply.bullets(rows[:shown]).cite(*(route.source for route in routes[:shown]))
    reply.listing(*(route.ref for route in routes[:shown]))
    reply.say("plan_trip.honest", days=wish.days)
    for route in routes[:SHOWN]:
        reply.offer("route", route.ref, title=brief(reply.name(route.ref)))
    return reply.done()


def _routes(site: SiteDb, wish: Wish) -> tuple[list[Route], bool]:
    """The routes that meet all of the wish, else most of it; places go before days, which visitors have least of."""
    for less in (wish, replace(wish, province=None), replace(wish, province=None, places=())):
        found = itineraries.fitting(site, less)
        if found:
            return found, less == wish
    return itineraries.nearest_in_days(site, replace(wish, province=None, places=())), False
