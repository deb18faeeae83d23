"""Context: what "còn giá vé?" and "thế còn Côn Sơn?" mean."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guide.dialogue import Context, Mention, Understood, next_context, question_of
from guide.refs import Ref

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
YEN_TU, DONG, CON_SON = Ref("place", "yen-tu"), Ref("place", "chua-dong"), Ref("place", "con-son")
NOTHING_SAID = Context()
INSIDE = {("yen-tu", "chua-dong")}


def ask(text: str, topic: str | None, *mentions: Mention, context: Context = NOTHING_SAID, language: str = "vi"):
    understood = Understood(text, topic, mentions, language, 0.99)
    return question_of(understood, context, NOW, lambda outer, inner: (outer, inner) in INSIDE)


def named(text: str, name: str, ref: Ref, role: str | None = None) -> Mention:
    start = text.index(name)
    return Mention(ref.kind, ref.id, start, start + len(name), role)


def test_a_named_place_is_the_subject() -> None:
    text = "giá vé Côn Sơn"
    question = ask(text, "price", named(text, "Côn Sơn", CON_SON))
    assert (question.topic, question.subjects, question.carried) == ("price", (CON_SON,), False)


def test_an_elliptic_question_takes_the_last_place() -> None:
    context = Context(topic="overview", subjects=(DONG,), last={"place": "chua-dong"})
    question = ask("còn giá vé?", "price", context=context)
    assert question.subjects == (DONG,)
    assert question.carried


def test_a_price_after_a_person_is_about_the_place_before_the_person() -> None:
    context = Context(subjects=(Ref("person", "tran-nhan-tong"),), last={"place": "yen-tu", "person": "tran-nhan-tong"})
    assert ask("vé bao nhiêu", "price", context=context).subjects == (YEN_TU,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("thế còn Côn Sơn thì sao?", id="the-con"),
        pytest.param("Côn Sơn", id="name-alone"),
        pytest.param("what about Côn Sơn", id="english"),
        pytest.param("không, ý mình là Côn Sơn", id="correction"),
        pytest.param("ở Côn Sơn nhé", id="polite-particle"),
    ],
)
def test_a_name_with_particles_asks_the_last_topic_again(text: str) -> None:
    context = Context(topic="price", subjects=(YEN_TU,), last={"place": "yen-tu"})
    question = ask(text, None, named(text, "Côn Sơn", CON_SON), context=context)
    assert (question.topic, question.subjects) == ("price", (CON_SON,))


def test_a_name_alone_without_history_asks_what_it_is() -> None:
    text = "Côn Sơn"
    assert ask(text, None, named(text, "Côn Sơn", CON_SON)).topic == "overview"


def test_a_place_named_with_its_container_is_one_subject() -> None:
    text = "chùa Đồng ở Yên Tử mở cửa mấy giờ"
    question = ask(text, "hours", named(text, "chùa Đồng", DONG), named(text, "Yên Tử", YEN_TU))
    assert question.subjects == (DONG,)


def test_a_pair_keeps_both_even_when_one_contains_the_other() -> None:
    text = "Yên Tử đến chùa Đồng bao xa"
    question = ask(text, "distance", named(text, "Yên Tử", YEN_TU), named(text, "chùa Đồng", DONG))
    assert question.subjects == (YEN_TU, DONG)


def test_the_origin_is_no_subject() -> None:
    text = "từ Hà Nội đi Côn Sơn"
    hanoi = Ref("place", "ha-noi")
    question = ask(text, "directions", named(text, "Hà Nội", hanoi, "origin"), named(text, "Côn Sơn", CON_SON))
    assert (question.origin, question.subjects) == (hanoi, (CON_SON,))


def test_the_page_that_opened_the_chat_is_meant_until_another_place_is_named() -> None:
    here = Context(here=DONG)
    assert ask("mấy giờ đóng cửa", "hours", context=here).subjects == (DONG,)
    after = next_context(here, ask("Côn Sơn", "hours", named("Côn Sơn", "Côn Sơn", CON_SON), context=here))
    assert ask("mấy giờ đóng cửa", "hours", context=after).subjects == (CON_SON,)


def test_a_list_is_never_tied_to_an_earlier_place() -> None:
    context = Context(subjects=(DONG,), last={"place": "chua-dong"})
    assert ask("có những chùa nào", "list", context=context).subjects == ()


def test_a_named_province_keeps_an_earlier_place_out() -> None:
    context = Context(subjects=(DONG,), last={"place": "chua-dong"})
    question = ask("ở Hải Phòng ăn gì", "food", Mention("province", "Hải Phòng", 2, 11), context=context)
    assert (question.subjects, question.province) == ((), "Hải Phòng")


@pytest.mark.parametrize(
    ("text", "seems", "before", "expected"),
    [
        pytest.param("the con Con Son", "en", "vi", "vi", id="folded-the-con-is-vietnamese"),
        pytest.param("Con Son", "en", "vi", "vi", id="a-name-alone-says-nothing"),
        pytest.param("what about Con Son", "en", "vi", "en", id="english-particles-switch"),
        pytest.param("thi sao Con Son", "vi", "en", "vi", id="vietnamese-particles-switch"),
        pytest.param("Con Son", "en", None, "en", id="nothing-before"),
    ],
)
def test_names_and_particles_keep_the_language_they_fit(
    text: str, seems: str, before: str | None, expected: str
) -> None:
    context = Context(language=before, topic="price", subjects=(YEN_TU,))
    question = ask(text, "price", named(text, "Con Son", CON_SON), context=context, language=seems)
    assert question.lang == expected


@pytest.mark.parametrize(
    ("code", "confidence", "kept", "expected"),
    [
        pytest.param("en", 0.99, "vi", "en", id="a-sure-message-switches"),
        pytest.param("en", 0.5, "vi", "vi", id="an-unsure-one-does-not"),
        pytest.param("en", 0.5, None, "en", id="unsure-but-nothing-before"),
        pytest.param(None, 0.0, None, "vi", id="nothing-known"),
    ],
)
def test_language_follows_the_visitor(code: str | None, confidence: float, kept: str | None, expected: str) -> None:
    understood = Understood("ok", "hours", (), code, confidence)
    assert question_of(understood, Context(language=kept), NOW, lambda *_: False).lang == expected
