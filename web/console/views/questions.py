"""The inbox: what visitors asked in vain, who may answer it, and whether the bot answers it by now."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Optional
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guide.answers.reply import Reply
from guide.refs import Ref
from web.console import bot
from web.console import inbox as asking
from web.console.inbox import FROM_INBOX, Asked, may_answer
from web.console.models import Account
from web.console.page import page, site, tell, visits
from web.console.roles import Role
from web.console.trying import heard_now

SHOWN = 30


class Line(NamedTuple):
    """A question of the page. ``answers``: what the bot says by now; ``answer`` and ``fill`` lead to the forms."""

    asked: Asked
    name: str
    answers: Optional[str]
    mine: bool
    answer: str
    fill: str
    part: str

    @property
    def others(self) -> tuple[str, ...]:
        """The other ways in which it was typed."""
        return tuple(text for text in self.asked.spellings if text != self.asked.text)


def inbox_of(account: Account) -> list[Asked]:
    """What waits for the account: editors of some places see what was asked there, all others everything."""
    found = asking.inbox(visits())
    return found if not account.areas else [each for each in found if may_answer(account, each)]


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What visitors asked in vain, most frequent first."""
    waiting = inbox_of(request.user)
    answers = _answers_now(waiting[:SHOWN])
    lines = [_line(request, asked, reply) for asked, reply in zip(waiting, answers, strict=False)]
    return page(request, "questions", lines=lines, more=max(len(waiting) - SHOWN, 0))


def _line(request: HttpRequest, asked: Asked, reply: Optional[Reply]) -> Line:
    known = asked.place is not None and site().find(asked.place) is not None
    name = site().name(asked.place, request.lang) if known and asked.place else ""
    question = "?" + urlencode({FROM_INBOX: asked.text})
    about = [asked.place.kind, asked.place.id] if known and asked.place else []
    answer = reverse("console:add", args=[*about, "staff_answer"]) if about else _everywhere()
    part = asking.missing_part(asked, site())
    shape = "part" if part in ("hours", "contact") else "add"
    fill = reverse(f"console:{shape}", args=[*about, part]) + question if part else ""
    said = reply.text if reply and _better(asked, reply) else None
    return Line(asked, name, said, may_answer(request.user, asked), answer + question, fill, part)


def _everywhere() -> str:
    return reverse("console:add-everywhere", args=["staff_answer"])


def _better(asked: Asked, reply: Reply) -> bool:
    """An answer that did not help has to be another by now."""
    return all(reply.text != rating.answer for rating in asked.ratings)


def _answers_now(waiting: list[Asked]) -> tuple[Optional[Reply], ...]:
    """What the bot says by now; nothing where it is silent. Asked again when a fact has changed."""
    try:
        return _asked_again(tuple((asked.text, asked.place) for asked in waiting), site().version())
    except bot.BotSilent:
        return (None,) * len(waiting)


@lru_cache(maxsize=8)
def _asked_again(questions: tuple[tuple[str, Optional[Ref]], ...], version: int) -> tuple[Optional[Reply], ...]:
    return tuple(heard_now(questions))


@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Take a question off the list."""
    asked = asking.find(visits(), request.POST.get("text", ""))
    if request.user.role == Role.VIEWER or (asked and not may_answer(request.user, asked)):
        raise PermissionDenied
    if asked is None and not request.POST.get("text"):
        raise Http404
    if asked:
        asking.settle(visits(), asked)
    tell(request, "questions.settled")
    return redirect("console:questions")
