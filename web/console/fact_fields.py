"""Form fields for the site database's kinds of value: what people type, as the database keeps it, and back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Optional

from django import forms

from guide.answers.formats import number
from guide.sitedb import values as v
from guide.sitedb.tables import Column
from guide.text import fold
from web.console.words import has, say


class Amount(forms.CharField):
    """A whole number as people write money: ``40.000``, ``40,000 ₫``, ``40 000 VND``."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> Optional[int]:
        """The number; ValidationError with code ``amount`` for anything else."""
        text = re.sub(r"\s|₫|d(ong)?$|vnd$", "", fold(str(value or "").strip()))
        if not text:
            return None
        if not re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d{1,12}", text):
            raise forms.ValidationError("", code="amount")
        return int(re.sub(r"[.,]", "", text))

    def prepare_value(self, value: Any) -> Any:
        """Grouped in threes when it comes from the database, as typed when it comes from the form."""
        return number(value, "vi") if isinstance(value, int) else value


class PartialDay(forms.CharField):
    """A date as far as it is known: ``5/2/2026``, ``2/2026``, ``2026`` or ISO."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    whole = False

    def to_python(self, value: Any) -> Optional[str]:
        """The date in ISO; ValidationError with code ``day`` for anything else."""
        text = re.sub(r"\s", "", str(value or ""))
        if not text:
            return None
        parts = re.split(r"[/.-]", text)
        if len(parts[0]) != 4:
            parts.reverse()
        return self._checked(parts)

    def _checked(self, parts: list[str]) -> str:
        try:
            numbers = [int(part) for part in parts]
            date(*(numbers + [1, 1])[:3])
            if len(parts) > 3 or not 1000 <= numbers[0] <= 2100 or (self.whole and len(parts) != 3):
                raise ValueError
        except (ValueError, TypeError):
            raise forms.ValidationError("", code="day") from None
        return "-".join(f"{number:02d}" for number in numbers)

    def prepare_value(self, value: Any) -> Any:
        """Day first, as it is written in Việt Nam."""
        iso = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(value or ""))
        return "/".join(str(int(part)) for part in reversed(iso.groups()) if part) if iso else value


class WholeDay(PartialDay):
    """A date that must be known to the day."""

    whole = True


class Lines(forms.CharField):
    """Several names, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> list[str]:
        """Without empty lines and repetitions."""
        return list(dict.fromkeys(line.strip() for line in str(value or "").splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return "\n".join(value) if isinstance(value, list) else value


class Checked(forms.CharField):
    """Text that one of the database's own types checks (telephone, address); the mistake is told by the type's name."""

    kind: Any = None

    def clean(self, value: Any) -> Optional[str]:
        """The text, or None when nothing is written."""
        text = str(super().clean(value)).strip() or None
        if text and v.check(self.kind, text)[1]:
            raise forms.ValidationError("", code=self.kind.__name__.lower())
        return text


class Tick(forms.BooleanField):
    """Yes or no, as the database keeps it."""

    def clean(self, value: Any) -> int:
        """1 or 0."""
        return int(self.to_python(value))


class Choice(forms.ChoiceField):
    """One of a few words; nothing chosen is unknown."""

    def clean(self, value: Any) -> Optional[str]:
        """The word, or None."""
        return str(super().clean(value)) or None


def field_for(name: str, column: Column, lang: str) -> forms.Field:
    """The form field of a column: the one place that knows which kind of value is typed how."""
    words = v.permitted(column.kind)
    if words:
        none = f"choice.{name}.none" if has(lang, f"choice.{name}.none") else "choice.unknown"
        empty = [] if column.required else [("", say(lang, none))]
        options = [*empty, *((word, say(lang, f"choice.{name}.{word}")) for word in words)]
        return Choice(choices=options, required=column.required)
    if column.kind is v.Bool:
        return Tick(required=False)
    if column.kind is v.Count:
        return Amount(required=column.required)
    if column.kind is v.IsoDate or column.kind is v.PartialDate:
        return (WholeDay if column.kind is v.IsoDate else PartialDay)(required=column.required)
    field = Checked(required=column.required)
    field.kind = column.kind
    return field
