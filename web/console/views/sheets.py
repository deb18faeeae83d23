"""Facts out to Excel and back: shown first, written when it is confirmed."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from guide.sitedb.writes import Write
from web.console import editing
from web.console.page import page, site, tell
from web.console.roles import Role, places_in
from web.console.spreadsheets.exporting import everything, table
from web.console.spreadsheets.importing import Mistake, Result, check, objections
from web.console.spreadsheets.kinds import SHEETS
from web.console.spreadsheets.reading import MOST_BYTES, Refused, read
from web.console.spreadsheets.writing import CSV, TYPES, download
from web.console.words import say
from web.pages.facts import now

ALL, WAITING = "all", "sheets_waiting"


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Choose what to take out; send back what was edited."""
    lang = request.lang  # type: ignore[attr-defined]
    areas = [(str(each.ref), each.name.in_(lang)) for each in site().provinces() if each.level == "province"]
    mine = request.user.role != Role.VIEWER
    known = [area for area in areas if places_in(site(), [area[0]])]
    return page(request, "sheets", sheets=[ALL, *SHEETS], areas=known, mine=mine)


@require_safe
def sheet_file(request: HttpRequest, form: str) -> HttpResponse:
    """The sheets asked for, as Excel or, one of them, as CSV."""
    sheet, lang = request.GET.get("sheet", ALL), request.lang  # type: ignore[attr-defined]
    area = request.GET.get("area", "")
    if form not in TYPES or sheet not in (ALL, *SHEETS):
        raise Http404
    if sheet == ALL and form == CSV:
        tell(request, "sheets.csv_one")
        return redirect("console:sheets")
    tables = everything(site(), lang, area) if sheet == ALL else [table(site(), lang, sheet, area)]
    return download(f"truc-{sheet}-{now().date()}".replace("_", "-"), form, tables)


@require_POST
def check_file(request: HttpRequest) -> HttpResponse:
    """Show what an edited file would change, and what is wrong with it. Nothing is written."""
    if request.user.role == Role.VIEWER:
        raise PermissionDenied
    lang, sent = request.lang, request.FILES.get("file")  # type: ignore[attr-defined]
    try:
        if not sent or not sent.size or sent.size > MOST_BYTES:
            raise Refused("sheets.too_large" if sent and sent.size else "sheets.no_file")
        result = check(site(), request.user, lang, read(sent.read()), now().date())
    except Refused as refused:
        result = Result(mistakes=[Mistake("", say(lang, str(refused)))])
    if not result.mistakes:
        result.mistakes = [
            Mistake(_place_of(result, number), say(lang, "mistake.refused", said=said))
            for number, said in objections(site(), request.user, result.writes, now().date())
        ]
    once = secrets.token_urlsafe(9)
    request.session[WAITING] = (
        None if result.mistakes else {"once": once, "writes": [write.as_json() for write in result.writes]}
    )
    return page(request, "sheets_checked", status=422 if result.mistakes else 200, result=result, once=once)


def _place_of(result: Result, number: int) -> str:
    """The first cell that a write of this number changes."""
    before = sum(len(write.fields) for write in result.writes[:number])
    return result.differences[before].where if before < len(result.differences) else ""


@require_POST
def confirm_file(request: HttpRequest) -> HttpResponse:
    """Write what was shown: all of it or nothing, as one change of the history."""
    waiting = request.session.get(WAITING) or {}
    if not waiting or waiting["once"] != request.POST.get("once"):
        return page(request, "stale", status=409)
    writes = [Write.from_json(kept) for kept in waiting["writes"]]
    request.session[WAITING] = None
    if not editing.save(request, writes).saved:
        return page(request, "stale", status=409)
    tell(request, "sheets.written", count=len(writes))
    return redirect("console:history")
