"""Other sites can add the widget, and a QR code at a place leads to its page with the chat open."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from guide.trips.qr import svg
from ops.settings import ROOT
from tests.web.reading import Visit, read

WIDGET = ROOT / "widget" / "dist"


def test_the_widget_is_served_to_any_site(visit: Visit) -> None:
    answer = visit("/widget.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Access-Control-Allow-Origin"] == "*", "modules from another origin need it"
    assert b"".join(answer.streaming_content) == (WIDGET / "widget.js").read_bytes()


def test_the_pinned_address_keeps_its_promise(visit: Visit, lang: str) -> None:
    page = visit(f"/{lang}/embed").content.decode()
    path, hash_ = re.search(r"(/widget/[\d.]+/widget\.js).*?integrity=&quot;sha384-(\S+?)&quot;", page, re.S).groups()
    answer = visit(path)
    content = b"".join(answer.streaming_content)
    assert base64.b64decode(hash_) == hashlib.sha384(content).digest()
    assert "immutable" in answer.headers["Cache-Control"] and answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/widget/9.9.9/widget.js", "/widget/0.1.0/../settings.py", "/widget/0.1.0/nothing.js"]
)
def test_no_other_file_is_served(visit: Visit, path: str) -> None:
    assert visit(path).status_code == 404


def test_every_part_of_the_snippet_is_explained(visit: Visit, lang: str) -> None:
    said = read(visit, f"/{lang}/embed").said(lang)
    for name in ("bot-url", "place", "theme", "launcher", "tiles", "truc-message", "prefill(text)", "--truc-accent"):
        assert name in said
    assert "script-src http://localhost; connect-src https://bot.example.vn wss://bot.example.vn" in said


def test_embed_without_a_language_finds_the_visitor_s(visit: Visit) -> None:
    assert visit("/embed", lang="en-GB").headers["Location"] == "/en/embed"


def test_a_places_code_leads_to_its_page_with_the_chat_open(visit: Visit) -> None:
    picture = visit("/q/chua-dong.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.content == svg("http://localhost/q/chua-dong", "Chùa Đồng")
    assert visit("/q/chua-dong", lang="en").headers["Location"] == "/en/chua-dong?chat=open"


@pytest.mark.parametrize("path", ["/q/nowhere", "/q/nowhere.svg"])
def test_a_code_for_no_place_is_not_found(visit: Visit, path: str) -> None:
    assert visit(path).status_code == 404
