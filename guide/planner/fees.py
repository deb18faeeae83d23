"""What a visit costs one person, as far as prices are known: entrance fees on the day, and fares that nobody told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Iterable, Optional

from guide.planner.itinerary import Fee
from guide.planner.outings import Outing
from guide.planner.tastes import table
from guide.refs import Ref
from guide.sitedb.records import Price
from guide.text import fold

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

STALE_DAYS = 548  # 18 months


def fees_of(site: SiteDb, outing: Outing, day: date, asked_on: date) -> tuple[Fee, ...]:
    """The fees of the place, of the parts that have their own, and of the cable cars used."""
    refs = [Ref("place", id_) for id_ in sorted(outing.covers, key=lambda id_: (id_ != outing.place.id, id_))]
    entrance = (fee for ref in refs if (fee := _entrance(site, ref, day, asked_on)))
    return (*entrance, *(_fare(site, line, day, asked_on) for line in outing.lines))


def _entrance(site: SiteDb, ref: Ref, day: date, asked_on: date) -> Optional[Fee]:
    prices = [price for price in site.prices(ref, day).current if _is_entrance(price)]
    return _fee(ref, prices, asked_on) if prices else None


def _fare(site: SiteDb, line: Ref, day: date, asked_on: date) -> Fee:
    """A cable car always costs something."""
    return _fee(line, list(site.prices(line, day).current), asked_on)


def _is_entrance(price: Price) -> bool:
    item = fold(price.item.get("vi", ""))
    return price.adult is not None and not any(words in item for words in table()["not_entrance"])


def _fee(on: Ref, prices: Iterable[Price], asked_on: date) -> Fee:
    """Several tickets are alternatives (routes of a bay, of a park): from the cheapest to the dearest."""
    known = [price for price in prices if price.adult is not None]
    if not known:
        return Fee(on, None)
    amounts = [amount for price in known for amount in (price.adult, price.adult_max) if amount is not None]
    children = [price.child for price in known if price.child is not None]
    dates = [when for price in known if (when := _as_of(price))]
    oldest = min(dates, default=None)
    settled = all(price.valid_to for price in known) or not any(amounts)
    return Fee(
        on,
        min(amounts),
        max(amounts) if max(amounts) != min(amounts) else None,
        min(children, default=None),
        stale=not settled and (oldest is None or (asked_on - oldest).days > STALE_DAYS),
        as_of=oldest,
    )


def _as_of(price: Price) -> Optional[date]:
    """The latest day on which the price is known to have held."""
    told = (price.source.date or "") if price.source else ""
    parts = [int(part) for part in told.split("-") if part.isdigit()]
    published = date(*(parts + [1, 1])[:3]) if parts else None
    return max((day for day in (price.valid_from, published) if day), default=None)
