"""Saving a form: within one transaction, under the editor's name, unless somebody else was there in between."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Iterator, NamedTuple, Optional, Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from guide.refs import Ref
from guide.sitedb import Invalid
from guide.sitedb.copying import preview
from guide.sitedb.sheets import ChangedMeanwhile
from guide.sitedb.writes import ADD, Write, apply
from web.console import trying
from web.console.drafting import keep_instead, replace_resumed
from web.console.fact_forms import FactForm
from web.console.inbox import after_answering
from web.console.models import Account
from web.console.page import site
from web.console.roles import EDITING, may_edit
from web.pages.facts import now

# Values that decide to which places a subject belongs.
MOVING = {"part_of", "province_now", "province_before", "near", "area", "place", "origin", "destination", "places"}
MOVING |= {"stops", "starts", "ends", "connects", "serves"}


class Outcome(NamedTuple):
    """What became of a form. ``theirs``, when it was not saved: what somebody else has changed in the meantime."""

    saved: bool
    written: tuple[str, ...] = ()
    theirs: Optional[list[Theirs]] = None


class Theirs(NamedTuple):
    """A field that somebody else has changed: what it is called, what it is now."""

    label: str
    value: Any


def ref_of(text: Optional[str]) -> Optional[Ref]:
    """A reference from its text; None for what is about everything."""
    return Ref.of(text) if text else None


def check_may_edit(account: Account, subject: Optional[Ref]) -> None:
    """PermissionDenied for those who do not look after it."""
    if not may_edit(account, site(), subject):
        raise PermissionDenied


def was_sent(request: HttpRequest) -> bool:
    """Whether this form, which adds something, has been saved before: the button was pressed twice."""
    return request.POST.get("once", "") in request.session.get("sent", [])


def save(request: HttpRequest, writes: Sequence[Write], form: Optional[FactForm] = None) -> Outcome:
    """Make the changes that a form asks for: the one way for all forms.

    All or none, under the name of who is signed in; PermissionDenied for those who do not look after what they are
    about. The form tells of mistakes. What was sent twice is made once. Nothing is saved where the form only tries its
    answer out (``request.tried``), or where its changes have to wait: then KeptAsDraft.
    """
    if was_sent(request):
        return Outcome(True)
    _check_may_write(request.user, writes)
    try:
        if trying.asked(request) is not None:
            request.tried = trying.try_out(request, writes)  # type: ignore[attr-defined]
            return Outcome(False)
        if keep_instead(request, writes, form):
            return Outcome(False)
        with site().acting(request.user.email, now().date()):
            written = apply(site(), writes)
    except ChangedMeanwhile as changed:
        return Outcome(False, theirs=list(_theirs(form, changed.ref)) if form else [])
    except Invalid as invalid:
        if form is None:
            raise
        form.explain(invalid)
        return Outcome(False)
    if once := request.POST.get("once"):
        request.session["sent"] = [*request.session.get("sent", []), once][-20:]
    after_answering(request)
    replace_resumed(request)
    return Outcome(True, tuple(written))


def _check_may_write(account: Account, writes: Sequence[Write]) -> None:
    """PermissionDenied for what the account does not look after, before the changes and with them.

    What is new belongs nowhere yet, and what is moved must not leave the account's areas.
    """
    new = [write for write in writes if write.op == ADD and not write.kind]
    for write in writes:
        if write not in new:
            check_may_edit(account, write.about(site()))
    if new and account.role not in EDITING:
        raise PermissionDenied
    if account.areas and (new or any(MOVING & write.fields.keys() for write in writes)):
        with suppress(Invalid, ChangedMeanwhile), preview(site(), writes, account.email, now().date()) as seen:
            if not all(may_edit(account, seen.site, write.about(seen.site)) for write in writes):
                raise PermissionDenied


def _theirs(form: FactForm, ref: str) -> Iterator[Theirs]:
    for key, value in site().sheet(ref).values.items():
        if key in form.fields and form.cleaned_data.get(key) != value:
            yield Theirs(form.fields[key].label or key, form.fields[key].prepare_value(value))
