"""What is asked, after understanding and context: the input of every answer renderer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Optional

from guide.refs import Ref

if TYPE_CHECKING:
    from guide.weather import Sky


@dataclass(frozen=True)
class Question:
    """One question. ``subjects`` in the order spoken; ``origin`` where the visitor starts from, when said or known.

    ``now`` is passed in (Asia/Ho_Chi_Minh, aware), so that no renderer ever reads the clock.
    """

    topic: str
    lang: str
    now: datetime
    subjects: tuple[Ref, ...] = ()
    origin: Optional[Ref] = None
    province: Optional[str] = None  # a province name as it is now, when one was named
    place_kind: Optional[str] = None  # pagoda, temple …, when a kind was named ("chùa nào ở Đông Triều?")
    text: str = ""  # the visitor's own words, for search
    carried: bool = False  # the subject comes from context, not from this message
    beside: tuple[Ref, ...] = ()  # other subjects of the same message, which are answered on their own
    room: int = 900  # characters that the answer should stay within
    page: int = 0  # 0: the first facts; 1, 2 …: "tell me more", the facts that come next
    dates: Optional[tuple[date, date]] = None  # the first and last day of the span that was named
    sky: Optional[Sky] = None  # who knows the weather of the next days, where somebody does

    @property
    def subject(self) -> Optional[Ref]:
        return self.subjects[0] if self.subjects else None
