"""How the database comes to be: migrations, applied in order by whoever opens it for writing.

A new database gets the tables of guide.sitedb.tables as they are now. A migration that changes a table later must
therefore look first whether the change is there already, and end with ``renew_triggers``.
"""

from __future__ import annotations

import sqlite3
from typing import Iterator

from sqlite_utils import Database, Migrations

from guide.sitedb import triggers
from guide.sitedb.moving import drop_empty
from guide.sitedb.tables import TABLES, Column, Table

APPLICATION_ID = 0x54727563  # 'Truc': what `file` shows, and how a database of ours is told from any other

migrations = Migrations("truc")

_BOOKKEEPING = (
    # Who is writing, for the triggers. One row, always.
    "CREATE TABLE acting (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT, batch TEXT, recording INTEGER NOT NULL)",
    "INSERT INTO acting VALUES (1, NULL, NULL, 1)",
    # A number that grows with every change of a fact.
    "CREATE TABLE revision (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL)",
    "INSERT INTO revision VALUES (1, 1)",
    """CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL,
        batch TEXT NOT NULL, action TEXT NOT NULL, tbl TEXT NOT NULL, row_key TEXT NOT NULL, subject TEXT,
        before TEXT, after TEXT, reverted_by INTEGER)""",
    "CREATE INDEX history_row ON history (tbl, row_key)",
    "CREATE INDEX history_subject ON history (subject)",
    "CREATE INDEX history_batch ON history (batch)",
    "CREATE TABLE replaced (tbl TEXT NOT NULL, row_key TEXT NOT NULL, before TEXT NOT NULL)",
    # What the loader last wrote, to tell the staff's edits from its own.
    "CREATE TABLE loaded (id TEXT PRIMARY KEY, hash TEXT NOT NULL)",
    """CREATE TABLE unanswered (id INTEGER PRIMARY KEY, text TEXT NOT NULL, lang TEXT NOT NULL, channel TEXT NOT NULL,
        guesses TEXT NOT NULL, at TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0)""",
)


def _column(name: str, column: Column) -> str:
    key = " PRIMARY KEY" if name == "id" else ""
    filled = " NOT NULL" if column.required else ""
    points = f" REFERENCES {column.ref} (id) ON DELETE {column.on_delete}" if column.ref else ""
    return f"{name} {column.sql_type}{key}{filled}{points}"


def create_table(table: Table) -> Iterator[str]:
    """The statements that make one table, its uniqueness and the indexes of its references."""
    columns = [_column(name, column) for name, column in table.columns.items()]
    if table.natural != ("id",):
        columns.append(f"UNIQUE ({', '.join(table.natural)})")
    yield f"CREATE TABLE {table.name} ({', '.join(columns)})"
    for name, _ in table.references():
        if name != "id" and table.natural[0] != name:
            yield f"CREATE INDEX {table.name}_{name} ON {table.name} ({name})"


def _run(db: Database, statements: Iterator[str]) -> None:
    for statement in statements:
        db.execute(statement)


@migrations()
def facts_as_tables(db: Database) -> None:
    """The tables of facts."""
    for table in TABLES.values():
        _run(db, create_table(table))


@migrations()
def bookkeeping(db: Database) -> None:
    """History, revision, what the loader wrote, unanswered questions."""
    _run(db, iter(_BOOKKEEPING))


@migrations()
def search_and_triggers(db: Database) -> None:
    """The full-text index, and the triggers that keep it and the history."""
    db.execute(
        "CREATE VIRTUAL TABLE search USING fts5(name, body, tbl UNINDEXED, row UNINDEXED,"
        " tokenize = 'unicode61 remove_diacritics 2')"
    )
    renew_triggers(db)


@migrations()
def trails(db: Database) -> None:
    """Ways to see a place, with their stops; and the one column that the first schema lacked."""
    if "heritage_role" not in db["place"].columns_dict:
        db.execute("ALTER TABLE place ADD COLUMN heritage_role TEXT")
    for name in ("trail", "trail_stop"):
        if not db[name].exists():
            _run(db, create_table(TABLES[name]))
    renew_triggers(db)


@migrations()
def ratings(db: Database) -> None:
    """Whether answers helped; ``answer_key`` is one way only, so nobody's conversation can be found by it."""
    db.execute(
        "CREATE TABLE ratings (id INTEGER PRIMARY KEY, answer_key TEXT NOT NULL UNIQUE, question TEXT NOT NULL,"
        " answer TEXT NOT NULL, lang TEXT NOT NULL, channel TEXT NOT NULL, good INTEGER NOT NULL, reason TEXT,"
        " at TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0)"
    )


@migrations()
def drafts(db: Database) -> None:
    """Changes that wait to be published. Nothing that is asked is answered from here, so no trigger looks at them."""
    db.execute(
        "CREATE TABLE draft (id INTEGER PRIMARY KEY, author TEXT NOT NULL, note TEXT NOT NULL, writes TEXT NOT NULL,"
        " state TEXT NOT NULL, made TEXT NOT NULL, publish_at TEXT, expires_at TEXT, decided_by TEXT, decided_at TEXT,"
        " reason TEXT, first INTEGER, last INTEGER)"
    )
    db.execute("CREATE INDEX draft_state ON draft (state)")


@migrations()
def visits_apart(db: Database) -> None:
    """What visitors leave is kept by guide.visits. Tables that hold something stay until it is moved (``moving``)."""
    drop_empty(db.conn)


@migrations()
def forms_of_drafts(db: Database) -> None:
    """The form that a draft came from, so that its author can go on with it."""
    if "form" not in db["draft"].columns_dict:
        db.execute("ALTER TABLE draft ADD COLUMN form TEXT NOT NULL DEFAULT ''")


@migrations()
def photos(db: Database) -> None:
    """Photos of subjects, with what is to be seen on them in each language."""
    for name in ("photo", "photo_text"):
        if not db[name].exists():
            _run(db, create_table(TABLES[name]))
    renew_triggers(db)


def renew_triggers(db: Database) -> None:
    """Make all triggers anew from the tables as they are now; those that come later bring their own."""
    for name in triggers.names():
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
    _run(db, triggers.statements(db.table_names()))


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Apply the migrations that the database lacks, each in a transaction; returns their names."""
    database = Database(connection)
    pending = [migration.name for migration in migrations.pending(database)]
    if pending:
        migrations.apply(database)
    # Said each time: a crash between the last migration and this line must not leave a database that nobody opens.
    connection.execute(f"PRAGMA user_version = {len(migrations.applied(database))}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return pending
