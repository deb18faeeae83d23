"""What is remembered of a trip: small, whole, and forgotten rather than broken when it cannot be read."""

import pytest

from guide.trips.state import UNDO_STEPS, TripState
from tests.guide.trips.trip_talk import Talk, planned

ENOUGH_BYTES = 7_500  # of a three-day plan with all its undo steps: the tracker keeps every value of the slot


def test_it_reads_back_what_was_packed(site) -> None:
    first, second = planned(site), planned(site, days=3)
    state = TripState(said=("days", "start"), asked="when").planned(first).planned(second)
    assert TripState.unpacked(state.packed()) == state


def test_a_long_conversation_stays_small(site) -> None:
    talk = Talk(site)
    talk.say("3 ngày từ [Hà Nội|from place/ha-noi] đi ô tô", "plan_trip")
    for change in ("plan:later:60", "plan:days:+1", "plan:days:-1", "plan:transport:motorbike", "plan:gentler"):
        talk.press(change)
    assert len(talk.state.before) == UNDO_STEPS
    size = len(talk.packed.encode())
    assert size < ENOUGH_BYTES, size


@pytest.mark.parametrize("text", [None, "", "x", "{}", "c$@)dIwV"])
def test_what_cannot_be_read_is_forgotten(text) -> None:
    assert TripState.unpacked(text) == TripState()


def test_going_back_further_than_there_is_fails(site) -> None:
    with pytest.raises(ValueError):
        TripState().planned(planned(site)).undone()
