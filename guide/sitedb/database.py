"""``SiteDb``: the one door to the site database for everything outside this package."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, Mapping, NamedTuple, Optional, Sequence

from guide.refs import Ref
from guide.sitedb import records as r
from guide.sitedb import searching
from guide.sitedb.connecting import connect
from guide.sitedb.errors import NoActor, ReadOnly, Unwritable
from guide.sitedb.gaps import missing
from guide.sitedb.nearness import Nearness
from guide.sitedb.reading import Reading
from guide.sitedb.snapshot import Snapshot

if TYPE_CHECKING:
    from guide.sitedb.adding import Adder  # only writers need it; readers start quicker without
    from guide.sitedb.restoring import Deleted
    from guide.sitedb.sheets import Sheet


INODE_SHIFT = 40  # versions of a file's predecessor are other numbers than its own


class _View(NamedTuple):
    """One version of the database as all threads read it."""

    version: int
    reading: Reading
    nearness: Nearness


class _Local(threading.local):
    """A thread's own connection, and which file it is open on."""

    connection: Optional[sqlite3.Connection] = None
    inode: int = 0
    writer: Optional[Adder] = None  # while this thread is acting
    view: Optional[_View] = None  # what it sees of its own changes, until it commits


class SiteDb:
    """The site database. Reads come from a snapshot that is renewed when anybody has changed a fact.

    Threads may share one SiteDb: each gets a connection of its own, the snapshot is common. A file that is replaced
    while it is open (a restored backup, a rebuild) is noticed at the next read.
    """

    def __init__(self, path: Path, writable: bool) -> None:
        self.path, self.writable = path, writable
        self._local = _Local()
        self._view: Optional[_View] = None

    @classmethod
    def open(cls, path: Path | str, writable: bool = False) -> SiteDb:
        """Open an existing database; DatabaseMissing or DatabaseBroken name the file and the command that builds it."""
        site = cls(Path(path), writable)
        site.connection  # noqa: B018 - fails now rather than at the first question
        return site

    @classmethod
    def build(cls, facts_dir: Path | str, path: Path | str) -> SiteDb:
        """A new database from the fact files, opened for writing; LoadErrors when the files have mistakes."""
        from guide.sitedb.loading import build  # readers start quicker without pydantic and sqlite-utils

        return cls.open(build(facts_dir, path), writable=True)

    def close(self) -> None:
        """Close this thread's connection. Those of other threads close when their threads end."""
        if self._local.connection is not None:
            self._local.connection.close()
        self._local.connection = self._view = None

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection; for guide.sitedb itself."""
        local, inode = self._local, self._inode()
        if local.connection is None or local.inode != inode:
            if local.connection is not None:
                local.connection.close()
            local.connection, local.inode = connect(self.path, self.writable), inode
        return local.connection

    def _inode(self) -> int:
        try:
            return os.stat(self.path).st_ino
        except FileNotFoundError:
            return -1

    def version(self) -> int:
        """A number that changes whenever a fact changes, whoever changes it. Cheap: ask before using what you kept."""
        number: int = self.connection.execute("SELECT number FROM revision").fetchone()[0]
        return (self._local.inode << INODE_SHIFT) | number

    def _current(self) -> _View:
        version, uncommitted = self.version(), self.connection.in_transaction
        view = self._local.view if uncommitted else self._view
        if view is None or view.version != version:
            reading = Reading(Snapshot(self.connection))
            view = _View((self._local.inode << INODE_SHIFT) | reading.version, reading, Nearness(reading))
            if uncommitted:
                self._local.view = view
            else:
                self._view = view
        return view

    @property
    def _read(self) -> Reading:
        return self._current().reading

    @property
    def _near(self) -> Nearness:
        return self._current().nearness

    # subjects

    def get(self, ref: Ref) -> Any:
        """The record of a subject (Place, Person …); NotFound when there is none."""
        return self._read.get(ref)

    def find(self, ref: Ref) -> Optional[Any]:
        """The record of a subject, or None."""
        return self._read.find(ref)

    def name(self, ref: Ref, lang: str) -> str:
        """The subject's name in a language, falling back on others; NotFound when there is no such subject."""
        return self._read.name(ref, lang)

    def all(self, kind: str) -> list[Any]:
        """All records of a kind, in the files' order."""
        return self._read.all(kind)

    def exists(self, ref: Ref | str) -> bool:
        """Whether there is such a subject, of whatever kind."""
        return self.connection.execute("SELECT 1 FROM subject WHERE id = ?", (str(ref),)).fetchone() is not None

    def ids(self, kind: str) -> list[str]:
        """The references of all subjects of a kind, roads and advice included, in the files' order."""
        query = "SELECT id FROM subject WHERE kind = ? ORDER BY position, id"
        return [id_ for (id_,) in self.connection.execute(query, (kind,))]

    def sources(self) -> list[tuple[r.Source, int]]:
        """Every source, with the number of values that rest upon it."""
        from guide.sitedb.resting import counted

        return counted(self.connection)

    def untranslated(self) -> list[tuple[str, str, str, str]]:
        """Texts that a language lacks: (sheet, field, language, the subject it is about or '')."""
        from guide.sitedb.resting import untranslated

        return untranslated(self.connection)

    def resting_upon(self, source: str) -> list[tuple[str, str, str]]:
        """What rests upon a source: (subject, table, key of the row)."""
        from guide.sitedb.resting import rows

        return rows(self.connection, source)

    def node(self, id_: str) -> Optional[Ref]:
        """The place or gateway behind an id of a route's stop, a road link or a bus line."""
        return self._read.node(id_)

    def names(self) -> Iterator[r.Name]:
        """Every name and alias of every subject that a visitor may mean; areas are in ``provinces()``."""
        return self._read.names()

    # places

    def children(self, place_id: str, deep: bool = True) -> list[r.Place]:
        """Places contained in a place: directly, or at any depth (nearer ones first)."""
        return self._read.children(place_id, deep)

    def ancestors(self, place_id: str) -> list[r.Place]:
        """Places that contain a place, nearest first."""
        return self._read.ancestors(place_id)

    def places(
        self,
        kind: Optional[str] = None,
        province: Optional[str] = None,
        within: Optional[str] = None,
        heritage: Optional[bool] = None,
    ) -> list[r.Place]:
        """Places by kind, by area (province, town or district: id or any name, now or former), by containing place.

        ``within`` takes a place's id: what it contains, and what the town that it stands for has by address.
        ``heritage=True``: the component sites of the World Heritage property.
        """
        return self._read.places(kind, province, within, heritage)

    def provinces(self) -> list[r.Province]:
        """Provinces, cities, districts and towns, as they are and as they were, with what they lie in now."""
        return self._read.all("province")

    def location(self, ref: Ref) -> Optional[r.Location]:
        """Where a subject is: its own location, else that of the first place it belongs to."""
        return self._near.location(ref)

    def belongs_to(self, ref: Ref) -> tuple[str, ...]:
        """Ids of the places that a subject is at or about: a place's is its own."""
        return self._near.belongs_to(ref)

    # what is said about them

    def facts(self, ref: Optional[Ref] = None, topic: Optional[str] = None) -> list[r.Fact]:
        """Facts about a subject (None: about any), of a topic when one is named, in the files' order."""
        return self._read.facts(ref, topic)

    def topics(self, ref: Ref) -> set[str]:
        """The topics that a subject has facts about."""
        return self._read.topics(ref)

    def prices(self, ref: Ref, on: date) -> r.PriceList:
        """The subject's prices as they stand on a day: in force, old (newest first), still to come."""
        return self._read.prices(ref, on)

    def notices(self, on: date, ref: Optional[Ref] = None) -> list[r.Notice]:
        """Notices in force on a day: all, or those about a subject, what contains it, and everything."""
        return self._read.notices(on, ref)

    def every_notice(self) -> list[r.Notice]:
        """All notices, whatever their days: for staff."""
        return self._read.every_notice()

    def every_price(self) -> list[r.Price]:
        """All prices of all subjects, old ones too: for staff."""
        return self._read.every_price()

    def advice(
        self, topic: Optional[str] = None, place: Optional[str] = None, month: Optional[int] = None
    ) -> list[r.Advice]:
        """Advice by topic; with a place, what holds everywhere or for it or for a place that contains it; by month."""
        return self._read.advice(topic, place, month)

    def staff_answers(self, ref: Optional[Ref] = None) -> list[r.StaffAnswer]:
        """Staff's own questions and answers, about a subject or all."""
        return self._read.staff_answers(ref)

    def search(self, text: str, limit: int = 8, kinds: Optional[Sequence[str]] = None) -> list[r.Hit]:
        """Full-text search without regard to diacritics, best first; ``kinds`` of Hit to look for, None for all."""
        return searching.search(self.connection, self._read, text, limit, kinds)

    def photos(self, ref: Ref) -> list[r.Photo]:
        """Photos of a subject, in their order."""
        return self._read.photos(ref)

    # what belongs to a place

    def festivals_at(self, place_id: str) -> list[r.Festival]:
        """Festivals held at a place, in it, or in what contains it, nearest relation first."""
        return self._near.festivals_at(place_id)

    def people_at(self, place_id: str) -> list[r.Person]:
        """People whose life or worship is bound to a place, nearest relation first."""
        return self._near.people_at(place_id)

    def dishes_at(self, place_id: str) -> list[r.Dish]:
        """Dishes and specialities of a place, then of places within 30 km."""
        return self._near.dishes_at(place_id)

    def lodging_near(self, place_id: str) -> list[r.Venue]:
        """Places to stay at a place, then within 30 km, nearest first; closed ones are left out."""
        return self._near.lodging_near(place_id)

    def eating_near(self, place_id: str) -> list[r.Venue]:
        """Places to eat at a place, then within 30 km, nearest first; closed ones are left out."""
        return self._near.eating_near(place_id)

    def cable_cars_at(self, place_id: str) -> list[r.CableCar]:
        """Cable cars from or to a place, in it, or in what contains it; then those with an end within 3 km."""
        return self._near.cable_cars_at(place_id)

    def routes_through(self, place_id: str) -> list[r.Route]:
        """Linked routes with a stop at a place, in it, or in what contains it."""
        return self._near.routes_through(place_id)

    def bus_lines_serving(self, id_: str) -> list[r.BusLine]:
        """Bus lines that end or stop at a place or gateway, then those of the gateways that serve it."""
        return self._near.bus_lines_serving(id_)

    def help_for(self, place_id: Optional[str], kind: Optional[str] = None) -> list[r.Help]:
        """Emergency numbers, then hotlines here and of the whole country, then the nearest hospitals; None: all."""
        return self._near.help_for(place_id, kind)

    def climate(self, place_id: str, month: int) -> Optional[r.ClimateMonth]:
        """A month's climate at a place: its own, its container's, else that of the nearest place that has one."""
        return self._near.climate(place_id, month)

    # tables

    def road_links(self) -> list[r.RoadLink]:
        """The edges of the road graph, by ids of places and gateways (``node`` tells which)."""
        return self._read.road_links()

    def trails(self) -> list[r.Trail]:
        """The ways to see complexes, mountains, bays and islands, with their stops."""
        return self._read.trails()

    def holidays(self) -> list[r.Holiday]:
        """Holidays with their dates."""
        return self._read.holidays()

    def sun_times(self, month: int) -> Optional[r.SunTimes]:
        """Sunrise and sunset in the middle of a month."""
        return self._read.sun_times(month)

    def note(self, table: str) -> r.Words:
        """What is said about a whole table of the files, such as ``transport/rail``."""
        return self._read.note(table)

    # changes

    @contextmanager
    def acting(self, actor: str, today: Optional[date] = None) -> Iterator[SiteDb]:
        """A transaction whose changes the history puts down to ``actor``: in it ``set`` and the ``add_`` calls work.

        All of it is committed at the end, or undone when anything fails. ``today`` dates what staff enter. ReadOnly
        when the site was opened for reading.
        """
        if not self.writable:
            raise ReadOnly
        from guide.sitedb.adding import Adder
        from guide.sitedb.history import acting

        local = self._local
        try:
            with acting(self.connection, actor) as connection:
                local.writer = Adder(connection, today)
                yield self
        except sqlite3.OperationalError as error:
            raise Unwritable(self.path, error) from error
        finally:
            local.writer = local.view = None

    @property
    def write(self) -> Adder:
        """The changes that can be made while acting; NoActor otherwise."""
        if self._local.writer is None:
            raise NoActor
        return self._local.writer

    def set(
        self, ref: Ref | str, field: str, value: Any, lang: Optional[str] = None, source: Optional[str] = None
    ) -> None:
        """Set a column, a text (with its language) or a list of subjects; None takes it out; else Invalid."""
        self.write.set(ref, field, value, lang, source)

    def sheet(self, ref: Ref | str) -> Sheet:
        """All that can be set of a subject or statement, as it is now, with a stamp; NotFound when there is none."""
        from guide.sitedb import sheets

        return sheets.read(self.connection, str(ref))

    def update(self, ref: Ref | str, changes: Mapping[str, Any], stamp: Optional[str] = None) -> None:
        """Set several values of a sheet at once, if its stamp is still this one: else ChangedMeanwhile; or Invalid."""
        from guide.sitedb import sheets

        if stamp is not None and self.sheet(ref).stamp != stamp:
            raise sheets.ChangedMeanwhile(str(ref))
        sheets.update(self.connection, self.write, str(ref), changes)

    def add_source(self, id: str, title: str, **values: Any) -> str:
        """Add a source that other rows can name (url, publisher, published); returns its id."""
        return self.write.add_source(id, title, **values)

    def add_place(self, id: str, kind: str, name: Mapping[str, str], summary: Mapping[str, str], **values: Any) -> Ref:
        """Add a place (part_of, province, province_before, address, lat, lon, any column); returns its reference."""
        return self.write.add_place(id, kind, name, summary, **values)

    def add_subject(self, ref: Ref | str, values: Mapping[str, Any]) -> Ref:
        """Add a subject of any kind with all of its sheet's values; returns its reference."""
        from guide.sitedb import sheets

        return sheets.add(self.connection, self.write, str(ref), values)

    def add_statement(
        self, kind: str, ref: Optional[Ref | str], columns: Mapping[str, Any], texts: Mapping[str, Any], **more: Any
    ) -> int:
        """Add a statement of any kind about a subject (None: about everything; source); returns its number."""
        return self.write.add_statement(kind, ref, columns, texts, **more)

    def add_alias(self, ref: Ref | str, alias: str, lang: str = "") -> None:
        """Add a name that people type for a subject."""
        self.write.add_alias(ref, alias, lang)

    def add_fact(
        self, ref: Optional[Ref | str], topic: str, words: Mapping[str, str], source: Optional[str] = None
    ) -> int:
        """Add a fact about a subject (None: one that holds everywhere); returns its number."""
        return self.write.add_fact(ref, topic, words, source)

    def add_price(self, ref: Ref | str, item: Mapping[str, str], adult: Optional[int], **values: Any) -> int:
        """Add a price (child, note, source, adult_max, unit, days, valid_from …); returns its number."""
        return self.write.add_price(ref, item, adult, **values)

    def add_notice(self, ref: Optional[Ref | str], kind: str, words: Mapping[str, str], **values: Any) -> int:
        """Add a closure or an announcement (starts, ends, source); without a reference, about everything."""
        return self.write.add_notice(ref, kind, words, **values)

    def add_staff_answer(self, question: Mapping[str, str], answer: Mapping[str, str], **values: Any) -> int:
        """Add a question and its answer (ref, source); returns its number."""
        return self.write.add_staff_answer(question, answer, **values)

    def delete(self, ref: Ref | str) -> None:
        """Delete a subject with all that is said about it, or one statement such as ``notice/3``. Can be reverted."""
        self.write.delete(ref)

    def history(self, ref: Optional[Ref | str] = None, limit: int = 50) -> list[r.Change]:
        """The changes of a subject (or of one row, such as ``fact/12``; None: of everything), newest first."""
        from guide.sitedb.history import history

        return history(self.connection, ref, limit)

    def change(self, change_id: int) -> Optional[r.Change]:
        """One change of the history, or None."""
        from guide.sitedb.history import find

        return find(self.connection, change_id)

    def revert(self, change_id: int, actor: str) -> list[int]:
        """Undo a change and what belongs to it; returns the ids of the changes undone. RevertConflict: see there."""
        from guide.sitedb.history import revert

        with self.acting(actor):
            return revert(self.connection, change_id)

    def batch(self, batch: str) -> list[r.Change]:
        """All changes that were written together, oldest first."""
        from guide.sitedb.history import batch_of

        return batch_of(self.connection, batch)

    def revert_batch(self, batch: str, actor: str) -> int:
        """Undo all that was written together; how many changes. RevertConflict where something was built upon it."""
        from guide.sitedb.restoring import revert_batch

        with self.acting(actor):
            return revert_batch(self.connection, batch)

    def restore(self, ref: Ref | str, moment: datetime, actor: str) -> int:
        """Make a subject, with all that is said about it, what it was at a moment; how many rows changed."""
        from guide.sitedb.restoring import restore

        with self.acting(actor):
            return restore(self.connection, ref, moment)

    def deleted(self, limit: int = 50) -> list[Deleted]:
        """Subjects and statements that were deleted and are still gone, the latest first."""
        from guide.sitedb.restoring import deleted

        return deleted(self.connection, limit)

    # what is not known

    def missing(self, ref: Optional[Ref] = None) -> list[tuple[Ref, str]]:
        """What is not known yet, as (subject, field), for the staff's work list: of one subject or of all."""
        return missing(self._read, ref)
