"""Whether a message is about the trip that is being made, whatever its intent was taken for."""

from __future__ import annotations

from guide.dialogue.context import Understood
from guide.trips.reading import Reading
from guide.trips.state import TripState
from guide.trips.wishes import bare_number

TRIP_INTENTS = ("plan_trip", "tell_trip", "change_trip", "undo_trip", "share_trip", "cancel_trip")
PRESSED = "plan"  # the entity of a pressed button
ANSWERS = ("affirm", "deny")
UNKNOWN = (None, "out_of_scope")  # what the name of a place that is not known is taken for
NAME_WORDS = 4
CHANGING = ("verbs", "whole", "pace", "effort", "festivals", "interests")


def wants(state: TripState, understood: Understood) -> bool:
    """Whether the trip should answer: a message of nothing but values, names and words of a trip, while one is on.

    Anything else in the message makes it a question of its own, that interrupts the trip.
    """
    if understood.intent in TRIP_INTENTS or understood.first(PRESSED):
        return True
    if not state or understood.intent == "switch_language":
        return False
    if understood.intent in ANSWERS and (state.offer or state.asked == "when"):
        return True
    reading = Reading.of(understood)
    if unexplained := reading.unexplained():
        return state.asked == "start" and understood.intent in UNKNOWN and len(unexplained) <= NAME_WORDS
    if state.asked and (reading.of_group("any") or reading.of_group("cancel")):
        return True
    return _answers(reading) if state.asked or not state.plan else _changes(reading)


def _answers(reading: Reading) -> bool:
    named = any(mention.ref or mention.kind == "province" for mention in reading.understood.mentions)
    told = bool(reading.understood.values) or bare_number(reading) is not None
    return named or told or any(reading.of_group(group) for group in ("interests", "pace", "effort", "festivals"))


def _changes(reading: Reading) -> bool:
    """With a plan, a name alone is a question about it; with a verb or a value it is a change."""
    return bool(reading.understood.values) or any(reading.of_group(group) for group in CHANGING)
