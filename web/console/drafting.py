"""When a form is not saved at once: kept as a draft, sent to a reviewer, or given an hour."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Mapping, Optional, Sequence

from django.http import HttpRequest

from guide.refs import Ref
from guide.sitedb import NotFound
from guide.sitedb.copying import preview
from guide.sitedb.drafts import Draft, State, get, move
from guide.sitedb.drafts import keep as keep_draft
from guide.sitedb.writes import Write
from web.console.forms import Spoken
from web.console.models import Account
from web.console.page import site
from web.console.roles import may_decide, may_edit, needs_review
from web.pages.facts import TIME_ZONE, now

LATER, DRAFT = "later", "draft"
LONGEST_NOTE = 1000


class KeptAsDraft(Exception):
    """The form's changes wait as a draft instead of being made; the middleware leads to its page"""

    def __init__(self, number: int, phrase: str) -> None:
        super().__init__(number)
        self.number, self.phrase = number, phrase


class BadMoment(ValueError):
    """A moment that is none, is over, or ends before it begins; the argument names the phrase that says so"""


def keep_instead(request: HttpRequest, writes: Sequence[Write], form: Optional[Spoken]) -> bool:
    """Keep the form's changes where they are not to be made at once: KeptAsDraft. True: the form tells of a mistake."""
    try:
        begin, end = moments(request)
    except BadMoment as bad:
        if form is not None:
            form.add_wrong(None, str(bad))
            return True
        begin = end = None
    reviewed = needs_review(request.user)
    draft = request.POST.get(LATER) == DRAFT
    if not (draft or begin or end or reviewed):
        return False
    with preview(site(), writes, request.user.email, now().date()):
        pass  # what is wrong is said now, not when it is published
    state = State.DRAFT if draft else State.WAITING if reviewed else State.SCHEDULED
    begin = begin or (now() if state is State.SCHEDULED else None)
    note = request.POST.get("draft_note", "")[:LONGEST_NOTE].strip()
    number = keep_draft(site(), writes, request.user.email, now(), state, note, begin, end, request.path)
    replace_resumed(request)
    raise KeptAsDraft(number, f"drafts.kept_{state.value}")


def moments(request: HttpRequest) -> tuple[Optional[datetime], Optional[datetime]]:
    """When to publish and when to take back, as the form has them. Raises BadMoment."""
    begin, end = (_moment(request.POST.get(name, "")) for name in ("publish_at", "expires_at"))
    if end and end <= (begin or now()):
        raise BadMoment("mistake.moment_end")
    return begin, end


def _moment(text: str) -> Optional[datetime]:
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=TIME_ZONE)
    except ValueError:
        raise BadMoment("mistake.moment") from None
    if moment <= now():
        raise BadMoment("mistake.moment_over")
    return moment


def resumed(request: HttpRequest) -> Mapping[str, Any]:
    """What the form was filled in with when its author kept it as the draft that the address names."""
    found = _resumed(request)
    return found.writes[0].fields if found else {}


def replace_resumed(request: HttpRequest) -> None:
    """The draft with which the form began has become what the form says now."""
    found = _resumed(request)
    if found:
        move(site(), found.id, State.DISCARDED, request.user.email, now())


def _resumed(request: HttpRequest) -> Optional[Draft]:
    number = request.GET.get(DRAFT, "")
    try:
        found = get(site(), int(number)) if number.isdecimal() and len(number) < 10 else None
    except NotFound:
        return None
    mine = found is not None and found.is_open and found.author == request.user.email and found.form == request.path
    return found if mine else None


def subjects_of(draft: Draft) -> Optional[list[Optional[Ref]]]:
    """What a draft is about (None: everything); None altogether where a part of it is there no more."""
    try:
        return list(dict.fromkeys(write.about(site()) for write in draft.writes))
    except NotFound:
        return None


def may_see(account: Account, draft: Draft) -> bool:
    """Its author, and those who look after all it is about."""
    refs = subjects_of(draft)
    return draft.author == account.email or (refs is not None and all(may_edit(account, site(), ref) for ref in refs))


def may_publish(account: Account, draft: Draft) -> bool:
    """Those who may decide about it."""
    return may_decide(account, site(), subjects_of(draft) or [], draft.author)
