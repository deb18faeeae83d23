"""Zalo OA's side of the set-up: is there a token that works, and for how long."""

from __future__ import annotations

import time

from bot.channels.findings import Finding
from bot.channels.zalo_oa.api import ZaloOaApi
from bot.channels.zalo_oa.lifetime import WARN_SECONDS, refresh_left
from bot.channels.zalo_oa.tokens import NoToken, Tokens


async def inspect(api: ZaloOaApi, tokens: Tokens) -> list[Finding]:
    """Look at the kept tokens and ask Zalo about the OA with them. Raises NotSent, MaybeSent."""
    pair = await tokens.pair()
    if not pair:
        return [Finding(False, "there are no tokens yet: ./run channel authorise, or TRUC_ZALO_OA_REFRESH_TOKEN")]
    left = refresh_left(pair, time.time())
    days = int(left // 86_400)
    refresh = Finding(left > WARN_SECONDS, f"the refresh token is good for {days} days unless it is renewed")
    try:
        answer = await api.account()
    except NoToken as none:
        return [refresh, Finding(False, f"no access token ({none}): ./run channel authorise")]
    code = answer.object().get("error")
    if code == 0:
        data = answer.object().get("data")
        return [refresh, Finding(True, f"the OA is {data.get('name') if isinstance(data, dict) else '?'}")]
    return [refresh, Finding(False, f"Zalo answers with error {code}: see the table in docs/channels.md")]
