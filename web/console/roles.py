"""What each role may do, and where."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Iterable, Optional

from guide.refs import Ref
from guide.sitedb.fields import SOURCE

if TYPE_CHECKING:
    from guide.sitedb import SiteDb
    from web.console.models import Account


class Role(str, Enum):
    """From the one who may only look to the one who may invite others."""

    VIEWER = "viewer"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


EDITING = (Role.EDITOR, Role.REVIEWER, Role.ADMINISTRATOR)
UNDOING_OTHERS = (Role.REVIEWER, Role.ADMINISTRATOR)


def may_edit(account: Account, site: SiteDb, ref: Optional[Ref]) -> bool:
    """Whether the account may change what is known of a subject; None: what holds everywhere."""
    if account.role not in EDITING:
        return False
    return not account.areas or (ref is not None and _inside(site, ref, account.areas))


def needs_review(account: Account) -> bool:
    """Whether what the account changes waits until a reviewer has looked at it."""
    return account.role == Role.EDITOR and account.needs_review


def may_decide(account: Account, site: SiteDb, refs: Iterable[Optional[Ref]], author: str) -> bool:
    """Whether the account may publish or refuse a draft about these: a reviewer any, a trusted editor its own."""
    own = author == account.email and not needs_review(account)
    return (own or account.role in UNDOING_OTHERS) and all(may_edit(account, site, ref) for ref in refs)


def may_revert(account: Account, site: SiteDb, ref: Optional[Ref], actor: str) -> bool:
    """Editors undo what they did themselves (not where that has to be reviewed), reviewers what anyone did."""
    own = actor == account.email and not needs_review(account)
    return may_edit(account, site, ref) and (own or account.role in UNDOING_OTHERS)


def _inside(site: SiteDb, ref: Ref, areas: Iterable[str]) -> bool:
    mine = places_in(site, areas)
    if ref.kind == SOURCE:  # whoever looks after all that rests upon it
        about = {subject for subject, _, _ in site.resting_upon(ref.id)}
        return all(subject and _inside(site, Ref.of(subject), areas) for subject in about)
    theirs = set(site.belongs_to(ref)) or _named_by(site, ref)
    return bool(theirs) and theirs <= mine


def _named_by(site: SiteDb, ref: Ref) -> set[str]:
    """Ids of the places that a road, a trail or a line names."""
    if not site.exists(ref):
        return set()
    values = site.sheet(ref).values.values()
    named = (each for value in values for each in (value if isinstance(value, list) else [value]))
    return {each.partition("/")[2] for each in named if isinstance(each, str) and each.startswith("place/")}


def places_in(site: SiteDb, areas: Iterable[str]) -> frozenset[str]:
    """Ids of the places of these areas: of a province, or of a place with all that it contains."""
    return _places_in(site, site.version(), tuple(areas))


@lru_cache(maxsize=64)
def _places_in(site: SiteDb, version: int, areas: tuple[str, ...]) -> frozenset[str]:
    """Found once for each state of the database: every page asks it for all that waits for its reader."""
    found: set[str] = set()
    for area in areas:
        kind, _, id_ = area.partition("/")
        if kind == "province":
            found |= {place.id for place in site.places(province=id_)}
        elif site.find(Ref(kind, id_)):
            found |= {id_, *(child.id for child in site.children(id_))}
    return frozenset(found)
