"""Every topic about everything in the database, in both languages: short, clean, in one language, with sources."""

import re

import pytest

from guide.answers import TOPICS, Question, Reply, answer
from guide.answers.compose import HARD_LIMIT
from guide.answers.payload import parse_payload
from guide.answers.wording import wording_for
from guide.refs import KINDS
from guide.trips.buttons import parse_button

VIETNAMESE = re.compile(r"\b(?:của|và|không|bạn|mình|được|những|nhé|chưa|khoảng|trong|với)\b")
UNTIDY = re.compile(r"\(\s*\)|(?<!\.)\.\.(?!\.)|,,|;;|::|;\.|:\.|,\.| ,| \.(?!\w)|\?:|:\s*\Z|:\n\n| {2}")
# Topics that tell what somebody wrote somewhere. The others count and measure what is in the database themselves, or
# say that something is not there.
SOURCED = {
    "overview", "history", "legend", "person", "architecture", "heritage", "hours", "open_now", "price", "festival",
    "best_time", "weather", "etiquette", "photo", "nature", "safety", "emergency", "accessibility",
}  # fmt: skip


def problems(reply: Reply, topic: str, lang: str) -> list[str]:
    """What is wrong with an answer, in words."""
    quoted = r"“[^”]*”|\(formerly[^)]*\)"  # an old official address is a name, whatever the language
    body = re.sub(quoted, "", reply.text.rsplit("\n\n", 1)[0])
    checks = {
        "hardly any text": len(reply.text) < 20,
        "a wall of text": len(reply.text) > HARD_LIMIT,
        "something unrendered": bool(re.search(r"\bNone\b(?! of)", reply.text))
        or "{" in reply.text
        or "}" in reply.text,
        "untidy": bool(UNTIDY.search(reply.text)),
        "Vietnamese in English": lang == "en" and bool(VIETNAMESE.search(body)),
        "quick replies": not 2 <= len(reply.quick_replies) <= 4 or not all(map(_readable, reply.quick_replies)),
        "two quick replies alike": len({option.title for option in reply.quick_replies}) < len(reply.quick_replies),
        "figures without a source": topic in SOURCED
        and reply.known
        and not reply.sources
        and bool(re.search(r"\d", reply.text)),
    }
    return [problem for problem, found in checks.items() if found]


def _readable(option) -> bool:
    known = parse_payload(option.payload) or parse_button(option.payload)
    return known is not None and bool(option.title)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_about_every_place(site, ask, topic: str, lang: str) -> None:
    found = {place.id: bad for place in site.all("place") if (bad := problems(ask(topic, lang, place.id), topic, lang))}
    assert not found


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "place"])
def test_every_topic_about_other_kinds_of_things(site, ask, kind: str, lang: str) -> None:
    """Three or so of each kind, spread over its list."""
    things = site.all(kind)
    some = things[:: max(1, len(things) // 3)]
    found = {
        (topic, str(one.ref)): bad
        for one in some
        for topic in TOPICS
        if (bad := problems(ask(topic, lang, str(one.ref)), topic, lang))
    }
    assert not found


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_about_nothing_in_particular(ask, topic: str, lang: str) -> None:
    assert not problems(ask(topic, lang), topic, lang)


CLOSED = {"vi": "Vườn tháp tạm đóng để tu sửa.", "en": "The stupa garden is closed for repair."}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("topic", ["overview", "closure", "open_now"])
def test_a_closure_in_an_answer_leaves_it_tidy(fresh_site, now, topic: str, lang: str) -> None:
    with fresh_site.acting("test"):
        for place in fresh_site.all("place"):
            fresh_site.add_notice(place.ref, "closure", CLOSED)
    texts = [answer(fresh_site, Question(topic, lang, now, (place.ref,))).text for place in fresh_site.all("place")]
    assert not [text for text in texts if UNTIDY.search(text)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_closure_inside_a_sentence_loses_its_full_stop(lang: str) -> None:
    wording = wording_for(lang)
    reason = wording.say("plan.out_closed", until=None, text=CLOSED[lang])
    item = wording.say("plan.out_item", name="X", reason=reason)
    assert not UNTIDY.search(wording.say("plan.left_out", parts=[item])) and "." not in item
