"""Which language a visitor gets, and that every language says everything."""

from __future__ import annotations

import re

import pytest

from tests.web.reading import Page, Visit
from web.pages.words import LANGUAGES, UnknownPhrase, phrases, say


@pytest.mark.parametrize(
    ("accepts", "cookie", "expected"),
    [
        pytest.param("", "", "/vi/", id="nothing-said"),
        pytest.param("vi-VN,vi;q=0.9,en;q=0.8", "", "/vi/", id="vietnamese-browser"),
        pytest.param("en-US,en;q=0.9", "", "/en/", id="english-browser"),
        pytest.param("ja,en;q=0.8,vi;q=0.3", "", "/en/", id="the-best-that-we-speak"),
        pytest.param("ja", "", "/vi/", id="none-that-we-speak"),
        pytest.param("en;q=0,vi;q=0.1", "", "/vi/", id="weight-zero-is-a-refusal"),
        pytest.param("en;q=x,,;;", "", "/vi/", id="nonsense"),
        pytest.param("vi", "en", "/en/", id="chosen-before"),
        pytest.param("en", "xx", "/en/", id="unknown-cookie"),
    ],
)
def test_the_front_door_leads_to_the_visitors_language(visit: Visit, accepts: str, cookie: str, expected: str) -> None:
    answer = visit("/", lang=accepts, cookie=cookie)
    assert (answer.status_code, answer["Location"]) == (302, expected)
    assert "Accept-Language" in answer["Vary"]


def test_a_place_without_language_finds_its_page(visit: Visit) -> None:
    assert visit("/chua-dong?from=qr", lang="en")["Location"] == "/en/chua-dong?from=qr"
    assert visit("/vi")["Location"] == "/vi/"
    assert visit("/no-such-place").status_code == 404


def test_all_languages_say_the_same_things_with_the_same_values() -> None:
    def placeholders(lang: str) -> dict[str, set[str]]:
        return {name: set(re.findall(r"{(\w+)}", text)) for name, text in phrases(lang).items()}

    assert all(placeholders(lang) == placeholders(LANGUAGES[0]) for lang in LANGUAGES)
    assert all(text.strip() for lang in LANGUAGES for text in phrases(lang).values())


def test_a_misspelt_phrase_is_an_error_not_a_gap() -> None:
    with pytest.raises(UnknownPhrase, match="home.titel"):
        say("vi", "home.titel")


@pytest.mark.parametrize("address", ["/vi/nowhere", "/en/nowhere", "/xx/yy/zz"])
def test_a_missing_page_says_so_in_both_languages(visit: Visit, address: str) -> None:
    answer = visit(address)
    page = Page(answer.content.decode())
    assert answer.status_code == 404
    for lang in LANGUAGES:
        assert say(lang, "error.not_found.title") in page.said(lang)
        assert f"/{lang}/" in page.links


def test_pages_name_their_other_languages(visit: Visit, lang: str) -> None:
    page = Page(visit(f"/{lang}/yen-tu").content.decode())
    alternates = {link["hreflang"]: link["href"] for link in page.of("link") if link.get("rel") == "alternate"}
    expected = {code: f"http://localhost/{code}/yen-tu" for code in LANGUAGES}
    assert alternates == {**expected, "x-default": expected["vi"]}
    assert [link["href"] for link in page.of("link") if link.get("rel") == "canonical"] == [expected[lang]]


def test_the_privacy_page_has_an_address_in_each_language_and_every_page_leads_to_it(visit: Visit) -> None:
    assert visit("/vi/privacy")["Location"] == "/vi/rieng-tu"
    assert visit("/en/rieng-tu")["Location"] == "/en/privacy"
    for address, lang in (("/vi/rieng-tu", "vi"), ("/en/privacy", "en")):
        page = Page(visit(address).content.decode())
        assert say(lang, "privacy.sections.erase.title") in page.said(lang)
        assert address in Page(visit(f"/{lang}/chua-dong").content.decode()).links
