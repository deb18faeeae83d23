"""One step of the comparison in a process of its own, so that time and memory are that step's alone.

    python -m bench.nlu.worker train PIPELINE DATA FOLDER     a model of the data → FOLDER/model.tar.gz
    python -m bench.nlu.worker parse MODEL TEXTS OUT          what the model makes of a JSON list of texts → OUT

The last line on standard output is what was measured, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

WARM_UP = 5
"""Messages before the clock runs: a first message also loads what is loaded late."""


def train(pipeline: str, data: str, folder: str) -> dict[str, float]:
    """Train; seconds from reading the data to the packed model, and the most memory that was in use."""
    from rasa.model_training import train_nlu

    started = time.perf_counter()
    train_nlu(pipeline, data, folder, fixed_model_name="model")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"train_seconds": round(seconds, 1), "train_peak_mb": round(peak / 1e6, 1)}


def parse(model: str, texts_file: str, out: str) -> dict[str, Any]:
    """Understand every text; how long loading took, how long each message, and the memory at the end."""
    from rasa.core.agent import Agent

    texts = json.loads(Path(texts_file).read_text(encoding="utf-8"))
    started = time.perf_counter()
    agent = Agent.load(model)
    load_seconds = time.perf_counter() - started
    parsed, times = asyncio.run(_all(agent, texts))
    Path(out).write_text(json.dumps(parsed, ensure_ascii=False), encoding="utf-8")
    memory = psutil.Process().memory_info().rss
    return {"load_seconds": round(load_seconds, 1), "rss_mb": round(memory / 1e6, 1), "ms": times}


async def _all(agent: Any, texts: list[str]) -> tuple[list[dict[str, Any]], list[float]]:
    for text in texts[:WARM_UP]:
        await agent.parse_message(text)
    parsed, times = [], []
    for text in texts:
        started = time.perf_counter()
        found = await agent.parse_message(text)
        times.append(round(1000 * (time.perf_counter() - started), 3))
        parsed.append({key: found.get(key) for key in ("intent", "intent_ranking", "entities")})
    return parsed, times


def expendable() -> None:
    """Where memory runs out, let the system end this process and not the one that waits for it."""
    with suppress(OSError):  # another system, or not allowed
        Path("/proc/self/oom_score_adj").write_text("900", encoding="utf-8")


def main() -> None:
    """Do the step that the command line names."""
    import jsonschema
    from rasa.utils.log_utils import configure_structlog

    from ops.rasa import validate

    configure_structlog(logging.ERROR)
    jsonschema.validate = validate  # as this project starts Rasa; both pipelines have the benefit
    expendable()
    step, *arguments = sys.argv[1:]
    print(json.dumps({"train": train, "parse": parse}[step](*arguments)))


if __name__ == "__main__":
    main()
