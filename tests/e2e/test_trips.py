"""Planning conversations over the running servers, in both languages; every plan passes the independent checker."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Optional

import pytest
import requests
import yaml

from actions.conversation import TIMEZONE
from guide.answers.wording import wording_for
from guide.planner.check import violations
from guide.planner.itinerary import Itinerary
from guide.planner.request import EFFORTS
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.trips.state import TripState
from ops.rest import say
from tests.e2e.evidence import plain

CONVERSATIONS = yaml.safe_load(Path(__file__).with_name("trips.yml").read_text(encoding="utf-8"))
BO_DA = Ref("place", "chua-bo-da")
WORDING = {lang: wording_for(lang) for lang in ("vi", "en")}


@pytest.fixture(scope="module")
def rows(servers) -> SiteDb:
    return SiteDb.open(servers.settings.site_db)


class Visitor:
    """Talks with the bot and looks into the slot that holds the trip."""

    def __init__(self, servers: Any, sender: str, rows: SiteDb) -> None:
        self.servers, self.sender, self.rows = servers, sender, rows
        self.answer: dict[str, Any] = {}
        self.plans: list[Optional[Itinerary]] = []

    def turn(self, text: str, payload: Optional[str] = None) -> None:
        """Say or press something; the plan that there is then is remembered, and checked."""
        (self.answer,) = say(self.servers.url("bot"), self.sender, text, payload)
        plan = self.state.plan
        self.plans.append(plan)
        assert plan is None or violations(self.rows, plan) == ()

    @property
    def buttons(self) -> list[str]:
        return [option["payload"] for option in self.answer["custom"].get("quick_replies", ())]

    def button(self, beginning: Optional[str]) -> Optional[str]:
        """The payload among the buttons of the last answer that begins so; None when none is wanted."""
        if beginning is None:
            return None
        found = [payload for payload in self.buttons if payload.startswith(beginning)]
        assert found, f"no button {beginning} among {self.buttons}"
        return found[0]

    @property
    def state(self) -> TripState:
        """What the tracker holds of the trip."""
        query = "SELECT data FROM events WHERE sender_id = ? AND type_name = 'slot' ORDER BY id DESC"
        with sqlite3.connect(self.servers.settings.var / "conversations.db") as trackers:
            events = [json.loads(data) for (data,) in trackers.execute(query, (f"rest:{self.sender}",))]
            return TripState.unpacked(next((one["value"] for one in events if one["name"] == "trip"), None))


@pytest.fixture
def visitor(servers, sender: str, rows: SiteDb) -> Visitor:
    return Visitor(servers, sender, rows)


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one["id"].replace(" ", "-"))
def test_a_planning_conversation(visitor: Visitor, conversation: dict[str, Any]) -> None:
    for number, turn in enumerate(conversation["turns"], 1):
        before = visitor.state
        payload = turn.get("press") or visitor.button(turn.get("tap"))
        visitor.turn(turn.get("say", "…"), payload)
        check(visitor, turn, before, f"turn {number}, {turn.get('say') or payload}:\n{visitor.answer['text']}")


def check(visitor: Visitor, turn: dict[str, Any], before: TripState, what: str) -> None:
    """All that the turn says must be so."""
    state, custom = visitor.state, visitor.answer["custom"]
    assert custom["lang"] == turn.get("lang", custom["lang"]), what
    for name in ("says", "plan_says"):
        if name in turn:
            assert plain(beginning(turn, name, custom["lang"])) in plain(visitor.answer["text"]), what
    assert set(turn.get("offers", ())) <= set(visitor.buttons), f"{what}\n{visitor.buttons}"
    if "asked" in turn:
        assert state.asked == turn["asked"], what
    if turn.get("answer"):
        assert state == before, what
    if "gone" in turn:
        assert not state, what
    if "offer" in turn:
        assert bool(state.offer) is turn["offer"], what
    if "attached" in turn:
        assert [one["kind"] for one in custom["attachments"]] == turn["attached"], what
    if "changed" in turn:
        assert (state.plan != before.plan) is turn["changed"], what
    if "like" in turn:
        assert state.plan == visitor.plans[turn["like"] - 1], what
    if "plan" in turn:
        check_plan(state.plan, turn["plan"], before.plan, what)


def beginning(turn: dict[str, Any], name: str, lang: str) -> str:
    """How the phrase begins that is to be said."""
    values = {"low": 1, "high": 7}
    return WORDING[lang].say(f"{'trip' if name == 'says' else 'plan'}.{turn[name]}", **values)


def check_plan(plan: Optional[Itinerary], wanted: dict[str, Any], before: Optional[Itinerary], what: str) -> None:
    """The plan has what is wanted of it."""
    assert plan is not None, what
    visits = {place.id for visit in plan.visits for place in (visit.place, *(stop.place for stop in visit.stops))}
    facts = {
        "days": len(plan.days), "start": plan.start.id, "transport": plan.transport, "oldest": plan.request.oldest,
        "pace": plan.pace, "effort": plan.effort, "route": plan.request.route,
        "lunar": [plan.days[0].lunar.day, plan.days[0].lunar.month],
    }  # fmt: skip
    assert {name: facts[name] for name in wanted if name in facts} == {
        name: value for name, value in wanted.items() if name in facts
    }, what
    assert set(wanted.get("has", ())) <= visits, what
    assert not set(wanted.get("lacks", ())) & visits, what
    for id_, day in wanted.get("on", {}).items():
        assert plan.day_of(Ref("place", id_)) == day, what
    for night, id_ in wanted.get("nights", {}).items():
        assert plan.days[night - 1].night.place.id == id_, what
    if wanted.get("gentler"):
        assert hardest(plan) < hardest(before) or plan.pace == "slow", what


def hardest(plan: Optional[Itinerary]) -> int:
    """The effort of the hardest visit."""
    return max((EFFORTS.index(visit.effort) for visit in plan.visits), default=0) if plan else len(EFFORTS)


def test_a_closure_that_falls_on_the_day_keeps_the_place_out(visitor: Visitor, servers) -> None:
    today = datetime.now(TIMEZONE).date()
    words = {"vi": "Tạm đóng để tu sửa.", "en": "Closed for repair."}
    staff = SiteDb.open(servers.settings.site_db, writable=True)
    with staff.acting("test"):
        notice = staff.add_notice(BO_DA, "closure", words, starts=today, ends=today + timedelta(days=10))
    try:
        visitor.turn("lịch trình 1 ngày từ Hà Nội đi ô tô ngày mai, chùa Bổ Đà")
        nearest = visitor.state.plan or visitor.state.offer
        assert nearest is None or nearest.day_of(BO_DA) is None
        assert "tam dong" in plain(visitor.answer["text"])
    finally:
        with staff.acting("test"):
            staff.delete(f"notice/{notice}")
        staff.close()


def test_a_shared_trip_is_read_back_by_whoever_has_the_link(visitor: Visitor, servers) -> None:
    visitor.turn("lịch trình 2 ngày từ Hà Nội đi Côn Sơn, đi ô tô")
    visitor.turn("gửi cho tôi")
    for file in visitor.answer["custom"]["attachments"]:
        assert file["url"] in visitor.answer["text"]
        page = requests.get(servers.url("web") + file["url"][file["url"].index("/t/") :], timeout=20)
        assert page.status_code == 200
        assert "Côn Sơn" in page.text
        assert visitor.sender not in page.text
