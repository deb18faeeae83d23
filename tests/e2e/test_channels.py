"""Whole conversations over the real bot through each messenger's webhook, the platforms played by their stand-ins."""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests

from ops.background import running
from ops.model import ensure_model
from ops.ports import free_ports
from ops.screen import Screen
from ops.settings import Settings
from ops.simulator import with_channels
from tests.bot.channels.platforms import FAST, STANDINS, Messenger, bot_body, make, oa_body, telegram_body

TROUBLE = ("trục trặc", "not working on my side")
FAST_CALLS = {name: str(value) for name, value in FAST.items() if name.startswith("calls")}


@pytest.fixture(scope="module")
def messengers(tmp_path_factory: pytest.TempPathFactory, site_path: Path) -> Iterator[tuple[str, dict[str, Messenger]]]:
    """The bot with all three messengers, and where it listens."""
    var = tmp_path_factory.mktemp("messengers")
    shutil.copy(site_path, var / "site.db")
    ports = dict(zip(("bot", "actions"), free_ports(2), strict=True))
    settings = Settings({"web": 8000, **ports}, var=var, site_db=var / "site.db")
    ensure_model(settings, Screen(quiet=True))
    with ExitStack() as stack:
        standins = {name: stack.enter_context(standin()) for name, standin in STANDINS.items()}
        every = {name: make(name, standin) for name, standin in standins.items()}
        given = {name: {**one.settings, **FAST_CALLS} for name, one in every.items()}
        stack.enter_context(running(with_channels(settings, given)))
        for name in every:
            _wait_until_ready(f"{settings.url('bot')}/webhooks/{name}/")
        yield settings.url("bot"), every
        assert not [problem for standin in standins.values() for problem in standin.problems]


def _wait_until_ready(address: str) -> None:
    """Rasa listens a moment before its channels are ready; a platform would repeat what is refused until then."""
    deadline = time.monotonic() + 20
    while requests.get(address, timeout=5).json()["status"] != "ok":
        assert time.monotonic() < deadline, address
        time.sleep(0.05)


@pytest.fixture(params=sorted(STANDINS))
def visitor(request: pytest.FixtureRequest, messengers: tuple[str, dict[str, Messenger]]) -> Callable[[Any], str]:
    """Does something as a visitor of one platform (says a text, or posts a body) and returns what comes back."""
    url, every = messengers
    messenger = every[request.param]
    who = next(_visitors)

    def act(said: Any) -> str:
        before = len(messenger.told(who))
        body = said(messenger, messenger.person(who), next(_numbers)) if callable(said) else None
        answer = messenger.deliver(url, body) if body else messenger.say(url, said, who, next(_numbers))
        assert answer.status_code == 200
        messenger.standin.wait_for(lambda: len(messenger.told(who)) > before, 20)
        time.sleep(0.3)  # an answer may have parts
        return "\n".join(messenger.told(who)[before:])

    return act


_visitors, _numbers = itertools.count(1), itertools.count(1)


def arrives(messenger: Messenger, person: Any, number: int) -> dict[str, Any]:
    """Scans the QR code at Chùa Đồng, or follows the OA."""
    if messenger.name == "telegram":
        mark = {"type": "bot_command", "offset": 0, "length": 6}
        return telegram_body("/start chua-dong", person, number, entities=[mark])
    if messenger.name == "zalo_bot":
        return bot_body("/start", person, number)
    return {
        "app_id": "360846524940903967", "event_name": "follow", "follower": {"id": person}, "oa_id": "1",
        "timestamp": str(int(time.time() * 1000)),
    }  # fmt: skip


def shares_position(messenger: Messenger, person: Any, number: int) -> dict[str, Any] | None:
    """Stands at the foot of Yên Tử. Zalo Bot has no positions: its visitors type."""
    if messenger.name == "telegram":
        return telegram_body("", person, number, location={"latitude": 21.137, "longitude": 106.72})
    if messenger.name == "zalo_oa":
        spot = {"type": "location", "payload": {"coordinates": {"latitude": "21.137", "longitude": "106.72"}}}
        return oa_body("", person, number, event="user_send_location", attachments=[spot])
    return bot_body("gần Yên Tử có gì?", person, number)


def sends(what: str) -> Callable[[Messenger, Any, int], dict[str, Any]]:
    """Sends something that can't be read: sticker, voice, file or photo, as each platform names it."""
    name = {
        "telegram": {"file": "document"},
        "zalo_oa": {"voice": "audio", "photo": "image"},
        "zalo_bot": {"file": "unsupported", "photo": "image"},
    }

    def body(messenger: Messenger, person: Any, number: int) -> dict[str, Any]:
        kind = name.get(messenger.name, {}).get(what, what)
        if messenger.name == "telegram":
            return telegram_body(
                "", person, number, **{kind: [{"file_id": "x"}] if what == "photo" else {"file_id": "x"}}
            )
        if messenger.name == "zalo_oa":
            return oa_body("", person, number, event=f"user_send_{kind}", attachments=[{"type": kind}])
        return bot_body("", person, number, event=f"message.{kind}.received")

    return body


def presses_the_first_button(messenger: Messenger, person: Any, number: int) -> dict[str, Any]:
    """Presses the first choice of the last message that has any; on Zalo Bot types its number."""
    if messenger.name == "zalo_bot":
        return bot_body("1", person, number)
    if messenger.name == "zalo_oa":
        sent = [one["message"] for one in messenger.standin.seen("cs") if one["recipient"].get("user_id") == person]
        buttons = [b for m in sent[-1:] for b in m["attachment"]["payload"]["buttons"] if b["type"] == "oa.query.hide"]
        return oa_body(buttons[0]["payload"], person, number)
    sent = [one for one in messenger.standin.seen("sendMessage", "sendVenue") if one["chat_id"] == person]
    rows = sent[-1]["reply_markup"]["inline_keyboard"]
    button = next(b for row in rows for b in row if "callback_data" in b)
    shown = {
        "message_id": sent[-1]["_message_id"],
        "chat": {"id": person, "type": "private"},
        "reply_markup": {"inline_keyboard": rows},
    }
    query = {
        "id": f"q{number}",
        "from": {"id": person, "is_bot": False},
        "message": shown,
        "data": button["callback_data"],
    }
    return {"update_id": number, "callback_query": query}


def test_a_whole_conversation(visitor: Callable[[Any], str]) -> None:
    said = [visitor(arrives), visitor("chùa Đồng ở đâu?"), visitor(presses_the_first_button), visitor(shares_position)]
    assert "Trúc" in said[0] and "Chùa Đồng" in said[1] + said[1].title()
    assert len(set(said)) == 4, "every step has its own answer"
    assert "km" in said[3] or "gần" in said[3].lower()
    english = [visitor("English please"), visitor("How do I get there?"), visitor("Where is the Eiffel tower sold?")]
    assert "English" in english[0] and "km" in english[1]
    assert "handoff" not in visitor("tôi muốn gặp người thật") and visitor(sends("sticker"))
    assert not [text for text in said + english for trouble in TROUBLE if trouble in text]


@pytest.mark.parametrize("what", ["sticker", "voice", "file", "photo"])
def test_what_can_not_be_read_is_answered_politely(visitor: Callable[[Any], str], what: str) -> None:
    said = visitor(sends(what))
    assert "chữ" in said and not [trouble for trouble in TROUBLE if trouble in said]
    assert "Kiếp Bạc" in visitor("đền Kiếp Bạc ở đâu?"), "the conversation goes on"


@pytest.mark.parametrize("visitor", ["telegram", "zalo_oa"], indirect=True)
def test_a_shared_position_is_where_the_visitor_is_from_then_on(visitor: Callable[[Any], str]) -> None:
    assert "Bạn đang ở" in visitor(shares_position)
    typed = visitor("gần đây có gì?")
    assert "km" in typed or "Yên Tử" in typed
    assert not [trouble for trouble in TROUBLE if trouble in typed]


def test_a_human_is_asked_for(visitor: Callable[[Any], str]) -> None:
    said = visitor("cho mình gặp nhân viên")
    assert "điện thoại" in said or "https://" in said, "whom to ask, as far as it is known"


def test_five_quick_messages_are_answered_quickly_and_in_order(messengers: tuple[str, dict[str, Messenger]]) -> None:
    """Rasa's own lock would take four seconds for the waiting alone."""
    url, every = messengers
    messenger, who, begun = every["telegram"], next(_visitors), time.monotonic()
    for question in (
        "giá vé Côn Sơn?",
        "đền Kiếp Bạc ở đâu?",
        "hội Yên Tử ngày nào?",
        "Trần Nhân Tông là ai?",
        "cảm ơn",
    ):
        messenger.say(url, question, who, next(_numbers))
    messenger.standin.wait_for(lambda: len(messenger.told(who)) >= 5, 15)
    told = messenger.told(who)
    assert time.monotonic() - begun < 8
    assert "Côn Sơn" in told[0] and "Kiếp Bạc" in told[1] and "Yên Tử" in told[2] and "Nhân Tông" in told[3]
