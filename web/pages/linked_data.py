"""schema.org descriptions for search engines, as JSON-LD."""

from __future__ import annotations

import json
from typing import Any, Optional, Sequence

from django.utils.safestring import SafeString, mark_safe

from guide.sitedb.records import Location, Place
from web.pages.festivals import Coming

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def script_text(data: dict[str, Any]) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    return mark_safe(json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(_ESCAPES))


def graph(*nodes: dict[str, Any]) -> SafeString:
    """Several descriptions in one block."""
    return script_text({"@graph": list(nodes)})


def _geo(location: Optional[Location]) -> dict[str, Any]:
    if location is None:
        return {}
    return {"geo": {"@type": "GeoCoordinates", "latitude": location.lat, "longitude": location.lon}}


def _address(place: Place, lang: str) -> dict[str, str]:
    parts = {"addressCountry": "VN", "addressRegion": place.province_now, "streetAddress": place.address.in_(lang)}
    return {"@type": "PostalAddress", **{name: text for name, text in parts.items() if text}}


def attraction(place: Place, lang: str, url: str, parts: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """A place as TouristAttraction; parts are those it contains."""
    name = place.name.in_(lang)
    others = {text for names in (place.name.values(), *place.aliases.values()) for text in names} - {name}
    described = {
        "@type": "TouristAttraction",
        "@id": url,
        "url": url,
        "name": name,
        "description": place.summary.in_(lang),
        "alternateName": sorted(others)[:12],
        "address": _address(place, lang),
        "telephone": place.phone,
        "sameAs": place.website,
        "containsPlace": list(parts),
        **_geo(place.location),
    }
    return {key: value for key, value in described.items() if value}


def _venue(place: Optional[Place], lang: str) -> Optional[dict[str, Any]]:
    if place is None:
        return None
    return {"@type": "Place", "name": place.name.in_(lang), "address": _address(place, lang), **_geo(place.location)}


def event(coming: Coming, lang: str, url: str) -> dict[str, Any]:
    """A festival's next occurrence as Event; ``url`` is the page that tells of it."""
    described = {
        "@type": "Event",
        "name": coming.festival.name.in_(lang),
        "description": coming.festival.summary.in_(lang),
        "startDate": coming.held.start.isoformat(),
        "endDate": coming.held.end.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _venue(coming.places[0] if coming.places else None, lang),
        "url": url,
    }
    return {key: value for key, value in described.items() if value}


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way from the home page to here: (name, url)."""
    items = [{"@type": "ListItem", "position": i, "name": name, "item": url} for i, (name, url) in enumerate(trail, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}
