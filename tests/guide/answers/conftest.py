"""Asking the guide in one line, as every test of the answers does."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Callable

import pytest

from guide.answers import Question, Reply, answer
from guide.refs import Ref

Ask = Callable[..., Reply]


def ref(text: str) -> Ref:
    """``chua-dong`` is a place; other kinds are written in full: ``festival/hoi-xuan-yen-tu``."""
    return Ref.parse(text) if "/" in text else Ref("place", text)


@pytest.fixture
def ask(site, now: datetime) -> Ask:
    """``ask("price", "vi", "yen-tu", text="…", now=…)`` on the shipped facts."""

    def _ask(topic: str, lang: str, *subjects: str, at: datetime = now, **values: Any) -> Reply:
        return answer(site, Question(topic, lang, at, tuple(map(ref, subjects)), **values))

    return _ask
