"""The messengers, for administrators: what to mend, what could not be delivered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from web.console.bot import BotSilent, settle_undelivered
from web.console.messengers import messenger_state
from web.console.page import page, tell
from web.console.views.people import administrators_only


@administrators_only
@require_safe
def messengers(request: HttpRequest) -> HttpResponse:
    """How Zalo and Telegram are."""
    return page(request, "messengers", state=messenger_state(request.lang))  # type: ignore[attr-defined]


@administrators_only
@require_POST
def undelivered(request: HttpRequest, number: int) -> HttpResponse:
    """Send a message again, or take it off the list."""
    again = request.POST.get("do") == "again"
    try:
        done = settle_undelivered(number, again)
    except BotSilent:
        tell(request, "messengers.silent")
    else:
        tell(request, ("messengers.sent_again" if again else "messengers.taken_off") if done else "messengers.gone")
    return redirect("console:messengers")
