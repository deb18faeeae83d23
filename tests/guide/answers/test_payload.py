"""What buttons carry comes back unchanged, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.answers.payload import MAX_REFS, Asked, parse_payload, to_payload
from guide.refs import KINDS, Ref

ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True)
refs = st.builds(Ref, st.sampled_from(KINDS), ids)
topics = st.from_regex(r"[a-z]+(_[a-z]+){0,2}", fullmatch=True)


@given(topics, st.lists(refs, max_size=MAX_REFS))
def test_there_and_back(topic: str, named: list[Ref]) -> None:
    assert parse_payload(to_payload(topic, named)) == Asked(topic, tuple(named))


@given(st.text())
def test_typed_text_is_hardly_ever_a_payload_and_never_an_error(text: str) -> None:
    parsed = parse_payload(text)
    assert parsed is None or to_payload(parsed.topic, parsed.refs) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("ask:", id="no-topic"),
        pytest.param("ask:price:", id="no-reference-after-the-colon"),
        pytest.param("ask:price:place/yen-tu,", id="comma-at-the-end"),
        pytest.param("ask:price:place/yen-tu\n", id="line-end"),
        pytest.param(" ask:price", id="leading-space"),
        pytest.param("ask:Price", id="capital"),
        pytest.param("ask:price:place/Yên-Tử", id="id-with-marks"),
        pytest.param("ask:price:spell/x", id="unknown-kind"),
        pytest.param("ask:price:place/a,place/b,place/c,place/d,place/e", id="too-many"),
        pytest.param("/ask_price", id="an-intent"),
        pytest.param('ask:price:place/x{"a":1}', id="json"),
    ],
)
def test_what_is_no_payload(text: str) -> None:
    assert parse_payload(text) is None


def test_what_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(ValueError, match="payload"):
        to_payload("price", [Ref("place", "Yên Tử")])
