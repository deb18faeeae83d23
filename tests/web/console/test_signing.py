"""Coming in: by invitation only, with a good password, a second step, and a lock against guessing."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from typing import Callable

import pytest
from click.testing import CliRunner
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.web.console.conftest import PASSWORD, SignedIn
from web.console import accounts
from web.console.command import staff as staff_command
from web.console.models import Account, Invitation

Staff = Callable[..., Account]
HOME = "/console/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> int:
    return client.post("/console/sign-in", {"email": email, "password": password, **more}).status_code


def test_the_first_administrator_comes_by_a_link_printed_in_the_terminal(anonymous: Client) -> None:
    said = CliRunner().invoke(staff_command, ["invite", "Lan@Example.vn"]).output
    assert "as administrator" in said
    link = re.search(r"/console/invitation/\S+", said)
    assert link and PASSWORD not in said
    new = {"full_name": "Nguyễn Thị Lan", "new_password": PASSWORD, "again": PASSWORD}
    assert anonymous.post(link[0], new)["Location"] == "/console/sign-in"
    assert anonymous.post(link[0], new).status_code == 410, "the link works once"
    assert sign_in(anonymous, "lan@example.vn") == 302
    assert anonymous.get(HOME)["Location"] == "/console/account/second-step", "administrators need a second step"


def test_the_token_itself_is_not_kept(anonymous: Client, now: datetime) -> None:
    token = accounts.invite("a@example.vn", "editor", (), now)
    assert token not in str(list(Invitation.objects.values()))


def test_an_invitation_ends(anonymous: Client, now: datetime) -> None:
    token = accounts.invite("a@example.vn", "editor", (), now - timedelta(hours=accounts.HOURS_TO_ACCEPT))
    assert anonymous.get(f"/console/invitation/{token}").status_code == 410


def test_a_new_invitation_ends_the_one_before(anonymous: Client, now: datetime) -> None:
    first, second = (accounts.invite("a@example.vn", "editor", (), now) for _ in range(2))
    assert anonymous.get(f"/console/invitation/{first}").status_code == 410
    assert anonymous.get(f"/console/invitation/{second}").status_code == 200


@pytest.mark.parametrize(
    ("password", "again"),
    [
        pytest.param("ngắn quá", "ngắn quá", id="short"),
        pytest.param("123456789012", "123456789012", id="digits"),
        pytest.param("q1w2e3r4t5y6", "q1w2e3r4t5y6", id="common"),
        pytest.param("trần hưng đạo 1", "trần hưng đạo 1", id="like-the-name"),
        pytest.param(PASSWORD, PASSWORD + "!", id="not-the-same"),
    ],
)
def test_bad_passwords_are_refused_with_a_vietnamese_sentence(
    anonymous: Client, now: datetime, password: str, again: str
) -> None:
    link = f"/console/invitation/{accounts.invite('tran-hung-dao@example.vn', 'editor', (), now)}"
    answer = anonymous.post(link, {"full_name": "Trần Hưng Đạo", "new_password": password, "again": again})
    assert answer.status_code == 200
    said = re.findall(r'class="mistake" id="\w+">(.*?)</p>', answer.content.decode())
    assert said and not re.search(r"\b(password|your|too)\b", " ".join(said))
    assert "Trần Hưng Đạo" in answer.content.decode(), "what was typed stays"
    assert not Account.objects.filter(email="tran-hung-dao@example.vn").exists()


def test_a_wrong_password_and_an_unknown_address_read_alike(anonymous: Client, staff: Staff) -> None:
    staff("editor", email="lan@example.vn")
    pages = [
        anonymous.post("/console/sign-in", {"email": email, "password": "sai"}).content.decode()
        for email in ("lan@example.vn", "ai-do@example.vn")
    ]
    said = [re.search(r'role="alert">(.*?)</p>', page) for page in pages]
    assert said[0] and said[1] and said[0][1] == said[1][1]


def test_guessing_locks_the_address_even_for_the_right_password(anonymous: Client, staff: Staff) -> None:
    staff("editor", email="lan@example.vn")
    answers = [sign_in(anonymous, "lan@example.vn", f"sai {number}") for number in range(5)]
    assert answers == [200] * 4 + [429]
    assert sign_in(anonymous, "LAN@example.vn") == 429, "in capitals it is the same address"
    assert sign_in(anonymous, "other@example.vn", "sai") == 200, "colleagues in the same office are not locked"


def test_an_invitation_unlocks(anonymous: Client, staff: Staff, now: datetime) -> None:
    staff("editor", email="lan@example.vn")
    for number in range(5):
        sign_in(anonymous, "lan@example.vn", f"sai {number}")
    link = f"/console/invitation/{accounts.invite('lan@example.vn', 'editor', (), now)}"
    new = "mật khẩu mới tinh"
    anonymous.post(link, {"full_name": "Lan", "new_password": new, "again": new})
    assert sign_in(anonymous, "lan@example.vn", new) == 302


def test_a_closed_account_stays_out_and_its_session_ends(signed_in: SignedIn, anonymous: Client) -> None:
    browser = signed_in("editor", email="lan@example.vn")
    assert browser.get(HOME).status_code == 200
    Account.objects.update(is_active=False)
    assert browser.get(HOME).status_code == 302
    assert sign_in(anonymous, "lan@example.vn") == 200


def test_signing_in_gives_a_new_session(anonymous: Client, staff: Staff) -> None:
    staff("editor", email="lan@example.vn")
    session = anonymous.session
    session["planted"] = True
    session.save()
    before = session.session_key
    sign_in(anonymous, "lan@example.vn")
    assert anonymous.session.session_key != before, "a session that somebody planted is worth nothing"
    cookie = anonymous.cookies["truc_console"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/console"


def test_signing_out_ends_the_session_and_needs_a_form(signed_in: SignedIn) -> None:
    browser = signed_in("editor")
    assert browser.get("/console/sign-out").status_code == 405
    browser.post("/console/sign-out")
    assert browser.get(HOME)["Location"].startswith("/console/sign-in")


def test_after_signing_in_one_is_where_one_wanted_to_be(anonymous: Client, staff: Staff) -> None:
    staff("editor", email="lan@example.vn")
    assert anonymous.get("/console/account")["Location"] == "/console/sign-in?next=/console/account"
    data = {"email": "lan@example.vn", "password": PASSWORD}
    assert anonymous.post("/console/sign-in", {**data, "next": "/console/account"})["Location"] == "/console/account"
    for evil in ("https://evil.example/console/", "//evil.example", "javascript:alert(1)", "/vi/"):
        assert anonymous.post("/console/sign-in", {**data, "next": evil})["Location"] == HOME


def test_the_second_step_from_the_picture_to_a_spare_code(anonymous: Client, staff: Staff) -> None:
    account = staff("administrator", email="lan@example.vn")
    sign_in(anonymous, "lan@example.vn")
    assert anonymous.get("/console/people")["Location"] == "/console/account/second-step"
    assert "<svg" in anonymous.get("/console/account/second-step").content.decode()
    assert TOTPDevice.objects.get(user=account).confirmed is False
    assert anonymous.post("/console/account/second-step", {"code": "000000"}).status_code == 200
    TOTPDevice.objects.update(throttling_failure_count=0)
    key = TOTPDevice.objects.get(user=account).bin_key
    page = anonymous.post("/console/account/second-step", {"code": f"{totp(key):06d}"}).content.decode()
    codes = list(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == 8 and all(code in page for code in codes)
    assert anonymous.get("/console/people").status_code == 200
    anonymous.post("/console/sign-out")
    sign_in(anonymous, "lan@example.vn")
    assert anonymous.get("/console/people")["Location"] == "/console/second-step"
    assert anonymous.get("/console/account/second-step")["Location"] == "/console/second-step", "no second phone"
    assert anonymous.post("/console/second-step", {"code": codes[0].upper()}).status_code == 302
    assert anonymous.get("/console/people").status_code == 200
    assert StaticToken.objects.count() == 7, "a spare code works once"


def test_codes_cannot_be_guessed_at_will(anonymous: Client, staff: Staff) -> None:
    account = staff("editor", email="lan@example.vn")
    device = TOTPDevice.objects.create(user=account, name="phone", confirmed=True)
    sign_in(anonymous, "lan@example.vn")
    right = f"{totp(device.bin_key):06d}"
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(3):
        anonymous.post("/console/second-step", {"code": wrong})
    began = time.monotonic()
    assert anonymous.post("/console/second-step", {"code": right}).status_code == 200, "each wrong one makes it wait"
    assert time.monotonic() - began < 4


def test_an_editor_may_have_a_second_step_and_then_needs_it(anonymous: Client, staff: Staff) -> None:
    account = staff("editor", email="lan@example.vn")
    sign_in(anonymous, "lan@example.vn")
    assert anonymous.get(HOME).status_code == 200
    TOTPDevice.objects.create(user=account, name="phone", confirmed=True)
    assert anonymous.get(HOME)["Location"] == "/console/second-step"


def test_a_changed_password_ends_other_sessions(signed_in: SignedIn, anonymous: Client) -> None:
    here = signed_in("editor", email="lan@example.vn")
    sign_in(anonymous, "lan@example.vn")
    new = "một câu khác hẳn"
    wrong = here.post("/console/account", {"present": "sai", "new_password": new, "again": new})
    assert wrong.status_code == 200
    here.post("/console/account", {"present": PASSWORD, "new_password": new, "again": new})
    assert here.get(HOME).status_code == 200
    assert anonymous.get(HOME).status_code == 302


def test_people_are_invited_closed_and_helped(signed_in: SignedIn, staff: Staff) -> None:
    chief = signed_in("administrator")
    page = chief.post("/console/people", {"email": "moi@example.vn", "role": "editor", "areas": ["place/yen-tu"]})
    assert re.search(r"http://localhost/console/invitation/[\w-]{43}", page.content.decode())
    assert Invitation.objects.get().areas == ["place/yen-tu"]
    lan = staff("editor", email="lan@example.vn")
    chief.post("/console/people", {"email": "lan@example.vn", "role": "editor"})
    chief.post(f"/console/people/{lan.pk}", {"action": "close"})
    assert not Account.objects.get(pk=lan.pk).is_active
    assert not Invitation.objects.filter(email="lan@example.vn").exists(), "nor does an old link let her in"
    TOTPDevice.objects.create(user=lan, name="phone", confirmed=True)
    chief.post(f"/console/people/{lan.pk}", {"action": "forget"})
    assert not TOTPDevice.objects.filter(user=lan).exists()


def test_nobody_closes_their_own_account(signed_in: SignedIn) -> None:
    chief = signed_in("administrator", email="lan@example.vn")
    me = Account.objects.get(email="lan@example.vn")
    assert chief.post(f"/console/people/{me.pk}", {"action": "close"}).status_code == 403


@pytest.mark.parametrize("area", ["province/nowhere", "yen-tu", "dish/banh-chung"])
def test_an_area_that_is_none_is_refused_in_the_terminal(anonymous: Client, area: str) -> None:
    done = CliRunner().invoke(staff_command, ["invite", "a@example.vn", "--area", area])
    assert done.exit_code == 2 and area in done.output
