"""Where facts come from: the list of sources, one with what rests upon it, a new one."""

from __future__ import annotations

import secrets
from typing import Any, Optional

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from guide.refs import Ref
from guide.sitedb import NotFound
from guide.sitedb.writes import ADD, UPDATE, Write
from guide.text import fold
from web.console.editing import check_may_edit, save
from web.console.fact_forms import FactForm
from web.console.kinds import OF_STATEMENTS, record_of
from web.console.new_subjects import id_for
from web.console.page import page, site, tell
from web.console.roles import EDITING, may_edit, needs_review

SHOWN = 80
RESTING_SHOWN = 200


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Sources by title, publisher or address; those upon which most rests first."""
    text = request.GET.get("q", "")
    wanted = fold(text).strip()
    found = [
        (source, count)
        for source, count in site().sources()
        if wanted in fold(" ".join(filter(None, (source.title, source.publisher, source.url))))
    ]
    found.sort(key=lambda pair: -pair[1])
    more = max(len(found) - SHOWN, 0)
    return page(request, "sources", found=found[:SHOWN], more=more, text=text, editing=request.user.role in EDITING)


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source, to be corrected by those who look after all that rests upon it."""
    ref = Ref("source", key)
    try:
        sheet = site().sheet(ref)
    except NotFound:
        raise Http404 from None
    mine = may_edit(request.user, site(), ref)
    form = _form(request, sheet.values)
    outcome = None
    if request.method == "POST":
        check_may_edit(request.user, ref)
        if form.is_valid():
            write = Write(UPDATE, str(ref), form.changes(sheet.values), stamp=request.POST.get("stamp", ""))
            outcome = save(request, [write], form)
            if outcome.saved:
                tell(request, "edit.saved")
                return redirect("console:sources")
            sheet = site().sheet(ref)
    theirs = outcome.theirs if outcome else None
    return _page(request, form, mine, stamp=sheet.stamp, theirs=theirs, source_id=key, resting=_resting(request, key),
                 status=409 if theirs is not None else 200)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new_source(request: HttpRequest) -> HttpResponse:
    """A new source."""
    if request.user.role not in EDITING:
        raise PermissionDenied
    form = _form(request, {"basis": "published"})
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.changes({}).items() if value is not None}
        id_ = id_for(site(), "fact", {"text.vi": values["title"]})
        while f"added#{id_}" in {source.id for source, _ in site().sources()}:
            id_ += "-2"
        if save(request, [Write(ADD, f"source/added#{id_}", values)], form).saved:
            tell(request, "edit.added")
            return redirect("console:sources")
    return _page(request, form, True, once=secrets.token_urlsafe(9), adding=True)


def _form(request: HttpRequest, values: Any) -> FactForm:
    data = request.POST if request.method == "POST" else None
    return FactForm(request.lang, "source", OF_STATEMENTS["source"], values, data)


def _page(request: HttpRequest, form: FactForm, mine: bool, status: int = 200, **more: Any) -> HttpResponse:
    return page(request, "source", status=status, form=form, mine=mine, part="source",
                reviewed=needs_review(request.user), **more)  # fmt: skip


def _resting(request: HttpRequest, key: str) -> list[tuple[Optional[Any], str, int]]:
    """What rests upon a source: (subject, table, how many)."""
    counts: dict[tuple[str, str], int] = {}
    for about, table, _ in site().resting_upon(key):
        counts[about, table] = counts.get((about, table), 0) + 1
    shown = list(counts.items())[:RESTING_SHOWN]
    return [
        (record_of(site(), Ref.of(about)) if about else None, table, count)
        for (about, table), count in shown
    ]
