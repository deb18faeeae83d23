"""The three messengers as a test sees them: what a platform posts, and what its stand-in has been told."""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any, Callable

import requests
from rasa.core.channels.channel import InputChannel

from bot.channels.messengers.platform import phrase
from bot.channels.telegram.channel import TelegramInput
from bot.channels.zalo_bot.channel import ZaloBotInput
from bot.channels.zalo_oa.channel import ZaloOaInput

from .kit import post
from .standins import telegram, zalo_bot, zalo_oa
from .standins.base import StandIn

SECRET = "a-secret-of-the-webhook"
OA_SECRET = "OASECRET123"
OA_ID = "388613280878808645"
BEGUN = int(time.time() * 1000) - 100_000  # milliseconds; the messages of a test follow each other by one
FAST = {"calls_a_second": 2_000, "calls_in_a_chat": 1_000, "key": "a-key"}


@dataclass
class Messenger:
    """One platform: its stand-in, its channel's settings, and how it posts."""

    name: str
    standin: Any
    channel: type[InputChannel]
    settings: dict[str, Any]
    body: Callable[..., dict[str, Any]]
    read: Callable[[Any, Any], list[str]]
    person: Callable[[int], Any]
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def make(self, store: str, **settings: Any) -> InputChannel:
        """The channel, as credentials.yml would make it."""
        return self.channel.from_credentials({**FAST, **self.settings, "store": store, **settings})

    def headers(self, raw: bytes) -> dict[str, str]:
        """What proves that a body comes from the platform."""
        if self.name == "telegram":
            return {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        if self.name == "zalo_bot":
            return {"X-Bot-Api-Secret-Token": SECRET}
        body = json.loads(raw)
        return {
            "X-ZEvent-Signature": "mac=" + sign(raw, str(body.get("timestamp", "")) if isinstance(body, dict) else "")
        }

    @property
    def sending(self) -> str:
        """The method that says something."""
        return "cs" if self.name == "zalo_oa" else "sendMessage"

    @staticmethod
    def encode(body: Any) -> bytes:
        """A body as it travels."""
        return json.dumps(body, ensure_ascii=False).encode()

    def deliver(self, server: str, body: Any) -> requests.Response:
        """Post a body to the webhook, proved."""
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return post(self.webhook(server), raw, self.headers(raw))

    def webhook(self, server: str) -> str:
        """The webhook's address."""
        return f"{server}/webhooks/{self.name}/webhook"

    def say(self, server: str, text: str, person: int = 1, number: int = 0) -> requests.Response:
        """A visitor types something."""
        return self.deliver(server, self.body(text, self.person(person), number or next(self.numbers)))

    def told(self, person: int = 1) -> list[str]:
        """What the visitor has been sent, without the sentence with which the first answer of a conversation begins."""
        return [text for one in self.told_whole(person) if (text := without_introduction(one))]

    def told_whole(self, person: int = 1) -> list[str]:
        """What the visitor has been sent."""
        return self.read(self.standin, self.person(person))


def without_introduction(text: str) -> str:
    """A text without the sentence that says who answers; "" when there is no more in it."""
    for lang in ("vi", "en"):
        text = text.removeprefix(phrase("automatic", lang)).lstrip("\n")
    return text


def sign(raw: bytes, timestamp: str, app_id: str = "360846524940903967", secret: str = OA_SECRET) -> str:
    """A signature as Zalo makes it, written down a second time."""
    return hashlib.sha256(b"".join((app_id.encode(), raw, timestamp.encode(), secret.encode()))).hexdigest()


def telegram_body(text: str, chat: int, number: int, **message: Any) -> dict[str, Any]:
    """An update with a text."""
    person = {"id": chat, "is_bot": False, "first_name": "An", "language_code": "vi"}
    common = {"message_id": number, "from": person, "chat": {"id": chat, "type": "private"}, "date": int(time.time())}
    return {"update_id": number, "message": {**common, **({"text": text} if text else {}), **message}}


def oa_body(text: str, user: str, number: int, event: str = "user_send_text", **message: Any) -> dict[str, Any]:
    """An OA event with a text."""
    stamp = str(BEGUN + number)
    said = {"msg_id": f"m{number}", **({"text": text} if text else {}), **message}
    return {
        "app_id": "360846524940903967", "sender": {"id": user}, "user_id_by_app": "5", "recipient": {"id": OA_ID},
        "event_name": event, "message": said, "timestamp": stamp,
    }  # fmt: skip


def bot_body(
    text: str, where: str, number: int, /, event: str = "message.text.received", **message: Any
) -> dict[str, Any]:
    """A Zalo Bot update, flat."""
    common = {
        "from": {"id": where, "display_name": "An", "is_bot": False},
        "chat": {"id": where, "chat_type": "PRIVATE"},
    }
    more = {"message_id": f"b{number}", "date": BEGUN + number, **({"text": text} if text else {})}
    return {"event_name": event, "message": {**common, **more, **message}}


def make(name: str, standin: StandIn) -> Messenger:
    """The messenger of this name with its stand-in."""
    if name == "telegram":
        settings = {"token": standin.token, "secret": SECRET, "api": standin.url}
        return Messenger(name, standin, TelegramInput, settings, telegram_body, telegram.texts, lambda n: 70_000 + n)
    if name == "zalo_bot":
        settings = {"token": standin.token, "secret": SECRET, "api": standin.url}
        return Messenger(
            name, standin, ZaloBotInput, settings, bot_body, zalo_bot.texts, lambda n: f"6ede9afa66b88fe6d{n:03}"
        )
    settings = {
        "app_id": standin.app_id, "app_secret": standin.app_secret, "oa_secret": OA_SECRET,
        "refresh_token": standin.refresh, "api": standin.url, "oauth": standin.url,
    }  # fmt: skip
    return Messenger(
        name, standin, ZaloOaInput, settings, oa_body, zalo_oa.texts, lambda n: str(2_468_458_835_291_979_000 + n)
    )


STANDINS: dict[str, type[StandIn]] = {
    "telegram": telegram.Telegram,
    "zalo_oa": zalo_oa.ZaloOa,
    "zalo_bot": zalo_bot.ZaloBot,
}
