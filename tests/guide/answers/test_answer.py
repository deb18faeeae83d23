"""What every answer has, whatever it is about: notices first, sources last, a part for each subject."""

from datetime import date, timedelta

import pytest

from guide.answers import TOPICS, Question, UnknownTopic, answer
from guide.answers.compose import HARD_LIMIT, finish
from guide.answers.payload import parse_payload
from guide.answers.reply import Reply, SourceNote
from guide.answers.topics import NAMES, topic_of
from guide.answers.wording import wording_for
from guide.refs import Ref

CONTRACT = {
    "overview", "history", "legend", "person", "architecture", "heritage", "hours", "open_now", "price", "cable_car",
    "festival", "best_time", "weather", "etiquette", "closure", "contact", "photo", "nature", "safety", "emergency",
    "accessibility",
}  # fmt: skip


def test_topics_are_the_modules_of_the_folder() -> None:
    assert CONTRACT <= set(TOPICS) == set(NAMES)
    assert all(topic_of(name).name == name for name in NAMES)


def test_an_unknown_topic_is_an_error_that_names_the_topics(site, now) -> None:
    with pytest.raises(UnknownTopic, match="overview"):
        answer(site, Question("astrology", "vi", now))


def test_notices_in_force_come_before_everything_else(fresh_site, now) -> None:
    with fresh_site.acting("test"):
        fresh_site.add_notice(
            Ref("place", "yen-tu"),
            "closure",
            {"vi": "Cáp treo nghỉ bảo dưỡng", "en": "Cable car closed"},
            starts=now.date(),
            ends=now.date() + timedelta(days=3),
        )
    for subject in ("yen-tu", "chua-dong"):
        reply = answer(fresh_site, Question("history", "vi", now, (Ref("place", subject),)))
        assert reply.text.startswith("⚠️") and "Cáp treo nghỉ bảo dưỡng" in reply.text.splitlines()[0]
    elsewhere = answer(fresh_site, Question("history", "vi", now, (Ref("place", "chua-con-son"),)))
    assert "⚠️" not in elsewhere.text


def test_notices_end_by_themselves(fresh_site, now) -> None:
    with fresh_site.acting("test"):
        fresh_site.add_notice(
            Ref("place", "yen-tu"),
            "closure",
            {"vi": "Nghỉ", "en": "Closed"},
            starts=date(2026, 11, 1),
            ends=now.date() - timedelta(days=1),
        )
    assert "⚠️" not in answer(fresh_site, Question("history", "vi", now, (Ref("place", "yen-tu"),))).text


def test_what_staff_change_is_what_the_next_visitor_hears(fresh_site, now) -> None:
    place = Ref("place", "chua-dong")
    question = Question("hours", "vi", now, (place,))
    assert "6:30" not in answer(fresh_site, question).text
    with fresh_site.acting("test"):
        fresh_site.set(place, "hours", "Mo-Su 06:30-17:15")
    assert "hằng ngày 6:30–17:15" in answer(fresh_site, question).text


def test_several_subjects_are_answered_in_turn(ask, site) -> None:
    reply = ask("overview", "vi", "chua-dong", "chua-hoa-yen")
    first, second = (site.name(Ref("place", id_), "vi") for id_ in ("chua-dong", "chua-hoa-yen"))
    assert reply.text.index(first) < reply.text.index(f"\n\n{second}")
    assert {parse_payload(option.payload).refs[0].id for option in reply.quick_replies} == {"chua-dong", "chua-hoa-yen"}
    assert len({option.title for option in reply.quick_replies}) == len(reply.quick_replies)


def test_more_than_three_subjects_are_cut_to_three(ask) -> None:
    four = ask("history", "en", "chua-dong", "con-son", "den-do", "kiep-bac")
    assert four.text == ask("history", "en", "chua-dong", "con-son", "den-do").text


def test_sources_are_shown_with_their_dates(ask, site) -> None:
    reply = ask("price", "vi", "yen-tu")
    shown = reply.text.splitlines()[-1]
    assert shown.startswith("Nguồn: ")
    free = next(price for price in site.prices(Ref("place", "yen-tu"), date(2026, 11, 24)).current if price.adult == 0)
    assert free.source.publisher in shown
    assert SourceNote(free.source.publisher, free.source.url, free.source.date) in reply.sources


def test_a_place_is_put_on_the_map(ask, site) -> None:
    spot = site.location(Ref("place", "chua-dong"))
    (point,) = ask("history", "vi", "chua-dong").map.points
    assert (point.lat, point.lon) == (spot.lat, spot.lon)


def test_tell_me_more_goes_on_and_ends(ask) -> None:
    told = [ask("heritage", "vi", "unesco-1732", page=page).text for page in range(12)]
    assert len(set(told[:5])) == 5
    assert told[-1] == told[-2]


def test_an_answer_without_a_language_of_ours_is_english(ask) -> None:
    assert ask("history", "ja", "chua-dong").lang == "en"


def test_a_wall_of_text_loses_the_last_items_of_its_longest_list(site, now) -> None:
    text = "Title:\n" + "\n".join(f"• item {number} " + "x" * 90 for number in range(30)) + "\n\nThe end."
    reply = finish(site, Question("history", "en", now), wording_for("en"), [Reply(text, "en")])
    assert len(reply.text) <= HARD_LIMIT
    assert reply.text.startswith("Title:\n• item 0") and reply.text.endswith("The end.")


def test_a_reply_is_plain_json(ask) -> None:
    import json

    assert json.loads(json.dumps(ask("price", "vi", "yen-tu").to_json()))["text"]
