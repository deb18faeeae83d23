"""What the console shows of each kind of subject, and in which form each value is typed.

Made from the tables of ``guide.sitedb``: what no part below names is in the part ``details``.
"""

from __future__ import annotations

from typing import Any

from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb import fields as f
from guide.sitedb.records import Subject, Words
from guide.sitedb.sheets import ALIASES
from guide.sitedb.tables import TABLE_OF_KIND, TABLES

# In the order in which staff look for them; those that visitors ask about most come first.
KINDS = (
    *("place", "festival", "cable_car", "eating", "lodging", "dish", "person", "route", "programme", "help"),
    *("bus_line", "boat", "train", "rail_line", "gateway", "bridge", "road_link", "trail"),
    *("advice", "holiday", "elsewhere", "province"),
)
STATEMENTS = ("price", "notice", "staff_answer", "fact", "photo")
HOURS, POSITION, DETAILS, CLIMATE = "hours", "position", "details", "climate"
# The parts of a subject, each a form of its own.
PARTS: dict[str, tuple[str, ...]] = {
    "words": (
        *("name", ALIASES, "heading", "text", "role", "summary", "about", "what", "offer", "where"),
        *("address", "suits", "season", "best_time", "description", "use", "note", "now", "rule", "crowd"),
        *("toll_note", "phone_note", "heritage_note"),
    ),
    "contact": ("phone", "number", "website", "email"),
    HOURS: ("hours", "hours_note"),
    "days": ("lunar", "month", "day", "days", "main_days", "other_days", "editions", "verified"),
    POSITION: ("lat", "lon", "accuracy_m"),
    CLIMATE: (CLIMATE,),
}
ONLY_OF = {"days": ("festival",)}  # other kinds have columns of these names that mean something else
FIRST = ("kind", "level", "part_of", "near", "place", "places", "origin", "destination", "starts", "ends", "stops")
# What statements show, in their order.
OF_STATEMENTS: dict[str, tuple[str, ...]] = {
    "price": ("item", "adult", "adult_max", "child", "unit", "days", "valid_from", "valid_to", "current", "note"),
    "notice": ("kind", "text", "starts", "ends"),
    "staff_answer": ("question", "answer"),
    "fact": ("topic", "text"),
    "photo": ("alt", "credit"),
    "source": ("title", "publisher", "url", "date", "read", "basis"),
}


def known(kind: str) -> set[str]:
    """What can be set of a kind by its sheet, sources apart."""
    own = set(f.known(kind)) - set(f.source_columns(kind))
    return own if kind in (*f.STATEMENTS, f.SOURCE) else {*own, ALIASES}


def parts_of(kind: str) -> dict[str, tuple[str, ...]]:
    """The forms of a kind of subject with their fields, in their order; parts that it has nothing of are left out."""
    found = {
        part: tuple(name for name in names if name in known(kind))
        for part, names in PARTS.items()
        if kind in ONLY_OF.get(part, (kind,))
    }
    taken = {name for names in found.values() for name in names}
    order = [*FIRST, *TABLES[TABLE_OF_KIND[kind]].columns, *f.known(kind)]
    rest = tuple(sorted(known(kind) - taken, key=order.index))
    return {part: names for part, names in {**found, DETAILS: rest}.items() if names}


def table_of(kind: str) -> str:
    """The table that holds a kind of subject, statement or source."""
    return kind if kind in (*f.STATEMENTS, f.SOURCE) else TABLE_OF_KIND[kind]


def column_of(kind: str, name: str) -> Any:
    """The column of a value that is neither text nor list."""
    return TABLES[table_of(kind)].columns[name]


def record_of(site: SiteDb, ref: Ref) -> Any:
    """A subject with its name: its record, or, for kinds that have no name, what staff would call it; None."""
    found = site.find(ref)
    if found is not None or ref.kind not in TABLE_OF_KIND:
        return found
    if not site.exists(ref):
        return None
    values = site.sheet(ref).values
    ends = [values[name] for name in ("origin", "destination", "place") if values.get(name)]
    words = next((words for name in ("name", "heading", "text") if (words := _words(values, name))), Words())
    if ends:
        names = [record for end in ends if (record := site.find(Ref.of(end)))]
        more = f" ({values.get('way') or values.get('mode')})"
        words = Words({lang: " – ".join(each.name.in_(lang) for each in names) + more for lang in ("vi", "en")})
    return Subject(ref, words or Words(vi=ref.id, en=ref.id))


def _words(values: Any, name: str) -> Words:
    found = {lang: values[f"{name}.{lang}"] for lang in ("vi", "en") if values.get(f"{name}.{lang}")}
    return Words({lang: text if len(text) < 90 else f"{text[:89]}…" for lang, text in found.items()})


def refs_of(site: SiteDb, kind: str) -> list[Ref]:
    """Every subject of a kind, in the files' order."""
    return [Ref.of(id_) for id_ in site.ids(kind)]
