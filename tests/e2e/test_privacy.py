"""What tells who a visitor is, is never kept; what a visitor wants deleted is gone, as the files show."""

from __future__ import annotations

import sqlite3
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any, Iterator

import pytest
import requests

PHONE = "0912 345 678"


def cells(folder: Path) -> Iterator[str]:
    """Every cell of every table of every database below a folder."""
    for file in folder.rglob("*.db"):
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for row in db.execute(f'SELECT * FROM "{table}"'):
                    yield from (str(cell) for cell in row)


def kept(folder: Path, words: str) -> bool:
    return any(words in cell for cell in cells(folder))


@pytest.fixture
def mark() -> str:
    """A word that nobody else says."""
    return f"zq{uuid.uuid4().hex[:8]}x"


class WebVisitor:
    """Somebody on a website whose browser lets no WebSocket through."""

    def __init__(self, servers: Any) -> None:
        self.address = f"{servers.url('bot')}/webhooks/web"
        self.seq, self.origin = 0, {"Origin": servers.settings.allowed_origins()[0]}
        token = requests.post(f"{self.address}/session", json={"lang": "vi"}, headers=self.origin, timeout=10).json()
        self.headers = {**self.origin, "Authorization": f"Bearer {token['token']}"}

    def say(self, text: str) -> dict[str, Any]:
        """Send a message and wait for what answers it."""
        frame = {"type": "message", "id": str(uuid.uuid4()), "text": text, "lang": "vi"}
        requests.post(f"{self.address}/frames", json=frame, headers=self.headers, timeout=10).raise_for_status()
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for seen in self.frames():
                self.seq = max(self.seq, seen.get("seq", 0))
                if seen.get("answers") == frame["id"]:
                    return seen["reply"]
        raise AssertionError("no answer came")

    def frames(self, after: int | None = None) -> list[dict[str, Any]]:
        address = f"{self.address}/frames?after={self.seq if after is None else after}&wait=5"
        return requests.get(address, headers=self.headers, timeout=20).json()["frames"]


def test_a_telephone_number_is_kept_nowhere(servers, ask, mark: str) -> None:
    ask(f"{mark} gọi mình {PHONE} nhé, giá vé Yên Tử bao nhiêu?")
    WebVisitor(servers).say(f"giá vé Yên Tử {mark}, số mình là {PHONE}, email a{mark}@vi-du.vn")
    assert kept(servers.settings.var, mark)
    assert not kept(servers.settings.var, PHONE) and not kept(servers.settings.var, f"a{mark}@")


def test_who_asks_in_words_to_be_forgotten_over_rest_is(servers, ask, sender: str, mark: str) -> None:
    ask(f"giá vé Yên Tử {mark}")
    assert kept(servers.settings.var, mark) and kept(servers.settings.var, sender)
    (answer,) = ask("Xóa hết dữ liệu của mình đi")
    assert "đã xóa" in answer["text"]
    assert not kept(servers.settings.var, mark) and not kept(servers.settings.var, sender)
    (answer,) = ask("còn giờ mở cửa?")
    assert "hay một nơi khác?" in answer["text"], "the place spoken of before is forgotten too"


def test_and_on_a_website_where_the_conversation_goes_on_from_nothing(servers, mark: str) -> None:
    visitor = WebVisitor(servers)
    visitor.say(f"giá vé Yên Tử {mark}")
    assert kept(servers.settings.var, mark)
    reply = visitor.say("please delete my data")
    assert reply["forgotten"] and "erased" in reply["text"]
    assert not kept(servers.settings.var, mark)
    assert [frame["type"] for frame in visitor.frames(after=0)] == ["message"]
    assert "Kiếp Bạc" in visitor.say("giờ mở cửa đền Kiếp Bạc")["text"]
