"""Talk that is no question: greeting, thanks, help, hand-off, out of scope, and what is said when something goes wrong.

Everything but the name and the contact of the place works without the database, so that an apology always can be said.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from ruamel.yaml import YAML

from guide.answers.compose import source_note
from guide.answers.contacts import Contact, contacts_for
from guide.answers.gather import HOME
from guide.answers.payload import to_payload
from guide.answers.places import short_name
from guide.answers.reply import Button, Card, QuickReply, Reply
from guide.answers.wording import Wording, wording_for
from guide.refs import Ref

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

MORNING_ENDS, AFTERNOON_ENDS = 11, 18  # hours of the clock at which the greeting changes
WITH_CONTACT = ("handoff", "complain", "not_known")


class UnknownAct(KeyError):
    """There is no such act of talk."""

    def __str__(self) -> str:
        return f"There is no act '{self.args[0]}'; there are: {', '.join(ACTS)}"


@lru_cache(maxsize=1)
def _acts() -> dict[str, list[Any]]:
    return YAML(typ="safe").load(Path(__file__).with_name("acts.yml").read_text(encoding="utf-8"))


ACTS: tuple[str, ...] = tuple(_acts())


def talk(
    site: Optional[SiteDb],
    act: str,
    lang: str,
    now: datetime,
    here: Optional[str] = None,
    unreadable: Optional[str] = None,
) -> Reply:
    """What the guide says to an act; ``here`` is the id of the place where the visitor is or last spoke of.

    ``site`` may be None: then names and contacts are left out. ``unreadable``: the kind of message that cannot be read,
    such as ``voice``. UnknownAct for an act without wording.
    """
    if act not in ACTS:
        raise UnknownAct(act)
    wording = wording_for(lang)
    place = Ref("place", here) if here and site is not None and site.find(Ref("place", here)) else None
    contacts = _contacts(site, place, wording) if act in WITH_CONTACT else []
    text = wording.say(
        f"talk.{act}",
        place=short_name(site, place, wording) if site is not None and place else None,
        part=_part_of_day(now),
        contacts=contacts,
        unreadable=unreadable,
    )
    return Reply(
        text=text,
        lang=wording.lang,
        quick_replies=_quick(site, act, place, wording),
        cards=_cards(contacts),
        sources=tuple(source_note(one.source, wording) for one in contacts if one.source),
    )


def polite(act: Optional[str], lang: str) -> str:
    """A word for a greeting or thanks that goes before the answer to what is asked with it; '' for other acts."""
    wording = wording_for(lang)
    return wording.say(f"talk.lead_{act}") if f"talk.lead_{act}" in wording else ""


def apology_text(lang: Optional[str]) -> str:
    """'Please try again in a moment', for when not even a Reply can be made."""
    return wording_for(lang or "vi").say("talk.try_again", place=None, part="morning", contacts=[], unreadable=None)


def _part_of_day(now: datetime) -> str:
    return "morning" if now.hour < MORNING_ENDS else "afternoon" if now.hour < AFTERNOON_ENDS else "evening"


def _contacts(site: Optional[SiteDb], place: Optional[Ref], wording: Wording) -> list[Contact]:
    return contacts_for(site, place or HOME, wording.lang)[:2] if site is not None else []


def _cards(contacts: list[Contact]) -> tuple[Card, ...]:
    """A card with buttons to call or to open the website, where a channel can show one."""
    return tuple(Card(one.name, buttons=tuple(_buttons(one))) for one in contacts if one.phone or one.website)


def _buttons(one: Contact) -> list[Button]:
    phone = [Button(one.phone, phone=one.phone.replace(" ", ""))] if one.phone else []
    return phone + ([Button(one.website, url=one.website)] if one.website else [])


def _quick(site: Optional[SiteDb], act: str, place: Optional[Ref], wording: Wording) -> tuple[QuickReply, ...]:
    options = []
    for option in _acts()[act]:
        if isinstance(option, dict):
            title = _title(site, option["here"], place, wording)
            options.append(QuickReply(title, to_payload(option["here"], (place or HOME,))))
        else:
            options.append(QuickReply(wording.say(f"quick.{option}"), to_payload(option)))
    return tuple(options)


def _title(site: Optional[SiteDb], topic: str, place: Optional[Ref], wording: Wording) -> str:
    """A label; with the name of the place where it is assumed rather than spoken of."""
    label = wording.say(f"quick.{topic}")
    if place or site is None:
        return label
    name = short_name(site, HOME, wording)
    return name if topic == "overview" else wording.say("quick.named", label=label, name=name)
