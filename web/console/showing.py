"""Values of a sheet as people read them."""

from __future__ import annotations

from datetime import date
from typing import Any, Iterator, Mapping, NamedTuple

from guide.answers.formats import number, plain_day
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb import fields as f
from guide.sitedb import values as v
from guide.sitedb.records import LANGUAGES
from guide.sitedb.sheets import ALIASES, Sheet
from guide.sitedb.tables import TABLES
from web.console.fact_forms import label_of
from web.console.kinds import column_of, record_of
from web.console.words import has, say


class Line(NamedTuple):
    """A value, in the languages it is in: (language or '', text; '' where there is none)."""

    label: str
    versions: list[tuple[str, str]]
    translated: bool


def lines(site: SiteDb, sheet: Sheet, names: tuple[str, ...], lang: str) -> Iterator[Line]:
    """The values of these fields."""
    kind = sheet.ref.partition("/")[0]
    for name in names:
        label = label_of(lang, kind, name)
        if name == ALIASES:
            every = [text for key, texts in sheet.values.items() if key.startswith(f"{ALIASES}.") for text in texts]
            yield Line(label, [("", " · ".join(every))], True)
        elif name in (*f.TEXTS[kind], *f.LISTED.get(kind, {})):
            codes = ("",) if f.LISTED.get(kind, {}).get(name) is False else LANGUAGES
            versions = [(code, _joined(sheet.values.get(f"{name}.{code}"))) for code in codes]
            yield Line(label, versions, all(text for _, text in versions) or not any(text for _, text in versions))
        else:
            yield Line(label, [("", shown(site, lang, kind, name, sheet.values.get(name)))], True)


def _joined(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else value or ""


def shown(site: SiteDb, lang: str, kind: str, name: str, value: Any) -> str:
    """A value that is no text; '' for unknown."""
    if value in (None, [], ""):
        return ""
    if name in f.LISTS.get(kind, {}):
        return " · ".join(_name(site, ref, lang) for ref in value)
    if name in f.PARTS.get(kind, {}):
        table = f.PARTS[kind][name].table
        return "; ".join(_row(site, lang, table, row) for row in value)
    return _said(site, lang, name, column_of(kind, name), value)


def _row(site: SiteDb, lang: str, table: str, row: Mapping[str, Any]) -> str:
    told = ((name, _said(site, lang, name, TABLES[table].columns[name], row[name])) for name in row)
    return ", ".join(f"{label_of(lang, table, name)}: {text}" for name, text in told if text)


def _said(site: SiteDb, lang: str, name: str, column: Any, value: Any) -> str:
    if value is None:
        return ""
    if column.ref and column.ref != "fact":
        return _name(site, value, lang)
    if column.kind is v.Bool:
        return say(lang, f"choice.yes.{int(value)}")
    if has(lang, f"choice.{name}.{value}"):
        return say(lang, f"choice.{name}.{value}")
    if column.kind is v.IsoDate:
        return plain_day(date.fromisoformat(value), lang)
    return number(value, lang) if isinstance(value, int) and value >= 10000 else str(value)


def _name(site: SiteDb, ref: str, lang: str) -> str:
    record = record_of(site, Ref.of(ref))
    return str(record.name.in_(lang)) if record else ref
