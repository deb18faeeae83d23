"""The console's forms and the site database's tables fit together: a change of the schema is noticed here."""

from __future__ import annotations

import pytest

from guide.sitedb import values as v
from guide.sitedb.fields import TEXTS
from guide.sitedb.sheets import ALIASES
from guide.sitedb.tables import TABLE_OF_KIND, TABLES
from web.console.fact_fields import Checked, field_for
from web.console.fact_forms import PARTS, FactForm
from web.console.views.facts import STATEMENTS, SUBJECT_PARTS
from web.console.views.places import KINDS
from web.console.words import LANGUAGES, has

KEPT_BY_ITSELF = {"id", "subject", "position", "source", "updated"}  # set by guide.sitedb, not by hand
NOT_YET = {"adult_max"}  # no form field, shown and kept


@pytest.mark.parametrize("kind", STATEMENTS)
def test_a_form_has_every_column_and_text_of_its_table(kind: str) -> None:
    assert set(PARTS[kind]) == {*TABLES[kind].columns, *TEXTS[kind]} - KEPT_BY_ITSELF - NOT_YET


@pytest.mark.parametrize("kind", KINDS)
def test_parts_of_a_subject_name_what_some_kind_has(kind: str) -> None:
    assert kind in TABLE_OF_KIND
    for part in set(SUBJECT_PARTS) & set(PARTS):
        assert "name" not in PARTS[part] or "name" in FactForm("vi", kind, PARTS[part], {}, None).names


def test_every_field_of_a_form_is_known_to_the_database() -> None:
    columns = {name for table in TABLES.values() for name in table.columns}
    texts = {name for names in TEXTS.values() for name in names}
    assert {name for names in PARTS.values() for name in names} <= {*columns, *texts, ALIASES}


@pytest.mark.parametrize("kind", ["place", *STATEMENTS])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_column_that_must_be_filled_must_be_filled_in_the_form(kind: str, lang: str) -> None:
    for names in PARTS.values():
        for name in set(names) & set(TABLES[kind].columns):
            column = TABLES[kind].columns[name]
            field = field_for(name, column, lang)
            assert field.required == (column.required and column.kind is not v.Bool), name
            assert not isinstance(field, Checked) or has(lang, f"mistake.{column.kind.__name__.lower()}"), name
