"""Turns: several questions at once, words that point, names of several subjects, and what is not understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guide.dialogue import Context, Mention, Understood
from guide.dialogue.turn import respond
from guide.refs import Ref
from guide.values import Found, Ordinal

YEN_TU, CON_SON, KIEP_BAC = Ref("place", "yen-tu"), Ref("place", "con-son"), Ref("place", "kiep-bac")
CAO, CAO_AN_PHU = Ref("place", "den-cao"), Ref("place", "den-cao-an-phu")
NOT_OURS = "out_of_scope"


def heard(text: str, topic: str | None, **names: Ref) -> Understood:
    """A message with the names in it; underscores stand for spaces."""
    mentions = []
    for name, ref in names.items():
        start = text.index(name.replace("_", " "))
        mentions.append(Mention(ref.kind, ref.id, start, start + len(name)))
    return Understood(text, topic, tuple(mentions), "vi", 0.99, intent=f"ask_{topic}" if topic else None)


def with_ordinal(understood: Understood, words: str, index: int) -> Understood:
    start = understood.text.index(words)
    return replace(understood, values=(Found(Ordinal(index), start, start + len(words)),))


@pytest.fixture
def tie() -> Understood:
    said = heard("đền Cao ở đâu", "location", đền_Cao=CAO)
    return replace(said, mentions=(replace(said.mentions[0], alternatives=(CAO_AN_PHU,)),))


def test_two_questions_are_answered_in_order_in_one_message(site, now) -> None:
    whole = heard("Yên Tử mở cửa mấy giờ và giá vé bao nhiêu", "price", Yên_Tử=YEN_TU)
    parts = (heard("Yên Tử mở cửa mấy giờ ", "hours", Yên_Tử=YEN_TU), heard("và giá vé bao nhiêu", "price"))
    turn = respond(site, replace(whole, parts=parts), Context(), now)
    assert 0 <= turn.reply.text.find("giờ mở cửa của Yên Tử") < turn.reply.text.find("Giá ở Yên Tử")
    assert (turn.context.topic, turn.context.subjects) == ("price", (YEN_TU,))


def test_a_place_named_with_the_second_question_is_meant_in_the_first(site, now) -> None:
    parts = (heard("giá vé ", "price"), heard("và giờ mở cửa Kiếp Bạc", "hours", Kiếp_Bạc=KIEP_BAC))
    turn = respond(site, replace(heard("giá vé và giờ mở cửa Kiếp Bạc", "hours"), parts=parts), Context(), now)
    assert "giá vé của Kiếp Bạc" in turn.reply.text


def test_a_name_of_several_places_is_asked_back_and_any_answer_goes_on(site, now, tie: Understood) -> None:
    asked = respond(site, tie, Context(), now)
    assert [option.payload for option in asked.reply.quick_replies] == [
        f"ask:location:{CAO}",
        f"ask:location:{CAO_AN_PHU}",
    ]
    answers = (
        with_ordinal(heard("cái thứ hai", None), "cái thứ hai", 2),
        heard("đền Cao An Phụ", None, đền_Cao_An_Phụ=CAO_AN_PHU),
    )
    for answer in answers:
        turn = respond(site, answer, asked.context, now)
        assert (turn.context.topic, turn.context.subjects) == ("location", (CAO_AN_PHU,))


def test_what_was_spoken_of_decides_a_name_of_several_places(site, now, tie: Understood) -> None:
    turn = respond(site, tie, Context(subjects=(CAO_AN_PHU,)), now)
    assert turn.context.subjects == (CAO_AN_PHU,)


def test_an_ordinal_means_what_was_listed(site, now) -> None:
    listed = respond(site, heard("gần Yên Tử có gì", "nearby", Yên_Tử=YEN_TU), Context(), now)
    second = listed.context.shown[1]
    turn = respond(site, with_ordinal(heard("chỗ thứ hai thì sao", None), "chỗ thứ hai", 2), listed.context, now)
    assert (turn.context.topic, turn.context.subjects) == ("overview", (second,))


def test_both_means_the_two_just_spoken_of(site, now) -> None:
    context = Context(topic="history", subjects=(KIEP_BAC,), recent=(KIEP_BAC, CON_SON))
    turn = respond(site, heard("cả hai ở đâu", "location"), context, now)
    assert turn.context.subjects == (CON_SON, KIEP_BAC)


def test_what_is_denied_is_not_meant(site, now) -> None:
    said = heard("không phải Yên Tử, Kiếp Bạc cơ", None, Yên_Tử=YEN_TU, Kiếp_Bạc=KIEP_BAC)
    turn = respond(site, said, Context(topic="history"), now)
    assert (turn.context.topic, turn.context.subjects) == ("history", (KIEP_BAC,))


def test_not_understood_asks_once_with_likely_questions_then_says_whom_to_ask(site, now) -> None:
    said = replace(heard("zxqv brmpf", None), ranking=("ask_price", "ask_hours"))
    first = respond(site, said, Context(), now)
    assert first.unanswered == ("zxqv brmpf",) and len(first.reply.quick_replies) == 3
    second = respond(site, said, first.context, now)
    assert second.reply.text != first.reply.text and second.context.failures == 2
    after = respond(site, heard("giá vé Yên Tử", "price", Yên_Tử=YEN_TU), second.context, now)
    assert after.context.failures == 0


def test_a_position_is_the_place_nearest_to_it_and_ways_begin_there(site, now) -> None:
    spot = site.location(KIEP_BAC)
    there = replace(heard("gần đây có gì", "nearby"), position=(spot.lat, spot.lon))
    turn = respond(site, there, Context(), now)
    assert turn.context.position == turn.context.here and turn.context.position.kind == "place"
    way = respond(site, heard("đi Yên Tử thế nào", "directions", Yên_Tử=YEN_TU), turn.context, now)
    assert "Hà Nội" not in way.reply.text.split("\n")[0]


def test_another_language_is_told_once_that_english_is_answered(site, now) -> None:
    said = Understood("怎么去？", "directions", (Mention("place", "yen-tu"),), "zh", 0.99, intent="ask_directions")
    first = respond(site, said, Context(), now)
    assert first.reply.lang == "en" and first.reply.text.startswith("您好")
    assert not respond(site, said, first.context, now).reply.text.startswith("您好")


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        pytest.param(heard("giá vé Yên Tử", "price", Yên_Tử=YEN_TU), ("answered", "price", YEN_TU), id="answered"),
        pytest.param(heard("zxqv brmpf", None), ("unanswered", "", None), id="not understood"),
        pytest.param(replace(heard("xin chào", None), intent="greet"), ("talk", "greet", None), id="talk"),
        pytest.param(
            replace(heard("đội nào đá", None), intent="out_of_scope"),
            ("out_of_scope", "out_of_scope", None),
            id="not ours",
        ),
    ],
)
def test_what_became_of_a_message_is_told_for_the_counts(site, now, said: Understood, counted: tuple) -> None:
    turn = respond(site, said, Context(), now)
    assert (turn.outcome, turn.topic, turn.about) == counted


def test_a_name_asked_back_is_no_answer_yet(site, now, tie: Understood) -> None:
    assert respond(site, tie, Context(), now).outcome == "asked_back"
