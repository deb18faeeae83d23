"""The console's own address at the bot. Nothing asked here begins a conversation or is kept.

    POST /webhooks/staff/parse {"texts": ["giá vé?"], "names": {"added": [...], "gone": [...], "parents": {...}}}
    POST /webhooks/staff/render {"replies": [{"text": …}]}
    POST /webhooks/staff/alike {"texts": [...]}
    POST /webhooks/staff/messengers {}
    POST /webhooks/staff/undelivered {"id": "12", "again": true}

Only for who has the key (``guide.keys``) and asks from this machine, or from an address in TRUC_STAFF_FROM, directly: a
request that a proxy handed on comes from somebody else.
"""

from __future__ import annotations

import asyncio
import os
from functools import partial
from ipaddress import ip_address, ip_network
from secrets import compare_digest
from typing import Any, Callable, Coroutine, Mapping, Optional, Sequence

import numpy as np
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.intake import take_in
from bot.channels.staff.looks import looks
from bot.channels.staff.messengers import messengers, settle
from bot.channels.staff.tried_names import BadNames, TriedNames
from bot.channels.turns import OnNewMessage
from bot.nlu.embedding import Encoder, encoder
from bot.nlu.live import understanding
from guide.gazetteer.marks import is_marked
from guide.keys import staff_key

MAX_TEXTS, MAX_PARSED, MAX_REPLIES = 500, 100, 8
ALIKE = 0.89  # cosine of two questions; about 0.85 is usual between any two
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
View = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class BadBody(ValueError):
    """The request's body is not what this address takes"""


class StaffInput(InputChannel):
    """Serves /webhooks/staff."""

    def __init__(self, key: bytes, sources: tuple[str, ...] = (), public_url: str = "") -> None:
        self._key, self._public_url = key, public_url
        self._sources = tuple(ip_network(source) for source in sources)
        self._names = TriedNames()

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "staff"

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> InputChannel:
        """All comes from the environment: TRUC_STAFF_KEY, TRUC_STAFF_FROM (addresses or networks), TRUC_PUBLIC_URL."""
        sources = tuple(os.environ.get("TRUC_STAFF_FROM", "").split())
        return cls(staff_key(), sources, os.environ.get("TRUC_PUBLIC_URL", "").rstrip("/"))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes. None leads to ``on_new_message``."""
        routes = Blueprint("truc_staff", __name__)
        for view in (self._parse, self._render, self._alike, self._messengers, self._undelivered):
            name = view.__name__.strip("_")
            routes.add_route(self._guarded(view), f"/{name}", methods=["POST"], name=name)
        return routes

    def _guarded(self, view: View) -> View:
        async def guarded(request: Request) -> HTTPResponse:
            if not self._admitted(request):
                return response.json({"error": "forbidden"}, status=403)
            try:
                return await view(request)
            except (BadBody, BadNames) as wrong:
                return response.json({"error": str(wrong)}, status=400)

        return guarded

    def _admitted(self, request: Request) -> bool:
        scheme, _, key = (request.headers.get("authorization") or "").partition(" ")
        address = ip_address(request.ip)
        near = address.is_loopback or any(address in source for source in self._sources)
        direct = not any(header in request.headers for header in FORWARDED)
        return near and direct and scheme.lower() == "bearer" and compare_digest(key.encode(), self._key)

    async def _parse(self, request: Request) -> HTTPResponse:
        """How each text is understood, with the names that are tried out."""
        texts, given = _texts(request), _body(request).get("names")
        names = await asyncio.get_running_loop().run_in_executor(None, self._names.of, given) if given else None
        parsed = []
        for text in texts[:MAX_PARSED]:
            with understanding(names):
                parsed.append(await _parsed(request, text))
            await asyncio.sleep(0)  # visitors come in between
        return response.json({"parsed": parsed})

    async def _render(self, request: Request) -> HTTPResponse:
        """How each Reply looks on each channel."""
        replies = _body(request).get("replies")
        if not isinstance(replies, list) or not all(isinstance(reply, dict) for reply in replies):
            raise BadBody("'replies' must be a list of Replies as JSON")
        return response.json({"looks": [looks(reply, self._public_url) for reply in replies[:MAX_REPLIES]]})

    async def _alike(self, request: Request) -> HTTPResponse:
        """Pairs of texts (by their places in the list) that mean nearly the same; null where there is no encoder."""
        texts, made = _texts(request), encoder()
        if made is None:
            return response.json({"alike": None})
        return response.json({"alike": await asyncio.get_running_loop().run_in_executor(None, _pairs, made, texts)})

    async def _messengers(self, request: Request) -> HTTPResponse:
        """How the messengers are, and what could not be delivered."""
        return response.json(await asyncio.get_running_loop().run_in_executor(None, messengers))

    async def _undelivered(self, request: Request) -> HTTPResponse:
        """Send an undelivered message again, or take it off the list."""
        body = _body(request)
        call = partial(settle, str(body.get("id")), body.get("again") is True)
        return response.json({"done": await asyncio.get_running_loop().run_in_executor(None, call)})


def _pairs(made: Encoder, texts: Sequence[str]) -> list[list[int]]:
    """Without its marks a Vietnamese text is near any other: such texts are left out."""
    marked = [number for number, text in enumerate(texts) if is_marked(text)]
    if not marked:
        return []
    rows = made.encode([texts[number] for number in marked])
    near = np.argwhere(np.triu(rows @ rows.T >= ALIKE, 1))
    return [[marked[one], marked[other]] for one, other in near]


def _body(request: Request) -> dict[str, Any]:
    body = request.json
    if not isinstance(body, dict):
        raise BadBody("the body must be a JSON object")
    return body


def _texts(request: Request) -> list[str]:
    texts = _body(request).get("texts")
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadBody("'texts' must be a list of texts")
    return texts[:MAX_TEXTS]


async def _parsed(request: Request, text: str) -> dict[str, Any]:
    taken = take_in(text)
    if taken.parse_data:
        return taken.parse_data
    parsed: dict[str, Any] = await request.app.ctx.agent.processor.parse_message(UserMessage(taken.text))
    return parsed
