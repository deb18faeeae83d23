"""What the platforms post, made up for ``./run channel simulate``: texts, buttons, positions, and their proof."""

from __future__ import annotations

import hashlib
import time
from typing import Any


def proof(name: str, raw: bytes, body: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
    """The header by which the platform proves itself."""
    if name == "telegram":
        return {"X-Telegram-Bot-Api-Secret-Token": given["secret"]}
    if name == "zalo_bot":
        return {"X-Bot-Api-Secret-Token": given["secret"]}
    signed = given["app_id"].encode() + raw + body["timestamp"].encode() + given["oa_secret"].encode()
    return {"X-ZEvent-Signature": f"mac={hashlib.sha256(signed).hexdigest()}"}


def _position(typed: str) -> tuple[float, float] | None:
    try:
        lat, lon = typed.removeprefix("+").split(",") if typed.startswith("+") else ("", "")
        return float(lat), float(lon)
    except ValueError:
        return None


def _telegram(typed: str, chosen: Any, number: int, lang: str, given: dict[str, str]) -> dict[str, Any]:
    person = {"id": 1, "is_bot": False, "first_name": "Simulated", "language_code": lang}
    chat = {"id": 1, "type": "private"}
    message: dict[str, Any] = {"message_id": number, "from": person, "chat": chat, "date": int(time.time())}
    if chosen:
        query = {"id": str(number), "from": person, "message": message, "data": chosen["callback_data"]}
        return {"update_id": number, "callback_query": query}
    if spot := _position(typed):
        return {"update_id": number, "message": {**message, "location": {"latitude": spot[0], "longitude": spot[1]}}}
    length = len(typed.split()[0]) if typed else 0
    marks = {"entities": [{"type": "bot_command", "offset": 0, "length": length}]} if typed.startswith("/") else {}
    return {"update_id": number, "message": {**message, "text": typed, **marks}}


def _zalo_bot(typed: str, chosen: Any, number: int, lang: str, given: dict[str, str]) -> dict[str, Any]:
    common = {"from": {"id": "simulated", "is_bot": False}, "chat": {"id": "simulated", "chat_type": "PRIVATE"}}
    more = {"text": typed, "message_id": str(number), "date": int(time.time() * 1000)}
    return {"event_name": "message.text.received", "message": {**common, **more}}


def _zalo_oa(typed: str, chosen: Any, number: int, lang: str, given: dict[str, str]) -> dict[str, Any]:
    event, message = "user_send_text", {"msg_id": str(number), "text": chosen["payload"] if chosen else typed}
    if spot := _position(typed):
        where = {"coordinates": {"latitude": str(spot[0]), "longitude": str(spot[1])}}
        attachments = [{"type": "location", "payload": where}]
        event, message = "user_send_location", {"msg_id": str(number), "attachments": attachments}
    stamp = str(int(time.time() * 1000))
    ids = {"app_id": given["app_id"], "sender": {"id": "7"}, "recipient": {"id": "8"}, "timestamp": stamp}
    return {**ids, "event_name": event, "message": message}


BODIES = {"telegram": _telegram, "zalo_bot": _zalo_bot, "zalo_oa": _zalo_oa}
