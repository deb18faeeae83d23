"""Telegram's Bot API: one call, and what its answer means."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, Optional

from bot.channels.messengers.calls import Call, Fate, Outcome
from bot.channels.messengers.files import Files, FileUnavailable
from bot.channels.messengers.transport import SLOW_READ_SECONDS, Answer, Transport

BASE = "https://api.telegram.org"
LONGEST_WAIT = 600.0
_NUMBER = re.compile(r"-?[0-9]{1,19}")
_FETCHED_BY_TELEGRAM = ("sendPhoto", "sendMediaGroup", "sendDocument")


class TelegramApi:
    """Calls of one bot. The token is part of every address, so no address is ever shown."""

    def __init__(self, transport: Transport, token: str, files: Optional[Files] = None) -> None:
        self._transport, self._token, self._files = transport, token, files

    async def perform(self, call: Call) -> Outcome:
        """Make one call. Raises NotSent, MaybeSent."""
        try:
            answer = await self._post(call)
        except FileUnavailable:
            return Outcome(Fate.REFUSED, "no-file")
        outcome = judge(answer, call.safe or call.optional)
        moved = answer.object().get("parameters") or {}
        if outcome.fate is Fate.REFUSED and isinstance(moved, dict) and moved.get("migrate_to_chat_id"):
            chat = str(moved["migrate_to_chat_id"])
            return judge(await self._post(replace(call.with_params(chat_id=chat), to=chat)), call.safe)
        return outcome

    async def ask(self, method: str, params: dict[str, Any]) -> Outcome:
        """A call that belongs to no chat: ``getMe``, ``setWebhook`` … Raises NotSent, MaybeSent."""
        return judge(await self._post(Call(method, "", params)), safe=True)

    async def _post(self, call: Call) -> Answer:
        path = f"/bot{self._token}/{call.method}"
        call = _with_number(call)
        patience = SLOW_READ_SECONDS if call.method in _FETCHED_BY_TELEGRAM else None
        if not call.upload:
            return await self._transport.post(path, json=call.params, read_seconds=patience)
        if self._files is None:
            raise FileUnavailable
        content = await self._transport.run(lambda: self._files.fetch(call.upload["url"]))  # type: ignore[union-attr,index]
        fields = {key: value if isinstance(value, str) else json.dumps(value) for key, value in call.params.items()}
        file = (call.upload["name"], content, call.upload["type"])
        return await self._transport.post(path, data=fields, files={call.upload["field"]: file}, read_seconds=patience)


def _with_number(call: Call) -> Call:
    """Chats are numbers to Telegram and texts to us."""
    chat = str(call.params.get("chat_id", ""))
    return replace(call, params={**call.params, "chat_id": int(chat)}) if _NUMBER.fullmatch(chat) else call


def judge(answer: Answer, safe: bool = False) -> Outcome:
    """What an answer means. ``safe``: the call may be repeated even if it may have been carried out."""
    body = answer.object()
    if body.get("ok") is True:
        return Outcome(Fate.DONE, result=body.get("result"))
    said = body.get("error_code")
    code = said if isinstance(said, int) else answer.status
    return _judge_error(code, body, safe)


def _judge_error(code: int, body: dict[str, Any], safe: bool) -> Outcome:
    said, reason = str(body.get("description") or "").lower(), str(code)
    if code == 400:
        return _judge_bad_request(said)
    if code in (401, 404):
        return Outcome(Fate.LOCKED, "token")
    if code == 403:
        return Outcome(Fate.GONE, reason)
    if code == 413:
        return Outcome(Fate.REFUSED, reason)
    if code == 429:
        return _wait(body)
    if code in (500, 502, 503):
        return Outcome(Fate.LATER, reason, trouble=True)
    if code > 500:
        return Outcome(Fate.LATER if safe else Fate.UNSURE, reason, trouble=True)
    if code == 200:  # not what Telegram answers: something in between did
        return Outcome(Fate.LATER if safe else Fate.UNSURE, "no-json", trouble=True)
    return Outcome(Fate.FAILED, reason)


def _judge_bad_request(said: str) -> Outcome:
    if "not modified" in said or "query is too old" in said or "query id is invalid" in said:
        return Outcome(Fate.DONE)
    if "chat not found" in said or "peer_id_invalid" in said:
        return Outcome(Fate.GONE, "400")
    return Outcome(Fate.REFUSED, "400")


def _wait(body: dict[str, Any]) -> Outcome:
    parameters = body.get("parameters")
    told = parameters.get("retry_after") if isinstance(parameters, dict) else None
    seconds = float(told) if isinstance(told, (int, float)) and not isinstance(told, bool) and told >= 0 else None
    if seconds is not None and seconds > LONGEST_WAIT:
        return Outcome(Fate.FAILED, "429")
    return Outcome(Fate.LATER, "429", wait=seconds)
