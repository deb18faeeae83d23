"""Texts that are missing in one of the languages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.refs import Ref
from guide.sitedb.fields import STATEMENTS
from web.console.kinds import KINDS, parts_of, record_of
from web.console.page import page, site
from web.console.roles import may_edit

SHOWN = 100


@require_safe
def untranslated(request: HttpRequest) -> HttpResponse:
    """Each text with the languages that it lacks, those of the reader's own places first."""
    lines = []
    for sheet, field, lang, about in site().untranslated():
        ref = Ref.of(about) if about else None
        record = record_of(site(), ref) if ref else None
        kind = sheet.partition("/")[0]
        part = kind if kind in STATEMENTS else _part(kind, field)
        if part and (ref is None or ref.kind in KINDS):
            lines.append((may_edit(request.user, site(), ref), record, sheet, field.partition(".")[0], lang, part))
    lines.sort(key=lambda line: not line[0])
    return page(request, "untranslated", lines=lines[:SHOWN], more=max(len(lines) - SHOWN, 0), statements=STATEMENTS)


def _part(kind: str, field: str) -> str:
    if kind not in KINDS:
        return ""
    name = field.partition(".")[0]
    return next((part for part, names in parts_of(kind).items() if name in names), "")
