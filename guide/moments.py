"""Moments as they are stored: in UTC, to the second, so that text compares as time does."""

from __future__ import annotations

from datetime import datetime, timezone


def moment_text(moment: datetime) -> str:
    """An aware moment as text."""
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds")


def moment_of(text: str) -> datetime:
    """What ``moment_text`` wrote. Raises ValueError for anything else."""
    return datetime.fromisoformat(text)
