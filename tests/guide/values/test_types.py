"""Values as data: what the pipeline hands to the actions comes back as it was."""

from __future__ import annotations

from datetime import date

import pytest

from guide.values import (
    Budget,
    Clock,
    DateSpan,
    Duration,
    NotAValue,
    Ordinal,
    Party,
    Transport,
    Value,
    combined,
    from_json,
    kind_of,
    to_json,
)

ONE_OF_EACH = [
    DateSpan(date(2027, 2, 6), date(2027, 2, 10), "holiday", True, "tet"),
    Duration(2, 1),
    Clock(8 * 60 + 30),
    Party(2, (5, None), 75, True, "family"),
    Budget(2_000_000, "person", True),
    Transport("motorbike"),
    Ordinal(-1),
]


@pytest.mark.parametrize("value", ONE_OF_EACH, ids=kind_of)
def test_json_and_back(value: Value) -> None:
    """Plain data of strings, numbers and lists, with the kind in it."""
    data = to_json(value)
    assert data["type"] == kind_of(value)
    assert from_json(data) == value


@pytest.mark.parametrize(
    "data",
    [{}, {"type": "colour"}, {"type": "date", "first": "soon", "last": "2027-01-01"}, {"type": "budget"}],
    ids=["nothing", "no such kind", "no date", "no amount"],
)
def test_nonsense_is_no_value(data: dict) -> None:
    """A named error, whatever is wrong."""
    with pytest.raises(NotAValue):
        from_json(data)


def test_what_is_said_of_a_party_adds_up() -> None:
    """Pieces of one message, or of several, make one party."""
    told = [Party(2), Party(children=(5,)), Party(oldest=75, group="family"), Party(3)]
    assert combined(told) == Party(3, (5,), 75, False, "family")
    assert combined([]) is None
