"""Correcting and adding: parts of a subject, prices, notices, questions and answers."""

from __future__ import annotations

import secrets
from typing import Any, Optional

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from guide.refs import Ref
from guide.sitedb import NotFound
from guide.sitedb.sheets import Sheet
from guide.sitedb.writes import ADD, DELETE, UPDATE, Write
from web.console import trying
from web.console.days_form import DaysForm
from web.console.drafting import resumed
from web.console.editing import Theirs, check_may_edit, ref_of, save
from web.console.fact_forms import FactForm
from web.console.hours_form import HoursForm
from web.console.kinds import HOURS, OF_STATEMENTS, POSITION, STATEMENTS, parts_of, record_of
from web.console.page import page, site, tell
from web.console.position_form import PositionForm
from web.console.roles import needs_review
from web.console.views.places import subject_of
from web.pages.facts import now


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, kind: str, key: str, part: str) -> HttpResponse:
    """One of the parts of a subject: names and descriptions, opening hours, ways to get in touch …"""
    ref = subject_of(kind, key).ref
    if part not in parts_of(kind):
        raise Http404
    return _edit(request, site().sheet(ref), kind, part)


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A price, a notice, a fact, a photo, or a question with its answer."""
    return _edit(request, _sheet(kind, number), kind, kind)


def _sheet(kind: str, number: int) -> Sheet:
    if kind not in STATEMENTS:
        raise Http404
    try:
        return site().sheet(f"{kind}/{number}")
    except NotFound:
        raise Http404 from None


def _edit(request: HttpRequest, sheet: Sheet, kind: str, part: str) -> HttpResponse:
    subject = ref_of(sheet.subject)
    check_may_edit(request.user, subject)
    form = _form(request, kind, part, {**sheet.values, **resumed(request)})
    theirs: Optional[list[Theirs]] = None
    if _sent(request) and form.is_valid():
        write = Write(UPDATE, sheet.ref, form.changes(sheet.values), stamp=request.POST.get("stamp", ""))
        saved, _, theirs = save(request, [write], form)
        if saved:
            tell(request, "edit.saved")
            return _back(subject)
        sheet = site().sheet(sheet.ref)
    last = next(iter(site().history(sheet.subject, 1)), None) if theirs is not None and sheet.subject else None
    return _form_page(
        request, form, subject, part, stamp=sheet.stamp, theirs=theirs, last=last,
        deletable=sheet.ref if kind in STATEMENTS else None, status=409 if theirs is not None else 200,
    )  # fmt: skip


def _form(request: HttpRequest, kind: str, part: str, values: Any) -> FactForm:
    data = request.POST if request.method == "POST" else None
    if part == HOURS:
        return HoursForm(request.lang, kind, values, data)
    if kind in STATEMENTS:
        return FactForm(request.lang, kind, OF_STATEMENTS[kind], values, data)
    made = {POSITION: PositionForm, "days": DaysForm}.get(part, FactForm)
    return made(request.lang, kind, values=values, data=data, names=parts_of(kind)[part])


def _sent(request: HttpRequest) -> bool:
    """Whether the form is to be saved, not only looked at."""
    return request.method == "POST" and "preview" not in request.POST


def _form_page(
    request: HttpRequest, form: FactForm, subject: Optional[Ref], part: str, status: int = 200, **more: Any
) -> HttpResponse:
    record = record_of(site(), subject) if subject else None
    speaks = isinstance(form, (HoursForm, DaysForm))
    looked_at = speaks and (form.is_valid() if form.is_bound else form.initial is not None)
    return page(
        request,
        "edit",
        status=status,
        form=form,
        part=part,
        subject=record,
        reviewed=needs_review(request.user),
        suggestions=[*_own_question(form), *trying.suggestions(request.lang, part, record)],
        speaks=speaks,
        preview=form.preview(now()) if looked_at else [],  # type: ignore[attr-defined]
        **more,
    )


def _own_question(form: FactForm) -> list[str]:
    """The question that the form answers is the first to try."""
    return [str(form["question.vi"].value())] if "question.vi" in form.fields and form["question.vi"].value() else []


def _back(subject: Optional[Ref]) -> HttpResponse:
    if subject is None:
        return redirect("console:everywhere")
    return redirect("console:subject", subject.kind, subject.id)


@require_http_methods(["GET", "HEAD", "POST"])
def add_to(request: HttpRequest, kind: str, key: str, statement: str) -> HttpResponse:
    """A new price, notice, fact or answer about a subject."""
    if statement == "photo":
        raise Http404
    return _add(request, subject_of(kind, key).ref, statement)


@require_http_methods(["GET", "HEAD", "POST"])
def add_everywhere(request: HttpRequest, statement: str) -> HttpResponse:
    """A new notice or answer about everything."""
    if statement in ("price", "photo"):
        raise Http404
    return _add(request, None, statement)


def _add(request: HttpRequest, subject: Optional[Ref], statement: str) -> HttpResponse:
    if statement not in STATEMENTS:
        raise Http404
    check_may_edit(request.user, subject)
    question = request.GET.get("question", "")[:500]
    form = _form(
        request,
        statement,
        statement,
        {"unit": "VND", "current": 1, "kind": "closure", "question.vi": question, **resumed(request)},
    )
    if _sent(request) and form.is_valid() and save(request, [_added(form, subject, statement)], form).saved:
        tell(request, "edit.added")
        return _back(subject)
    return _form_page(request, form, subject, statement, once=secrets.token_urlsafe(9), adding=True)


def _added(form: FactForm, subject: Optional[Ref], statement: str) -> Write:
    return Write(ADD, str(subject) if subject else None, form.changes({}), statement)


@require_POST
def delete(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Take a statement away; the history brings it back."""
    sheet = _sheet(kind, number)
    subject = ref_of(sheet.subject)
    save(request, [Write(DELETE, sheet.ref)])
    tell(request, "edit.deleted")
    return _back(subject)
