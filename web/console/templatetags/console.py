"""Tags of the console: its wording, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Optional

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guide.answers import formats
from guide.sitedb import SiteDbError
from guide.sitedb.fields import STATEMENTS
from guide.sitedb.records import Words
from guide.sitedb.sheets import Sheet
from guide.visits import VisitsBroken
from web.console import words
from web.console.badges import badges
from web.console.hours_form import said
from web.console.models import Account
from web.console.worklist import Due
from web.pages.facts import now

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, phrase: str, **values: Any) -> str:
    """A phrase of the console: ``{% say "sign_in.title" %}``."""
    return words.say(context["lang"], phrase, **values)


@register.simple_tag(takes_context=True)
def say_of(context: Context, prefix: str, key: str) -> str:
    """The phrase ``prefix.key``: what a role, a kind or a field is called."""
    return words.say(context["lang"], f"{prefix}.{key}")


@register.filter
def moment(at: datetime) -> str:
    """24/11/2026 09:05, at the sites."""
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}"


@register.filter
def typed(at: Optional[datetime]) -> str:
    """A moment to come as a field has it; nothing for one that is over."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}" if at and at > now() else ""


@register.simple_tag
def language_name(lang: str) -> str:
    """A language's own name for itself."""
    return words.say(lang, "language_name")


@register.simple_tag(takes_context=True)
def navigate(context: Context, name: str) -> SafeString:
    """A link of the navigation, marked on its own page, with how much waits there."""
    address, lang = reverse(f"console:{name}"), context["lang"]
    here = SafeString(' aria-current="page"') if context["request"].path == address else ""
    waiting = _badges(context["request"]).get(name, 0)
    said = words.say(lang, "nav.waiting", count=waiting)
    badge = format_html('<span class="badge" title="{}">{}</span>', said, waiting) if waiting else ""
    return format_html('<a href="{}"{}>{}{}</a>', address, here, words.say(lang, f"nav.{name}"), badge)


def _badges(request: Any) -> dict[str, int]:
    """Counted once for a page. What can't be counted is no reason to show no page."""
    if not hasattr(request, "badges"):
        try:
            request.badges = badges(request.user)
        except (SiteDbError, VisitsBroken):
            request.badges = {}
    found: dict[str, int] = request.badges
    return found


@register.filter
def day(value: Optional[date], lang: str) -> str:
    """A date, or an ellipsis for none."""
    return formats.plain_day(value, lang) if value else "…"


@register.simple_tag(takes_context=True)
def day_text(context: Context, value: date) -> str:
    """A date for a phrase."""
    return formats.plain_day(value, context["lang"])


@register.simple_tag(takes_context=True)
def record_name(context: Context, record: Any) -> str:
    """A subject's name for a phrase."""
    return str(record.name.in_(context["lang"]))


@register.simple_tag
def percent(part: int, whole: int) -> int:
    """A share of a hundred, rounded."""
    return round(100 * part / whole) if whole else 0


@register.simple_tag
def person(actor: str) -> str:
    """The name of whom the history calls ``actor``."""
    found = Account.objects.filter(email=actor).first()
    return found.name if found else actor


@register.simple_tag(takes_context=True)
def sheet_text(context: Context, sheet: Sheet, field: str) -> str:
    """A text of a sheet, in the reader's language where it is there."""
    lang = context["lang"]
    return str(sheet.values.get(f"{field}.{lang}") or sheet.values.get(f"{field}.vi") or "")


@register.simple_tag(takes_context=True)
def hours_text(context: Context, expression: str) -> str:
    """Opening hours as visitors hear them."""
    return " ".join(said(expression, context["lang"], now()))


@register.simple_tag(takes_context=True)
def km_text(context: Context, km: float) -> str:
    """How far something is: in metres where it is near."""
    near = f"{km * 1000:.0f} m" if km < 1 else f"{km:.1f} km"
    return near.replace(".", ",") if context["lang"] == "vi" else near


@register.filter
def in_words(texts: dict[str, str], lang: str) -> str:
    """A text that is no record's any more, in the reader's language where it was there."""
    return Words(texts).in_(lang)


@register.simple_tag
def text_address(sheet: str, part: str) -> str:
    """Where a text is corrected."""
    kind, _, key = sheet.partition("/")
    return reverse("console:statement", args=[kind, key]) if kind in STATEMENTS else reverse(
        "console:part", args=[kind, key, part]
    )  # fmt: skip


@register.simple_tag
def edit_address(due: Due) -> str:
    """Where a value of the work list is corrected."""
    kind, _, key = due.sheet.partition("/")
    if kind in STATEMENTS:
        return reverse("console:statement", args=[kind, key])
    return reverse("console:part", args=[kind, key, "hours" if due.key == "hours" else "contact"])
