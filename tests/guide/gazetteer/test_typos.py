"""The trie of misspelt names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.gazetteer.typos import NameTrie


@pytest.fixture(scope="module")
def trie() -> NameTrie:
    """Three names."""
    trie = NameTrie()
    for name in (("vinh", "nghiem"), ("thien", "vien", "truc", "lam"), ("monasteries",)):
        trie.add(name)
    return trie


@pytest.mark.parametrize(
    ("typed", "edits"),
    [
        pytest.param(("vinh", "nghiem"), None, id="right, so not misspelt"),
        pytest.param(("vinh", "nghem"), 1, id="a letter left out"),
        pytest.param(("vihn", "nghiem"), 1, id="swapped letters count once"),
        pytest.param(("vin", "nghem"), 2, id="two words wrong"),
        pytest.param(("monastaries",), 1, id="one word"),
        pytest.param(("monastarries",), 2, id="long words may have two"),
        pytest.param(("vinh", "long"), None, id="another name"),
    ],
)
def test_edits_are_counted(trie: NameTrie, typed: tuple[str, ...], edits: int | None) -> None:
    """A name is found with the least number of edits that turn it into what was typed."""
    found = [match.edits for match in trie.search(typed) if match.end - match.start == len(typed)]
    assert (min(found) if found else None) == edits


@given(st.sampled_from(["vinh", "nghiem", "thien", "monasteries"]), st.data())
def test_every_single_slip_is_a_neighbour(trie: NameTrie, word: str, data: st.DataObject) -> None:
    """Whatever letter is dropped, doubled or replaced: the word is among the neighbours."""
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcxyz"))
    slips = {word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + letter + word[at + 1 :]}
    for slip in slips:
        assert len(slip) < 3 or word in dict(trie.neighbours(slip))
