"""Where the visitor is: a position that they shared becomes the place nearest to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Optional

from guide.answers.places import is_property, short_name
from guide.answers.reply import Reply
from guide.answers.wording import wording_for
from guide.dialogue.context import Context, Mention, Understood
from guide.refs import Ref
from guide.roads import great_circle_km
from guide.sitedb.records import Location

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

AT_MOST_KM = 60.0  # as the crow flies; who is farther from everything known is at none of it
NEARBY = "nearby"


class Nearest(NamedTuple):
    """A place and its distance in km as the crow flies."""

    ref: Ref
    km: float

    @property
    def reached(self) -> bool:
        """Whether the visitor can be said to be there or about."""
        return self.km <= AT_MOST_KM


def nearest_place(site: SiteDb, lat: float, lon: float) -> Optional[Nearest]:
    """The place nearest to a position in WGS84 degrees; None where no place has one."""
    here = Location(lat, lon)
    spots = ((place.ref, site.location(place.ref)) for place in site.all("place") if not is_property(place))
    found = (Nearest(ref, great_circle_km(here, spot)) for ref, spot in spots if spot)
    return min(found, key=lambda it: it.km, default=None)


def arrive(heard: Understood, remembered: Context, nearest: Optional[Nearest]) -> tuple[Understood, Context]:
    """Message and memory once a position is shared: what is near is then asked about the nearest place."""
    if nearest is None:
        return heard, remembered
    at = nearest.ref if nearest.reached else None
    remembered = replace(remembered, position=at, here=at or remembered.here)
    if heard.topic == NEARBY and not heard.named():
        heard = replace(heard, mentions=(*heard.mentions, Mention(nearest.ref.kind, nearest.ref.id)))
    return heard, remembered


def with_position(site: SiteDb, reply: Reply, nearest: Nearest) -> Reply:
    """The reply after a line that says where the visitor is, as far as that is known."""
    wording = wording_for(reply.lang)
    phrase = "nearby.you_are_near" if nearest.reached else "nearby.too_far"
    line = wording.say(phrase, name=short_name(site, nearest.ref, wording), km=nearest.km)
    return replace(reply, text=f"{line}\n\n{reply.text}")
