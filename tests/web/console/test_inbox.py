"""The inbox: questions of one meaning together, answered with one click, and told when the bot answers them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from guide.refs import Ref
from guide.sitedb import SiteDb
from guide.sitedb.drafts import State, keep
from guide.sitedb.writes import DELETE, Write
from guide.visits import Rating, Unanswered, Visits
from tests.web.console.conftest import SignedIn
from tests.web.console.test_editing import opened
from tests.web.console.test_trying import MUSEUM, text_of
from web.console import bot
from web.console.inbox import Asked, inbox, merged

YEN_TU = Ref("place", "yen-tu")
INBOX = "/console/questions"


def asked(text: str, now: datetime, count: int = 1, place: Ref | None = None) -> Asked:
    return Asked(text, count, now, "vi", (text,), place)


@pytest.fixture
def silent_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    """No bot runs."""

    def silent(*_: Any) -> Any:
        raise bot.BotSilent

    monkeypatch.setattr("web.console.bot._asked", silent)


def test_without_the_bot_words_tell_what_is_alike(silent_bot: None, now: datetime) -> None:
    found = merged(
        [asked("có chỗ đổi tiền ở yên tử không", now), asked("doi tien o yen tu", now, 3), asked("gửi đồ ở đâu", now)]
    )
    assert [(one.text, one.count) for one in found] == [("doi tien o yen tu", 4), ("gửi đồ ở đâu", 1)]
    assert len(found[0].spellings) == 2


def test_the_bot_tells_what_means_the_same(running_bot: None, now: datetime) -> None:
    found = merged(
        [asked("mang chó lên được không", now, 2), asked("cho thú cưng đi cùng nhé", now), asked("wifi", now)]
    )
    assert [one.count for one in found] == [3, 1], "the first two are the pair that this bot finds alike"


def test_one_question_about_two_places_is_two(silent_bot: None, now: datetime) -> None:
    found = merged([asked("gửi đồ ở đâu vậy", now, place=YEN_TU), asked("gửi đồ ở đâu vậy", now, place=MUSEUM)])
    assert len(found) == 2


def test_answers_rated_as_bad_are_in_it_with_what_was_said(
    signed_in: SignedIn, visits: Visits, silent_bot: None, now: datetime
) -> None:
    for key, good in (("a", True), ("b", False)):
        visits.ratings.add(key, Rating("giá vé cáp treo?", "Một <i>triệu</i>", "vi", "web", good, "wrong", now))
    page = text_of(signed_in("editor").get(INBOX))
    assert "giá vé cáp treo?" in page and "Một &lt;i&gt;triệu" in page and "1 lần" in page
    signed_in("editor").post(reverse("console:settle"), {"text": "giá vé cáp treo?"})
    assert inbox(visits) == [] and len(visits.ratings.open()) == 1, "good ratings are no work"


def test_a_missing_price_leads_to_its_form(
    signed_in: SignedIn, visits: Visits, silent_bot: None, now: datetime
) -> None:
    visits.unanswered.add(Unanswered("vé trẻ em?", "vi", "web", ("ask_price",), now, MUSEUM.id))
    page = text_of(signed_in("editor").get(INBOX))
    assert reverse("console:add", args=["place", MUSEUM.id, "price"]) + "?question=" in page
    assert reverse("console:add", args=["place", MUSEUM.id, "staff_answer"]) + "?question=" in page


def test_a_question_that_the_bot_answers_by_now_says_so(
    signed_in: SignedIn, visits: Visits, site_db: SiteDb, running_bot: None, now: datetime
) -> None:
    visits.unanswered.add(Unanswered("vé bao nhiêu tiền", "vi", "web", ("ask_price",), now, MUSEUM.id))
    page = text_of(signed_in("editor").get(INBOX))
    assert "Trúc nay trả lời:" in page and "40.000" in page and "Điền giá vé" not in page


def test_an_answer_from_the_inbox_takes_the_question_off_and_tells(
    signed_in: SignedIn, visits: Visits, running_bot: None, now: datetime
) -> None:
    visits.unanswered.add(Unanswered("vé bao nhiêu tiền", "vi", "web", ("ask_price",), now, MUSEUM.id))
    client = signed_in("editor", "place/quang-ninh-museum")
    address = reverse("console:add", args=["place", MUSEUM.id, "staff_answer"]) + "?question=vé+bao+nhiêu+tiền"
    form = opened(client, address)
    answer = {"question.en": "How much?", "answer.vi": "Hỏi quầy vé.", "answer.en": "Ask the ticket office."}
    said = text_of(client.post(address, {**form, **answer}, follow=True))
    assert "Trúc nay trả lời được câu “vé bao nhiêu tiền”" in said and inbox(visits) == []


def test_editors_of_some_places_see_and_settle_what_was_asked_there(
    signed_in: SignedIn, visits: Visits, silent_bot: None, now: datetime
) -> None:
    visits.unanswered.add(Unanswered("gửi xe máy chỗ nào", "vi", "web", (), now, MUSEUM.id))
    visits.unanswered.add(Unanswered("gửi hành lý chỗ nào", "vi", "web", (), now, "yen-tu"))
    client = signed_in("editor", "place/quang-ninh-museum")
    page = text_of(client.get(INBOX))
    assert "gửi xe máy" in page and "gửi hành lý" not in page
    assert client.post(reverse("console:settle"), {"text": "gửi hành lý chỗ nào"}).status_code == 403
    assert signed_in("viewer").post(reverse("console:settle"), {"text": "gửi xe máy chỗ nào"}).status_code == 403
    assert client.post(reverse("console:settle"), {"text": "gửi xe máy chỗ nào"}).status_code == 302
    assert [one.text for one in inbox(visits)] == ["gửi hành lý chỗ nào"]


def test_what_waits_is_counted_in_the_navigation(
    signed_in: SignedIn, site_db: SiteDb, visits: Visits, silent_bot: None, now: datetime
) -> None:
    for text in ("gửi xe máy chỗ nào", "mấy giờ tắt đèn"):
        visits.unanswered.add(Unanswered(text, "vi", "web", (), now, MUSEUM.id))
    visits.unanswered.add(Unanswered("gửi hành lý chỗ nào", "vi", "web", (), now, "yen-tu"))
    keep(site_db, [Write(DELETE, "price/1")], "lan@example.vn", now, State.WAITING)

    def counted(role: str, *areas: str) -> dict[str, str]:
        page = text_of(signed_in(role, *areas).get("/console/places"))
        return dict(re.findall(r'href="/console/(\w+)"[^>]*>[^<]*<span class="badge" title="[^"]*">(\d+)</span>', page))

    assert counted("editor", "place/quang-ninh-museum") == {"questions": "2", "verify": "2"}
    everything = counted("reviewer")
    assert everything["questions"] == "3" and everything["drafts"] == "1"


def test_a_fact_without_a_source_is_to_verify_until_somebody_vouches_for_it(
    signed_in: SignedIn, site_db: SiteDb, silent_bot: None
) -> None:
    with site_db.acting("lan@example.vn"):
        number = site_db.add_fact(MUSEUM, "history", {"vi": "Một điều nghe kể.", "en": "A thing that was told."})
    client = signed_in("editor", "place/quang-ninh-museum")
    assert "Một điều nghe kể." in text_of(client.get("/console/verify"))
    sheet = f"fact/{number}"
    sent = {"sheet": sheet, "key": "text.vi", "stamp": site_db.sheet(sheet).stamp}
    assert client.post(reverse("console:still-right"), sent).status_code == 302
    assert "Một điều nghe kể." not in text_of(client.get("/console/verify"))
    assert next(fact.source for fact in site_db.facts(MUSEUM) if fact.id == number)
