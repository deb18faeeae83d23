"""What a trip says to a message, and the way back to it after an answer to something else."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import lru_cache

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import context, now, remember, reply_language, send, trip_of, understood
from actions.noting import note_trip
from actions.site import site
from guide.answers.compose import MAX_QUICK_REPLIES
from guide.dialogue.turn import names_alone
from guide.planner.itinerary import Itinerary
from guide.trips.asking import resume_button
from guide.trips.conversation import converse
from guide.trips.scene import Scene
from guide.trips.store import TripStore
from guide.trips.wanting import wants


@lru_cache(maxsize=1)
def _store() -> TripStore:
    return TripStore.usual()


def _keep(plan: Itinerary, lang: str) -> str:
    return _store().keep(plan, lang, now())


def trip_wants(tracker: Tracker) -> bool:
    """Whether the latest message belongs to the trip that is being made, whatever its intent was taken for.

    Before there is one, a name alone asks the last question again, whatever its intent was taken for.
    """
    state, heard = trip_of(tracker), understood(tracker)
    return wants(state, heard) and (bool(state) or not names_alone(site(), heard, context(tracker)))


def answer_trip(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Let the trip answer, and remember what became of it."""
    lang, before = reply_language(tracker), trip_of(tracker)
    state, reply = converse(site(), before, understood(tracker), now(), lang, _keep)
    send(dispatcher, reply)
    note_trip(tracker, lang, made=state.plan not in (None, before.plan) and (before.plan is None or bool(before.asked)))
    stops = tuple(visit.place for visit in state.plan.visits) if state.plan else ()
    kept = replace(context(tracker), language=lang, shown=stops, offered=(), failures=0)
    remembered = remember(kept, tracker)
    return remembered if state == before else [*remembered, SlotSet("trip", state.packed())]


def offer_way_back(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Add the quick reply that leads back to an interrupted trip to the last answer."""
    state = trip_of(tracker)
    told = next((message["custom"] for message in reversed(dispatcher.messages) if message.get("custom")), None)
    if not state or told is None:
        return
    button = resume_button(Scene(site(), told.get("lang", "vi"), now()), state)
    if button:
        kept = list(told.get("quick_replies", ()))[: MAX_QUICK_REPLIES - 1]
        told["quick_replies"] = [*kept, asdict(button)]
