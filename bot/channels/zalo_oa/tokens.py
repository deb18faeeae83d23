"""The OA's tokens. A refresh token works once, and a new access token ends the old one: both are replaced in one step.

The exchange and the saving of the new pair run in one thread as one piece, under a lock that outlives the exchange, so
that no cancelled task, no second worker and no stop of the server can use a refresh token twice or lose the new one.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from typing import Any, Optional

from bot.channels.messengers import metrics
from bot.channels.messengers.alerts import LAPSES_SOON, Alerts, keep_alerts
from bot.channels.messengers.stores.threaded import Shelf
from bot.channels.messengers.transport import Answer, MaybeSent, NotSent, Transport
from bot.channels.zalo_oa.lifetime import KEY, REFRESH_LIFE_SECONDS, WARN_SECONDS, refresh_left

logger = logging.getLogger(__name__)

OAUTH_BASE = "https://oauth.zaloapp.com"
TOKEN_PATH = "/v4/oa/access_token"
LOCK, REFUSED = "lock:zalo_oa", "refused:zalo_oa"
LOCK_SECONDS = 60.0  # longer than connecting and reading together may take
REFRESH_AHEAD_SECONDS = 2 * 3_600
LOOK_SECONDS = 600.0
ACCESS_SECONDS = 90_000
REFUSED_SECONDS = 3_600
WAIT_SECONDS, LOOK_AGAIN_SECONDS = 50.0, 0.3


class NoToken(Exception):
    """There is no access token that works. ``passing``: it may work out in a while"""

    def __init__(self, reason: str, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


def read_pair(answer: Answer) -> Optional[dict[str, Any]]:
    """The pair of tokens in an answer; None for anything else, which Zalo may send with status 200."""
    body = answer.object()
    pair = {name: body.get(f"{name}_token") for name in ("access", "refresh")}
    if answer.status != 200 or not all(isinstance(value, str) and value for value in pair.values()):
        return None
    try:
        lasts = float(body.get("expires_in") or ACCESS_SECONDS)
    except (TypeError, ValueError):
        lasts = ACCESS_SECONDS
    now = time.time()
    return {**pair, "expires": now + lasts, "refreshed": now}


class Tokens:
    """The one pair of tokens of an app and OA, shared through the store. ``seed``: a refresh token given by hand."""

    def __init__(self, transport: Transport, app_id: str, app_secret: str, seed: str = "") -> None:
        self._transport, self._app_id, self._secret, self._seed = transport, app_id, app_secret, seed
        self._shelf: Optional[Shelf] = None
        self._alerts: Optional[Alerts] = None
        self._keeping: Optional[asyncio.Task[None]] = None

    def attach(self, shelf: Shelf, alerts: Alerts) -> None:
        """The store in which the pair is kept, and a way to call a person."""
        self._shelf, self._alerts = shelf, alerts

    async def start(self) -> None:
        """Keep the pair fresh from now on."""
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Finish an exchange that was begun."""
        if self._keeping:
            self._keeping.cancel()
        self._transport.close()

    async def access(self) -> str:
        """The access token of now, read anew for each call: another worker may have replaced it. Raises NoToken."""
        pair = await self.pair()
        return pair["access"] if pair.get("access") else await self.renew("")

    async def renew(self, stale: str) -> str:
        """An access token other than this one: another worker's, else a new one. Raises NoToken."""
        assert self._shelf
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            pair = await self.pair()
            if pair.get("access") and pair["access"] != stale:
                return pair["access"]
            if await self._shelf(self._shelf.store.put_if_absent, LOCK, stale[:0], LOCK_SECONDS, time.time()):
                return await self._transport.run(lambda: self._exchange_now(stale))
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        raise NoToken("token-busy", passing=True)

    async def pair(self) -> dict[str, Any]:
        """The kept tokens, {} when there are none."""
        assert self._shelf
        kept = await self._shelf(self._shelf.store.get, [KEY], time.time())
        return kept.get(KEY) or {}

    def _exchange_now(self, stale: str) -> str:
        """In a thread, with the lock held: look once more, exchange, save, unlock. Raises NoToken."""
        assert self._shelf
        store = self._shelf.store
        try:
            kept = store.get([KEY, REFUSED], time.time())
            pair = kept.get(KEY) or {}
            if pair.get("access") and pair["access"] != stale:
                return pair["access"]
            token = self._refresh_token(pair)
            if not token or kept.get(REFUSED) == _print(token):
                raise NoToken("authorise-again")
            return self._exchanged(token, pair)
        finally:
            store.drop([LOCK])

    def _refresh_token(self, pair: dict[str, Any]) -> str:
        """The kept one, unless an operator has given a new one since."""
        return self._seed if self._is_newly_given(pair) else pair.get("refresh", "")

    def _is_newly_given(self, pair: dict[str, Any]) -> bool:
        return bool(self._seed) and pair.get("seed") != _print(self._seed)

    def _exchanged(self, token: str, pair: dict[str, Any]) -> str:
        assert self._shelf
        body = {"refresh_token": token, "app_id": self._app_id, "grant_type": "refresh_token"}
        try:
            answer = self._transport.request_now("POST", TOKEN_PATH, data=body, headers={"secret_key": self._secret})
        except (NotSent, MaybeSent) as fault:
            raise NoToken("token-server", passing=True) from fault
        fresh = read_pair(answer)
        if fresh is None:
            if answer.status >= 500 or answer.status == 429:
                raise NoToken("token-server", passing=True)
            self._shelf.store.put({REFUSED: (_print(token), REFUSED_SECONDS)}, time.time())
            raise NoToken("authorise-again")
        seed = _print(self._seed) if self._seed else pair.get("seed", "")
        self._shelf.store.put({KEY: ({**fresh, "seed": seed}, REFRESH_LIFE_SECONDS)}, time.time())
        return fresh["access"]

    def save_now(self, fresh: dict[str, Any]) -> None:
        """Keep a pair that an authorisation has given. Blocks."""
        assert self._shelf
        pair = {**fresh, "seed": _print(self._seed)}
        self._shelf.store.put({KEY: (pair, REFRESH_LIFE_SECONDS)}, time.time())
        self._shelf.store.drop([REFUSED])
        keep_alerts(self._shelf.store, "zalo_oa", time.time(), lambda _: {})

    async def _keep(self) -> None:
        while True:
            try:
                await self.look_after()
            except Exception:  # the next look may succeed
                logger.exception("zalo_oa: the tokens could not be looked after")
            await asyncio.sleep(LOOK_SECONDS)

    async def look_after(self) -> None:
        """Renew the pair when it is due, and call a person when it can't be renewed or will lapse."""
        assert self._alerts
        pair, now = await self.pair(), time.time()
        if pair.get("expires", 0) - now < REFRESH_AHEAD_SECONDS or self._is_newly_given(pair):
            try:
                await self.renew(pair.get("access", ""))
                pair = await self.pair()
            except NoToken as none:
                logger.warning("zalo_oa: no new access token (%s)", none)
                if not none.passing or pair.get("expires", 0) < now:
                    await self._alerts.call(str(none))
            else:
                await self._alerts.account_works()
        metrics.TOKEN_LEFT.labels("zalo_oa").set(max(0.0, pair.get("expires", 0) - now))
        await self._warn_ahead(pair, now)

    async def _warn_ahead(self, pair: dict[str, Any], now: float) -> None:
        """Call a person while there is time: without a refresh token an administrator has to authorise again."""
        assert self._alerts
        if not pair:
            return
        left = refresh_left(pair, now)
        metrics.REFRESH_LEFT.labels("zalo_oa").set(max(0.0, left))
        await (self._alerts.call(LAPSES_SOON) if left < WARN_SECONDS else self._alerts.over(LAPSES_SOON))


def _print(token: str) -> str:
    """A fingerprint, to know a token again without keeping it."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]
