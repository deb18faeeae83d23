"""Forms of facts: which fields, how both languages stand side by side, how mistakes are said."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional

from django import forms

from guide.sitedb import Invalid
from guide.sitedb import fields as f
from guide.sitedb.records import LANGUAGES
from guide.sitedb.sheets import ALIASES
from guide.sitedb.tables import TABLE_OF_KIND, TABLES
from web.console.fact_fields import Lines, field_for
from web.console.forms import Spoken
from web.console.words import has, say

# What a form shows, in its order; columns and texts are those of guide.sitedb. ``part`` of a subject, or a statement.
PARTS: dict[str, tuple[str, ...]] = {
    "words": ("name", ALIASES, "summary", "address", "best_time"),
    "contact": ("phone", "website", "email"),
    "price": ("item", "adult", "child", "unit", "days", "valid_from", "valid_to", "current", "note"),
    "notice": ("kind", "text", "starts", "ends"),
    "staff_answer": ("question", "answer"),
}
NEEDED = {"item", "text", "question", "answer", "name"}  # texts that must be there
LONG = {"summary", "text", "answer", "note", "hours_note", "best_time", "question"}
NO_LANGUAGE = ""


class FactForm(Spoken):
    """A form over a sheet's values. Its fields have the sheet's keys: ``adult``, ``item.vi``, ``aliases.``"""

    def __init__(self, lang: str, kind: str, names: tuple[str, ...], values: Mapping[str, Any], data: Any) -> None:
        self.kind, self.names = kind, tuple(name for name in names if name in known(kind))
        self.base_fields = {key: field for name in self.names for key, field in self._made(lang, name)}
        super().__init__(lang, data, initial={key: values.get(key) for key in self.base_fields})

    def _made(self, lang: str, name: str) -> Iterator[tuple[str, forms.Field]]:
        """The fields of one thing: a column is one, a text is one for each language."""
        label = say(lang, f"label.{name}")
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
        else:
            field = field_for(name, TABLES[_table(self.kind)].columns[name], lang)
            field.label, field.help_text = label, say(lang, f"hint.{name}") if has(lang, f"hint.{name}") else ""
            yield name, field

    def rows(self) -> Iterator[list[forms.BoundField]]:
        """The fields that stand beside each other: a text in its languages, and values that follow each other."""
        values: list[forms.BoundField] = []
        for name in self.names:
            fields = [self[key] for key in self.fields if key.partition(".")[0] == name]
            if len(fields) == 1:
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
        known = f"mistake.{getattr(error, 'code', None)}"
        super().add_error(field, say(self.lang, known) if has(self.lang, known) else error)

    def clean(self) -> dict[str, Any]:
        """A text is there in every language or in none."""
        data = {key: value if value != "" else None for key, value in (super().clean() or {}).items()}
        for name in self.names:
            texts = {code: f"{name}.{code}" for code in LANGUAGES}
            if name == ALIASES or name not in f.TEXTS[self.kind] or not any(data.get(key) for key in texts.values()):
                continue
            for code, key in texts.items():
                if not data.get(key) and key not in self.errors:
                    self.add_wrong(key, "mistake.translation", language=say(self.lang, f"in.{code}"))
        return data

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


def known(kind: str) -> set[str]:
    """What a form can show of a kind of subject or statement."""
    aliases = set() if kind in f.STATEMENTS else {ALIASES}
    return {*f.known(kind), *aliases}


def _table(kind: str) -> str:
    return kind if kind in f.STATEMENTS else TABLE_OF_KIND[kind]
