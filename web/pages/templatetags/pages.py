"""Tags and filters of the pages: wording, words in the page's language, and figures as that language writes them."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from typing import Any, Iterable, Optional

from django import template
from django.contrib.staticfiles import finders
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guide.answers import formats
from guide.answers.trip_words import clock
from guide.sitedb.records import Source, Words
from guide.text import has_diacritics
from web.pages import words

register = template.Library()
ENGLISH = {"of", "the", "and", "in", "to", "for", "on"}


@register.simple_tag(takes_context=True)
def say(context: Context, phrase: str, **values: Any) -> str:
    """A phrase of the page's language: ``{% say "home.festivals" %}``."""
    return words.say(context["lang"], phrase, **values)


@register.simple_tag(takes_context=True)
def say_or(context: Context, prefix: str, key: str) -> str:
    """The phrase ``prefix.key``; for a kind or topic that the wording does not know yet, the key made readable."""
    name = f"{prefix}.{key}"
    return words.say(context["lang"], name) if words.has(context["lang"], name) else key.replace("_", " ")


@register.filter
def say_in(name: str, lang: str) -> str:
    """A phrase of a given language: ``{{ "error.not_found.title"|say_in:code }}``."""
    return words.say(lang, name)


@register.filter
def in_lang(text: Optional[Words], lang: str) -> SafeString | str:
    """Words in the page's language; marked as another language where only that one is known."""
    if not text:
        return ""
    if text.get(lang):
        return text[lang]
    other = next(code for code, known in text.items() if known == text.in_(lang))
    return format_html('<span lang="{}">{}</span>', other, text.in_(lang)) if text.in_(lang) else ""


@register.filter
def unbroken(title: str, lang: str) -> str:
    """A title whose proper names do not break over lines: ``Yên Tử``, ``Côn Sơn``. Vietnamese names are short."""
    if lang != "vi" or isinstance(title, SafeString):
        return title
    words_ = title.split(" ")
    joined = words_[0]
    for before, word in zip(words_, words_[1:], strict=False):
        one_name = before[:1].isupper() and before[-1:].isalnum() and word[:1].isupper()
        joined += ("\u00a0" if one_name or word == "–" else " ") + word
    return joined


@register.filter
def money(amount: int, lang: str) -> str:
    """40.000 ₫ / 40,000 VND."""
    return formats.money(amount, lang)


@register.filter
def full_day(day: date, lang: str) -> str:
    """A date with weekday and lunar day."""
    return formats.day(day, lang)


@register.filter
def plain_day(day: date, lang: str) -> str:
    """A date alone."""
    return formats.plain_day(day, lang)


@register.filter
def at(minutes: int, lang: str) -> str:
    """A time of day, given as minutes from midnight."""
    return formats.clock(clock(minutes), lang)


@register.filter
def full_days(days: Iterable[date], lang: str) -> str:
    """Several dates with weekday and lunar day, as a list in words."""
    return formats.listing((formats.day(day, lang) for day in days), lang)


@register.filter
def lunar_day(day: date, lang: str) -> str:
    """The lunar day and month of a date."""
    return formats.lunar_day(day, lang)


@register.filter
def weekday(day: date, lang: str) -> str:
    """The name of a date's weekday."""
    return formats.weekday(day, lang)


@register.filter
def distance(km: float, lang: str) -> str:
    """A distance, rounded as travellers need it."""
    return formats.distance(km, lang)


@register.filter
def metres(length: float, lang: str) -> str:
    """A length given in metres."""
    return formats.distance(length / 1000, lang)


@register.simple_tag(takes_context=True)
def amount(context: Context, lowest: Optional[int], highest: Optional[int] = None) -> str:
    """A price, a range, "free" or "not known"."""
    lang = context["lang"]
    if lowest is None:
        return words.say(lang, "place.amount_unknown")
    if highest and highest != lowest:
        return f"{formats.money(lowest, lang)} – {formats.money(highest, lang)}"
    return formats.money(lowest, lang) if lowest else words.say(lang, "place.free")


@register.simple_tag(takes_context=True)
def listed_in(context: Context, items: Iterable[str]) -> str:
    """Several things as a list in words."""
    return formats.listing(items, context["lang"])


@register.filter
def duration(minutes: float, lang: str) -> str:
    """Hours and minutes."""
    return formats.duration(minutes, lang)


@register.filter
def partial_date(text: str, lang: str) -> str:
    """A source's date as far as it is known."""
    return formats.partial_date(text, lang)


@register.filter
def language_of(text: str) -> str:
    """A guess for titles of sources, which keep their own language: an English title may hold Vietnamese names."""
    return "vi" if has_diacritics(text) and not ENGLISH & set(text.lower().split()) else "en"


@register.filter
def unpublished(source: Source) -> bool:
    """Whether a source is general knowledge, advice, a gap or a computation rather than a publication."""
    return source.basis != "published"


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with a mark of its content so that browsers may keep it long."""
    return f"{static(path)}?v={_mark(path)}"


@lru_cache(maxsize=None)
def _mark(path: str) -> str:
    with open(finders.find(path), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:10]
