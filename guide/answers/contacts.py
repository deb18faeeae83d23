"""Whom a visitor can ask: the place's own phone or website, else its container's, else the hotline of the area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterator, NamedTuple, Optional

from guide.refs import Ref
from guide.sitedb.records import Help, Place, Source, Subject, Venue

if TYPE_CHECKING:
    from guide.sitedb import SiteDb


class Contact(NamedTuple):
    """Where to ask. ``ref`` is whose contact it is: the place asked about, or one that contains it."""

    ref: Ref
    name: str
    phone: Optional[str]
    website: Optional[str]
    email: Optional[str]
    source: Optional[Source]
    note: str = ""


def place_of(site: SiteDb, ref: Ref) -> Optional[Place]:
    """The place that a subject belongs to: itself, or where a festival, dish, venue, cable car … is found."""
    subject = site.find(ref)
    if isinstance(subject, Place):
        return subject
    ids = _place_ids(subject) if subject is not None else ()
    return next((place for id_ in ids if isinstance(place := site.find(Ref("place", id_)), Place)), None)


def _place_ids(subject: Subject) -> tuple[str, ...]:
    near = tuple(id_ for name in ("near", "area", "start") if (id_ := getattr(subject, name, None)))
    return near + tuple(getattr(subject, "places", ())) + tuple(getattr(subject, "serves", ()))


def _candidates(site: SiteDb, ref: Ref, lang: str) -> Iterator[Contact]:
    subject, place = site.find(ref), place_of(site, ref)
    if isinstance(subject, Venue) and (subject.phone or subject.website):
        source = subject.sources[0] if subject.sources else None
        note = subject.phone_note.in_(lang) if subject.phone else ""
        yield Contact(ref, subject.name.in_(lang), subject.phone, subject.website, None, source, note)
    if place is None:
        return
    for here in (place, *site.ancestors(place.id)):
        if here.phone or here.website or here.email:
            yield Contact(here.ref, here.name.in_(lang), here.phone, here.website, here.email, here.contact_source)
    areas = {place.id, *(outer.id for outer in site.ancestors(place.id))}
    for help_ in site.help_for(place.id, kind="hotline"):
        if help_.number and help_.area in areas:  # a nationwide line knows nothing about this place
            yield _hotline(help_, lang)


def _hotline(help_: Help, lang: str) -> Contact:
    source = help_.sources[0] if help_.sources else None
    return Contact(help_.ref, help_.name.in_(lang), help_.number, None, None, source, help_.note.in_(lang))


def contacts_for(site: SiteDb, ref: Ref, lang: str) -> list[Contact]:
    """Every contact that helps with a subject, nearest first."""
    found: dict[tuple[Optional[str], Optional[str]], Contact] = {}
    for one in _candidates(site, ref, lang):
        found.setdefault((one.phone, one.website), one)
    return list(found.values())


def contact_for(site: SiteDb, ref: Optional[Ref], lang: str) -> Optional[Contact]:
    """The nearest contact; None when nobody is known to ask."""
    return next(_candidates(site, ref, lang), None) if ref else None
