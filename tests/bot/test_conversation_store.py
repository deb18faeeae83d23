"""Conversations are kept whole, go on with little, and survive restarts, other bots and a database that is gone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.erasing import erase_tracker
from bot.engine.recall import Conversation
from bot.engine.store import ConversationStore

DOMAIN = Domain.from_dict(
    {
        "intents": ["ask_price"],
        "actions": ["action_answer"],
        "slots": {"topic": {"type": "text", "mappings": [{"type": "custom"}]}},
    }
)
WHO = "web:someone"


def open_store(folder: Path, **more: Any) -> ConversationStore:
    return ConversationStore(DOMAIN, host=f"sqlite:///{folder}/conversations.db", **more)


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return open_store(tmp_path)


def done(work: Awaitable[Any]) -> Any:
    return asyncio.run(work)  # type: ignore[arg-type]


def a_turn(store: SQLTrackerStore, topic: str) -> DialogueStateTracker:
    """One visitor's message answered, as Rasa's processor records it."""
    tracker = done(store.get_or_create_tracker(WHO, append_action_listen=False))
    if not tracker.events:
        tracker.update_with_events([ActionExecuted("action_session_start"), SessionStarted()], DOMAIN)
        tracker.update(ActionExecuted("action_listen"), DOMAIN)
    said = UserUttered(f"about {topic}?", {"name": "ask_price", "confidence": 0.9}, input_channel="web")
    answer = [ActionExecuted("action_answer"), BotUttered(f"this is {topic}"), SlotSet("topic", topic)]
    tracker.update_with_events([said, *answer, ActionExecuted("action_listen")], DOMAIN)
    done(store.save(tracker))
    return tracker


def told(store: SQLTrackerStore) -> list[str]:
    """All that the visitor said, as the database has it."""
    whole = done(store.retrieve_full_tracker(WHO))
    return [event.text for event in whole.events if isinstance(event, UserUttered)] if whole else []


def topic(store: SQLTrackerStore) -> Any:
    return done(store.retrieve(WHO)).get_slot("topic")


def test_a_conversation_goes_on_with_as_much_after_two_turns_as_after_fifty(store: ConversationStore) -> None:
    sizes = []
    for turn in range(50):
        a_turn(store, f"topic {turn}")
        sizes.append(len(done(store.retrieve(WHO)).events))
    assert sizes[1] == sizes[-1] < 10
    assert len(told(store)) == 50, "all that was said is kept"


def test_what_it_goes_on_with_tells_when_and_where_but_not_what(store: ConversationStore) -> None:
    a_turn(store, "the secret")
    (heard,) = (event for event in done(store.retrieve(WHO)).events if isinstance(event, UserUttered))
    assert heard.input_channel == "web" and heard.intent_name == "ask_price" and not heard.text
    with store.engine.begin() as db:
        assert "about" not in db.execute(sa.text("SELECT events FROM conversations")).scalar()


def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    a_turn(open_store(tmp_path), "tickets")
    again = open_store(tmp_path)
    assert topic(again) == "tickets"
    a_turn(again, "hours")
    assert told(again) == ["about tickets?", "about hours?"]


def test_several_bots_answer_one_visitor_in_turn(tmp_path: Path) -> None:
    bots = [open_store(tmp_path), open_store(tmp_path)]
    for turn in range(6):
        a_turn(bots[turn % 2], f"{turn}")
        assert {topic(bot) for bot in bots} == {f"{turn}"}
    assert len(told(bots[0])) == 6


def test_only_so_many_are_kept_in_memory(tmp_path: Path) -> None:
    store = open_store(tmp_path, kept=1)
    a_turn(store, "tickets")
    done(store.save(_said(store, "web:another")))
    assert list(store._kept) == ["web:another"]
    assert topic(store) == "tickets"


def _said(store: ConversationStore, who: str) -> DialogueStateTracker:
    tracker = done(store.get_or_create_tracker(who))
    tracker.update_with_events([UserUttered("hello"), ActionExecuted("action_listen")], DOMAIN)
    return tracker


def test_what_rasas_own_store_wrote_goes_on(tmp_path: Path) -> None:
    rasas = SQLTrackerStore(DOMAIN, host=f"sqlite:///{tmp_path}/conversations.db")
    a_turn(rasas, "tickets")
    a_turn(rasas, "hours")
    store = open_store(tmp_path)
    assert topic(store) == "hours"
    a_turn(store, "food")
    assert told(store) == ["about tickets?", "about hours?", "about food?"] == told(rasas)


def test_a_turn_that_breaks_off_leaves_the_conversation_as_it_was(store: ConversationStore) -> None:
    a_turn(store, "tickets")
    broken = done(store.retrieve(WHO))
    broken.update(SlotSet("topic", "half done"), DOMAIN)
    assert topic(store) == "tickets"


def test_erased_is_erased_in_the_file_and_in_every_bot(tmp_path: Path) -> None:
    one, other = open_store(tmp_path), open_store(tmp_path)
    a_turn(one, "tickets")
    assert topic(other) == "tickets"
    erase_tracker(one, WHO)
    assert not done(other.retrieve(WHO)).events and not done(one.exists(WHO))
    with one.engine.begin() as db:
        counts = [
            db.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() for table in ("events", "conversations")
        ]
    assert counts == [0, 0]


def test_while_the_database_fails_it_goes_on_from_memory_and_is_written_afterwards(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_turn(store, "tickets")

    async def gone(work: Any) -> Any:
        raise sa.exc.OperationalError("gone", {}, Exception("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr(store, "_call", gone)
        a_turn(store, "hours")
        assert topic(store) == "hours"
    a_turn(store, "food")
    assert told(store) == ["about tickets?", "about hours?", "about food?"]


def test_a_turn_begun_while_the_database_was_away_forgets_nothing_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_turn(open_store(tmp_path), "tickets")
    restarted = open_store(tmp_path)

    async def gone(work: Any) -> Any:
        raise sa.exc.OperationalError("gone", {}, Exception("connection refused"))

    with monkeypatch.context() as broken:
        broken.setattr(restarted, "_call", gone)
        blind = done(restarted.retrieve(WHO))
    said = UserUttered("hello", {"name": "ask_price"})
    blind.update_with_events([ActionExecuted("action_listen"), said, ActionExecuted("action_listen")], DOMAIN)
    done(restarted.save(blind))
    assert topic(restarted) == topic(open_store(tmp_path)) == "tickets"
    assert told(restarted) == ["about tickets?", "hello"]


def test_something_under_way_keeps_all_its_events(store: ConversationStore) -> None:
    tracker = a_turn(store, "tickets")
    tracker.update(ActiveLoop("a_form"), DOMAIN)
    done(store.save(tracker))
    kept = done(store.retrieve(WHO))
    assert kept.active_loop_name == "a_form" and len(kept.events) == len(tracker.events)


def test_a_tracker_that_somebody_else_made_is_saved_once(store: ConversationStore) -> None:
    a_turn(store, "tickets")
    whole = done(store.retrieve_full_tracker(WHO))
    assert not isinstance(whole, Conversation)
    whole.update(SlotSet("topic", "set from outside"), DOMAIN)
    done(store.save(whole))
    assert topic(store) == "set from outside" and told(store) == ["about tickets?"]


def test_events_are_written_as_rasa_writes_them(store: ConversationStore) -> None:
    a_turn(store, "tickets")
    with store.engine.begin() as db:
        rows = db.execute(sa.text("SELECT type_name, intent_name, action_name, data FROM events ORDER BY id")).all()
    heard = next(row for row in rows if row.type_name == "user")
    assert heard.intent_name == "ask_price" and json.loads(heard.data)["text"] == "about tickets?"
    assert [row.action_name for row in rows if row.type_name == "action"][-2:] == ["action_answer", "action_listen"]
