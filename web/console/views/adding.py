"""Adding a subject, and deleting one."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from guide.refs import Ref
from guide.sitedb.writes import ADD, DELETE, Write
from web.console.editing import check_may_edit, save, was_sent
from web.console.kinds import KINDS
from web.console.new_subjects import form_for, id_for, likely
from web.console.page import page, site, tell
from web.console.roles import EDITING, needs_review
from web.console.views.places import subject_of


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new subject. What is likely to be there already is shown before it is added."""
    if kind not in KINDS:
        raise Http404
    if request.user.role not in EDITING:
        raise PermissionDenied
    form = form_for(kind, request.lang, request.POST if request.method == "POST" else None)
    alike = []
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.changes({}).items() if value not in (None, [], "")}
        alike = [] if "sure" in request.POST or was_sent(request) else likely(site(), kind, values, request.lang)
        if not alike:
            outcome = save(request, [Write(ADD, f"{kind}/{id_for(site(), kind, values)}", values)], form)
            if outcome.saved:
                tell(request, "edit.added")
                return _to(kind, outcome.written)
    return page(
        request, "edit", form=form, part="new", kind=kind, adding=True, subject=None, alike=alike, suggestions=[],
        once=secrets.token_urlsafe(9), reviewed=needs_review(request.user),
        back=("console:places", f"?kind={kind}"),
    )  # fmt: skip


def _to(kind: str, written: tuple[str, ...]) -> HttpResponse:
    if written:
        return redirect("console:subject", *written[0].split("/", 1))
    return redirect("console:places")


@require_http_methods(["GET", "HEAD", "POST"])
def delete_subject(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Say what goes with it; then take it away. It can be had back."""
    record = subject_of(kind, key)
    check_may_edit(request.user, record.ref)
    if request.method == "POST":
        save(request, [Write(DELETE, str(record.ref))])
        tell(request, "edit.deleted")
        return redirect("console:deleted")
    known = site()
    ref = Ref(kind, key)
    counts = {
        "price": len([price for price in known.every_price() if price.subject == ref]),
        "notice": len([notice for notice in known.every_notice() if notice.subject == ref]),
        "fact": len(known.facts(ref)),
        "staff_answer": len(known.staff_answers(ref)),
        "photo": len(known.photos(ref)),
    }
    inside = known.children(key, deep=False) if kind == "place" else []
    return page(request, "delete_subject", record=record, counts=[item for item in counts.items() if item[1]],
                inside=inside)  # fmt: skip
