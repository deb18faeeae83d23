"""What a look at a channel's account has shown, for ``./run channel check``."""

from __future__ import annotations

import time
from dataclasses import dataclass

LATELY_SECONDS = 3_600


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; ``fine`` is False when somebody has to do something, and ``text`` says what."""

    fine: bool
    text: str


def webhook_findings(told: object, wanted: str) -> list[Finding]:
    """What a platform's ``getWebhookInfo`` says, beside the address that it should have."""
    info = told if isinstance(told, dict) else {}
    url, findings = str(info.get("url") or ""), []
    if not url:
        findings.append(Finding(False, "no webhook is registered: ./run channel register"))
    elif wanted and url != wanted:
        findings.append(Finding(False, f"the webhook is {url}, not {wanted}: ./run channel register"))
    else:
        findings.append(Finding(True, f"webhook {url}"))
    if (pending := info.get("pending_update_count") or 0) > 100:
        findings.append(Finding(False, f"{pending} messages wait: is the webhook's address reachable from outside?"))
    if info.get("last_error_message") and _lately(info.get("last_error_date")):
        findings.append(Finding(False, f"the last delivery failed: {str(info['last_error_message'])[:120]}"))
    return findings


def _lately(date: object) -> bool:
    """Whether it was within the last hour, or nobody says when: an old fault that is over needs nobody."""
    return not isinstance(date, (int, float)) or time.time() - date < LATELY_SECONDS
