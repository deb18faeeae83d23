"""What a server tells those who run it: which request a log line belongs to, and how often and how long things happen.

A request is one message of a visitor. Its id is made where a channel hands the message to the bot, goes along to the
action server in the header ``X-Request-Id``, and stands at the end of every log line of both. Neither a line nor a
figure holds what was said or who said it.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Iterator, Mapping, Optional

import structlog
from prometheus_client import Counter, Gauge, Histogram, generate_latest

HEADER = "X-Request-Id"
TOKEN = "TRUC_METRICS_TOKEN"
JSON_LOGS = "TRUC_LOG_JSON"
_ID = re.compile("[0-9a-f]{16}")
_request: ContextVar[str] = ContextVar("request", default="")

TIMES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
STAGES = Histogram("truc_stage_seconds", "Time of each stage of a message", ["stage"], buckets=TIMES)
MESSAGES = Counter(
    "truc_messages", "Messages of visitors by channel and whether they were answered", ["channel", "result"]
)
INTENTS = Counter("truc_intents", "Messages by what they were taken for", ["intent"])
FALLBACKS = Counter("truc_fallbacks", "Messages that were not understood")
ACTIONS = Histogram("truc_action_seconds", "Time of an action in the action server", ["action"], buckets=TIMES)
TURNS = Counter("truc_turns", "Turns by their outcome: answered, unanswered and so on", ["outcome"])
DATABASE_CHANGED = Gauge("truc_site_database_changed_timestamp_seconds", "When the site database was last written to")
LAST_MESSAGE = Gauge("truc_last_message_timestamp_seconds", "When the last message was answered")


@contextmanager
def request(id_: Optional[str] = None) -> Iterator[str]:
    """Everything inside belongs to this request: of the id given when it is one, else of a new one."""
    known = id_ if id_ and _ID.fullmatch(id_) else secrets.token_hex(8)
    token = _request.set(known)
    try:
        yield known
    finally:
        _request.reset(token)


def request_id() -> str:
    """The id of the present request; empty outside of one."""
    return _request.get()


def mark_logs() -> None:
    """Have the request stand at the end of each log line; with TRUC_LOG_JSON=1 every line is a JSON object."""
    make = logging.getLogRecordFactory()
    as_json = bool(os.environ.get(JSON_LOGS))

    def marked(*arguments: Any, **named: Any) -> logging.LogRecord:
        record = make(*arguments, **named)
        record.__dict__["request"] = known = request_id()
        if known and not as_json:
            record.msg = f"{record.msg} [request {known}]"
        return record

    logging.setLogRecordFactory(marked)
    if as_json:
        for handler in logging.getLogger().handlers:
            handler.setFormatter(_json())


def _json() -> logging.Formatter:
    def with_request(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
        request = event["_record"].request
        return {**event, "request": request} if request else event

    added: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    last: list[Any] = [
        with_request,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=added, processors=last)


def may_see(headers: Mapping[str, str], environ: Mapping[str, str] = os.environ) -> bool:
    """Whether these headers bring the token for the figures. Without a token set nobody may see them."""
    token = environ.get(TOKEN, "")
    given = (headers.get("authorization") or headers.get("Authorization") or "").partition(" ")[2]
    return bool(token) and secrets.compare_digest(given.encode(), token.encode())


def figures(site_db: Optional[str] = None) -> bytes:
    """All figures of this process, in Prometheus' text format."""
    path = site_db or os.environ.get("TRUC_SITE_DB", "")
    changed = [os.stat(name).st_mtime for name in (path, f"{path}-wal") if path and os.path.exists(name)]
    if changed:
        DATABASE_CHANGED.set(max(changed))
    return generate_latest()
