"""Zalo OA's webhook events → what the visitor did. Unknown events are passed over; only their names are logged."""

from __future__ import annotations

import json
import logging
from typing import Any, Callable, Optional

from bot.channels.messengers.incoming import Incoming, Kind, id_of, id_text, part, text_of
from bot.channels.messengers.platform import Malformed
from bot.channels.zalo_oa.payloads import from_text

logger = logging.getLogger(__name__)

ANONYMOUS = "anonymous"
_UNREADABLE = {
    "image": "photo", "gif": "sticker", "audio": "voice", "video": "video", "sticker": "sticker", "file": "file",
    "link": "link", "business_card": "contact", "contact": "contact",
}  # fmt: skip
_PASSED_OVER = {
    "user_received_message", "user_seen_message", "user_reacted_message", "unfollow", "user_submit_info",
    "update_user_info", "user_feedback", "oa_reacted_message", "oa_send_consent", "user_reply_consent", "oa_call_user",
    "user_call_oa", "add_user_to_tag", "remove_user_from_tag", "remove_tag", "shop_has_order",
}  # fmt: skip


def read_event(body: object) -> Optional[Incoming]:
    """One event; None for what needs no answer. Raises Malformed for what is no event at all."""
    if not isinstance(body, dict):
        raise Malformed
    name = text_of(body.get("event_name"))
    read = _reader_of(name)
    if read is None:
        if name not in _PASSED_OVER:
            logger.info("zalo_oa: event '%.60s' is passed over, with the keys %s", name, _keys(body))
        return None
    return read(body, name)


def _keys(body: dict[str, Any]) -> str:
    return ", ".join(sorted(key for key in body if key.isidentifier()))[:200]


def _reader_of(name: str) -> Optional[Callable[[dict[str, Any], str], Optional[Incoming]]]:
    if name.startswith(("user_send_group_", "oa_send_group_")):
        return None
    if name.startswith(("user_send_", "anonymous_send_")) or name == "user_click_button":
        return _message
    if name.startswith(("oa_send_anonymous_",)):
        return None
    if name.startswith("oa_send_"):
        return _sent_by_us
    return {"follow": _welcome, "user_click_chatnow": _welcome, "user_withdraw": _withdrew}.get(name)


def _milliseconds(body: dict[str, Any]) -> int:
    try:
        return int(float(str(body.get("timestamp"))))
    except (ValueError, OverflowError):
        return 0


def _common(body: dict[str, Any], user: str, message_id: str) -> dict[str, Any]:
    stamp = _milliseconds(body)
    return {"message_id": message_id, "chat": user, "person": user, "lang": "vi", "rank": stamp, "at": stamp / 1000}


def _message_id(body: dict[str, Any], name: str, user: str, message: dict[str, Any]) -> str:
    own = id_text(message.get("msg_id"))
    return id_of(id_text(part(body, "recipient").get("id")), name, own or f"{user} {body.get('timestamp')}")


def _message(body: dict[str, Any], name: str) -> Optional[Incoming]:
    user, message = id_text(part(body, "sender").get("id")) or id_text(body.get("user_id")), part(body, "message")
    if not user:
        return None
    common = _common(body, user, _message_id(body, name, user, message))
    if name.startswith("anonymous_"):
        conversation = id_text(message.get("conversation_id"))
        common |= {"person": f"{ANONYMOUS}:{user}", "extra": {ANONYMOUS: conversation}}
    what = name.split("_send_", 1)[-1]
    if what == "location":
        return Incoming(kind=Kind.LOCATED, position=_position(message), **common)
    text = text_of(message.get("text")).strip()
    if pressed := from_text(text or text_of(body.get("payload"))):
        return Incoming(kind=Kind.PRESSED, text=pressed.title, payload=pressed.payload, **common)
    if text or what == "text":
        return Incoming(kind=Kind.SAID, text=text, **common)
    return Incoming(kind=Kind.UNREADABLE, what=_UNREADABLE.get(what, "other"), **common)


def _position(message: dict[str, Any]) -> dict[str, Any]:
    """The coordinates, which come as texts; other spellings have been seen and are taken too."""
    attachments = message.get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else {}
    spot = part(first, "payload", "coordinates") or part(message, "location") or part(message, "coordinates")
    lon = next((spot[key] for key in ("longitude", "long", "lng", "lon") if key in spot), None)
    return {"lat": spot.get("latitude", spot.get("lat")), "lon": lon}


def _sent_by_us(body: dict[str, Any], name: str) -> Optional[Incoming]:
    """What the OA has sent comes back: by a member of staff, or by ourselves."""
    user = id_text(part(body, "recipient").get("id"))
    if not user:
        return None
    what = "staff" if id_text(part(body, "sender").get("admin_id")) else "echo"
    common = _common(body, user, _message_id(body, name, user, part(body, "message")))
    return Incoming(kind=Kind.NOTED, what=what, extra={"print": print_of(_sent_text(part(body, "message")))}, **common)


def _sent_text(message: dict[str, Any]) -> str:
    attachments = message.get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else {}
    return text_of(message.get("text")) or text_of(part(first, "payload").get("text"))


def print_of(text: str) -> str:
    """A fingerprint of a text, to know a message of our own again without keeping it."""
    return id_of(" ".join(text.split()))


def _welcome(body: dict[str, Any], name: str) -> Optional[Incoming]:
    """A new follower, or somebody who opens the chat for the first time."""
    user = id_text(part(body, "follower").get("id")) or id_text(body.get("user_id"))
    if not user:
        return None
    common = _common(body, user, id_of(name, user, body.get("timestamp")))
    return Incoming(kind=Kind.ASKED, intent="greet", what="welcome", **common)


def _withdrew(body: dict[str, Any], name: str) -> Optional[Incoming]:
    """Somebody wants their data erased."""
    user = id_text(body.get("user_id")) or id_text(part(body, "sender").get("id"))
    if not user:
        return None
    return Incoming(kind=Kind.NOTED, what="withdrew", **_common(body, user, id_of(name, user, body.get("timestamp"))))


def is_probe(body: bytes) -> bool:
    """The unsigned ``{}`` that Zalo posts when a webhook address is saved."""
    try:
        return len(body) < 16 and json.loads(body) == {}
    except ValueError:
        return False
