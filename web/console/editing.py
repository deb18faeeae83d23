"""Saving a form: within one transaction, under the editor's name, unless somebody else was there in between."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple, Optional

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from guide.refs import Ref
from guide.sitedb import Invalid
from guide.sitedb.sheets import ChangedMeanwhile, Sheet
from web.console.fact_forms import FactForm
from web.console.models import Account
from web.console.page import site
from web.console.roles import may_edit
from web.pages.facts import now


class Theirs(NamedTuple):
    """A field that somebody else has changed: what it is called, what it is now."""

    label: str
    value: Any


def ref_of(text: Optional[str]) -> Optional[Ref]:
    """A reference from its text; None for what is about everything."""
    return Ref(*text.split("/", 1)) if text else None


def check_may_edit(account: Account, subject: Optional[Ref]) -> None:
    """PermissionDenied for those who do not look after it."""
    if not may_edit(account, site(), subject):
        raise PermissionDenied


def save(request: HttpRequest, form: FactForm, sheet: Sheet) -> Optional[list[Theirs]]:
    """Save the form's changes. None: saved; a list: somebody else changed the sheet; the form tells of mistakes."""
    stamp = request.POST.get("stamp", "")
    try:
        with site().acting(request.user.email, now().date()):
            site().update(sheet.ref, form.changes(sheet.values), stamp)
    except ChangedMeanwhile:
        return [
            Theirs(form.fields[key].label, form.fields[key].prepare_value(value))
            for key, value in site().sheet(sheet.ref).values.items()
            if key in form.fields and form.cleaned_data.get(key) != value
        ]
    except Invalid as invalid:
        form.explain(invalid)
    return None


def add(request: HttpRequest, form: FactForm, write: Callable[[], Any]) -> bool:
    """Add something with ``write``; False when the form has to tell of mistakes. A form sent twice adds once."""
    once, sent = request.POST.get("once", ""), request.session.get("sent", [])
    if once in sent:
        return True
    try:
        with site().acting(request.user.email, now().date()):
            write()
    except Invalid as invalid:
        form.explain(invalid)
        return False
    request.session["sent"] = [*sent, once][-20:]
    return True
