"""./run channel: checking, registering, what was not delivered, and a whole simulated conversation."""

from __future__ import annotations

import os
import queue
import time
from pathlib import Path
from typing import Any, Iterator

import pytest
from click.testing import CliRunner, Result

from bot.channels.findings import webhook_findings
from bot.channels.messengers.alerts import keep_alerts
from bot.channels.messengers.stores import open_store
from ops import simulator
from ops.channel import channel, credentials_file
from ops.errors import BadSetting
from ops.settings import Settings
from tests.bot.channels.kit import serving
from tests.bot.channels.platforms import Messenger

URL = "https://chat.yentu.example"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Any]:
    """Runs the verb with an environment of its own."""
    mine = dict(os.environ)

    def it(*arguments: str, **environ: str) -> Result:
        settings = Settings.read({"TRUC_VAR": str(tmp_path)})
        return CliRunner().invoke(channel, arguments, obj=settings, env=environ)

    yield it
    os.environ.clear()
    os.environ.update(mine)  # the verb puts the project's own places into the environment


def telegram_environ(messenger: Messenger) -> dict[str, str]:
    given = messenger.settings
    return {
        "TRUC_TELEGRAM_TOKEN": given["token"],
        "TRUC_TELEGRAM_SECRET": given["secret"],
        "TRUC_TELEGRAM_API": given["api"],
    }


def test_checking_says_what_is_missing(run: Any) -> None:
    result = run("check", "telegram")
    assert result.exit_code == 1 and "TRUC_TELEGRAM_TOKEN, TRUC_TELEGRAM_SECRET" in result.output


@pytest.mark.parametrize(
    ("url", "says"),
    [
        pytest.param("http://chat.yentu.example", "https", id="no-tls"),
        pytest.param("https://chat.yentu.example:5005", "443", id="a-port-that-telegram-does-not-call"),
    ],
)
def test_checking_looks_at_the_address(run: Any, url: str, says: str) -> None:
    settings = {"TRUC_TELEGRAM_TOKEN": "1:x", "TRUC_TELEGRAM_SECRET": "s"}
    result = run("check", "telegram", "--offline", TRUC_CHANNELS_URL=url, **settings)
    assert result.exit_code == 1 and says in result.output


def test_registering_makes_the_check_pass(run: Any, telegram: Messenger) -> None:
    environ = telegram_environ(telegram) | {"TRUC_CHANNELS_URL": URL}
    before = run("check", "telegram", **environ)
    assert before.exit_code == 1 and "no webhook is registered" in before.output
    assert run("register", "telegram", **environ).exit_code == 0
    after = run("check", "telegram", **environ)
    assert after.exit_code == 0 and "@truc_test_bot" in after.output and telegram.settings["token"] not in after.output


def test_a_webhook_can_be_taken_back_so_that_the_bot_can_poll(run: Any, zalo_bot: Messenger) -> None:
    environ = {"TRUC_ZALO_BOT_TOKEN": zalo_bot.settings["token"], "TRUC_ZALO_BOT_API": zalo_bot.settings["api"]}
    public = environ | {"TRUC_ZALO_BOT_SECRET": "eight-or-more", "TRUC_CHANNELS_URL": URL}
    assert run("register", "zalo_bot", **public).exit_code == 0
    polling = environ | {"TRUC_ZALO_BOT_POLLING": "1"}
    assert "./run channel unregister" in run("check", "zalo_bot", **polling).output
    assert run("unregister", "zalo_bot", **polling).exit_code == 0
    assert run("check", "zalo_bot", **polling).exit_code == 0


def test_only_a_fresh_fault_of_delivery_needs_somebody() -> None:
    told = {"url": "https://x.vn", "last_error_message": "Connection timed out"}
    fresh, old = (webhook_findings({**told, "last_error_date": time.time() - age}, "") for age in (60, 86_400))
    assert [finding.fine for finding in fresh] == [True, False] and [finding.fine for finding in old] == [True]


def test_checking_shows_what_the_bot_has_met(run: Any, telegram: Messenger, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'channels.db'}")
    store.bury("telegram:abc", [], "failed: 500", time.time())
    keep_alerts(store, "telegram", time.time(), lambda _: {"erasure-failed": time.time()})
    environ = telegram_environ(telegram) | {"TRUC_CHANNELS_URL": URL}
    run("register", "telegram", **environ)
    result = run("check", "telegram", **environ)
    assert result.exit_code == 1
    assert "erase by hand" in result.output and "1 messages could not be delivered" in result.output


def test_a_wrong_token_is_told(run: Any, telegram: Messenger) -> None:
    result = run("check", "telegram", **telegram_environ(telegram) | {"TRUC_TELEGRAM_TOKEN": "1:wrong"})
    assert result.exit_code == 1 and "@BotFather" in result.output


def test_checking_the_oa_tells_about_its_tokens(run: Any, zalo_oa: Messenger) -> None:
    given = zalo_oa.settings
    environ = {
        "TRUC_ZALO_OA_APP_ID": given["app_id"], "TRUC_ZALO_OA_APP_SECRET": given["app_secret"],
        "TRUC_ZALO_OA_SECRET": given["oa_secret"], "TRUC_ZALO_OA_API": given["api"],
        "TRUC_ZALO_OA_OAUTH": given["oauth"],
    }  # fmt: skip
    result = run("check", "zalo_oa", **environ)
    assert result.exit_code == 1 and "./run channel authorise" in result.output


def test_what_was_not_delivered_is_shown_and_can_be_sent_again(run: Any, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'channels.db'}")
    call = {"method": "sendMessage", "to": "1", "params": {"text": "Giá vé"}}
    store.bury("telegram:abc", [call], "failed: 500", time.time())
    assert "Giá vé" in run("failed").output
    (one,) = store.buried()
    assert run("failed", "--resend", one.id).exit_code == 0
    job = store.first("telegram:abc")
    assert job and job.answered and store.buried() == []
    assert run("failed", "--resend", one.id).exit_code == 1


def test_the_bot_gets_the_channels_that_are_configured(tmp_path: Path) -> None:
    settings = Settings.read({"TRUC_VAR": str(tmp_path)})
    assert (
        credentials_file(settings, {}).name == "credentials.yml"
        and credentials_file(settings, {}).parent != tmp_path / "run"
    )
    both = {"TRUC_TELEGRAM_TOKEN": "1:x", "TRUC_TELEGRAM_SECRET": "s"}
    assert credentials_file(settings, both) == tmp_path / "run" / "credentials.yml"
    with pytest.raises(BadSetting, match="TRUC_TELEGRAM_SECRET"):
        credentials_file(settings, {"TRUC_TELEGRAM_TOKEN": "1:x"})


def test_a_simulated_visitor_is_let_in_and_understood(messenger: Messenger, store: str) -> None:
    """The simulator's bodies are the platforms': typed text, a position, a pressed button."""
    from ops.simulated import BODIES, proof

    with serving(messenger.make(store)) as server:
        typed = ["giá vé?"] + (["+21.15,106.71"] if messenger.name != "zalo_bot" else [])
        for number, text in enumerate(typed, int(time.time())):
            body = BODIES[messenger.name](text, None, number, "vi", messenger.settings)
            raw = messenger.encode(body)
            from tests.bot.channels.kit import post

            assert (
                post(
                    messenger.webhook(server.url), raw, proof(messenger.name, raw, body, messenger.settings)
                ).status_code
                == 200
            )
        messenger.standin.wait_for(lambda: len(server.agent.finished) == len(typed))
    assert server.agent.heard[0].text == "giá vé?"
    assert [bool(heard.metadata.get("location")) for heard in server.agent.heard] == [False, True][: len(typed)]


def test_the_simulator_shows_texts_and_numbers_the_buttons(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulator, "QUIET_SECONDS", 0.05)
    calls: queue.Queue[tuple[str, Any]] = queue.Queue()
    keyboard = {
        "inline_keyboard": [
            [{"text": "Giá vé", "callback_data": "ask:price"}, {"text": "Trang", "url": "https://x.vn"}]
        ]
    }
    calls.put(("sendMessage", {"text": "Chào bạn", "reply_markup": keyboard}))
    buttons = simulator._shown(calls)
    shown = capsys.readouterr().out
    assert [button["text"] for button in buttons] == ["Giá vé"] and "Chào bạn" in shown and "1. Giá vé" in shown


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        pytest.param({}, "docs/channels.md", id="nothing-set"),
        pytest.param({"TRUC_ZALO_BOT_CALLS_A_SECOND": "viele"}, "TRUC_ZALO_BOT_CALLS_A_SECOND", id="no-number"),
        pytest.param({"TRUC_ZALO_BOT_API": "http://127.0.0.1:9"}, "can't be reached", id="no-way-out"),
        pytest.param({"TRUC_CHANNELS_STORE": "redis://127.0.0.1:1/0"}, "TRUC_CHANNELS_STORE", id="no-store"),
    ],
)
def test_wrong_settings_are_named_by_their_variable(
    run: Any, zalo_bot: Messenger, environ: dict[str, str], says: str
) -> None:
    given = {"TRUC_ZALO_BOT_API": zalo_bot.settings["api"], "TRUC_ZALO_BOT_POLLING": "1"}
    token = {"TRUC_ZALO_BOT_TOKEN": zalo_bot.settings["token"]} if environ else {}
    result = run("check", "zalo_bot", **{**given, **token, **environ})
    assert result.exit_code == 1 and says in result.output, result.output
