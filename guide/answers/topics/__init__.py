"""The topics that can be asked, one module each: its name is the topic, its ``render`` answers it.

``render(site, question, wording) -> Reply`` writes the body with ``guide.answers.compose.Answer``; notices, the source
line and further quick replies are added by ``guide.answers.answer``. Module settings, both optional:

- ``TOGETHER = True``: several subjects belong to one answer (compare, distance, list …), else each is rendered in turn;
- ``NOTICES = False``: the topic tells notices itself.

A new module in this folder is a new topic; nothing else needs to know it. Modules are imported when first asked for: a
channel that only apologises in our words need not load road graphs.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Callable, NamedTuple

from guide.answers.question import Question
from guide.answers.reply import Reply
from guide.answers.wording import Wording

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


class Topic(NamedTuple):
    """How one topic is answered."""

    name: str
    render: Callable[[SiteDb, Question, Wording], Reply]
    together: bool
    notices: bool


NAMES: tuple[str, ...] = tuple(sorted(found.name for found in iter_modules(__path__) if found.name[0] != "_"))


@lru_cache(maxsize=None)
def topic_of(name: str) -> Topic:
    """The topic of that name; KeyError when there is none."""
    if name not in NAMES:
        raise KeyError(name)
    module = import_module(f"{__name__}.{name}")
    return Topic(name, module.render, getattr(module, "TOGETHER", False), getattr(module, "NOTICES", True))
