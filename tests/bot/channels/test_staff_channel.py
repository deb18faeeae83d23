"""What the staff console asks of the bot: only with the key, only from here; nothing is said to anybody by it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Iterator

import pytest
import requests

from bot.channels.staff.channel import StaffInput
from bot.channels.staff.looks import CHANNELS, looks
from bot.channels.staff.tried_names import BadNames, TriedNames
from guide.answers.reply import Button, Card, Map, MapPoint, QuickReply, Reply
from guide.gazetteer.trying import names_changed
from guide.sitedb import SiteDb
from tests.bot.channels.kit import FakeAgent, Running, serving

KEY = {"Authorization": "Bearer only for tests"}


@pytest.fixture
def bot() -> Iterator[Running]:
    """A bot that understands everything as a question for prices."""
    agent: Any = FakeAgent()

    async def parse(message: Any) -> dict[str, Any]:
        return {"text": message.text, "intent": {"name": "ask_price"}, "entities": []}

    agent.processor = SimpleNamespace(parse_message=parse)
    with serving(StaffInput(b"only for tests"), agent=agent) as running:
        yield running


def asked(bot: Running, what: str, body: Any, headers: dict[str, str] = KEY) -> requests.Response:
    return requests.post(f"{bot.url}/webhooks/staff/{what}", json=body, headers=headers, timeout=10)


def test_a_text_is_understood_and_nobody_is_answered(bot: Running) -> None:
    parsed = asked(bot, "parse", {"texts": ["giá vé?", "/restart", "😀"]}).json()["parsed"]
    assert [one["intent"]["name"] for one in parsed] == ["ask_price", "ask_price", "empty_message"]
    assert parsed[1]["text"] == "restart", "typed text can never be a command"
    assert bot.agent.heard == []


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no-key"),
        pytest.param({"Authorization": "Bearer another"}, id="another-key"),
        pytest.param({**KEY, "X-Forwarded-For": "203.0.113.9"}, id="handed-on-by-a-proxy"),
    ],
)
@pytest.mark.parametrize("what", ["parse", "render", "alike"])
def test_others_are_refused(bot: Running, what: str, headers: dict[str, str]) -> None:
    assert asked(bot, what, {"texts": ["giá vé?"], "replies": []}, headers).status_code == 403


@pytest.mark.parametrize(
    ("what", "body"),
    [("parse", []), ("parse", {"texts": "giá vé?"}), ("parse", {"texts": [1]}), ("render", {"replies": ["a"]}),
     ("parse", {"texts": ["a"], "names": {"added": [["place"]], "parents": {}}})],
    ids=["no-object", "no-list", "no-text", "no-reply", "half-a-name"],
)  # fmt: skip
def test_what_is_not_understood_is_said(bot: Running, what: str, body: Any) -> None:
    answer = asked(bot, what, body)
    assert answer.status_code == 400 and answer.json()["error"]


def test_questions_that_mean_the_same_are_paired(bot: Running) -> None:
    texts = [
        "có được mang chó lên cáp treo không",
        "mấy giờ đóng cửa",
        "mang theo thú cưng được không",
        "gia ve",
        "gia xe",
    ]
    assert asked(bot, "alike", {"texts": texts}).json()["alike"] == [[0, 2]]
    assert asked(bot, "alike", {"texts": []}).json()["alike"] == []


WHOLE = Reply(
    "Vé 40.000 ₫ <một người>",
    cards=(Card("Chùa Đồng", "Đỉnh núi", "https://pages.example.vn/a.jpg", (Button("Trang", url="https://a.vn/"),)),),
    quick_replies=(QuickReply("Mấy giờ mở cửa?", "ask:hours:place/chua-dong"),),
    map=Map((MapPoint(21.16, 106.7, "Chùa Đồng"),)),
)


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_shows_all_there_is(channel: str) -> None:
    bubbles = looks(WHOLE.to_json())[channel]
    told = "\n".join(
        [*(one.get("text", "") for one in bubbles), *(b for one in bubbles for b in one.get("buttons", []))]
    )
    assert "Vé 40.000 ₫ <một người>" in told and "Mấy giờ mở cửa?" in told and "Chùa Đồng" in told
    assert "https://pages.example.vn/a.jpg" in [one.get("picture") for one in bubbles]


def test_names_of_a_change_are_known_beside_all_others(fresh_site: SiteDb, site_path: Any) -> None:
    before = SiteDb.open(site_path)
    assert names_changed(before, fresh_site) is None
    with fresh_site.acting("lan@example.vn"):
        fresh_site.add_alias("place/chua-dong", "Chùa Mây Xanh", "vi")
        fresh_site.add_fact("place/chua-dong", "history", {"vi": "Một điều.", "en": "A thing."})
    changed = names_changed(before, fresh_site)
    assert changed and [row[2] for row in changed["added"]] == ["Chùa Mây Xanh"] and not changed["gone"]
    tried = TriedNames(lambda: before)
    names = tried.of(changed)
    assert names.exact(["chua", "may", "xanh"]) and names.exact(["chua", "dong"])
    assert tried.of(changed) is names, "several questions about one change read the names once"
    with pytest.raises(BadNames):
        tried.of({"added": [["place"]], "gone": [], "parents": {}})
