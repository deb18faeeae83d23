"""Two machines behind nginx, as deploy/scale lays them out, and visitors who talk to them as the widget does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ops.cluster.cluster import Cluster, cluster
from ops.cluster.visitor import Visitor


@pytest.fixture(scope="session")
def machines() -> Iterator[Cluster]:
    """All of it, up. Started once: it takes about twenty seconds."""
    with cluster() as up:
        yield up


@pytest.fixture
def visitor(machines: Cluster) -> Callable[[], Visitor]:
    """A new visitor of the website, whenever it is called."""
    return lambda: Visitor(machines.url, str(machines.certificate))
