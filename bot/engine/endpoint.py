"""The way to the action server: over connections that stay open, with an end to waiting."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Optional

import aiohttp
from rasa.utils.endpoints import EndpointConfig

from guide.watching import HEADER, request_id

WAIT_SECONDS = 10.0  # an action takes some milliseconds; after this the visitor is told to try again
IDLE_SECONDS = 3.0  # less than the five after which the server closes: nothing is sent into a closing connection


class KeptAlive(EndpointConfig):
    """Rasa's endpoint, which opens a session and a connection for every call and waits five minutes for an answer."""

    _session: Optional[aiohttp.ClientSession] = None

    @classmethod
    def instead_of(cls, given: EndpointConfig) -> KeptAlive:
        """The same endpoint, kept open."""
        return cls(
            given.url,
            given.params,
            given.headers,
            given.basic_auth,
            given.token,
            given.token_name,
            given.cafile,
            **given.kwargs,
        )

    @asynccontextmanager
    async def session(self) -> AsyncIterator[aiohttp.ClientSession]:  # type: ignore[override]
        """The one session, which is not closed after use."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS)
            auth = aiohttp.BasicAuth(**self.basic_auth) if self.basic_auth else None
            self._session = aiohttp.ClientSession(connector=connector, headers=self.headers, auth=auth)
        yield self._session

    async def request(self, *arguments: Any, **named: Any) -> Any:
        """Rasa's request, with an end to waiting. A connection that broke before an answer is tried once more."""
        named["headers"] = {**named.get("headers", {}), HEADER: request_id()}
        named["timeout"] = aiohttp.ClientTimeout(WAIT_SECONDS)
        try:
            return await super().request(*arguments, **dict(named))
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            return await super().request(*arguments, **named)
