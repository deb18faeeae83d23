"""Form fields for the site database's kinds of value: what people type, as the database keeps it, and back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Iterable, Optional

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

    def prepare_value(self, value: Any) -> bool:
        """Django would tick the box for the database's 0."""
        return bool(value)


class Choice(forms.ChoiceField):
    """One of a few words; nothing chosen is unknown."""

    def clean(self, value: Any) -> Optional[str]:
        """The word, or None."""
        return str(super().clean(value)) or None


class Plain(Amount):
    """A whole number that is no amount: a year, a number in a list."""

    def prepare_value(self, value: Any) -> Any:
        """Without grouping."""
        return value


class Measure(forms.CharField):
    """A number with a decimal comma or point: ``12,5``."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    kind: Any = float

    def to_python(self, value: Any) -> Optional[float]:
        """The number; ValidationError with code ``measure`` (``within`` outside its bounds) for anything else."""
        text = re.sub(r"\s", "", str(value or "")).replace(",", ".")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            raise forms.ValidationError("", code="measure") from None
        if v.check(self.kind, number)[1]:
            raise forms.ValidationError("", code="within")
        return number

    def prepare_value(self, value: Any) -> Any:
        """With a point, and without one where there is nothing behind it."""
        return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, (int, float)) else value


class Bounded(forms.TypedChoiceField):
    """A month or a day of one."""

    def __init__(self, last: int, lang: str, **more: Any) -> None:
        choices = [("", say(lang, "choice.unknown")), *((number, str(number)) for number in range(1, last + 1))]
        super().__init__(choices=choices, coerce=int, empty_value=None, **more)


class Months(forms.MultipleChoiceField):
    """Months of the year, kept as ``1,2,12``."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Optional[str]:
        """The months with commas, or None."""
        return ",".join(sorted(super().clean(value), key=int)) or None

    def prepare_value(self, value: Any) -> Any:
        """The months that are ticked."""
        return value.split(",") if isinstance(value, str) else value


class YesNo(Choice):
    """Yes, no, or unknown."""

    def clean(self, value: Any) -> Any:
        """1, 0 or None."""
        chosen = super().clean(value)
        return int(chosen) if chosen else None


class TimeOfDay(forms.CharField):
    """A time as people write it: ``7:30``, ``7h30``, ``17h``. (A browser's own time field may ask for AM and PM.)"""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "placeholder": "07:30"})

    def to_python(self, value: Any) -> str:
        """``HH:MM``; ValidationError with code ``clock`` for anything else."""
        text = re.sub(r"\s", "", str(value or "")).lower()
        match = re.fullmatch(r"(\d\d?)[:hg.](\d\d)?", text)
        clock = f"{int(match[1]):02d}:{match[2] or '00'}" if match else text
        if text and clock != "24:00" and v.check(v.Clock, clock)[1]:
            raise forms.ValidationError("", code="clock")
        return clock


_NUMBERED = ("year", "number_in_article", "heritage_property", "accuracy_m", "level", "stars")  # no amounts
_BY_KIND: tuple[tuple[Any, Any], ...] = (
    (v.Count, Amount), (v.IsoDate, WholeDay), (v.PartialDate, PartialDay), (v.Clock, TimeOfDay),
    (v.Text, forms.CharField),
)  # fmt: skip


def field_for(name: str, column: Column, lang: str) -> forms.Field:
    """The form field of a column: the one place that knows which kind of value is typed how."""
    needed = column.required
    if words := v.permitted(column.kind):
        return _choice(Choice, name, words, needed, lang)
    if column.kind is v.Bool:
        return Tick(required=False) if needed else _choice(YesNo, "yes", ("1", "0"), False, lang)
    if column.kind in (v.Month, v.Day):
        return Bounded(12 if column.kind is v.Month else 31, lang, required=needed)
    if column.kind is v.MonthList:
        return Months(choices=[(str(month), str(month)) for month in range(1, 13)], required=needed)
    if column.sql_type == "REAL":
        field = Measure(required=needed)
    elif name in _NUMBERED:
        return Plain(required=needed)
    else:
        made = next((form for kind, form in _BY_KIND if kind is column.kind), Checked)
        field = made(required=needed)
    field.kind = column.kind
    return field


def _choice(
    made: type[forms.ChoiceField], name: str, words: Iterable[str], needed: bool, lang: str
) -> forms.ChoiceField:
    none = f"choice.{name}.none" if has(lang, f"choice.{name}.none") else "choice.unknown"
    empty = [] if needed else [("", say(lang, none))]
    return made(choices=[*empty, *((word, say(lang, f"choice.{name}.{word}")) for word in words)], required=needed)
