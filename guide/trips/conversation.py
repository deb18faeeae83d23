"""One message of a conversation about a trip: from what is remembered and what was understood to what is said.

A trip is *drafted* until its days and its start are known (or left to the guide); then it is planned, and every
further message about it changes the plan. Drafting a new trip beside a plan leaves the plan until the new one is made.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Iterator, Optional

from guide.answers.reply import Reply
from guide.dialogue.context import Understood
from guide.planner.request import TRANSPORTS, RequestError, TooManyDays, TripRequest
from guide.refs import Ref
from guide.trips.asking import ask, left_open, next_question
from guide.trips.buttons import Act, FromRoute, Pressed, Told, parse_button
from guide.trips.changes_said import changes_said
from guide.trips.planning import change, make, refused, shown
from guide.trips.reading import Phrase, Reading
from guide.trips.scene import Outcome, Scene, preceded
from guide.trips.sharing import Keep, share
from guide.trips.state import TripState
from guide.trips.wanting import ANSWERS, PRESSED
from guide.trips.wishes import answered, from_there, merged, wishes_of
from guide.values import DateSpan, Duration, Transport

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

ACT_OF = {"undo_trip": "undo", "share_trip": "share", "cancel_trip": "cancel"}


def converse(
    site: SiteDb, state: TripState, understood: Understood, now: datetime, lang: str, keep: Keep
) -> tuple[TripState, Reply]:
    """What is remembered after a message, and the answer to it. ``now``: aware; ``keep``: keeps a plan to share."""
    scene = Scene(site, lang, now)
    value = understood.first(PRESSED)
    pressed = parse_button(f"plan:{value}") if value else None
    outcome = _pressed(scene, state, pressed, keep) if pressed else _said(scene, state, Reading.of(understood), keep)
    return outcome.state, outcome.reply


# buttons


def _pressed(scene: Scene, state: TripState, pressed: Pressed, keep: Keep) -> Outcome:
    if isinstance(pressed, Act):
        return _act(scene, state, pressed.name, keep)
    if isinstance(pressed, FromRoute):
        return _from_route(scene, state, pressed.route)
    if isinstance(pressed, Told):
        return _told(scene, state, pressed)
    if state.plan is None:
        return _draft(scene, state, {})
    return change(scene, replace(state, asked=None, offer=None), (pressed,), {})


def _told(scene: Scene, state: TripState, told: Told) -> Outcome:
    """An answer by button to the question of that field."""
    if told.value is not None:
        return _draft(scene, state, {told.field: told.value})
    return _leave(scene, state, answered([told.field])[0])


def _from_route(scene: Scene, state: TripState, id_: str) -> Outcome:
    """A new trip along a linked route, for as many days as it takes."""
    route = scene.site.find(Ref("route", id_))
    if route is None:
        return Outcome(state, scene.say("no_route", [scene.button("new")]))
    said = tuple(field for field in state.said if field in ("start", "when"))
    old = state.wishes if said else None
    wishes = TripRequest(scene.today, start=old.start, first_day=old.first_day) if old else None
    return _draft(scene, _anew(state, wishes, said), {"route": id_, "days": max(1, min(7, route.days_min or 1))})


# acts


def _act(scene: Scene, state: TripState, name: str, keep: Keep) -> Outcome:
    if name == "new":
        return _draft(scene, _anew(state), {})
    if name == "cancel":
        return _cancelled(scene, state)
    if name == "keep":
        return _kept(scene, state)
    if name == "take" and state.offer:
        return shown(scene, state.planned(state.offer), scene.phrase("taken"))
    if name == "resume" and (state.asked or not state.plan):
        return _draft(scene, state, {})
    if state.plan is None:
        return Outcome(state, scene.say("none_yet", [scene.button("new")]))
    if name == "share":
        return share(scene, state, keep)
    return _undone(scene, state) if name == "undo" else shown(scene, state)


def _anew(state: TripState, wishes: Optional[TripRequest] = None, said: tuple[str, ...] = ()) -> TripState:
    """A new trip is drafted; the plan there is can be gone back to."""
    return replace(state, wishes=wishes, said=said, asked=None, offer=None)


def _cancelled(scene: Scene, state: TripState) -> Outcome:
    """A draft is given up; with a plan beside it, or an offer, the plan stays."""
    if not state:
        return Outcome(state, scene.say("nothing_to_cancel", [scene.button("new")]))
    if state.plan and (state.asked or state.offer):
        return _kept(scene, state)
    return Outcome(TripState(), scene.say("cancelled", [scene.button("new")]))


def _kept(scene: Scene, state: TripState) -> Outcome:
    if state.plan is None:
        return Outcome(
            replace(state, offer=None), scene.say("what_then", [scene.button("new"), scene.button("cancel")])
        )
    kept = replace(state, wishes=state.plan.request, asked=None, offer=None)
    return shown(scene, kept, scene.phrase("kept"))


def _undone(scene: Scene, state: TripState) -> Outcome:
    if not state.before or state.plan is None:
        return shown(scene, state, scene.phrase("nothing_to_undo"))
    undone = state.undone()
    told = shown(scene, undone)
    return preceded(told, [scene.phrase("undone")])


# words


def _said(scene: Scene, state: TripState, reading: Reading, keep: Keep) -> Outcome:
    name = _act_said(state, reading)
    if name and name != "new":
        return _act(scene, state, name, keep)
    remarks = list(_remarks(scene, state, reading))
    if name == "new" or _is_another_trip(state, reading):
        state = _anew(state)
    elif state.offer:  # what is said of an offer changes the plan there is, or the offer where there is none
        state = replace(state, offer=None) if state.plan else state.planned(state.offer)
    if state.plan is None or state.asked or name == "new" or state.wishes is None:
        return preceded(_drafted(scene, state, reading), remarks)
    return preceded(_changed(scene, state, reading), remarks)


def _act_said(state: TripState, reading: Reading) -> Optional[str]:
    understood, whole = reading.understood, reading.keys("whole")
    content = _has_content(reading)
    if "undo" in whole or understood.intent == "undo_trip":
        return "undo"
    if understood.intent == "share_trip":
        return "share"
    if state.offer and not content and (understood.intent == "affirm" or reading.of_group("yes")):
        return "take"
    if state.offer and not content and (understood.intent == "deny" or reading.of_group("no")):
        return "keep"
    cancels = understood.intent == "cancel_trip" or (state.asked and reading.of_group("cancel"))
    if cancels and not content:
        return "cancel"
    if "new" in whole:
        return "new"
    shows = "show" in whole or understood.intent == "plan_trip"
    return "resume" if state and shows and not content and not reading.of_group("any") else None


def _has_content(reading: Reading) -> bool:
    """Whether the message names, counts or wishes anything for the trip."""
    named = any(mention.ref or mention.kind == "province" for mention in reading.understood.mentions)
    wished = any(reading.of_group(group) for group in ("interests", "pace", "effort", "festivals"))
    asks_change = any(
        key in ("later", "earlier", "gentler", "slower", "faster", "more_day", "less_day")
        for key in reading.keys("whole")
    )
    return named or bool(reading.understood.values) or wished or asks_change


def _is_another_trip(state: TripState, reading: Reading) -> bool:
    """ "Lên lịch trình 2 ngày ở Hạ Long" beside a plan is a new trip; "thêm một ngày vào lịch trình" is none."""
    if state.plan is None or state.asked or reading.understood.intent != "plan_trip":
        return False
    counted = any(isinstance(found.value, (Duration, DateSpan)) for found in reading.understood.values)
    changing = any(reading.of_group(group) for group in ("verbs", "more", "less", "whole"))
    return counted and not changing


def _remarks(scene: Scene, state: TripState, reading: Reading) -> Iterator[str]:
    """What of the message the planner cannot take up."""
    for found in reading.understood.values:
        if isinstance(found.value, Transport) and found.value.mode not in TRANSPORTS:
            yield scene.phrase("no_transport", mode=found.value.mode)
    for mention in reading.understood.mentions:
        if mention.kind == "elsewhere" and state.asked != "start" and not from_there(reading, mention):
            yield scene.phrase("elsewhere", name=scene.words.name(Ref("elsewhere", mention.value)))


def _drafted(scene: Scene, state: TripState, reading: Reading) -> Outcome:
    given = wishes_of(scene.site, reading, state.asked, scene.today, state.said)
    leaves = reading.of_group("any") or reading.understood.intent in ANSWERS
    if state.asked and leaves and state.asked not in answered(given):
        return _leave(scene, state, state.asked, given)
    if state.asked == "start" and not given and reading.unexplained():
        return preceded(_leave(scene, state, "start"), [scene.phrase("start_unknown")])
    return _draft(scene, state, given)


def _leave(scene: Scene, state: TripState, question: str, given: Optional[dict[str, object]] = None) -> Outcome:
    """The visitor leaves the answer to the guide."""
    wishes = left_open(state.wishes or TripRequest(scene.today), question)
    return _draft(scene, replace(state, wishes=wishes, said=(*state.said, question)), given or {})


def _draft(scene: Scene, state: TripState, given: dict[str, object]) -> Outcome:
    """The draft with more wishes; asks what is missing, else plans."""
    wishes = replace(state.wishes or TripRequest(scene.today), asked_on=scene.today)
    try:
        wishes = merged(wishes, given)
    except TooManyDays as problem:  # what else was said still counts
        rest = {name: value for name, value in given.items() if name != "days"}
        said = tuple(dict.fromkeys((*state.said, *answered(rest))))
        return refused(scene, replace(state, wishes=merged(wishes, rest), said=said), problem)
    except RequestError as problem:
        return refused(scene, state, problem)
    state = replace(state, wishes=wishes, said=tuple(dict.fromkeys((*state.said, *answered(given)))), offer=None)
    question = next_question(state)
    return ask(scene, state, question) if question else make(scene, state, wishes.afresh())


def _changed(scene: Scene, state: TripState, reading: Reading) -> Outcome:
    assert state.plan is not None
    said = changes_said(scene.site, state.plan, reading)
    left = replace(reading, understood=said.left, phrases=_not_changes(reading))
    fields = wishes_of(scene.site, left, None, scene.today, ("days",))
    if not said.changes and not fields:
        return Outcome(state, scene.say("what_change", shown(scene, state).reply.quick_replies))
    return change(scene, state, said.changes, fields)


def _not_changes(reading: Reading) -> tuple[Phrase, ...]:
    """Without the phrases that changes account for."""
    return tuple(phrase for phrase in reading.phrases if phrase.group not in ("pace", "effort", "festivals"))
