"""Changes as data: kept as JSON, made later, all or none."""

from __future__ import annotations

import json
from datetime import date

import pytest

from guide.refs import Ref
from guide.sitedb import Invalid, SiteDb
from guide.sitedb.sheets import ChangedMeanwhile
from guide.sitedb.writes import ADD, DELETE, UPDATE, Write, apply

TODAY = date(2026, 11, 24)
YEN_TU = "place/yen-tu"
WORDS = {"text.vi": "Đóng", "text.en": "Closed"}
NOTICE = Write(ADD, YEN_TU, {"kind": "closure", "starts": "2026-12-01", **WORDS}, "notice")
NEW = [
    pytest.param(NOTICE, id="notice"),
    pytest.param(Write(ADD, YEN_TU, {"adult": 40000, "item.vi": "Vé", "item.en": "Ticket"}, "price"), id="price"),
    pytest.param(Write(ADD, None, {"topic": "food", **WORDS}, "fact"), id="fact"),
    pytest.param(
        Write(ADD, None, dict.fromkeys(["question.vi", "question.en", "answer.vi", "answer.en"], "?"), "staff_answer"),
        id="answer",
    ),
]


@pytest.mark.parametrize("write", NEW)
def test_what_is_added_can_be_kept_as_json_and_has_what_was_written(fresh_site: SiteDb, write: Write) -> None:
    kept = Write.from_json(json.loads(json.dumps(write.as_json())))
    assert kept == write and kept.about(fresh_site) == (Ref("place", "yen-tu") if write.subject else None)
    with fresh_site.acting("lan", TODAY):
        (ref,) = apply(fresh_site, [kept])
    values = fresh_site.sheet(ref).values
    assert {key: values[key] for key in write.fields} == write.fields


def test_writes_are_made_all_or_none(fresh_site: SiteDb) -> None:
    before = fresh_site.version()
    wrong = Write(UPDATE, YEN_TU, {"kind": "castle"})
    with pytest.raises(Invalid, match="kind"), fresh_site.acting("lan", TODAY):
        apply(fresh_site, [NOTICE, wrong])
    assert fresh_site.version() == before


def test_a_write_about_a_sheet_that_has_changed_since_is_refused(fresh_site: SiteDb) -> None:
    stamp = fresh_site.sheet(YEN_TU).stamp
    with fresh_site.acting("lan", TODAY):
        apply(fresh_site, [Write(UPDATE, YEN_TU, {"phone": "0203 111 222"}, stamp=stamp)])
    with pytest.raises(ChangedMeanwhile), fresh_site.acting("minh", TODAY):
        apply(fresh_site, [Write(UPDATE, YEN_TU, {"phone": "0203 333 444"}, stamp=stamp)])
    assert fresh_site.get(Ref("place", "yen-tu")).phone == "0203 111 222"


def test_a_deletion_is_about_what_the_statement_was_about(fresh_site: SiteDb) -> None:
    with fresh_site.acting("lan", TODAY):
        (ref,) = apply(fresh_site, [NOTICE])
    gone = Write(DELETE, ref)
    assert gone.about(fresh_site) == Ref("place", "yen-tu")
    with fresh_site.acting("lan", TODAY):
        apply(fresh_site, [gone])
    assert ref not in {f"notice/{each.id}" for each in fresh_site.every_notice()}
