"""The gazetteer at 300, 3,000 and 30,000 names: how long reading them takes, and how long a message.

    ./run bench gazetteer [--json FILE]

Names are made of the words of the shipped ones, so that they share words as real names do. The messages are the same
for all sizes: each names a place that all of them have, with and without diacritics and with a slip of the finger.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from typing import Any, Iterable, Optional

import click

from bench.disguise import folded, one_typo
from bot.nlu.phrases import phrase_matcher
from guide.gazetteer.find import ExactMatcher, find_names
from guide.gazetteer.judge import Message
from guide.gazetteer.names import NameIndex, Row, build_index
from guide.gazetteer.source import site_rows
from guide.gazetteer.syllables import breaks_after, split_words

SIZES = (300, 3_000, 30_000)
QUESTIONS = (
    "giá vé {} bao nhiêu vậy bạn",
    "từ Hà Nội đi {} mất mấy tiếng",
    "how do I get to {} by bus",
    "{} mấy giờ đóng cửa",
)
ORDINARY = frozenset(form for text in QUESTIONS for word in split_words(text) for form in (word.typed, word.folded))
ROUNDS = 5


def made_up(shipped: list[Row], size: int) -> list[Row]:
    """The shipped rows, or some of them, and so many more of the same words that there are ``size``."""
    chance = random.Random(size)
    if size <= len(shipped):
        return chance.sample(shipped, size)
    names = [row.text.split() for row in shipped]
    heads, tails = [name[0] for name in names], [word for name in names for word in name[1:]]
    extra = [
        Row(
            "place",
            f"made-up-{i}",
            " ".join([chance.choice(heads), *chance.choices(tails, k=chance.randint(1, 4))]),
            True,
        )
        for i in range(size - len(shipped))
    ]
    return shipped + extra


def messages(rows: Iterable[Row]) -> list[str]:
    """Questions about places among the rows, as typed, folded and with a slip."""
    chance = random.Random(1)
    places = [row for row in rows if row.kind == "place"]
    texts = [chance.choice(QUESTIONS).format(row.text) for row in chance.sample(places, min(100, len(places)))]
    return [text for one in texts for text in (one, *folded([one]), *one_typo([one]))]


def measure(rows: list[Row], texts: list[str]) -> dict[str, Any]:
    """Seconds to read the names, and milliseconds a message."""
    started = time.perf_counter()
    index = build_index(rows)
    exact = phrase_matcher(index.entries)
    reload = time.perf_counter() - started
    times = [_least_time(text, index, exact) for text in texts]
    ordered = sorted(times)
    return {
        "names": len(rows),
        "reload_s": round(reload, 3),
        "message_ms_mean": round(statistics.mean(times), 3),
        "message_ms_p50": round(statistics.median(times), 3),
        "message_ms_p95": round(ordered[int(0.95 * len(ordered))], 3),
    }


def _least_time(text: str, index: NameIndex, exact: ExactMatcher) -> float:
    """Milliseconds: the least of ``ROUNDS``, which other work on the machine disturbs least."""
    words, times = split_words(text), []
    message = Message(words, (), ORDINARY.__contains__, breaks_after(text, words))
    for _ in range(ROUNDS):
        started = time.perf_counter()
        find_names(message, index, exact)
        times.append(1000 * (time.perf_counter() - started))
    return min(times)


@click.command("gazetteer")
@click.option("--database", help="The site database; the default one when not given.")
@click.option("--json", "json_out", help="Write the results to this file too.")
def gazetteer_command(database: Optional[str], json_out: Optional[str]) -> None:
    """How the gazetteer grows with the number of names."""
    from bot.nlu.corpus import open_site

    shipped = [row for row in site_rows(open_site(database)) if row.kind not in ("place_kind", "language")]
    texts = messages(made_up(shipped, SIZES[0]))
    results = [measure(made_up(shipped, size), texts) for size in SIZES]
    for result in results:
        click.echo("  ".join(f"{key} {value}" for key, value in result.items()))
    if json_out:
        with open(json_out, "w", encoding="utf-8") as file:
            json.dump({"gazetteer": results}, file, indent=1)


if __name__ == "__main__":
    gazetteer_command()
