"""The bot with all three messengers, their platforms played by stand-ins, and visitors who talk through them."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from bot.channels.messengers.stores import Store, open_store
from ops.background import running
from ops.launcher import Keeper
from ops.settings import Settings
from ops.simulator import with_channels
from tests.bot.channels.platforms import FAST, STANDINS, Messenger, bot_body, make, oa_body, telegram_body
from tests.bot.channels.standins.base import Made
from tests.bot.channels.standins.telegram import visible

FAST_CALLS = {name: str(value) for name, value in FAST.items() if name.startswith("calls")}
SHOWN_CHARACTERS = 100
Body = Callable[[Messenger, Any, int], dict[str, Any]]
visitors, numbers = itertools.count(1), itertools.count(1)


@dataclass(frozen=True)
class MessengerBot:
    """What runs: where the bot listens, its messengers, the store of what waits, and who keeps it alive."""

    url: str
    every: dict[str, Messenger]
    store: Store
    keepers: dict[str, Keeper]

    def wait_until_ready(self) -> None:
        """Rasa listens a moment before its channels are ready; a platform would repeat what is refused until then."""
        deadline = time.monotonic() + 60
        for name in self.every:
            while not _is_ready(f"{self.url}/webhooks/{name}/"):
                assert time.monotonic() < deadline, name
                time.sleep(0.05)


def _is_ready(address: str) -> bool:
    try:
        return bool(requests.get(address, timeout=5).json()["status"] == "ok")
    except (requests.RequestException, ValueError):
        return False


@contextmanager
def bot_with_messengers(settings: Settings) -> Iterator[MessengerBot]:
    """The bot with all three messengers inside the ``with``; afterwards no call may have broken a contract."""
    with ExitStack() as stack:
        standins = {name: stack.enter_context(standin()) for name, standin in STANDINS.items()}
        every = {name: make(name, standin) for name, standin in standins.items()}
        given = {name: {**one.settings, **FAST_CALLS} for name, one in every.items()}
        keepers = stack.enter_context(running(with_channels(settings, given)))
        store = open_store(f"sqlite:///{Path(settings.var) / 'channels.db'}")
        bot = MessengerBot(settings.url("bot"), every, store, {keeper.service.name: keeper for keeper in keepers})
        bot.wait_until_ready()
        yield bot
        assert not [problem for standin in standins.values() for problem in standin.problems]


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


@dataclass
class Guest:
    """A visitor of one messenger, who waits for each answer, sees what comes and presses what is offered."""

    bot: MessengerBot
    messenger: Messenger
    number: int = field(default_factory=lambda: next(visitors))
    seen: list[Made] = field(default_factory=list)

    @property
    def person(self) -> Any:
        """The account."""
        return self.messenger.person(self.number)

    def act(self, what: str | Body) -> list[Made]:
        """Say a text, or do something else; the calls that came of it, when all of them are there."""
        make_body = what if callable(what) else lambda messenger, person, n: messenger.body(what, person, n)
        before = len(self.messenger.standin.made)
        answer = self.messenger.deliver(self.bot.url, make_body(self.messenger, self.person, next(numbers)))
        assert answer.status_code == 200
        self.messenger.standin.wait_for(lambda: not self.bot.store.waiting(self.messenger.name), 30)
        made = self.messenger.standin.made[before:]
        self.seen = [one for one in made if one.carried_out and self._mine(one) and one.method not in UNSEEN]
        return self.seen

    def _mine(self, made: Made) -> bool:
        params = made.params
        return self.person in (params.get("chat_id"), params.get("recipient", {}).get("user_id"))

    @property
    def text(self) -> str:
        """What the last answer says."""
        return "\n".join(text_of(made) for made in self.seen)

    def press(self, title: str) -> list[Made]:
        """Press the button of the last answer whose title begins so; where it is a number, type that."""
        offered = [choice for made in self.seen for choice in choices(made)]
        found = [choice for choice in offered if choice[0].startswith(title)]
        assert found, f"{title} is not among {[choice[0] for choice in offered]}"
        return self.act(self._pressing(*found[0]))

    def _pressing(self, title: str, sends: str, made: Made) -> str | Body:
        if self.messenger.name != "telegram" or sends.isdecimal():
            return sends

        def body(messenger: Messenger, person: Any, number: int) -> dict[str, Any]:
            message = {"message_id": made.params["_message_id"], "chat": {"id": person, "type": "private"}}
            asked = {"id": f"q{number}", "from": {"id": person, "is_bot": False}, "message": message, "data": sends}
            return {"update_id": number, "callback_query": asked}

        return body


UNSEEN = ("sendChatAction", "answerCallbackQuery", "getMe", "token")


def text_of(made: Made) -> str:
    """The words of a call, as they are read."""
    params = made.params.get("message", made.params)
    text = str(params.get("text") or params.get("caption") or params.get("title") or "")
    return visible(text) if params.get("parse_mode") == "HTML" else text


def buttons(made: Made) -> list[dict[str, Any]]:
    """The buttons under a message."""
    rows = (made.params.get("reply_markup") or {}).get("inline_keyboard") or []
    payload = made.params.get("message", {}).get("attachment", {}).get("payload", {})
    return [button for row in rows for button in row] + list(payload.get("buttons", ()))


def choices(made: Made) -> Iterator[tuple[str, str, Made]]:
    """What can be chosen under a message: its title, what choosing sends, and the message."""
    for button in buttons(made):
        if "callback_data" in button:
            yield button["text"], button["callback_data"], made
        elif button.get("type") == "oa.query.hide":
            yield button["title"], button["payload"], made
    for number, title in re.findall(r"^(\d+)\. (.+)$", text_of(made), re.M):
        yield title, number, made


def recorded(made: Made) -> list[str]:
    """A call as it is written down: its method and first words, then its buttons, without what changes by itself."""
    first = next(iter(text_of(made).splitlines()), "")
    lines = [f"{made.method}: {_steady(first)[:SHOWN_CHARACTERS]}".rstrip(": ")]
    titles = [_steady(button.get("text") or button.get("title", "")) for button in buttons(made)]
    return lines + ([f"  [{'] ['.join(titles)}]"] if titles else [])


def _steady(text: str) -> str:
    text = re.sub(r"buổi (sáng|chiều|tối)", "buổi …", re.sub(r"Good (morning|afternoon|evening)", "Good …", text))
    return re.sub(r"\d[\d.,:/]*", "#", text)
