"""A plan without what it tells of the people who asked for it: what is kept at a public address is only the trip."""

from __future__ import annotations

from dataclasses import replace

from guide.planner.itinerary import Itinerary, LeftOut
from guide.planner.notes import note
from guide.planner.request import EFFORTS, TripRequest

# Lists of what may stay, not of what must go: a new kind of note stays out until somebody has thought about it.
ASSUMPTIONS = (
    "start_assumed", "start_replaced", "first_day_assumed", "first_day_festival", "transport_assumed", "hours_assumed",
)  # fmt: skip
WARNINGS = (
    "prices_old", "bus_times", "ways_estimated", "afloat", "holiday", "empty_day", "no_lodging_known",
)  # fmt: skip
REASONS = (
    "closed", "closes", "enough_climbing", "enough_of_sort", "no_time", "not_open", "nothing_to_visit",
    "out_of_the_way", "too_far", "too_hard", "unreachable",
)  # fmt: skip
SAME_AS_TOO_HARD = ("steps_only",)  # would tell that somebody sits in a wheelchair


def impersonal(plan: Itinerary) -> Itinerary:
    """The same days, and nothing of ages, wheelchair, party, budget, dislikes and earlier plans.

    Of the request only the day of asking and the number of days stay; the effort is what the visits themselves need.
    """
    return replace(
        plan,
        request=TripRequest(asked_on=plan.request.asked_on, days=len(plan.days)),
        effort=max((visit.effort for visit in plan.visits), key=EFFORTS.index, default=EFFORTS[0]),
        assumptions=tuple(said for said in plan.assumptions if said.code in ASSUMPTIONS),
        warnings=tuple(said for said in plan.warnings if said.code in WARNINGS),
        left_out=tuple(_told(one) for one in plan.left_out if one.why.code in REASONS + SAME_AS_TOO_HARD),
    )


def _told(one: LeftOut) -> LeftOut:
    """Why a place is not in the plan, as far as it is the place's reason."""
    hard = one.why.code in ("too_hard", *SAME_AS_TOO_HARD)
    return replace(one, why=note("too_hard", ref=one.place) if hard else one.why, wished=False)
