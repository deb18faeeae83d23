"""What is still to be asked of a trip: its days, its start, and when, each with likely answers as buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Iterator, Optional

from guide.answers.places import brief
from guide.answers.reply import QuickReply
from guide.planner.itinerary import Itinerary
from guide.planner.request import TripRequest
from guide.refs import Ref
from guide.trips.buttons import act, tell
from guide.trips.scene import Outcome, Scene
from guide.trips.state import TripState

USUAL_DAYS = 2  # for those who leave the days to the guide
LIKELY_DAYS = (1, 2, 3)
LIKELY_STARTS = (Ref("place", "ha-noi"), Ref("place", "hai-phong"), Ref("place", "bac-ninh-city"))
SATURDAY = 5
SHOWN_NAMES = 3


def next_question(state: TripState) -> Optional[str]:
    """days, start, or, where something had to be asked anyway, when; None when the trip can be planned."""
    for field in ("days", "start"):
        if field not in state.said:
            return field
    return "when" if state.asked and "when" not in state.said else None


def ask(scene: Scene, state: TripState, question: str) -> Outcome:
    """Ask one thing, saying what is known of the trip so far."""
    request = state.wishes or TripRequest(scene.today)
    known = list(_known(scene, request, state.said))
    buttons = {"days": _days, "start": _starts, "when": _dates}[question](scene)
    reply = scene.say(f"ask_{question}", buttons, known=known, start="start" in state.said)
    return Outcome(replace(state, wishes=request, asked=question), reply)


def resume_button(scene: Scene, state: TripState) -> Optional[QuickReply]:
    """The quick reply that leads back to the trip, for answers to other questions; None where no trip is on."""
    if state.asked:
        return scene.button("resume")
    return scene.button("show", act("resume")) if state.plan else None


def left_open(request: TripRequest, question: str) -> TripRequest:
    """The request when the visitor leaves the answer to the guide: the planner has a default for all but the days."""
    return replace(request, days=USUAL_DAYS) if question == "days" else request


# likely answers


def _days(scene: Scene) -> Iterator[QuickReply]:
    for days in LIKELY_DAYS:
        yield scene.button("days", tell("days", days), days=days)
    yield scene.button("any", tell("days"))


def _starts(scene: Scene) -> Iterator[QuickReply]:
    for ref in LIKELY_STARTS:
        if scene.site.find(ref):
            yield QuickReply(brief(scene.words.name(ref)), tell("start", ref))
    yield scene.button("any", tell("start"))


def _dates(scene: Scene) -> Iterator[QuickReply]:
    saturday = scene.today + timedelta(days=(SATURDAY - scene.today.weekday()) % 7 or 7)
    yield scene.button("tomorrow", tell("first_day", scene.today + timedelta(days=1)))
    yield scene.button("weekend", tell("first_day", saturday), on=saturday)
    yield scene.button("next_weekend", tell("first_day", saturday + timedelta(days=7)), on=saturday + timedelta(days=7))
    yield scene.button("any", tell("first_day"))


# what is known


def _known(scene: Scene, request: TripRequest, said: tuple[str, ...]) -> Iterator[str]:
    words = scene.words
    if "days" in said:
        yield scene.phrase("known_days", days=request.days)
    if request.start:
        yield scene.phrase("known_start", name=words.name(request.start))
    if request.first_day:
        yield scene.phrase("known_first_day", on=request.first_day)
    elif request.month:
        yield scene.phrase("known_month", month=request.month)
    if request.transport:
        yield words.say(f"transport_{request.transport}")
    if request.oldest:
        yield scene.phrase("known_oldest", age=request.oldest)
    if request.interests:
        yield scene.phrase("known_interests", tags=[words.say(f"tag_{tag}") for tag in request.interests])
    if request.must:
        yield scene.phrase("known_must", names=words.names(request.must[:SHOWN_NAMES]))


def settled(plan: Itinerary, today: date) -> TripRequest:
    """The request of a plan with what was settled, so that further wishes do not change its day and start."""
    visits = tuple((visit.place, day.number) for day in plan.days for visit in day.visits)
    return replace(
        plan.request.afresh(),
        asked_on=today,
        start=plan.request.start or plan.start,
        first_day=plan.days[0].date,
        keep=visits,
    )
