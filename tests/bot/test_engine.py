"""The way to the action server stays open and has an end; the graph's components run once each, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.engine.graph import GraphSchema, SchemaNode
from rasa.utils.endpoints import EndpointConfig

from bot.engine import endpoint
from bot.engine.endpoint import KeptAlive
from bot.engine.runner import StraightRunner
from guide import watching

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def _with_server(answer: Answer, work: Callable[[KeptAlive], Awaitable[Any]]) -> Any:
    app = web.Application()
    app.router.add_post("/webhook", answer)
    async with TestServer(app) as server:
        kept = KeptAlive.instead_of(EndpointConfig(str(server.make_url("/webhook")), enable_selective_domain=True))
        try:
            return await work(kept)
        finally:
            await kept._session.close()  # type: ignore[union-attr]


def served(answer: Answer, work: Callable[[KeptAlive], Awaitable[Any]]) -> Any:
    return asyncio.run(_with_server(answer, work))


def test_calls_share_a_connection_and_carry_the_request_they_belong_to() -> None:
    seen = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.transport, request.headers[watching.HEADER]))
        return web.json_response({"events": []})

    async def twice(kept: KeptAlive) -> str:
        assert kept.kwargs == {"enable_selective_domain": True}
        with watching.request() as id_:
            for _ in range(2):
                assert await kept.request(json={}) == {"events": []}
        return id_

    id_ = served(answer, twice)
    assert len({transport for transport, _ in seen}) == 1
    assert {header for _, header in seen} == {id_}


def test_a_connection_that_breaks_before_the_answer_is_tried_once_more() -> None:
    calls = []

    async def answer(request: web.Request) -> web.StreamResponse:
        calls.append(1)
        if len(calls) == 1:
            request.transport.abort()  # type: ignore[union-attr]
        return web.json_response({"events": []})

    assert served(answer, lambda kept: kept.request(json={})) == {"events": []}
    assert len(calls) == 2


def test_waiting_for_a_slow_action_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "WAIT_SECONDS", 0.1)

    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(1)
        return web.json_response({})

    with pytest.raises(asyncio.TimeoutError):
        served(answer, lambda kept: kept.request(json={}))


@pytest.mark.parametrize(
    ("result", "fine"),
    [
        pytest.param({"events": [{"event": "slot", "name": "topic"}], "responses": [{"text": "hi"}]}, True, id="usual"),
        pytest.param({}, True, id="nothing done"),
        pytest.param(None, False, id="no answer"),
        pytest.param([], False, id="a list"),
        pytest.param({"events": [{"name": "topic"}]}, False, id="an event without a name"),
        pytest.param({"events": ["slot"]}, False, id="an event that is none"),
        pytest.param({"events": None}, False, id="no events"),
        pytest.param({"responses": ["hi"]}, False, id="a message that is none"),
    ],
)
def test_garbage_from_the_action_server_is_looked_at_closely(result: Any, fine: bool) -> None:
    assert endpoint.well_formed(result) is fine


def _node(needs: dict[str, str]) -> SchemaNode:
    return SchemaNode(needs=needs, uses=object, constructor_name="create", fn="run", config={})  # type: ignore[arg-type]


def test_components_run_once_each_after_what_they_need() -> None:
    ran = []
    needs = {
        "intent": {"a": "words", "b": "names"},
        "words": {"a": "__message__"},
        "names": {"a": "words"},
        "other": {},
    }

    def component(name: str) -> Callable[..., tuple[str, str]]:
        def run(*given: tuple[str, str]) -> tuple[str, str]:
            ran.append(name)
            return name, f"{name}({', '.join(value for _, value in given)})"

        return run

    schema = GraphSchema({name: _node(needed) for name, needed in needs.items()})
    runner = StraightRunner(schema, {name: component(name) for name in needs})  # type: ignore[misc]
    assert runner.run({"__message__": "hi"}, ["intent"]) == {"intent": "intent(words(hi), names(words(hi)))"}
    assert ran == ["words", "names", "intent"]


@pytest.mark.parametrize("given", ["", "not an id", "0123456789abcdeX", "a" * 400])
def test_what_is_no_id_gets_into_no_log(given: str) -> None:
    with watching.request(given) as id_:
        assert id_ != given and len(id_) == 16 and watching.request_id() == id_
    assert watching.request_id() == ""
