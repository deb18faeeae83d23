"""HTTP to a platform by ``requests``, in threads. Addresses hold bot tokens: no fault or log line ever shows one.

``requests`` rather than an asynchronous client: a call and what must follow it (a used-up token replaced on the disk)
run as one piece that no cancelled task can tear apart, and uploads and pools are well proven. Sixteen threads make
some hundred calls a second, more than any of the platforms allows.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Mapping, Optional

import requests
from urllib3.exceptions import NewConnectionError

THREADS = 16
CONNECT_SECONDS, READ_SECONDS = 5.0, 20.0
SLOW_READ_SECONDS = 60.0
USER_AGENT = "truc-visitor-assistant"

# urllib3 writes the whole address of every call into its debug log.
logging.getLogger("urllib3.connectionpool").addFilter(lambda record: record.levelno >= logging.WARNING)


class NotSent(Exception):
    """The platform could not be reached; nothing was done"""


class MaybeSent(Exception):
    """The connection ended before the platform answered; it may have done what was asked"""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer; ``body`` is its JSON, None when it is not JSON."""

    status: int
    body: Any
    headers: Mapping[str, str]

    def object(self) -> dict[str, Any]:
        """The body as an object, {} when it is none."""
        return self.body if isinstance(self.body, dict) else {}


class Transport:
    """Makes calls below one base address. Usable from any thread (``post_now``) and from the event loop (``post``)."""

    def __init__(self, base: str, timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS)) -> None:
        self._base = base.rstrip("/")
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="channels-http")
        self._local = threading.local()

    async def post(self, path: str, **arguments: Any) -> Answer:
        """POST in a thread; arguments as of ``request_now``. Raises NotSent, MaybeSent."""
        return await self.run(partial(self.request_now, "POST", path, **arguments))

    async def get(self, path: str, **arguments: Any) -> Answer:
        """GET in a thread."""
        return await self.run(partial(self.request_now, "GET", path, **arguments))

    async def post_waiting(self, path: str, **arguments: Any) -> Answer:
        """POST in a thread of its own that does not hold up the end of the process: for calls that wait on purpose."""
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Answer] = loop.create_future()

        def tell(result: Any, fault: Optional[Exception] = None) -> None:
            if not answered.done():
                answered.set_exception(fault) if fault else answered.set_result(result)

        def wait() -> None:
            result, fault = None, None
            try:
                result = self.request_now("POST", path, **arguments)
            except (NotSent, MaybeSent) as raised:
                fault = raised
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(tell, result, fault)

        threading.Thread(target=wait, name="channels-poll", daemon=True).start()
        return await answered

    async def run(self, call: Any) -> Any:
        """Run something that blocks in one of the threads; it goes on to its end though the wait be cancelled."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def request_now(
        self,
        verb: str,
        path: str,
        json: Any = None,
        data: Optional[Mapping[str, str]] = None,
        files: Any = None,
        params: Optional[Mapping[str, str]] = None,
        headers: Optional[Mapping[str, str]] = None,
        read_seconds: Optional[float] = None,
    ) -> Answer:
        """Make one call and wait for its answer. Redirections are not followed. Raises NotSent, MaybeSent."""
        timeout = (self._timeout[0], read_seconds or self._timeout[1])
        try:
            got = self._session().request(
                verb,
                self._base + path,
                json=json,
                data=data,
                files=files,
                params=params,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            )
            return Answer(got.status_code, _json(got), got.headers)
        except requests.RequestException as fault:
            reached = not _never_connected(fault)
        raise MaybeSent if reached else NotSent  # outside of ``except``: the fault's text has the address in it

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            self._local.session.headers["User-Agent"] = USER_AGENT
        return self._local.session

    def close(self) -> None:
        """Begin nothing more; what was begun is finished before the process ends."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _json(got: requests.Response) -> Any:
    try:
        return got.json()
    except (ValueError, RecursionError):
        return None


def _never_connected(fault: requests.RequestException) -> bool:
    if isinstance(fault, (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.InvalidURL)):
        return True
    if isinstance(fault, (requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema)):
        return True
    cause = fault.args[0] if fault.args else None
    return isinstance(getattr(cause, "reason", cause), NewConnectionError)
