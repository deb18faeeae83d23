"""How the names of a changed site differ: what the bot must know to understand them before they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from guide.gazetteer.source import parents, site_rows

if TYPE_CHECKING:
    from guide.gazetteer.names import Row
    from guide.sitedb import SiteDb


def names_changed(before: SiteDb, after: SiteDb) -> Optional[dict[str, Any]]:
    """``{"added": [...], "gone": [...], "parents": {...}}`` as JSON keeps it; None where the names are the same.

    How much there is to tell about a subject (``popularity``) is no difference of names.
    """
    old, new = _by_name(before), _by_name(after)
    added, gone = [new[key] for key in new.keys() - old.keys()], [old[key] for key in old.keys() - new.keys()]
    if not added and not gone:
        return None
    above = parents(after)
    return {
        "added": sorted(map(list, added)),
        "gone": sorted(map(list, gone)),
        "parents": {row.value: list(above[row.value]) for row in added if row.kind == "place"},
    }


def _by_name(site: SiteDb) -> dict[tuple[Any, ...], Row]:
    return {row[:4]: row for row in site_rows(site)}
