"""A database of what visitors leave: SQLite where nothing else is set, or PostgreSQL for several machines.

Several processes may use it at once. SQLite is in WAL mode and a writing transaction takes the lock at once, so that
writers queue instead of failing. The tables are made when they are missing.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence

from sqlalchemy import MetaData, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

BUSY_SECONDS = 5  # how long to wait for another writer, or for a server that does not answer
INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}  # those that know ON CONFLICT


class VisitsBroken(Exception):
    """The database of visits cannot be used."""

    def __init__(self, where: str, reason: object) -> None:
        super().__init__(f"The database of visits at {where} cannot be used ({reason}).")
        self.where = where


class Store:
    """Transactions over the tables of ``schema`` at an address. Threads may share it; it opens nothing until used."""

    def __init__(self, url: str, schema: MetaData) -> None:
        self.url, self._schema, self._lock, self._ready = url, schema, threading.Lock(), False
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise VisitsBroken(url, "no address of a database, such as sqlite:///var/visits.db") from None
        self.where = parsed.render_as_string(hide_password=True)
        if parsed.get_backend_name() not in INSERTS:
            raise VisitsBroken(self.where, f"use one of {', '.join(INSERTS)}")
        is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
        self._file = Path(parsed.database) if is_file else None
        self._engine = _engine(url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with. Raises VisitsBroken."""
        with self._explained():
            self._prepare()
            with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, committed at the end. Raises VisitsBroken."""
        with self._explained():
            self._prepare()
            with self._engine.begin() as connection:
                yield connection

    def put(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str], **new: Any
    ) -> None:
        """Insert rows; of one whose ``key`` is there, set what ``new`` names: a column of the new row, or a value.

        A value is a function of the row's columns as they would have been inserted; without ``new`` the old row stays.
        """
        statement = INSERTS[self._engine.dialect.name](table)
        if new:
            values = {name: value(statement.excluded) for name, value in new.items()}
            statement = statement.on_conflict_do_update(index_elements=key, set_=values)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=key)
        if rows:
            connection.execute(statement, list(rows))

    def close(self) -> None:
        """Close what is open; the next use opens anew."""
        self._engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as fault:
            raise VisitsBroken(self.where, getattr(fault, "orig", None) or fault) from fault

    def _prepare(self) -> None:
        with self._lock:
            if self._ready and (self._file is None or self._file.exists()):
                return
            if self._file:
                _private(self._file)
            try:
                self._make()
            except SQLAlchemyError:  # another process may have made the same table at the same moment
                self._make()
            self._ready = True

    def _make(self) -> None:
        with self._engine.begin() as connection:
            self._schema.create_all(connection)
            for table in self._schema.tables.values():
                _add_columns(connection, table)


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS})
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _private(file: Path) -> None:
    """A file that its owner alone can read: what visitors typed is in it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _add_columns(connection: Connection, table: Table) -> None:
    """Add the columns that a table has gained since the database was made."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for column in table.columns:
        if column.name not in there:
            kind = column.type.compile(connection.dialect)
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}"))
