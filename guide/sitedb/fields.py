"""What of a subject can be set by name: columns of its table, texts by language, lists of other subjects."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Optional

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
    "photo": ("alt",),
    "source": (),
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
# Lists of texts that have no subject of their own: field → whether each text is there in every language.
LISTED: dict[str, dict[str, bool]] = {
    "programme": {"members_before": True, "members_now": True, "goals": True},
    "bus_line": {"operators": False},
    "road_link": {"roads": False},
}


class Part(NamedTuple):
    """Rows of another table that belong to a subject: which table, and what all of these rows have in common."""

    table: str
    fixed: Mapping[str, Any] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """What differs from row to row and is set by hand."""
        own = {"id", "subject", "position", "source", *self.fixed}
        return tuple(name for name in TABLES[self.table].columns if name not in own)


PARTS: dict[str, dict[str, Part]] = {
    "place": {"climate": Part("climate")},
    "festival": {
        "main_days": Part("festival_day", {"role": "main"}),
        "other_days": Part("festival_day", {"role": "other"}),
        "editions": Part("festival_edition"),
    },
    "holiday": {"dates": Part("holiday_date")},
    "trail": {"stops": Part("trail_stop")},
}
# Kinds of subject whose sources are a list for the whole of it.
SOURCED_AS_A_WHOLE = ("lodging", "eating", "help", "holiday")

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
STATEMENTS = ("fact", "price", "notice", "staff_answer", "photo")
SOURCE = "source"


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
    if kind == SOURCE:
        return Target(kind, kind, key, "", kind)
    return Target(kind, TABLE_OF_KIND.get(kind), ref, "text", "subject")


def columns(kind: str) -> list[str]:
    """The columns of a kind that can be set."""
    table = kind if kind in (*STATEMENTS, SOURCE) else TABLE_OF_KIND.get(kind)
    return [name for name in TABLES[table].columns if name not in ("id", "subject", "position")] if table else []


def source_column(kind: str, field: str) -> Optional[str]:
    """The column that holds the source of a field, if the kind has one."""
    own = SOURCE_OF.get(field)
    own = "source" if own not in columns(kind) else own
    return own if own in columns(kind) and field != own else None


def known(kind: str) -> list[str]:
    """All fields of a kind that can be set, as they are named."""
    more = (LISTS.get(kind, {}), LISTED.get(kind, {}), PARTS.get(kind, {}))
    return sorted({*columns(kind), *TEXTS.get(kind, ()), *(name for names in more for name in names)})


def source_columns(kind: str) -> list[str]:
    """The columns of a kind that name a source."""
    table = TABLES.get(kind if kind in STATEMENTS else TABLE_OF_KIND.get(kind, ""))
    return [name for name, column in table.columns.items() if column.ref == "source"] if table else []
