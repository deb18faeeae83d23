"""A small set of fact files that a test can break."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any, Callable

import yaml

PLACE: dict[str, Any] = {
    "id": "chua-thu",
    "kind": "pagoda",
    "name": {"vi": "Chùa Thử", "en": "Trial Pagoda"},
    "aliases": {"vi": ["chua thu"], "en": []},
    "part_of": None,
    "world_heritage": None,
    "province": {"now": "Quảng Ninh", "before_2025_07": "Quảng Ninh"},
    "address": {"vi": "Phường Yên Tử", "en": "Yên Tử ward", "before_2025_07": None},
    "location": {"lat": 21.1, "lon": 106.7, "accuracy_m": 100, "source": "general"},
    "summary": {"vi": "Một ngôi chùa nhỏ.", "en": "A small pagoda."},
    "visit": {"minutes": 30, "effort": "easy", "hours": "Mo-Su 07:00-17:00", "hours_source": "s1", "wheelchair": "no"},
    "prices": [{"item": {"vi": "Vé", "en": "Ticket"}, "adult": 10000, "valid_from": "2026-01-01", "source": "s1"}],
    "contacts": {"phone": None},
    "facts": [
        {"topic": "history", "vi": "Dựng năm 1300.", "en": "Built in 1300.", "source": "s1"},
        {"topic": "nature", "vi": "Giữa rừng thông.", "en": "Among pines.", "source": "general"},
    ],
    "sources": {"s1": {"url": "https://example.vn/thu", "title": "Chùa Thử", "publisher": "Báo", "date": "2025-07-12"}},
}


def write_place(folder: Path, change: Callable[[dict[str, Any]], object] = lambda place: None) -> Path:
    """Write the trial place, changed, to its file."""
    place = deepcopy(PLACE)
    change(place)
    path = folder / "places" / f"{PLACE['id']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(place, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def small_facts(folder: Path, facts_dir: Path) -> Path:
    """A folder with the trial place and the shared sources."""
    write_place(folder)
    shutil.copy(facts_dir / "sources.yaml", folder)
    return folder
