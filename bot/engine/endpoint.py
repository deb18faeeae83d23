"""The way to the action server: over connections that stay open, with an end to waiting."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Optional

import aiohttp
from rasa.utils.endpoints import EndpointConfig

from guide.watching import HEADER, request_id

WAIT_SECONDS = 10.0  # an action takes some milliseconds; after this the visitor is told to try again
IDLE_SECONDS = 3.0  # less than the five after which the server closes: nothing is sent into a closing connection


def well_formed(result: Any) -> bool:
    """Whether an action server's answer has the form of one: named events and messages.

    Rasa compares every event with the schema of every kind of event there is, which took a seventh of a message's time.
    The SDK has made each by its constructor, and what Rasa can't make an event of it still refuses.
    """
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    if not (isinstance(events, list) and isinstance(responses, list)):
        return False
    named = all(isinstance(event, dict) and isinstance(event.get("event"), str) for event in events)
    return named and all(isinstance(response, dict) for response in responses)


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
