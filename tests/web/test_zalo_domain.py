"""Zalo asks for a file, or a tag on the front page, before it lets a domain be used."""

from __future__ import annotations

import pytest
from django.test.utils import override_settings

from tests.web.reading import Page, Visit

CODE = "GjsT3uAo1aBxmVqdpEyj0NU5p2UOTaCP"
TAG = "zalo-platform-site-verification"


def tags(html: bytes) -> list[str]:
    """The codes in a page's tags for Zalo."""
    return [meta["content"] for meta in Page(html.decode()).of("meta") if meta.get("name") == TAG]


@override_settings(ZALO_CODE=CODE)
def test_the_file_and_the_front_page_carry_the_code(visit: Visit) -> None:
    answer = visit(f"/zalo_verifier{CODE}.html")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    with override_settings(PUBLIC_URL="https://with-zalo.example"):
        assert tags(answer.content) == tags(visit("/vi/").content) == [CODE]


@pytest.mark.parametrize(
    ("ours", "asked"),
    [
        pytest.param(CODE, CODE.lower(), id="another-code"),
        pytest.param(CODE, "", id="no-code"),
        pytest.param("", CODE, id="not-set"),
        pytest.param("", "", id="not-set-and-none-asked"),
    ],
)
def test_nobody_elses_code_is_confirmed(visit: Visit, ours: str, asked: str) -> None:
    with override_settings(ZALO_CODE=ours):
        assert visit(f"/zalo_verifier{asked}.html").status_code == 404


def test_without_a_code_the_pages_have_no_tag(visit: Visit) -> None:
    with override_settings(PUBLIC_URL="https://without-zalo.example"):
        assert tags(visit("/vi/").content) == []
