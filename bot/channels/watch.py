"""For those who run the bot: /health, /ready and /metrics. No visitor comes in here.

/ready tries a message out: 200 means that the model understands it and the conversations can be read. /metrics needs
the token of TRUC_METRICS_TOKEN as ``Authorization: Bearer …``; nobody gets it where that is not set.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.turns import OnNewMessage
from guide.watching import figures, mark_logs, may_see

logger = logging.getLogger(__name__)
PROBE, NOBODY = "hello", "watch:nobody"
PATIENCE = 5.0  # seconds


class WatchInput(InputChannel):
    """Serves its addresses at the root, beside Rasa's own."""

    @classmethod
    def name(cls) -> str:
        return "watch"

    @classmethod
    def from_credentials(cls, credentials: Any) -> InputChannel:
        """It takes no settings."""
        return cls()

    def url_prefix(self) -> str:
        """Not below /webhooks, which the public can reach."""
        return "/"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes."""
        routes = Blueprint("truc_watch", __name__)

        @routes.listener("before_server_start")
        async def start(_: Sanic, __: Any) -> None:
            mark_logs()

        @routes.route("/health", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            wrong = await fault(request.app)
            return response.json({"status": wrong or "ready"}, status=503 if wrong else 200)

        @routes.route("/metrics", methods=["GET"])
        async def metrics(request: Request) -> HTTPResponse:
            if not may_see(request.headers):
                return response.empty(status=404)
            return response.raw(figures(), content_type=CONTENT_TYPE_LATEST)

        return routes


async def fault(app: Sanic) -> str:
    """What keeps the bot from answering; empty when nothing does."""
    agent = getattr(app.ctx, "agent", None)
    if not agent or not agent.is_ready():
        return "there is no model"
    try:
        understood = await agent.processor.parse_message(UserMessage(PROBE, sender_id=NOBODY))
        if not understood["intent"]["name"]:
            return "the model understands nothing"
        store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
        await asyncio.wait_for(getattr(store, "reachable", store.keys)(), PATIENCE)
    except Exception as wrong:  # whatever it is, it keeps visitors from being answered
        logger.exception("not ready")
        return type(wrong).__name__
    return ""
