"""Tags of the console: its wording, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from web.console import words

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


@register.simple_tag
def language_name(lang: str) -> str:
    """A language's own name for itself."""
    return words.say(lang, "language_name")
