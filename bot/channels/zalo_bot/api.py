"""Zalo Bot's interface: one call, and what its answer means."""

from __future__ import annotations

from typing import Any, Optional

from bot.channels.messengers.calls import Call, Fate, Outcome
from bot.channels.messengers.transport import Answer, Transport

BASE = "https://bot-api.zaloplatforms.com"
POLL_SECONDS = 30
PHOTO_SECONDS = 150.0  # Zalo fetches the picture before it answers
NOTHING_NEW = 408


class ZaloBotApi:
    """Calls of one bot. The token is part of every address, so no address is ever shown."""

    def __init__(self, transport: Transport, token: str) -> None:
        self._transport, self._token = transport, token

    async def perform(self, call: Call) -> Outcome:
        """Make one call. Raises NotSent, MaybeSent."""
        patience = PHOTO_SECONDS if call.method == "sendPhoto" else None
        return judge(await self._post(call.method, call.params, patience), call.safe or call.optional)

    async def ask(self, method: str, params: dict[str, Any]) -> Outcome:
        """A call that belongs to no chat: ``getMe``, ``setWebhook`` … Raises NotSent, MaybeSent."""
        return judge(await self._post(method, params), safe=True)

    async def poll(self) -> Answer:
        """Wait for one update. Raises NotSent, MaybeSent."""
        path, patience = f"/bot{self._token}/getUpdates", POLL_SECONDS + 10.0
        return await self._transport.post_waiting(path, json={"timeout": str(POLL_SECONDS)}, read_seconds=patience)

    async def _post(self, method: str, params: dict[str, Any], patience: Optional[float] = None) -> Answer:
        return await self._transport.post(f"/bot{self._token}/{method}", json=params, read_seconds=patience)


def judge(answer: Answer, safe: bool = False) -> Outcome:
    """What an answer means; its error code follows HTTP's. ``safe``: may be repeated even if it was carried out."""
    body = answer.object()
    if body.get("ok") is True:
        return Outcome(Fate.DONE, result=body.get("result"))
    said = body.get("error_code")
    code = said if isinstance(said, int) else answer.status
    if code == 400:
        return Outcome(Fate.REFUSED, "400")
    if code in (401, 404):
        return Outcome(Fate.LOCKED, "token")
    if code == 403:
        return Outcome(Fate.GONE, "403")
    if code == 429:
        return Outcome(Fate.LATER, "429")
    if code in (500, 502, 503):
        return Outcome(Fate.LATER, str(code), trouble=True)
    if code > 500 or code == 200:
        return Outcome(Fate.LATER if safe else Fate.UNSURE, str(code), trouble=True)
    return Outcome(Fate.FAILED, str(code))
