"""What there is to do: values to verify, questions without an answer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from guide.sitedb import NotFound
from guide.sitedb.records import Change
from guide.sitedb.writes import UPDATE, Write
from web.console.editing import save
from web.console.messengers import messenger_state
from web.console.page import page, site, tell
from web.console.roles import may_edit
from web.console.telling import told_all
from web.console.views.questions import inbox_of
from web.console.views.review import waiting_for
from web.console.worklist import due
from web.pages.facts import now

SHOWN = 50
ON_THE_FIRST_PAGE = 5
CHANGES_READ = 200
LOADER = "load"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, and what was done lately."""
    waiting = [each for each in due(site(), now().date()) if may_edit(request.user, site(), each.subject)]
    asked = inbox_of(request.user)
    return page(
        request,
        "home",
        to_verify=len(waiting),
        asked=asked[:ON_THE_FIRST_PAGE],
        questions=len(asked),
        drafts=waiting_for(request.user),
        history=told_all(_by_people(), site(), request.lang)[:ON_THE_FIRST_PAGE],
        notices=[
            (notice, site().find(notice.subject) if notice.subject else None) for notice in site().notices(now().date())
        ],
        everywhere=may_edit(request.user, site(), None),
        messengers=messenger_state(request.lang) if request.user.is_administrator else None,
    )


def _by_people() -> list[Change]:
    return [change for change in site().history(None, CHANGES_READ) if change.actor != LOADER]


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    """Notices and answers about everything."""
    return page(
        request,
        "everywhere",
        mine=may_edit(request.user, site(), None),
        notices=[each for each in site().every_notice() if each.subject is None],
        answers=[each for each in site().staff_answers() if each.subject is None],
    )


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The reader's own list of values to verify."""
    mine = [each for each in due(site(), now().date()) if may_edit(request.user, site(), each.subject)]
    lines = [(each, site().name(each.subject, request.lang), site().sheet(each.sheet)) for each in mine[:SHOWN]]
    return page(request, "verify", lines=lines, more=max(len(mine) - SHOWN, 0))


@require_POST
def still_right(request: HttpRequest) -> HttpResponse:
    """Set the same value again: it then has today's date, and the staff vouch for it."""
    ref, key = request.POST.get("sheet", ""), request.POST.get("key", "")
    try:
        sheet = site().sheet(ref)
    except NotFound:
        raise Http404 from None
    if key not in ("adult", "hours", "phone", "text.vi") or key not in sheet.values:
        raise Http404
    write = Write(UPDATE, ref, {key: sheet.values[key]}, stamp=request.POST.get("stamp", ""))
    if not save(request, [write]).saved:
        return page(request, "stale", status=409)
    tell(request, "verify.done")
    return redirect("console:verify")
