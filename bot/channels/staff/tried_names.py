"""Names that staff try out before they save them: those of the site database, with what their change adds and takes."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Mapping, Optional

from bot.nlu.corpus import open_site
from bot.nlu.live import Names
from guide.gazetteer.names import Row, build_index
from guide.gazetteer.source import parents, site_rows

MAX_ROWS = 2_000


class BadNames(ValueError):
    """The names to try are not as ``guide.gazetteer.trying`` writes them"""


class TriedNames:
    """Makes the names of a change; the last ones are kept, since staff ask several questions about one change."""

    def __init__(self, open_: Callable[[], Any] = lambda: open_site(None)) -> None:
        self._open = open_
        self._site: Optional[Any] = None
        self._kept: tuple[Any, Optional[Names]] = (None, None)

    def of(self, given: Mapping[str, Any]) -> Names:
        """The names with this change; reading them all takes about half a second. Raises BadNames."""
        added, gone, above = _rows(given, "added"), _rows(given, "gone"), given.get("parents")
        if not isinstance(above, dict):
            raise BadNames("'parents' must be an object of lists of ids")
        self._site = self._site or self._open()
        key = (self._site.version(), tuple(added), tuple(gone))
        if self._kept[0] != key:
            left = {row[:4] for row in gone}
            rows = [row for row in site_rows(self._site) if row[:4] not in left]
            index = build_index([*rows, *added], {**parents(self._site), **above})
            self._kept = (key, Names.of(index))
        assert self._kept[1] is not None
        return self._kept[1]


def _rows(given: Mapping[str, Any], name: str) -> list[Row]:
    rows: Iterable[Any] = given.get(name) or ()
    try:
        made = [Row(*row) for row in rows][:MAX_ROWS]
    except TypeError as wrong:
        raise BadNames(f"'{name}' must be a list of names") from wrong
    if not all(isinstance(part, str) for row in made for part in (row.kind, row.value, row.text)):
        raise BadNames(f"'{name}' must be a list of names")
    return made
