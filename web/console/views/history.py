"""Who changed what, and taking a change back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from guide.sitedb import RevertConflict
from guide.sitedb.records import Change
from web.console.models import Account
from web.console.page import page, site, tell
from web.console.roles import may_revert
from web.console.telling import subject_of, told, told_all
from web.console.views.places import subject_of as record_of

SHOWN = 50


@require_safe
def history(request: HttpRequest, kind: str = "", key: str = "") -> HttpResponse:
    """The latest changes, of a subject or of all."""
    record = record_of(kind, key) if kind else None
    changes = site().history(record.ref if record else None, SHOWN)
    undoable = {change.id for change in changes if _may(request.user, change)}
    lines = [(line, line.number in undoable) for line in told_all(changes, site(), request.lang)]
    return page(request, "history", lines=lines, record=record)


def _may(account: Account, change: Change) -> bool:
    ref = subject_of(change)
    return change.reverted_by is None and may_revert(account, site(), ref, change.actor)


@require_POST
def revert(request: HttpRequest, number: int) -> HttpResponse:
    """Undo a change and what belongs to it; told when something later stands upon it."""
    change = site().change(number)
    if change is None:
        raise Http404
    if not _may(request.user, change):
        raise PermissionDenied
    try:
        undone = site().revert(number, request.user.email)
    except RevertConflict:
        return page(request, "revert_conflict", status=409, change=told(change, site(), request.lang))
    tell(request, "history.undone", count=len(undone))
    ref = subject_of(change)
    return redirect("console:subject", ref.kind, ref.id) if ref and site().find(ref) else redirect("console:history")
