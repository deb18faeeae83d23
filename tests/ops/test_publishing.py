"""One machine publishes its site database, another follows: always a whole one, whatever happens on the way."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from guide.refs import Ref
from guide.sitedb import SiteDb
from ops.following import Follower, NotFollowed
from ops.published import NAMED_IN
from ops.publishing import KEPT, make

PAGODA = Ref("place", "chua-dong")


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing of what it serves."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The folder of the one machine."""
    (tmp_path / "published").mkdir()
    return tmp_path / "published"


@pytest.fixture
def follower(tmp_path: Path, published: Path) -> Iterator[Follower]:
    """The other machine, whose database is ``copy.db``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(published)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Follower(f"http://127.0.0.1:{server.server_port}", tmp_path / "copy.db")
    server.shutdown()
    server.server_close()


def rename(site: SiteDb, name: str) -> None:
    with site.acting("staff@example.org"):
        site.set(str(PAGODA), "name", name, "vi")


def test_a_change_reaches_a_reader_that_has_the_former_copy_open(
    fresh_site: SiteDb, published: Path, follower: Follower, tmp_path: Path
) -> None:
    make(fresh_site.path, published)
    assert follower.look() is not None
    with closing(SiteDb.open(tmp_path / "copy.db")) as reader:
        before = reader.version()
        rename(fresh_site, "Chùa Đồng mới")
        make(fresh_site.path, published)
        assert follower.look() is not None
        assert reader.name(PAGODA, "vi") == "Chùa Đồng mới" and reader.version() != before
    assert follower.look() is None, "what is here already is not fetched again"


def test_nothing_of_staff_and_visitors_leaves_the_console(
    fresh_site: SiteDb, published: Path, follower: Follower, tmp_path: Path
) -> None:
    rename(fresh_site, "Chùa Đồng mới")
    make(fresh_site.path, published)
    follower.look()
    assert b"staff@example.org" not in (tmp_path / "copy.db").read_bytes()


@pytest.mark.parametrize("harm", [Path.unlink, lambda copy: copy.write_bytes(b"?" * 9000)], ids=["gone", "garbage"])
def test_a_copy_that_is_lost_or_damaged_is_fetched_again(
    harm: Callable[[Path], None], fresh_site: SiteDb, published: Path, follower: Follower, tmp_path: Path
) -> None:
    make(fresh_site.path, published)
    follower.look()
    harm(tmp_path / "copy.db")
    assert follower.look() is not None
    with closing(SiteDb.open(tmp_path / "copy.db")) as reader:
        assert reader.name(PAGODA, "vi") == "Chùa Đồng"


def damage_file(published: Path) -> None:
    """The compressed copy is cut short."""
    [file] = published.glob("site-*.db.gz")
    file.write_bytes(file.read_bytes()[:5000])


def claim(**more: object) -> Callable[[Path], None]:
    """The naming file says something else."""

    def change(published: Path) -> None:
        named = json.loads((published / NAMED_IN).read_text())
        (published / NAMED_IN).write_text(json.dumps({**named, **more}))

    return change


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(damage_file, id="cut-short"),
        pytest.param(claim(sha256="0" * 64), id="another-hash"),
        pytest.param(claim(sha256="0" * 64, schema=1), id="another-schema"),
        pytest.param(claim(file="../../etc/passwd", sha256="0" * 64), id="another-folder"),
        pytest.param(lambda folder: (folder / NAMED_IN).write_text("<html>"), id="no-json"),
        pytest.param(lambda folder: (folder / NAMED_IN).unlink(), id="gone"),
    ],
)
def test_what_is_not_whole_is_not_taken_over(
    harm: Callable[[Path], None], fresh_site: SiteDb, published: Path, follower: Follower, tmp_path: Path
) -> None:
    make(fresh_site.path, published)
    follower.look()
    before = (tmp_path / "copy.db").read_bytes()
    rename(fresh_site, "Chùa Đồng mới")
    for old in published.iterdir():
        old.unlink()
    make(fresh_site.path, published)
    harm(published)
    with pytest.raises(NotFollowed, match="not taken over"):
        follower.look()
    assert (tmp_path / "copy.db").read_bytes() == before and not list(tmp_path.glob(".copy.db.*"))


def test_old_copies_are_removed_but_not_at_once(fresh_site: SiteDb, published: Path) -> None:
    for number in range(KEPT + 2):
        rename(fresh_site, f"Chùa {number}")
        made = make(fresh_site.path, published)
    left = [file.name for file in published.glob("site-*")]
    assert len(left) == KEPT and made.file in left
