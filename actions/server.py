"""``python -m actions.server --port 5055``: the SDK's action server, with what those who run it want to see.

/health says that the process lives, /ready that the site database can be read, /metrics has the figures for those with
the token (guide/watching.py). A request that brings an id keeps it.
"""

from __future__ import annotations

import logging
import sys
import time
from contextlib import ExitStack
from typing import Any

import pluggy
import rasa_sdk.__main__
from prometheus_client import CONTENT_TYPE_LATEST
from rasa_sdk.plugin import plugin_manager
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.site import site
from guide import watching
from guide.sitedb import SiteDbError

logger = logging.getLogger(__name__)


class Watched:
    """Attaches itself to the SDK's server, by the SDK's own hook."""

    @pluggy.HookimplMarker("rasa_sdk")
    def attach_sanic_app_extensions(self, app: Sanic) -> None:
        """Add the routes and what goes around each request."""
        watching.mark_logs()
        app.add_route(_ready, "/ready", methods=["GET"])
        app.add_route(_metrics, "/metrics", methods=["GET"])
        app.register_middleware(_begin, "request")
        app.register_middleware(_end, "response")


async def _ready(_: Request) -> HTTPResponse:
    try:
        places = len(site().all("place"))
    except SiteDbError as fault:
        logger.error("%s", fault)
        places = 0
    return response.json({"status": "ready" if places else "no site database"}, status=200 if places else 503)


async def _metrics(request: Request) -> HTTPResponse:
    if not watching.may_see(request.headers):
        return response.empty(status=404)
    return response.raw(watching.figures(), content_type=CONTENT_TYPE_LATEST)


async def _begin(request: Request) -> None:
    if request.path == "/webhook":
        request.ctx.scope, request.ctx.began = ExitStack(), time.perf_counter()
        request.ctx.scope.enter_context(watching.request(request.headers.get(watching.HEADER)))


async def _end(request: Request, answer: Any) -> None:
    began = getattr(request.ctx, "began", None)
    if began is None:
        return
    seconds = time.perf_counter() - began
    action = str((request.json or {}).get("next_action", "")) if answer.status != 404 else ""
    watching.ACTIONS.labels(action).observe(seconds)
    logger.info("%s status=%s seconds=%.4f", action, answer.status, seconds)
    request.ctx.scope.close()


def main() -> None:
    """Run the SDK's command line for the actions of this package."""
    plugin_manager().register(Watched())
    sys.argv[1:1] = ["--actions", "actions"]
    rasa_sdk.__main__.main()


if __name__ == "__main__":
    main()
