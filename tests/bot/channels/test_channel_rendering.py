"""What each channel makes of each part of a Reply: recorded expectations, and the table in docs/channels.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.channels.messengers.calls import Call
from bot.channels.messengers.incoming import Incoming, Kind
from bot.channels.messengers.platform import Rendered, Scene
from bot.channels.messengers.shown import Choice, Shown, shown, together
from bot.channels.telegram import render as telegram
from bot.channels.zalo_bot import render as zalo_bot
from bot.channels.zalo_oa import render as zalo_oa
from guide.answers.reply import Reply
from tests.bot.channels.replies import PARTS, PLAN, TEXT, WHOLE

ROOT = Path(__file__).parents[3]
EXPECTED = Path(__file__).with_name("expected")
SCENE = Scene("telegram:abc", Incoming("1", "70001", "70001", Kind.SAID, "hỏi"), {})
PUBLIC = "https://yentu.example"
CHANNELS = {
    "Telegram": lambda replies: telegram.render(replies, SCENE, PUBLIC),
    "Zalo OA": lambda replies: zalo_oa.render(replies, SCENE, lists=True),
    "Zalo Bot": lambda replies: zalo_bot.render(replies, SCENE),
}


def rendered(channel: str, *replies: Reply) -> Rendered:
    """The replies as this channel shows them."""
    return CHANNELS[channel](together(shown({"custom": reply.to_json()}, PUBLIC) for reply in replies))


def marks(call: Call) -> set[str]:
    """The native means that a call uses."""
    params = call.params
    if "message" in params:
        template = params["message"].get("attachment", {}).get("payload", {})
        buttons = {button["type"] for button in template.get("buttons", [])}
        return buttons | {kind for kind in (template.get("template_type"),) if kind} or {"text"}
    rows = params.get("reply_markup", {}).get("inline_keyboard", [])
    return {call.method} | {key for row in rows for button in row for key in button if key != "text"}


def table() -> dict[str, dict[str, set[str]]]:
    """The table of docs/channels.md: part → channel → what is written there as code."""
    lines = [line for line in (ROOT / "docs" / "channels.md").read_text("utf-8").splitlines() if line.startswith("|")]
    start = next(n for n, line in enumerate(lines) if line.startswith("| part of a Reply"))
    heads = [cell.strip() for cell in lines[start].strip("|").split("|")][1:]
    rows = {}
    for line in lines[start + 2 :]:
        part, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        if len(cells) != len(heads):
            break
        rows[part] = {head: set(re.findall(r"`([^`]+)`", cell)) for head, cell in zip(heads, cells, strict=True)}
    return rows


@pytest.mark.parametrize("channel", sorted(CHANNELS))
@pytest.mark.parametrize("part", list(PARTS))
def test_the_table_says_what_is_sent(part: str, channel: str) -> None:
    used = set().union(*(marks(call) for call in rendered(channel, PARTS[part]).calls))
    assert table()[part][channel] == used


def test_the_table_has_a_row_for_every_part_and_no_other() -> None:
    assert list(table()) == list(PARTS)


def without_chance(value: Any) -> Any:
    """A value with what is drawn by lot made equal."""
    return json.loads(re.sub(r"t:[\w-]{12}", "t:TOKEN", json.dumps(value, ensure_ascii=False)))


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_a_whole_reply_is_shown_as_recorded(channel: str) -> None:
    recorded = json.loads((EXPECTED / f"{channel.lower().replace(' ', '_')}.json").read_text("utf-8"))
    assert without_chance([call.to_json() for call in rendered(channel, WHOLE).calls]) == recorded


@pytest.mark.parametrize("channel", sorted(CHANNELS))
@pytest.mark.parametrize("part", [part for part in PARTS if part != "long text"])
def test_no_channel_gives_less_than_the_whole_text(part: str, channel: str) -> None:
    said = json.dumps([call.to_json() for call in rendered(channel, PARTS[part]).calls], ensure_ascii=False)
    assert TEXT in said


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_what_is_sent_instead_says_the_same(channel: str) -> None:
    """Where a platform refuses the native form, what stands in for it is complete, too."""
    for call in rendered(channel, WHOLE).calls:
        for plain in _last_resorts(call):
            said = json.dumps([one.to_json() for one in plain], ensure_ascii=False)
            text = call.params.get("text") or call.params.get("message", {}).get("text") or ""
            assert all(line in said for line in re.sub("<[^>]+>", "", text).splitlines() if "&" not in line)


def _last_resorts(call: Call) -> list[list[Call]]:
    return (
        [list(call.instead)] + [found for one in call.instead for found in _last_resorts(one)] if call.instead else []
    )


PAYLOAD = {
    "Telegram": re.compile(r'"callback_data": "([^"]*)"'),
    "Zalo OA": re.compile(r'"oa.query.hide", "payload": "#[^#"]* #([^"]*)"'),
}


@pytest.mark.parametrize("channel", sorted(CHANNELS))
def test_every_button_of_a_plan_leads_back_to_what_it_changes(channel: str) -> None:
    """As it is where it fits (Telegram: 64 bytes), under a kept name, or by its number."""
    made = rendered(channel, PLAN)
    wanted = {button.payload for button in (*PLAN.quick_replies, *(b for card in PLAN.cards for b in card.buttons))}
    pattern = PAYLOAD.get(channel)
    sent = pattern.findall(json.dumps(made.calls[0].params)) if pattern else []
    kept = {key.split(":")[1]: value[0][1] for key, value in made.keep.items()}
    numbered = {payload for _, payload in made.memory.get("choices", [])}
    assert {kept[one.removeprefix("t:")] if one.startswith("t:") else one for one in sent} | numbered == wanted
    assert all(len(one.encode()) <= 64 for one in sent) or channel != "Telegram"


def test_two_answers_in_one_turn_offer_their_choices_once_at_the_end() -> None:
    one = Shown("một", choices=(Choice("A", "ask:price"), Choice("B", "ask:help")))
    two = Shown("hai", choices=(Choice("A", "ask:price"), Choice("C", "ask:bus")))
    first, last = together([one, two])
    assert first.choices == () and sorted(choice.title for choice in last.choices) == ["A", "B", "C"]


def test_rasas_own_responses_are_shown_too() -> None:
    buttons = [{"title": "Có", "payload": "/affirm"}, {"title": "Trang", "url": "https://x.vn"}, {"nothing": 1}]
    one = shown({"text": "Chọn", "buttons": buttons, "image": "https://x.vn/a.png", "attachment": "https://x.vn/a.pdf"})
    assert [choice.title for choice in one.choices] == ["Có"] and one.pictures[0].url == "https://x.vn/a.png"
    assert [link.url for link in one.links_beyond_text()] == ["https://x.vn", "https://x.vn/a.pdf"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x", "http://", "//", "file:///etc/passwd", 5, "http://[::"]
)
def test_only_pages_are_linked(url: object) -> None:
    card = {"title": "x", "image": url, "buttons": [{"title": "y", "url": url}]}
    one = shown({"custom": {"text": "t", "cards": [card], "attachments": [{"kind": "page", "title": "z", "url": url}]}})
    assert (one.pictures, one.links, one.files) == ((), (), ())
