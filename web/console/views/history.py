"""Who changed what, before and after; taking back one save, a whole place, what was deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Optional

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guide.refs import Ref
from guide.sitedb import RevertConflict
from guide.sitedb.records import Change
from web.console.models import Account
from web.console.page import page, site, tell
from web.console.roles import UNDOING_OTHERS, may_edit, may_revert
from web.console.telling import entries, subject_of, told, worth_telling
from web.console.views.places import subject_of as record_of

SHOWN = 120
DELETIONS_SHOWN = 60
LOADER = "load"


@require_safe
def history(request: HttpRequest, kind: str = "", key: str = "") -> HttpResponse:
    """The latest changes, of a subject or of all, by what was saved together."""
    record = record_of(kind, key) if kind else None
    changes = site().history(record.ref if record else None, SHOWN)
    undoable = {change.batch: _may(request.user, change) for change in changes}
    lines = [(entry, undoable[entry.batch] and not entry.undone) for entry in entries(changes, site(), request.lang)]
    may_restore = record is not None and _may_restore(request.user, record.ref)
    return page(request, "history", lines=lines, record=record, may_restore=may_restore)


def _may(account: Account, change: Change) -> bool:
    """Whether the account may take back all that was saved with this change."""
    return all(
        may_revert(account, site(), subject_of(each), each.actor)
        for each in site().batch(change.batch)
        if worth_telling(each)
    )


def _may_restore(account: Account, ref: Ref) -> bool:
    return account.role in UNDOING_OTHERS and may_edit(account, site(), ref)


@require_POST
def revert(request: HttpRequest, number: int) -> HttpResponse:
    """Undo all that was saved together with a change; told when something later stands upon it."""
    change = site().change(number)
    if change is None:
        raise Http404
    if not _may(request.user, change):
        raise PermissionDenied
    try:
        count = site().revert_batch(change.batch, request.user.email)
    except RevertConflict:
        return page(request, "revert_conflict", status=409, change=told(change, site(), request.lang))
    tell(request, "history.undone", count=count)
    return _to(subject_of(change))


def _to(ref: Optional[Ref]) -> HttpResponse:
    there = ref is not None and site().exists(ref)
    return redirect("console:subject", ref.kind, ref.id) if ref and there else redirect("console:history")


@require_POST
def restore(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Make a subject what it was at a moment, with all that is said about it."""
    ref = Ref(kind, key)
    if not _may_restore(request.user, ref):
        raise PermissionDenied
    record_of(kind, key)
    try:
        moment = timezone.make_aware(datetime.fromisoformat(request.POST.get("moment", "")))
    except ValueError:
        tell(request, "history.which_moment")
        return redirect("console:history-of", kind, key)
    count = site().restore(ref, moment, request.user.email)
    tell(request, "history.restored", count=count)
    return _to(ref)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """What was deleted and can be had back."""
    gone = [each for each in site().deleted(DELETIONS_SHOWN) if each.change.actor != LOADER]  # it mends the files' own
    lines = [(each, _may(request.user, each.change)) for each in gone]
    return page(request, "deleted", lines=[
        (told(each.change, site(), request.lang), each, sum(each.rows.values()) - 1, mine) for each, mine in lines
    ])  # fmt: skip
