"""Drafts: those that wait, one with its changes side by side, and what becomes of it; trying out at a place's page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, NamedTuple, Optional

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guide.sitedb import Invalid, NotFound
from guide.sitedb import drafts as kept
from guide.sitedb.copying import preview
from guide.sitedb.drafts import OPEN, Draft, NotOpen, State
from guide.sitedb.history import between
from guide.sitedb.sheets import ChangedMeanwhile
from guide.sitedb.writes import ADD, Write
from web.console import trying
from web.console.drafting import LONGEST_NOTE, BadMoment, may_publish, may_see, moments, subjects_of
from web.console.kinds import record_of
from web.console.page import page, site, tell
from web.console.telling import Told, told_all
from web.console.views.places import subject_of
from web.pages.facts import now

OVER = (State.PUBLISHED, State.EXPIRED)
OVER_SHOWN = 20
FAULTS = (kept.CHANGED, kept.INVALID, kept.GONE)


class Line(NamedTuple):
    """A draft in a list."""

    draft: Draft
    names: tuple[str, ...]
    everywhere: bool


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's decision, the reader's own, what has its hour, and what is done."""
    mine = [draft for draft in kept.drafts(site(), OPEN) if may_see(request.user, draft)]
    over = [draft for draft in kept.drafts(site(), OVER, OVER_SHOWN) if may_see(request.user, draft)]
    groups = {
        "to_decide": [each for each in mine if each.state is State.WAITING and may_publish(request.user, each)],
        "own": [each for each in mine if each.author == request.user.email and each.state is not State.SCHEDULED],
        "scheduled": [each for each in mine if each.state is State.SCHEDULED],
        "over": over,
    }
    return page(
        request,
        "drafts",
        faults=FAULTS,
        groups=[(name, [_line(each, request.lang) for each in found]) for name, found in groups.items()],
    )


def _line(draft: Draft, lang: str) -> Line:
    refs = subjects_of(draft) or []
    known = [record.name.in_(lang) for ref in refs if ref and (record := record_of(site(), ref))]
    new = [str(write.fields.get(f"name.{lang}") or write.subject) for write in draft.writes if _is_new(write)]
    return Line(draft, tuple(dict.fromkeys([*known, *new])), None in refs)


def _is_new(write: Write) -> bool:
    """Whether it adds a subject, which is nowhere yet."""
    return write.op == ADD and not write.kind


def _draft_of(request: HttpRequest, number: int) -> Draft:
    """The draft of an address; 404 for none, 403 for those whom it is no business of."""
    try:
        found = kept.get(site(), number)
    except NotFound:
        raise Http404 from None
    if not may_see(request.user, found):
        raise PermissionDenied
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """What a draft would change, side by side; and the answers with it. A POST only asks by way of trial."""
    return _draft_page(request, _draft_of(request, number))


def _draft_page(request: HttpRequest, found: Draft, mistake: str = "", status: int = 200) -> HttpResponse:
    fault, changes, tried = _looked_at(request, found)
    line = _line(found, request.lang)
    ref = next((ref for ref in subjects_of(found) or [] if ref), None)
    subject = record_of(site(), ref) if ref else None
    topic = found.writes[0].kind or (found.writes[0].subject or "").partition("/")[0]
    return page(
        request,
        "draft",
        status=status,
        draft=found,
        names=line.names,
        everywhere=line.everywhere,
        subject=subject,
        changes=changes,
        fault=fault,
        mistake=mistake,
        tried=tried,
        suggestions=trying.suggestions(request.lang, topic, subject),
        mine=found.author == request.user.email,
        resumable=bool(found.form) and fault != kept.GONE and not _is_new(found.writes[0]),
        deciding=found.is_open and may_publish(request.user, found),
    )


def _looked_at(request: HttpRequest, found: Draft) -> tuple[str, list[Told], Optional[trying.Tried]]:
    """What keeps it from being published, its changes, and what was tried."""
    if not found.is_open:
        return "", _made(found, request.lang), None
    fault, wanted = "", found
    for attempt in (found, replace(found, writes=tuple(replace(write, stamp=None) for write in found.writes))):
        try:
            with preview(site(), attempt.writes, found.author, now().date()) as seen:
                changes = told_all(seen.changes, seen.site, request.lang)
            wanted = attempt
            break
        except ChangedMeanwhile:
            fault = kept.CHANGED
        except NotFound:
            return kept.GONE, [], None
        except Invalid:
            return kept.INVALID, [], None
    tried = trying.try_out(request, wanted.writes) if trying.asked(request) else None
    return fault, changes, tried


def _made(found: Draft, lang: str) -> list[Told]:
    if found.first is None or found.last is None:
        return []
    return told_all(between(site().connection, found.first, found.last), site(), lang)


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Send it, publish it, refuse it, give it up, or set it upon the facts as they are now."""
    found, action = _draft_of(request, number), request.POST.get("action", "")
    act = _ACTIONS.get(action)
    if act is None:
        raise Http404
    if not may_publish(request.user, found) and (action not in _BY_AUTHOR or found.author != request.user.email):
        raise PermissionDenied
    try:
        phrase = act(request, found)
    except BadMoment as bad:
        return _draft_page(request, found, str(bad), 422)
    except NotOpen:
        phrase = "drafts.not_open"
    except (ChangedMeanwhile, Invalid, NotFound):
        return redirect("console:draft", number)  # which says what is wrong
    tell(request, phrase)
    return redirect("console:drafts") if action == "discard" else redirect("console:draft", number)


def _publish(request: HttpRequest, found: Draft) -> str:
    """At once, or at the hour that the form has."""
    begin, end = moments(request)
    by = request.user.email
    if begin:
        kept.move(site(), found.id, State.SCHEDULED, by, now(), publish_at=begin, expires_at=end)
        return "drafts.kept_scheduled"
    if end != found.expires_at:
        kept.move(site(), found.id, found.state, by, now(), expires_at=end)
    kept.publish(site(), found.id, by, now())
    return "drafts.done_published"


def _moved(to: State) -> Callable[[HttpRequest, Draft], str]:
    def act(request: HttpRequest, found: Draft) -> str:
        reason = request.POST.get("reason", "")[:LONGEST_NOTE].strip() or None
        if to is State.REFUSED and reason is None:
            raise BadMoment("mistake.reason")
        kept.move(site(), found.id, to, request.user.email, now(), reason)
        return f"drafts.done_{to.value}"

    return act


def _renew(request: HttpRequest, found: Draft) -> str:
    kept.renew(site(), found.id)
    return "drafts.done_renewed"


_ACTIONS: dict[str, Callable[[HttpRequest, Draft], str]] = {
    "send": _moved(State.WAITING),
    "publish": _publish,
    "refuse": _moved(State.REFUSED),
    "discard": _moved(State.DISCARDED),
    "renew": _renew,
}
_BY_AUTHOR = ("send", "discard", "renew")


@require_http_methods(["GET", "HEAD", "POST"])
def try_subject(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Ask Trúc as a visitor at this subject's page does."""
    record = subject_of(kind, key)
    return page(
        request,
        "try_subject",
        subject=record,
        tried=trying.about_subject(request, record.ref),
        suggestions=trying.suggestions(request.lang, "", record),
    )


def waiting_for(account: Any) -> int:
    """How many drafts wait for this account: to decide about, or sent back to it."""
    return sum(
        (draft.state is State.WAITING and may_publish(account, draft))
        or (draft.state is State.REFUSED and draft.author == account.email)
        for draft in kept.drafts(site(), (State.WAITING, State.REFUSED))
    )
