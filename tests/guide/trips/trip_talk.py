"""Talk about a trip without Rasa: names are marked in the text, values are found in it, the intent goes with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Optional
from zoneinfo import ZoneInfo

from guide.answers.reply import Reply
from guide.dialogue.context import Mention, Understood
from guide.planner.itinerary import Itinerary
from guide.planner.plan import plan
from guide.planner.request import TripRequest
from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.trips.buttons import intent_of_button, parse_button
from guide.trips.conversation import converse
from guide.trips.state import TripState
from guide.values import find_values

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Tuesday
HA_NOI, CON_SON, YEN_TU = Ref("place", "ha-noi"), Ref("place", "con-son"), Ref("place", "yen-tu")
_NAME = re.compile(r"\[([^\]|]+)\|(from )?([a-z_]+)/([^\]]+)\]")


def heard(text: str, intent: Optional[str] = None, lang: str = "vi") -> Understood:
    """``bỏ [Côn Sơn|place/con-son]`` as it is understood; ``[Hà Nội|from place/ha-noi]`` is where one sets out."""
    plain, mentions, position = "", [], 0
    for match in _NAME.finditer(text):
        plain += text[position : match.start()]
        role = "origin" if match[2] else None
        mentions.append(Mention(match[3], match[4], len(plain), len(plain) + len(match[1]), role))
        plain, position = plain + match[1], match.end()
    plain += text[position:]
    named = [(mention.start, mention.end) for mention in mentions]
    values = [
        found
        for found in find_values(plain, lang, NOW)
        if not any(found.start < end and start < found.end for start, end in named)
    ]
    return Understood(plain, None, tuple(mentions), lang, 1.0, intent=intent, values=tuple(values))


def pressed(payload: str) -> Understood:
    """A button as the channel hands it on."""
    button = parse_button(payload)
    assert button is not None, payload
    return Understood("", None, (Mention("plan", payload.partition(":")[2]),), intent=intent_of_button(button))


def planned(site: SiteDb, **wishes: object) -> Itinerary:
    """A plan for wishes, of two days from Hà Nội unless they say otherwise."""
    request = {"days": 2, "start": HA_NOI, "transport": "car", **wishes}
    return plan(site, TripRequest(NOW.date(), **request))  # type: ignore[arg-type]


@dataclass
class Talk:
    """A conversation: what is said goes in, the replies come out, the state is packed and unpacked in between."""

    site: SiteDb
    lang: str = "vi"
    packed: Optional[str] = None
    kept: list[Itinerary] = field(default_factory=list)

    @property
    def state(self) -> TripState:
        return TripState.unpacked(self.packed)

    def say(self, text: str, intent: Optional[str] = "tell_trip") -> Reply:
        """Something typed."""
        return self._turn(heard(text, intent, self.lang))

    def press(self, payload: str) -> Reply:
        """A button."""
        return self._turn(pressed(payload))

    def _turn(self, understood: Understood) -> Reply:
        state, reply = converse(self.site, self.state, understood, NOW, self.lang, self._keep)
        self.packed = state.packed()
        return reply

    def _keep(self, plan: Itinerary, lang: str) -> str:
        self.kept.append(plan)
        return f"id{len(self.kept)}"
