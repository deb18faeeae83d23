"""The console's forms and the site database's tables fit together: a change of the schema is noticed here."""

from __future__ import annotations

import pytest

from guide.sitedb import fields as f
from guide.sitedb import values as v
from guide.sitedb.sheets import ALIASES
from guide.sitedb.tables import TABLE_OF_KIND, TABLES
from web.console.fact_fields import Checked
from web.console.fact_forms import FactForm
from web.console.kinds import HOURS, KINDS, OF_STATEMENTS, PARTS, STATEMENTS, parts_of, table_of
from web.console.words import LANGUAGES, has

# Deliberately typed by nobody, with what sets it instead.
BY_ITSELF = {
    "id": "made from the name when it is added",
    "subject": "the page from which something is added",
    "position": "the order in which things are added",
    "updated": "the day of writing",
    "file": "the picture that was sent",
    "width": "the picture that was sent",
    "height": "the picture that was sent",
}
TABLES_BY_ITSELF = {
    "subject": "adding and deleting",
    "sun": "computed by the almanac from the position, for all days of the year",
}
HELD_ELSEWHERE = {"text", "alias", "relation", "subject_source"}  # texts, names, lists and sources of sheets
IN_ROWS = {part.table for parts in f.PARTS.values() for part in parts.values()}


def shown(kind: str) -> set[str]:
    """Every field of the kind's forms."""
    if kind in OF_STATEMENTS:
        return set(OF_STATEMENTS[kind])
    return {name for names in parts_of(kind).values() for name in names}


@pytest.mark.parametrize("table", [name for name in TABLES if not name.endswith("_text")])
def test_every_column_is_typed_somewhere_or_deliberately_not(table: str) -> None:
    if table in TABLES_BY_ITSELF or table in HELD_ELSEWHERE:
        return
    columns = {name for name, column in TABLES[table].columns.items() if column.ref != "source"} - BY_ITSELF.keys()
    if table in IN_ROWS:
        rows = [part for parts in f.PARTS.values() for part in parts.values() if part.table == table]
        assert columns == {name for part in rows for name in (*part.columns, *part.fixed)}
        return
    kinds = [kind for kind in (*KINDS, *OF_STATEMENTS) if table_of(kind) == table]
    assert kinds, f"no form is about {table}"
    for kind in kinds:
        assert columns <= shown(kind), kind


@pytest.mark.parametrize("kind", [*KINDS, *OF_STATEMENTS])
def test_every_text_and_list_is_typed_too(kind: str) -> None:
    lists = {*f.LISTS.get(kind, {}), *f.LISTED.get(kind, {}), *f.PARTS.get(kind, {})}
    names = {ALIASES} if kind in KINDS else set()
    assert {*f.TEXTS[kind], *lists, *names} <= shown(kind)


def test_every_kind_of_subject_and_statement_has_its_forms() -> None:
    assert set(KINDS) == set(TABLE_OF_KIND)
    assert set(STATEMENTS) == set(f.STATEMENTS)


def test_a_part_names_nothing_that_is_not_there() -> None:
    known = {name for kind in KINDS for name in shown(kind)}
    assert {name for names in PARTS.values() for name in names} <= known


@pytest.mark.parametrize("kind", [*KINDS, *OF_STATEMENTS])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_is_worded_and_asks_for_what_must_be_there(kind: str, lang: str) -> None:
    parts = parts_of(kind) if kind in KINDS else {kind: OF_STATEMENTS[kind]}
    for part, names in parts.items():
        assert has(lang, f"edit.{part}")
        if part == HOURS:
            continue  # a form of its own
        form = FactForm(lang, kind, names, {}, None)
        columns = TABLES[table_of(kind)].columns
        for name, field in form.fields.items():
            assert field.label
            if name in columns:
                column = columns[name]
                assert field.required == (column.required and column.kind is not v.Bool), name
            if isinstance(field, Checked):
                assert has(lang, f"mistake.{field.kind.__name__.lower()}"), name
