"""What staff change while the bot runs is what the next visitor hears."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
from click.testing import CliRunner

from guide.sitedb import SiteDb
from guide.sitedb.cli import facts
from tests.e2e.evidence import plain

HEARD_WITHIN = 5.0  # seconds


@pytest.fixture
def staff(servers, monkeypatch: pytest.MonkeyPatch):
    """Run ./run facts on the database of the running servers."""
    monkeypatch.setenv("TRUC_SITE_DB", str(servers.settings.site_db))

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(facts, list(arguments), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    return run


def heard(ask, question: str, words: str) -> bool:
    """Whether the bot says the words within five seconds of asking again and again, each time as a new visitor."""
    deadline = time.monotonic() + HEARD_WITHIN
    while time.monotonic() < deadline:
        if plain(words) in plain(" ".join(message["text"] for message in ask(question, sender=uuid.uuid4().hex))):
            return True
        time.sleep(0.2)
    return False


def test_corrected_hours_are_heard_by_the_next_visitor(ask, staff) -> None:
    staff("set", "place/chua-thanh-mai", "hours", "Mo-Su 06:15-17:45")
    assert heard(ask, "chùa Thanh Mai mở cửa mấy giờ", "6:15")


def test_a_place_added_a_minute_ago_is_known_by_name(ask, staff) -> None:
    staff(
        "add-place", "--id", "am-may-trang", "--kind", "hermitage", "--part-of", "yen-tu",
        "--name-vi", "Am Mây Trắng", "--name-en", "White Cloud Hermitage",
        "--summary-vi", "Am nhỏ giữa rừng trúc, dựng để thử.", "--summary-en", "A small hermitage in the bamboo.",
    )  # fmt: skip
    assert heard(ask, "giới thiệu am Mây Trắng", "Am nhỏ giữa rừng trúc")
    assert heard(ask, "am may trang la gi", "Am nhỏ giữa rừng trúc")
    assert heard(ask, "what is the White Cloud Hermitage", "A small hermitage")


@pytest.fixture
def lifted(servers) -> Iterator[None]:
    """Closures of the test are lifted after it: other tests plan trips over the same database."""
    with closing(SiteDb.open(servers.settings.site_db, writable=True)) as site:
        before = {notice.id for notice in site.every_notice()}
        yield
        with site.acting("tests"):
            for notice in site.every_notice():
                if notice.id not in before:
                    site.delete(f"notice/{notice.id}")


def test_a_closure_of_today_comes_first(ask, staff, lifted) -> None:
    staff(
        "add-notice", "place/chua-bo-da", "--kind", "closure",
        "--text-vi", "Vườn tháp tạm đóng để tu sửa.", "--text-en", "The stupa garden is closed for repair.",
    )  # fmt: skip
    assert heard(ask, "giá vé chùa Bổ Đà", "Vườn tháp tạm đóng để tu sửa")
    (answer, *_) = ask("giới thiệu chùa Bổ Đà", sender=uuid.uuid4().hex)
    assert plain(answer["text"]).find("vuon thap tam dong") < 60


def test_an_edit_in_the_plain_sqlite_shell_is_heard_too(ask, servers) -> None:
    with sqlite3.connect(servers.settings.site_db) as shell:
        changed = shell.execute(
            "UPDATE text SET value = 'Suối nước lạnh nổi tiếng của vùng.'"
            " WHERE subject = 'place/suoi-mo' AND field = 'summary' AND lang = 'vi'"
        )
        assert changed.rowcount == 1
    assert heard(ask, "giới thiệu Suối Mỡ", "Suối nước lạnh nổi tiếng")
