"""What is not understood, not known, or not here: searched, admitted, corrected, never guessed."""

import pytest

from guide.answers import Question, answer
from guide.answers.unknown import not_known, search_answer
from guide.refs import Ref

CHUA_DONG = Ref("place", "chua-dong")


def asked(now, text: str, lang: str = "vi", *subjects: Ref) -> Question:
    return Question("overview", lang, now, subjects, text=text)


def test_every_sight_elsewhere_is_said_to_be_elsewhere(site, ask) -> None:
    sights = site.all("elsewhere")
    assert len(sights) >= 5
    for sight in sights:
        for topic in ("price", "directions", "festival", "food"):
            text = ask(topic, "vi", str(sight.ref)).text
            assert sight.where.in_("vi") in text, sight.id
            assert "₫" not in text, sight.id


def test_a_mixed_premise_is_corrected_and_what_is_here_is_offered(site, ask) -> None:
    sight = site.get(Ref("elsewhere", "phong-nha"))
    reply = ask("price", "vi", str(sight.ref), "yen-tu", text="vé động Phong Nha ở Yên Tử bao nhiêu")
    first = reply.text.split("\n\n")[0]
    assert "Quảng Trị" in first and "Quảng Bình" in first and "không phải ở Yên Tử" in first
    assert [option.payload for option in reply.quick_replies][:2] == [
        "ask:overview:place/yen-tu",
        "ask:price:place/yen-tu",
    ]


@pytest.mark.parametrize(
    "lang, text, expected",
    [
        pytest.param("vi", "rừng có bao nhiêu cây xích tùng", "233", id="vietnamese"),
        pytest.param("vi", "rung co bao nhieu cay xich tung", "233", id="without-marks"),
        pytest.param("en", "how many red pines survive", "233", id="english"),
    ],
)
def test_the_search_offers_the_nearest_fact_as_a_guess(site, now, lang: str, text: str, expected: str) -> None:
    reply = search_answer(site, asked(now, text, lang))
    assert expected in reply.text
    assert {"vi": "Có phải bạn hỏi", "en": "Did you mean"}[lang] in reply.text
    assert reply.sources and len(reply.quick_replies) >= 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("🙏🙏", id="emoji"),
        pytest.param("giá bitcoin hôm nay", id="another-world"),
        pytest.param("có không vậy bạn", id="question-words-only"),
        pytest.param("' OR 1=1; DROP TABLE place; --", id="sql"),
        pytest.param('"unbalanced AND ( quotes', id="search-syntax"),
    ],
)
def test_the_search_does_not_offer_what_is_far_off(site, now, text: str) -> None:
    assert search_answer(site, asked(now, text)) is None


def test_a_named_place_is_not_answered_with_another(site, now) -> None:
    reply = search_answer(site, asked(now, "chùa Đồng có mấy cây xích tùng", "vi", CHUA_DONG))
    assert reply is None or "đường Tùng" not in reply.text


def test_an_answer_that_staff_wrote_is_given_as_it_is(fresh_site, now) -> None:
    with fresh_site.acting("test"):
        fresh_site.add_staff_answer(
            {"vi": "Có được mang thú cưng lên núi không?", "en": "Are pets allowed on the mountain?"},
            {"vi": "Bạn vui lòng gửi thú cưng ở chân núi.", "en": "Please leave pets at the foot of the mountain."},
        )
    reply = search_answer(fresh_site, asked(now, "mang thú cưng lên núi được không"))
    assert reply.text.startswith("Bạn vui lòng gửi thú cưng ở chân núi.")
    assert "Có phải bạn hỏi" not in reply.text


def test_what_staff_answered_once_is_answered_from_then_on_whatever_the_topic(fresh_site, now) -> None:
    ref = Ref("place", "chua-dong")
    question = Question("hours", "vi", now, (ref,), text="chùa Đồng có mở cửa ban đêm không")
    alike = Question("open_now", "vi", now, (ref,), text="ban đêm tầm 9 giờ chùa Đồng mở cửa chứ")
    another = Question("history", "vi", now, (ref,), text="lịch sử chùa Đồng")
    before = answer(fresh_site, another)
    with fresh_site.acting("test"):
        fresh_site.add_staff_answer(
            {"vi": "Chùa Đồng có mở cửa ban đêm không?", "en": "Is Đồng Pagoda open at night?"},
            {"vi": "Ban đêm không lên núi được bạn nhé.", "en": "The mountain is closed at night."},
            ref=ref,
        )
    assert answer(fresh_site, question).text.startswith("Ban đêm không lên núi được")
    assert answer(fresh_site, alike).text.startswith("Ban đêm không lên núi được")
    assert answer(fresh_site, another) == before
    elsewhere = Question("open_now", "vi", now, (Ref("place", "chua-lan"),), text="chùa Lân có mở cửa ban đêm không")
    assert "Ban đêm không lên núi được" not in answer(fresh_site, elsewhere).text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_not_known_gives_the_contact_and_what_is_known(site, now, lang: str) -> None:
    reply = not_known(site, asked(now, "chùa Đồng có thang máy không", lang, CHUA_DONG))
    assert not reply.known
    assert site.get(Ref("place", "yen-tu")).website in reply.text
    assert any("place/chua-dong" in option.payload for option in reply.quick_replies)


def test_not_known_about_nothing_offers_what_is_near_the_words(site, now) -> None:
    reply = not_known(site, asked(now, "con son abc xyz", "en"))
    assert not reply.known and any("con-son" in option.payload for option in reply.quick_replies)


def test_a_false_premise_of_a_festival_is_not_confirmed(site, now) -> None:
    reply = answer(site, Question("festival", "vi", now, (Ref("place", "quang-ninh-museum"),)))
    assert "không có thông tin về lễ hội nào" in reply.text and not reply.known
