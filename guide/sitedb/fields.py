"""What of a subject can be set by name: columns of its table, texts by language, lists of other subjects."""

from __future__ import annotations

from typing import NamedTuple, Optional

from guide.sitedb.tables import TABLE_OF_KIND, TABLES

# Texts of a kind of subject, or of a statement.
TEXTS: dict[str, tuple[str, ...]] = {
    "place": ("name", "summary", "address", "hours_note", "best_time", "heritage_note"),
    "person": ("name", "role"),
    "festival": ("name", "summary"),
    "programme": ("name", "offer"),
    "route": ("name", "suits", "season", "description"),
    "gateway": ("name",),
    "bus_line": ("name",),
    "cable_car": ("name", "hours_note"),
    "boat": ("name",),
    "bridge": ("name",),
    "rail_line": ("name",),
    "train": ("name", "note"),
    "dish": ("name", "where", "season", "what"),
    "lodging": ("name", "about", "hours_note", "phone_note"),
    "eating": ("name", "about", "hours_note", "phone_note"),
    "help": ("name", "address", "use", "note"),
    "elsewhere": ("name", "where"),
    "province": ("name", "now"),
    "advice": ("text", "heading"),
    "holiday": ("name", "rule", "crowd"),
    "road_link": ("note", "toll_note"),
    "trail": ("note",),
    "table": ("title", "note"),
    "fact": ("text",),
    "price": ("item", "note"),
    "notice": ("text",),
    "staff_answer": ("question", "answer"),
}

# Lists of other subjects: field → role of the relation.
LISTS: dict[str, dict[str, str]] = {
    "person": {"places": "place"},
    "festival": {"places": "place"},
    "programme": {"routes": "route"},
    "route": {"stops": "stop"},
    "gateway": {"serves": "serves"},
    "bus_line": {"starts": "start", "ends": "end", "stops": "stop"},
    "bridge": {"connects": "connects"},
    "rail_line": {"stations": "station"},
    "dish": {"places": "place"},
    "eating": {"dishes": "dish"},
    "help": {"serves": "serves"},
    "advice": {"places": "place", "instead": "instead"},
    "road_link": {"bridges": "bridge"},
    "trail": {"lines": "line"},
}
# What a list points to; other lists hold places and gateways.
POINTS_TO = {"routes": "route", "dishes": "dish", "bridges": "bridge", "lines": "cable_car"}

# The column that says where a value comes from, for values that have one.
SOURCE_OF = {
    "hours": "hours_source",
    "best_time": "best_time_source",
    "phone": "contact_source",
    "website": "contact_source",
    "email": "contact_source",
    "lat": "location_source",
    "lon": "location_source",
}
STATEMENTS = ("fact", "price", "notice", "staff_answer")


class Target(NamedTuple):
    """A row that can be set: the table of its columns, its primary key, and the table and column of its texts."""

    kind: str
    table: Optional[str]
    key: object
    text_table: str
    owner: str


def target(ref: str) -> Optional[Target]:
    """What a reference such as ``place/chua-dong`` or ``price/12`` leads to; None when it is no reference."""
    kind, slash, key = ref.partition("/")
    if not slash or not key or kind not in TEXTS:
        return None
    if kind in STATEMENTS:
        return Target(kind, kind, int(key), f"{kind}_text", kind) if key.isdigit() else None
    return Target(kind, TABLE_OF_KIND.get(kind), ref, "text", "subject")


def columns(kind: str) -> list[str]:
    """The columns of a kind that can be set."""
    table = kind if kind in STATEMENTS else TABLE_OF_KIND.get(kind)
    return [name for name in TABLES[table].columns if name not in ("id", "subject", "position")] if table else []


def source_column(kind: str, field: str) -> Optional[str]:
    """The column that holds the source of a field, if the kind has one."""
    own = SOURCE_OF.get(field)
    own = "source" if own not in columns(kind) else own
    return own if own in columns(kind) and field != own else None


def known(kind: str) -> list[str]:
    """All fields of a kind that can be set, as they are named."""
    return sorted({*columns(kind), *TEXTS.get(kind, ()), *LISTS.get(kind, {})})
