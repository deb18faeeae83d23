"""A visitor on the website's channel, over long polls, who sends again what was not confirmed: as the widget does."""

from __future__ import annotations

import time
import uuid
from typing import Any

import requests

PATIENCE = 45.0  # seconds for one answer
PAUSE = 0.3
CALL_SECONDS = 30


class Unanswered(Exception):
    """No answer came in time"""


class Visitor:
    """``url``: the site; ``certificate``: the file of its certificate. Not for several threads at once."""

    def __init__(self, url: str, certificate: str) -> None:
        self._base, self._seq, self._token = f"{url}/webhooks/web", 0, ""
        self._calls = requests.Session()
        self._calls.verify = certificate
        self._calls.trust_env = False  # certificates and proxies that this machine is told to use are not for this site
        self.frames: list[dict[str, Any]] = []
        self.refusals = 0  # calls that were not answered with success

    def ask(self, text: str, **more: str) -> str:
        """Say something and wait; the answers, joined. Raises Unanswered."""
        return self.hear(self.say(text, **more))

    def say(self, text: str, **more: str) -> str:
        """Send a message until it is confirmed; its id."""
        id_ = str(uuid.uuid4())
        frame = {"type": "message", "id": id_, "text": text, **more}
        until = time.monotonic() + PATIENCE
        while self._call("POST", "/frames", json=frame) is None:
            if time.monotonic() > until:
                raise Unanswered(f"not confirmed: {text}")
            time.sleep(PAUSE)
        return id_

    def hear(self, id_: str) -> str:
        """Wait for the answers to a message. Raises Unanswered."""
        until = time.monotonic() + PATIENCE
        while not (answers := self.answers(id_)):
            if time.monotonic() > until:
                raise Unanswered(id_)
            got = self._call("GET", "/frames", params={"after": str(self._seq), "wait": "5"})
            for frame in got["frames"] if got else []:
                self.frames.append(frame)
                self._seq = frame["seq"]
            if got is None:
                time.sleep(PAUSE)
        return "\n".join(answers)

    def answers(self, id_: str) -> list[str]:
        """What was answered to a message so far."""
        return [frame["reply"]["text"] for frame in self.frames if frame.get("answers") == id_]

    def _call(self, method: str, path: str, **more: Any) -> dict[str, Any] | None:
        """The answer; None where there was none, or it was a refusal."""
        try:
            if not self._token and path != "/session":
                opened = self._call("POST", "/session", json={})
                self._token = opened["token"] if opened else ""
            headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
            got = self._calls.request(method, self._base + path, headers=headers, timeout=CALL_SECONDS, **more)
            answered: dict[str, Any] | None = got.json() if got.ok else None
        except (requests.RequestException, ValueError):
            answered = None
        self.refusals += answered is None
        return answered
