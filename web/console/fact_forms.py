"""Forms of facts: which fields, how both languages stand side by side, how mistakes are said."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional

from django import forms

from guide.sitedb import Invalid
from guide.sitedb import fields as f
from guide.sitedb.records import LANGUAGES
from guide.sitedb.sheets import ALIASES
from guide.sitedb.tables import TABLES, Column
from web.console.fact_fields import Amount, Lines, field_for
from web.console.fact_lists import Pointer, Pointers, Rows, datalist_of, labels
from web.console.forms import Spoken
from web.console.kinds import column_of, known
from web.console.words import has, say

NEEDED = {"item", "text", "question", "answer", "name", "alt"}  # texts that must be there
LONG = {"summary", "text", "answer", "note", "hours_note", "best_time", "question", "about", "what", "description"}
LONG |= {"heritage_note", "use", "now", "offer", "crowd"}
NO_LANGUAGE = ""


class FactForm(Spoken):
    """A form over a sheet's values. Its fields have the sheet's keys: ``adult``, ``item.vi``, ``aliases.``"""

    def __init__(self, lang: str, kind: str, names: tuple[str, ...], values: Mapping[str, Any], data: Any) -> None:
        self.kind, self.names = kind, tuple(name for name in names if name in known(kind))
        self.base_fields = {key: field for name in self.names for key, field in self._made(lang, name)}
        super().__init__(lang, data, initial={key: values.get(key) for key in self.base_fields})

    def _made(self, lang: str, name: str) -> Iterator[tuple[str, forms.Field]]:
        """The fields of one thing: a column is one, a text is one for each language."""
        label = label_of(lang, self.kind, name)
        if name == ALIASES:
            for code in (*LANGUAGES, NO_LANGUAGE):
                title = f"{label} · {say(lang, 'in.' + (code or 'any'))}"
                yield f"{name}.{code}", Lines(required=False, label=title)
        elif name in f.TEXTS[self.kind]:
            for code in LANGUAGES:
                widget = forms.Textarea(attrs={"rows": 4}) if name in LONG else forms.TextInput()
                widget.attrs |= {"lang": code, "autocomplete": "off"}
                title = f"{label} · {say(lang, f'in.{code}')}"
                yield f"{name}.{code}", forms.CharField(required=name in NEEDED, label=title, widget=widget)
        elif name in f.LISTED.get(self.kind, {}):
            for code in LANGUAGES if f.LISTED[self.kind][name] else (NO_LANGUAGE,):
                title = f"{label} · {say(lang, f'in.{code}')}" if code else label
                yield f"{name}.{code}", Lines(required=False, label=title)
        else:
            field = value_field(self.kind, name, lang)
            field.label, field.help_text = label, say(lang, f"hint.{name}") if has(lang, f"hint.{name}") else ""
            yield name, field

    def datalists(self) -> Iterator[tuple[str, list[str]]]:
        """The suggestions that the fields need: the id of each list, and its names."""
        inner = (each for field in self.fields.values() for each in (field, *getattr(field, "fields", {}).values()))
        kinds = dict.fromkeys(field.kinds for field in inner if isinstance(field, Pointer))
        return ((datalist_of(each), sorted(labels(each, self.lang).values())) for each in kinds)

    def rows(self) -> Iterator[list[forms.BoundField]]:
        """The fields that stand beside each other: a text in its languages, and values that follow each other."""
        values: list[forms.BoundField] = []
        for name in self.names:
            fields = [self[key] for key in self.fields if key.partition(".")[0] == name]
            if len(fields) == 1 and not isinstance(fields[0].field, Rows):
                values += fields
                continue
            if values:
                yield values
            yield fields
            values = []
        if values:
            yield values

    def add_error(self, field: Optional[str], error: Any) -> None:
        """Django's mistakes carry a code for which there is a sentence in each language."""
        phrase = f"mistake.{getattr(error, 'code', None)}"
        super().add_error(field, say(self.lang, phrase) if has(self.lang, phrase) else error)

    def clean(self) -> dict[str, Any]:
        """A text is there in every language or in none."""
        data = {key: value if value != "" else None for key, value in (super().clean() or {}).items()}
        for name in self.names:
            texts = {code: f"{name}.{code}" for code in LANGUAGES}
            if name in f.LISTED.get(self.kind, {}):
                self._check_as_many(name, data)
            if name == ALIASES or name not in f.TEXTS[self.kind] or not any(data.get(key) for key in texts.values()):
                continue
            for code, key in texts.items():
                if not data.get(key) and key not in self.errors:
                    self.add_wrong(key, "mistake.translation", language=say(self.lang, f"in.{code}"))
        return data

    def _check_as_many(self, name: str, data: Mapping[str, Any]) -> None:
        """A list of texts has as many in each language."""
        lists = {key: data.get(key) or [] for key in self.fields if key.partition(".")[0] == name}
        if len({len(each) for each in lists.values()}) > 1:
            self.add_wrong(min(lists, key=lambda key: len(lists[key])), "mistake.as_many")

    def changes(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is other than on the sheet; all that is filled in, where there is no sheet yet."""
        return {key: value for key, value in self.cleaned_data.items() if value != values.get(key)}

    def explain(self, invalid: Invalid) -> None:
        """The database's own objections, beside the fields they are about."""
        for problem in invalid.problems:
            keys = [key for key in self.fields if key == problem.field or key.partition(".")[0] == problem.field]
            before = "is before" in problem.message
            phrase = "mistake.ends_before" if before else "mistake.refused"
            self.add_wrong(keys[0] if keys else None, phrase, **({} if before else {"said": problem.message}))


def label_of(lang: str, kind: str, name: str) -> str:
    """What a field is called: by its kind where its name means something else there."""
    own = f"label_of.{kind}.{name}"
    return say(lang, own if has(lang, own) else f"label.{name}")


def value_field(kind: str, name: str, lang: str) -> forms.Field:
    """The field of a value that is not text: a column, a list of other subjects, rows of another table."""
    if name in f.LISTS.get(kind, {}):
        return Pointers((f.POINTS_TO[name],) if name in f.POINTS_TO else NODES, lang, required=False)
    if name in f.PARTS.get(kind, {}):
        part = f.PARTS[kind][name]
        columns = {each: _column_field(each, TABLES[part.table].columns[each], lang) for each in part.columns}
        for each, field in columns.items():
            field.label = label_of(lang, part.table, each)
        return Rows(columns, lang, required=False)
    return _column_field(name, column_of(kind, name), lang)


NODES = ("place", "gateway")
_POINTED_TO = {"place": ("place",), "subject": NODES, "area": ("province",)}


def _column_field(name: str, column: Column, lang: str) -> forms.Field:
    if column.ref == "fact":
        return Amount(required=False)
    if column.ref:
        return Pointer(_POINTED_TO.get(column.ref, (column.ref,)), lang, required=column.required)
    return field_for(name, column, lang)
