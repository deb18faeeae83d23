"""Figures as visitors read them: money, dates, times, distances. Babel's CLDR data, and our own lunar calendar.

Vietnamese is CLDR ``vi``; English is ``en_GB``, the guidebook's day-month-year and 24-hour clock.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Iterable, Literal, Union

from babel import Locale
from babel.dates import format_date, format_time, get_day_names, get_month_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit
from jinja2 import Environment, StrictUndefined, Template

from guide.answers.phrases import sources, spoken
from guide.calendar.lunar import LunarDate, to_lunar

_LOCALES = {"vi": "vi", "en": "en_GB"}
SUNDAY = 6  # the one Vietnamese weekday that is a name, not a number: it stays large
_UNIT_LENGTH: dict[str, Literal["short", "long"]] = {
    "vi": "short"
}  # CLDR leaves the long Vietnamese units to inherit from the short ones; Babel does not


def locale(lang: str) -> str:
    """The CLDR locale for one of our languages."""
    return _LOCALES.get(lang, lang)


@lru_cache(maxsize=None)
def _phrase(lang: str, name: str) -> Template:
    source = sources(spoken(lang))[f"calendar.{name}"]
    return Environment(undefined=StrictUndefined, autoescape=False).from_string(source)


def _plain(text: str) -> str:
    """Ordinary spaces: chat channels do not all show a no-break space, and visitors copy what they see."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def number(value: float, lang: str) -> str:
    """``1068`` → ``1.068`` / ``1,068``."""
    return _plain(format_decimal(value, locale=locale(lang)))


def money(amount: int, lang: str) -> str:
    """Vietnamese đồng: ``40.000 ₫`` / ``40,000 VND``."""
    if lang == "vi":
        return _plain(format_currency(amount, "VND", locale="vi"))
    return f"{number(amount, lang)} VND"


def ordinal(value: int, lang: str) -> str:
    """``2`` → ``2`` / ``2nd``; the endings are in the wording, the rule is CLDR's."""
    form = Locale.parse(locale(lang)).ordinal_form(value)
    return _phrase(lang, f"ordinal_{form}").render(n=value)


def lunar_day(day: Union[date, LunarDate], lang: str) -> str:
    """``mùng 5 tháng 2 âm lịch`` / ``5th of the 2nd lunar month``; says when the month is a leap one."""
    lunar = day if isinstance(day, LunarDate) else to_lunar(day)
    return _phrase(lang, "lunar_day").render(
        day=lunar.day,
        month=lunar.month,
        leap=lunar.leap,
        nth_day=ordinal(lunar.day, lang),
        nth_month=ordinal(lunar.month, lang),
    )


def weekday(day: date, lang: str) -> str:
    """``thứ Sáu`` / ``Friday``, as inside a sentence."""
    name = get_day_names("wide", "format", locale(lang))[day.weekday()]
    return name[:1].lower() + name[1:] if lang == "vi" and day.weekday() != SUNDAY else name


def plain_day(day: date, lang: str) -> str:
    """``12/3/2027`` / ``12 March 2027``."""
    return format_date(day, "d/M/y" if lang == "vi" else "d MMMM y", locale=locale(lang))


def day(day: date, lang: str) -> str:
    """``12/3/2027 (thứ Sáu, mùng 5 tháng 2 âm lịch)`` / ``12 March 2027 (Friday, 5th of the 2nd lunar month)``."""
    return f"{plain_day(day, lang)} ({weekday(day, lang)}, {lunar_day(day, lang)})"


def span(first: date, last: date, lang: str) -> str:
    """``15/2/2027 – 5/5/2027``; a single day stands alone."""
    return plain_day(first, lang) if first == last else f"{plain_day(first, lang)} – {plain_day(last, lang)}"


def month(number_: int, lang: str) -> str:
    """``tháng 3`` / ``March``."""
    return get_month_names("wide", "format", locale(lang))[number_]


def partial_date(text: str, lang: str) -> str:
    """A source's date as far as it is known: ``2026-02-05``, ``2016-03`` or ``2016``."""
    parts = [int(part) for part in re.findall(r"\d+", text)[:3]]
    if len(parts) == 3:
        return plain_day(date(*parts), lang)
    if len(parts) == 2:
        return f"{parts[1]}/{parts[0]}" if lang == "vi" else f"{month(parts[1], lang)} {parts[0]}"
    return str(parts[0]) if parts else text


def clock(moment: Union[time, datetime, str], lang: str) -> str:
    """``7:00`` / ``07:00``; also from a timetable's ``07:00``."""
    if isinstance(moment, str):
        hours, minutes = moment.split(":")[:2]
        moment = time(int(hours) % 24, int(minutes))
    return format_time(moment, "H:mm" if lang == "vi" else "HH:mm", locale=locale(lang))


def _unit(value: float, unit: str, lang: str) -> str:
    return _plain(format_unit(value, unit, _UNIT_LENGTH.get(lang, "long"), locale=locale(lang)))


def distance(km: float, lang: str) -> str:
    """``850 m``, ``2,5 km``, ``131 km``: no finer than a traveller needs (50 m, 100 m, 1 km)."""
    if km < 1:
        return _plain(format_unit(max(50, round(km * 20) * 50), "length-meter", "short", locale=locale(lang)))
    return _plain(format_unit(round(km, 1) if km < 10 else round(km), "length-kilometer", "short", locale=locale(lang)))


def duration(minutes: float, lang: str) -> str:
    """``45 phút``, ``2 giờ 30 phút`` / ``2 hours 30 minutes``."""
    hours, rest = divmod(round(minutes), 60)
    parts = [_unit(hours, "duration-hour", lang)] if hours else []
    if rest or not hours:
        parts.append(_unit(rest, "duration-minute", lang))
    return " ".join(parts)


def temperature(celsius: float, lang: str) -> str:
    """``16°C``, rounded to a degree."""
    return _plain(format_unit(round(celsius), "temperature-celsius", "short", locale=locale(lang)))


def listing(items: Iterable[str], lang: str) -> str:
    """``a, b và c`` / ``a, b and c``."""
    return format_list([str(item) for item in items], locale=locale(lang))
