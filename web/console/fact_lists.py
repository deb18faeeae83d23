"""Form fields that point to other subjects, and those that hold several rows."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping, Optional

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guide.text import fold
from web.console.page import site
from web.console.words import say

EMPTY_ROWS = 2  # below those that are filled in


def labels(kinds: tuple[str, ...], lang: str) -> Mapping[str, str]:
    """What subjects of these kinds are called in a form, by reference; two of the same name are told apart."""
    return _labels(site().path, site().version(), kinds, lang)


@lru_cache(maxsize=64)
def _labels(path: Path, version: int, kinds: tuple[str, ...], lang: str) -> Mapping[str, str]:
    records = [record for kind in kinds for record in site().all(kind)]
    names = [record.name.in_(lang) for record in records]
    return {
        str(record.ref): name if names.count(name) == 1 else f"{name} ({record.ref.id})"
        for record, name in zip(records, names, strict=True)
    }


def datalist_of(kinds: tuple[str, ...]) -> str:
    """The id of the list of suggestions for these kinds."""
    return f"known-{'-'.join(kinds)}"


class Pointer(forms.CharField):
    """Another subject, by its name: suggestions while typing, marks may be missing."""

    def __init__(self, kinds: tuple[str, ...], lang: str, **more: Any) -> None:
        widget = forms.TextInput(attrs={"list": datalist_of(kinds), "autocomplete": "off"})
        super().__init__(widget=widget, **more)
        self.kinds, self.lang = kinds, lang

    def to_python(self, value: Any) -> Optional[str]:
        """The reference; ValidationError with the names that are most alike for an unknown one."""
        text = str(value or "").strip()
        if not text:
            return None
        known = labels(self.kinds, self.lang)
        wanted = fold(text)
        found = [ref for ref, label in known.items() if fold(label) == wanted or ref == text]
        if len(found) == 1:
            return found[0]
        by_fold = {fold(label): label for label in known.values()}
        near = [by_fold[each] for each in difflib.get_close_matches(wanted, by_fold, 3, 0.5)]
        near = near or [label for folded, label in by_fold.items() if wanted in folded][:3]
        said = "mistake.no_such_name" if not near else "mistake.which_name"
        raise forms.ValidationError(say(self.lang, said, name=text, near="; ".join(near)) if near else say(
            self.lang, said, name=text
        ))  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """The name."""
        return labels(self.kinds, self.lang).get(str(value), value)


class RowsWidget(forms.Widget):
    """Rows of fields, those that are filled in and some empty ones; a script adds more."""

    use_fieldset = True

    def __init__(self, fields: Mapping[str, forms.Field], add: str) -> None:
        super().__init__()
        self.fields, self.add = fields, add

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, Any]]:
        """The rows as they were typed, in order; those without anything are left out."""
        numbers = {int(key.split("~")[1]) for key in data if key.startswith(f"{name}~") and key.count("~") == 2}
        rows = [
            {column: field.widget.value_from_datadict(data, files, f"{name}~{number}~{column}")
             for column, field in self.fields.items()}
            for number in sorted(numbers)
        ]  # fmt: skip
        return [row for row in rows if any(value not in (None, "", False) for value in row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Rows that are not there are rows that are empty."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Each row in a box of its own."""
        rows = [*(value or []), *({} for _ in range(EMPTY_ROWS))]
        each = ((self._row(name, number, row, renderer),) for number, row in enumerate(rows))
        made = format_html_join("", "{}", each)
        return format_html('<div class="list" data-rows="{}">{}</div><button type="button" class="plain" '
                           'data-more="{}" hidden>{}</button>', name, made, name, self.add)  # fmt: skip

    def _row(self, name: str, number: int, row: Mapping[str, Any], renderer: Any) -> SafeString:
        cells = format_html_join(
            "", '<label class="field"><span>{}</span>{}</label>', (
                (field.label or "", field.widget.render(
                    f"{name}~{number}~{column}", field.prepare_value(row.get(column)),
                    {"aria-label": field.label or self.add}, renderer,
                ))
                for column, field in self.fields.items()
            )
        )  # fmt: skip
        return format_html('<div class="{}">{}</div>', "spans rows-of" if len(self.fields) > 1 else "one", cells)


class Rows(forms.Field):
    """Several rows of the same fields, kept as a list of mappings."""

    def __init__(self, fields: Mapping[str, forms.Field], lang: str, **more: Any) -> None:
        super().__init__(widget=RowsWidget(fields, say(lang, "edit.more_rows")), **more)
        self.fields, self.lang = fields, lang

    def clean(self, value: Any) -> list[Any]:
        """The rows as the database keeps them; ValidationError naming the row."""
        found = []
        for number, row in enumerate(value or [], 1):
            try:
                found.append(self._row(row))
            except forms.ValidationError as error:
                code = f"mistake.{error.code or 'invalid'}"
                said = error.messages[0] or say(self.lang, code)
                raise forms.ValidationError(say(self.lang, "mistake.row", number=number, said=said)) from None
        return found

    def _row(self, row: Mapping[str, Any]) -> Any:
        return {name: _unless_empty(field.clean(row.get(name))) for name, field in self.fields.items()}


class Pointers(Rows):
    """Several other subjects, in order, kept as a list of references."""

    def __init__(self, kinds: tuple[str, ...], lang: str, **more: Any) -> None:
        super().__init__({"name": Pointer(kinds, lang, required=True)}, lang, **more)
        self.kinds = kinds

    def _row(self, row: Mapping[str, Any]) -> Any:
        return super()._row(row)["name"]

    def prepare_value(self, value: Any) -> Any:
        """References as rows."""
        return [row if isinstance(row, Mapping) else {"name": row} for row in value or []]


def _unless_empty(value: Any) -> Any:
    return None if value == "" else value
