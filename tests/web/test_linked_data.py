"""What machines read: JSON-LD, Open Graph, the sitemap, robots.txt, health."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from django.test.utils import override_settings

from guide.sitedb import SiteDb
from tests.web.reading import Page, Visit


def described(visit: Visit, address: str) -> list[dict[str, Any]]:
    """The things that a page describes in JSON-LD."""
    page = Page(visit(address).content.decode())
    (block,) = [script for script in page.scripts if script.strip()]
    return list(json.loads(block)["@graph"])


def test_home_describes_the_attraction_its_parts_and_the_festivals(visit: Visit, now: Any, lang: str) -> None:
    whole, *events = described(visit, f"/{lang}/")
    assert whole["@type"] == "TouristAttraction"
    assert len(whole["containsPlace"]) == 12
    assert all({"name", "geo", "url", "description"} <= set(part) for part in whole["containsPlace"])
    assert len(events) == 6 and {event["@type"] for event in events} == {"Event"}
    for event in events:
        assert date.fromisoformat(event["endDate"]) >= now.date()
        assert date.fromisoformat(event["startDate"]) <= date.fromisoformat(event["endDate"])


def test_a_place_describes_itself_and_the_way_to_it(visit: Visit, lang: str) -> None:
    place, trail = described(visit, f"/{lang}/chua-dong")
    assert place["@id"] == f"http://localhost/{lang}/chua-dong"
    assert place["address"]["addressRegion"] == "Quảng Ninh"
    assert [item["item"] for item in trail["itemListElement"]][0] == f"http://localhost/{lang}/"
    assert trail["itemListElement"][-1]["item"].endswith("/chua-dong")


def test_pages_can_be_shared(visit: Visit, lang: str) -> None:
    answer = visit(f"/{lang}/chua-dong")
    shared = {
        meta["property"]: meta["content"] for meta in Page(answer.content.decode()).of("meta") if "property" in meta
    }
    assert shared["og:title"] and shared["og:description"]
    assert shared["og:url"] == f"http://localhost/{lang}/chua-dong"
    picture = shared["og:image"].removeprefix("http://localhost")
    assert visit(picture).headers["Content-Type"] == "image/png"


def test_sitemap_lists_every_page_in_every_language(visit: Visit, site: SiteDb) -> None:
    answer = visit("/sitemap.xml")
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {loc.text for loc in ElementTree.fromstring(answer.content).findall("s:url/s:loc", names)}
    places = [place.id for place in site.all("place")]
    assert answer["Content-Type"] == "application/xml"
    pages = {f"/{lang}/{rest}" for lang in ("vi", "en") for rest in ["", *places]} | {"/vi/rieng-tu", "/en/privacy"}
    assert found == {f"http://localhost{page}" for page in pages}


def test_robots_are_led_to_the_sitemap(visit: Visit) -> None:
    assert "Sitemap: http://localhost/sitemap.xml" in visit("/robots.txt").content.decode()


def test_the_public_address_can_be_configured(visit: Visit) -> None:
    with override_settings(PUBLIC_URL="https://truc.example.vn"):
        assert "https://truc.example.vn/sitemap.xml" in visit("/robots.txt").content.decode()


def test_health_tells_whether_the_database_can_be_read(visit: Visit, site: SiteDb, tmp_path: Path) -> None:
    assert visit("/healthz").json() == {"status": "ok", "places": len(site.all("place"))}
    with override_settings(SITE_DB=tmp_path / "none.db"):
        answer = visit("/healthz")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.content.decode(), "paths of the server are none of the visitor's business"
