"""Zalo's OA interface: one call, and what its answer means. The HTTP status is 200 even for errors."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import random
import time
from typing import Any, Mapping

from bot.channels.messengers import metrics
from bot.channels.messengers.calls import Call, Fate, Outcome
from bot.channels.messengers.transport import Answer, Transport
from bot.channels.zalo_oa.render import CS, V2
from bot.channels.zalo_oa.tokens import NoToken, Tokens

BASE = "https://openapi.zalo.me"
PATHS = {CS: "/v3.0/oa/message/cs", V2: "/v2.0/oa/message"}
TOKEN_ERRORS = (-216, -220, -124)
ONCE_MORE = -200
_REFUSED = (-100, -201, -210, -233, -240)
_GONE = (-213, -217, -227, -244)
_CLOSED = (-211, -218, -230, -232, -234)
_LOCKED = (-204, -205, -209, -212, -219, -221, -223, -224, -235, -242, -248, -320, -321)
_FATES = {Fate.REFUSED: _REFUSED, Fate.GONE: _GONE, Fate.CLOSED: _CLOSED, Fate.LOCKED: _LOCKED + TOKEN_ERRORS}
_LIMIT = -32
_FREE = ("reply", "welcome_msg")


class ZaloOaApi:
    """Calls of one Official Account."""

    def __init__(self, transport: Transport, tokens: Tokens, proof_secret: str = "") -> None:
        self._transport, self._tokens, self._proof = transport, tokens, proof_secret.encode()

    async def perform(self, call: Call) -> Outcome:
        """Make one call, with a new token when the old one does not do. Raises NotSent, MaybeSent."""
        outcome = await self._with_token(call)
        if outcome.reason == str(ONCE_MORE):
            await asyncio.sleep(1)
            outcome = await self._with_token(call)
        return outcome

    async def _with_token(self, call: Call) -> Outcome:
        try:
            token = await self._tokens.access()
            answer = await self._post(call, token)
            if answer.object().get("error") in TOKEN_ERRORS:
                answer = await self._post(call, await self._tokens.renew(token))
        except NoToken as none:
            return Outcome(Fate.LATER if none.passing else Fate.LOCKED, str(none))
        return judge(answer)

    async def _post(self, call: Call, token: str) -> Answer:
        return await self._transport.post(PATHS[call.method], json=call.params, headers=self._headers(token))

    def _headers(self, token: str) -> dict[str, str]:
        if not self._proof:
            return {"access_token": token}
        proof = hmac.new(self._proof, token.encode(), hashlib.sha256).hexdigest()
        return {"access_token": token, "appsecret_proof": proof}

    async def account(self) -> Answer:
        """What Zalo says about the OA, the cheapest proof of a token. Raises NoToken, NotSent, MaybeSent."""
        return await self._transport.get("/v2.0/oa/getoa", headers=self._headers(await self._tokens.access()))


def judge(answer: Answer) -> Outcome:
    """What an answer means."""
    if answer.status == 429:
        return Outcome(Fate.LATER, "429")
    if answer.status in (500, 502, 503):
        return Outcome(Fate.LATER, str(answer.status), trouble=True)
    code = answer.object().get("error")
    if isinstance(code, bool) or not isinstance(code, int):
        return Outcome(Fate.UNSURE, f"http-{answer.status}", trouble=True)
    if code == 0:
        _count_charge(answer.object())
        return Outcome(Fate.DONE, result=answer.object().get("data"))
    if code == _LIMIT:  # a limit by the minute
        return Outcome(Fate.LATER, str(code), wait=60 - time.time() % 60 + random.uniform(0, 3))
    return Outcome(next((fate for fate, codes in _FATES.items() if code in codes), Fate.FAILED), str(code))


def _count_charge(body: Mapping[str, Any]) -> None:
    """Messages that are not free are counted: an answer always should be."""
    data = body.get("data")
    quota = data.get("quota") if isinstance(data, dict) else None
    kind = quota.get("quota_type") if isinstance(quota, dict) else None
    if kind not in _FREE:
        metrics.CHARGED.labels("zalo_oa", kind if isinstance(kind, str) and kind.isidentifier() else "charged").inc()
