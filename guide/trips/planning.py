"""Plans and changes of plans as outcomes of a conversation: made, refused, or impossible with the nearest offered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterable, Mapping, Optional

from guide.answers.compose import MAX_QUICK_REPLIES
from guide.answers.itinerary import render_change, render_difference, render_infeasible, render_plan
from guide.answers.reply import QuickReply, Reply
from guide.planner.changes import CannotChange, Change
from guide.planner.difference import difference
from guide.planner.itinerary import Itinerary
from guide.planner.notes import note
from guide.planner.plan import Infeasible, plan, replan
from guide.planner.request import MOST_DAYS, BadDayTimes, RequestError, TooManyDays, TripRequest, WantedAndAvoided
from guide.planner.settling import PastDay, UnknownSubject
from guide.trips.asking import ask, settled
from guide.trips.scene import Outcome, Scene
from guide.trips.state import TripState
from guide.trips.wishes import merged

ANEW = ("interests", "route", "festivals", "month", "first_day")  # wishes for which a plan is made anew


def make(scene: Scene, state: TripState, request: TripRequest) -> Outcome:
    """A new plan for a request."""
    try:
        made = plan(scene.site, request)
    except Infeasible as problem:
        return offered(scene, replace(state, wishes=request, asked=None), problem)
    except RequestError as problem:
        return refused(scene, state, problem)
    return shown(scene, state.planned(made))


def change(scene: Scene, state: TripState, changes: Iterable[Change], fields: Mapping[str, Any]) -> Outcome:
    """The plan after changes and further wishes, all or none of them; the difference is said first."""
    before = state.plan
    assert before is not None
    try:
        after = _changed(scene, before, tuple(changes), fields)
    except Infeasible as problem:
        return offered(scene, state, problem)
    except CannotChange as problem:
        text = scene.words.note("cannot", note(problem.code, **problem.values))
        return Outcome(state, Reply(text, scene.lang, quick_replies=buttons(scene, state, _likely(scene, before))))
    except RequestError as problem:
        return refused(scene, state, problem)
    made = difference(before, after)
    if not made and not fields:
        text = render_difference(scene.site, made, scene.lang)
        reply = Reply(text, scene.lang, quick_replies=buttons(scene, state, _likely(scene, before)))
        return Outcome(replace(state, plan=after, asked=None, offer=None), reply)
    new = state.planned(after)
    reply = render_change(scene.site, before, after, scene.lang)
    return Outcome(new, replace(reply, quick_replies=buttons(scene, new, reply.quick_replies)))


def _changed(scene: Scene, before: Itinerary, changes: tuple[Change, ...], fields: Mapping[str, Any]) -> Itinerary:
    after = replace(before, request=replace(before.request, asked_on=scene.today))
    for one in changes:
        try:
            after = replan(scene.site, after, one)
        except CannotChange:  # of several things asked for, what is so already does not stand in the way of the others
            if len(changes) == 1 and not fields:
                raise
    if fields:
        request = merged(settled(after, scene.today), fields)
        after = plan(scene.site, request.afresh() if any(name in fields for name in ANEW) else request)
    return after


def shown(scene: Scene, state: TripState, text: Optional[str] = None) -> Outcome:
    """The plan that there is; ``text`` instead of its own where it has just been told."""
    assert state.plan is not None
    reply = render_plan(scene.site, state.plan, scene.lang)
    reply = replace(reply, quick_replies=buttons(scene, state, reply.quick_replies))
    return Outcome(state, replace(reply, text=text) if text else reply)


def offered(scene: Scene, state: TripState, problem: Infeasible) -> Outcome:
    """Why the wishes cannot be met, and the nearest plan as an offer that a "yes" takes."""
    reply = render_infeasible(scene.site, problem, scene.lang)
    if problem.nearest is None:
        left = [scene.button("keep")] if state.plan else [scene.button("new")]
        return Outcome(replace(state, offer=None), replace(reply, quick_replies=tuple(left)))
    choices = [scene.button("take"), *([scene.button("keep")] if state.plan else []), scene.button("new")]
    text = f"{reply.text}\n\n{scene.phrase('offer')}"
    return Outcome(replace(state, offer=problem.nearest), replace(reply, text=text, quick_replies=tuple(choices)))


def refused(scene: Scene, state: TripState, problem: RequestError) -> Outcome:
    """Why a request cannot be meant; what was asked for is asked again."""
    text = _refusal(scene, problem)
    question = "days" if isinstance(problem, TooManyDays) else "when" if isinstance(problem, PastDay) else None
    if state.plan and not state.asked:
        return Outcome(state, Reply(text, scene.lang, quick_replies=buttons(scene, state, _likely(scene, state.plan))))
    if question is None:
        return Outcome(state, Reply(text, scene.lang, quick_replies=(scene.button("new"),)))
    asked = ask(scene, replace(state, said=tuple(field for field in state.said if field != question)), question)
    if question == "when" and asked.state.wishes:
        asked = asked._replace(state=replace(asked.state, wishes=replace(asked.state.wishes, first_day=None)))
    return Outcome(asked.state, replace(asked.reply, text=text))


def _refusal(scene: Scene, problem: RequestError) -> str:
    say = scene.words.say
    if isinstance(problem, TooManyDays):
        return say("refused_days", low=1, high=MOST_DAYS)
    if isinstance(problem, BadDayTimes):
        return say("refused_times")
    if isinstance(problem, PastDay):
        return say("refused_past", on=problem.day)
    if isinstance(problem, WantedAndAvoided):
        return say("refused_both", name=scene.words.name(problem.ref))
    return say("refused_unknown" if isinstance(problem, UnknownSubject) else "refused_other")


def _likely(scene: Scene, current: Itinerary) -> tuple[QuickReply, ...]:
    return render_plan(scene.site, current, scene.lang).quick_replies


def buttons(scene: Scene, state: TripState, likely: Iterable[QuickReply]) -> tuple[QuickReply, ...]:
    """Undo where there is something to undo, the likeliest changes, and to take the plan along."""
    first = [scene.button("undo")] if state.before else []
    room = MAX_QUICK_REPLIES - len(first) - 1
    return (*first, *tuple(likely)[:room], scene.button("share"))
