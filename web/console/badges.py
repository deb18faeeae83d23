"""How much waits for whom: the numbers beside the navigation's links."""

from __future__ import annotations

from web.console.models import Account
from web.console.page import site
from web.console.roles import may_edit
from web.console.worklist import due
from web.pages.facts import now


def badges(account: Account) -> dict[str, int]:
    """By page: questions to answer, values to verify, drafts to decide about or sent back."""
    from web.console.views.questions import inbox_of  # these import the pages' tags, which ask here
    from web.console.views.review import waiting_for

    return {
        "questions": len(inbox_of(account)),
        "verify": sum(may_edit(account, site(), each.subject) for each in due(site(), now().date())),
        "drafts": waiting_for(account),
    }
