"""All pages in all languages: sound markup, links that lead somewhere, and no language mixed into another."""

from __future__ import annotations

import re

import pytest

from guide.sitedb import SiteDb
from tests.web.reading import Page, Visit
from web.pages.privacy import path

# Words that sentences of one language cannot do without and names of the other do not have.
FUNCTION_WORDS = {
    "vi": {"và", "của", "được", "những", "các", "với", "không", "nên", "khoảng", "bạn", "mình", "theo"},
    "en": {"the", "and", "of", "is", "are", "with", "for", "from", "you", "this"},
}


@pytest.fixture
def pages(visit: Visit, site: SiteDb, lang: str) -> dict[str, Page]:
    """Every page of a language by its address."""
    places = (f"/{lang}/{place.id}" for place in site.all("place"))
    addresses = [f"/{lang}/", f"/{lang}/embed", path(lang), *places, f"/{lang}/nowhere"]
    return {address: Page(visit(address).content.decode()) for address in addresses}


def test_all_pages(pages: dict[str, Page], lang: str) -> None:
    assert len(pages) > 100
    assert {address: page.mistakes for address, page in pages.items() if page.mistakes} == {}
    for address, page in pages.items():
        assert len(page.of("h1")) == 1, address
        assert page.of("html") == [{"lang": lang}]
        assert all("alt" in image for image in page.of("img"))
        inner = {link for link in page.links if re.fullmatch(rf"/{lang}/[a-z0-9-]*", link)}
        assert inner <= set(pages), f"{address} links to pages that are not there"
    assert {address: strays(page, lang) for address, page in pages.items() if strays(page, lang)} == {}


def strays(page: Page, lang: str) -> set[str]:
    """Words of the other language in text that is marked as this one; error pages hold both, each marked."""
    other = "en" if lang == "vi" else "vi"
    return FUNCTION_WORDS[other] & set(re.findall(r"\w+", page.said(lang)))
