"""From what a message says to fields of a TripRequest: names by role, values by kind, words by their lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Optional

from guide.dialogue.context import Mention
from guide.planner.request import MOST_DAYS, TRANSPORTS, TripRequest
from guide.refs import Ref
from guide.roads import standing_place
from guide.trips.reading import Reading, find, words
from guide.values import Budget, Clock, DateSpan, Duration, Found, Party, Transport

if TYPE_CHECKING:
    from guide.sitedb import SiteDb

Fields = dict[str, Any]
SEEN = ("place", "festival", "gateway", "person", "dish")  # kinds of subject that a trip can be made for
STARTS = ("place", "gateway", "elsewhere")
CHILD = 6  # years that a child of unknown age is planned for
NOON = 12 * 60
SHORT = 4 * 60  # minutes: the least that a trip takes
BEGIN, END = 7 * 60, 22 * 60
TOGETHER = ("must", "avoid", "interests", "children")  # fields that add up
WEEKEND = "weekend"  # how many days of it are left
FIELD_OF = {"first_day": "when", "month": "when"}  # fields that answer the question of another name


def wishes_of(site: SiteDb, reading: Reading, asked: Optional[str], today: date, said: tuple[str, ...] = ()) -> Fields:
    """The fields of a request that a message fills.

    ``asked``: the field that the guide has just asked for; ``said``: those that are settled. A weekend tells how many
    days there are only where nothing else does.
    """
    given: Fields = {}
    for found in reading.understood.values:
        given.update(_of_value(found, given, today))
    weekend = given.pop(WEEKEND, None)
    if weekend and "days" not in (*said, *given):
        given["days"] = weekend
    given.update(_of_names(site, reading, asked))
    given.update(_of_words(reading))
    if asked == "days" and "days" not in given and (number := bare_number(reading)):
        given["days"] = number
    return given


def answered(fields: Iterable[str]) -> tuple[str, ...]:
    """The questions that these fields of a request answer."""
    return tuple(dict.fromkeys(FIELD_OF.get(field, field) for field in fields))


def merged(request: TripRequest, given: Mapping[str, Any]) -> TripRequest:
    """The request with more wishes. RequestError where they cannot be meant."""
    fields = dict(given)
    for name in TOGETHER:
        if name in fields:
            fields[name] = tuple(dict.fromkeys((*getattr(request, name), *fields[name])))
    if "must" in fields:  # wished for now, so no longer to be avoided
        fields.setdefault("avoid", tuple(ref for ref in request.avoid if ref not in fields["must"]))
    if "avoid" in given:
        fields["must"] = tuple(ref for ref in fields.get("must", request.must) if ref not in given["avoid"])
    if "first_day" in fields:
        fields.setdefault("month", None)
    if "month" in given and given["month"]:
        fields.setdefault("first_day", None)
    if "days" in fields and fields["days"] < request.days:
        fields.setdefault("nights", request.nights[: fields["days"] - 1])
        fields.setdefault("on_day", tuple(pair for pair in request.on_day if pair[1] <= fields["days"]))
    return replace(request, **fields)


# values


def _of_value(found: Found, given: Fields, today: date) -> Fields:
    value = found.value
    if isinstance(value, Duration):
        return _of_duration(value)
    if isinstance(value, DateSpan):
        return _of_dates(value, found.role, given, today)
    if isinstance(value, Clock):
        late = found.role == "end" or (found.role is None and value.minute >= NOON)
        return {"end_by" if late else "begin": value.minute}
    if isinstance(value, Party):
        return _of_party(value)
    if isinstance(value, Budget):
        people = given.get("adults", 2) + len(given.get("children", ())) if value.per == "party" else 1
        return {"budget": value.amount // people}
    return {"transport": value.mode} if isinstance(value, Transport) and value.mode in TRANSPORTS else {}


def _of_duration(value: Duration) -> Fields:
    if value.days:
        return {"days": value.days}
    if value.nights:
        return {"days": value.nights + 1}
    if value.minutes and value.minutes >= SHORT:
        return {"days": 1, "begin": BEGIN, "end_by": min(BEGIN + value.minutes, END)}
    return {"days": 1} if value.minutes else {}


def _of_dates(span: DateSpan, role: Optional[str], given: Fields, today: date) -> Fields:
    if role == "end" and "first_day" in given:
        return {"days": (span.first - given["first_day"]).days + 1}
    if span.grain in ("month", "season"):
        return {"month": max(span.first, today).month}
    if span.grain == "week":
        return {"first_day": max(span.first, today + timedelta(days=1)) if span.last > today else span.first}
    days = (span.last - span.first).days + 1
    first = max(span.first, today) if span.first <= today <= span.last else span.first
    fields: Fields = {"first_day": first}
    if span.grain in ("days", "weekend") and 1 < days <= MOST_DAYS:
        fields["days" if span.grain == "days" else WEEKEND] = (span.last - first).days + 1
    return fields


def _of_party(party: Party) -> Fields:
    """``adults`` as told; grandmother alone does not make a party of one."""
    alone = {"solo": 1, "couple": 2}.get(party.group or "")
    fields: Fields = {"adults": party.adults or alone} if party.adults or alone else {}
    if party.children:
        fields["children"] = tuple(CHILD if age is None else min(age, 17) for age in party.children)
    if party.oldest:
        fields["oldest"] = party.oldest
    if party.wheelchair:
        fields["wheelchair"] = True
    return fields


# names


def _of_names(site: SiteDb, reading: Reading, asked: Optional[str]) -> Fields:
    given: Fields = {}
    for mention in reading.understood.mentions:
        ref = start_of(mention) if from_there(reading, mention) else mention.ref
        if ref is None:
            continue
        field = _field_of(reading, mention, ref, asked, given)
        if field in ("must", "avoid"):
            given[field] = (*given.get(field, ()), ref)
        elif field == "nights":
            given["nights"] = (*given.get("nights", ()), town_of(site, ref))
        elif field:
            given[field] = ref.id if field == "route" else ref
    return given


def _field_of(reading: Reading, mention: Mention, ref: Ref, asked: Optional[str], given: Fields) -> Optional[str]:
    if from_there(reading, mention):
        return "start"
    if ref.kind == "route":
        return "route"
    if ref.kind == "lodging" or reading.before(mention, "sleep"):
        return "nights"
    if reading.before(mention, "end"):
        return "end"
    if reading.before(mention, "avoid", "drop"):
        return "avoid"
    if asked == "start" and "start" not in given and ref.kind in STARTS:
        return "start"
    return "must" if ref.kind in SEEN else None


def from_there(reading: Reading, mention: Mention) -> bool:
    """Whether the visitor sets out from what is mentioned, also where that lies outside the region ("từ Huế")."""
    if mention.role == "origin":
        return True
    text = reading.understood.text
    return mention.kind == "elsewhere" and any(
        phrase.end <= mention.start and not text[phrase.end : mention.start].strip()
        for phrase in reading.of_group("from")
    )


def start_of(mention: Mention) -> Optional[Ref]:
    """Where a trip from there begins: of a province its main town."""
    if mention.kind != "province":
        return mention.ref
    town = words()["main_towns"].get(mention.value)
    return Ref("place", town) if town else None


def town_of(site: SiteDb, ref: Ref) -> Ref:
    """Where a lodging is; a place itself."""
    return (standing_place(site, ref) or ref) if ref.kind == "lodging" else ref


# words


def _of_words(reading: Reading) -> Fields:
    given: Fields = {}
    if interests := reading.keys("interests"):
        given["interests"] = interests
    if pace := reading.keys("pace"):
        given["pace"] = pace[0]
    efforts = [phrase.key for phrase in reading.of_group("effort")]  # "không leo được" holds its own denial
    if efforts:
        given["effort"] = min(efforts, key=("easy", "moderate", "hard").index)
    if festivals := [phrase.key for phrase in reading.of_group("festivals")]:
        given["festivals"] = festivals[0]
    return given


def bare_number(reading: Reading) -> Optional[int]:
    """The number that is all there is to an answer: "3", "ba thôi"; None where there is none."""
    numbers = find(reading.understood.text, "numbers")
    digits = [int(word) for word in reading.understood.text.split() if word.isdigit()]
    if len(digits) == 1:
        return digits[0]
    return int(numbers[0].key) if len(numbers) == 1 and not digits else None
