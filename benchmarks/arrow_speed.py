"""What the Arrow contract costs over direct calls, in one process.

    python -m benchmarks.arrow_speed [COUNT] [--rounds N]

COUNT messages are generated. Each hundred of them goes in turns through `cleankit.clean` alone,
through `cleankit.clean(...).to_dict()`, which is what a record holds, and through
`cleankit.arrow.clean_batches` as one batch, so that a busy machine slows all alike. A hundred's
time is the least CPU time of its rounds; what is printed is their sum, and its ratio to that of
the records.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import pyarrow as pa

import cleankit
from benchmarks import generate
from cleankit.arrow import clean_batches

HUNDRED = 100


def ways() -> dict[str, Callable[[list[str]], object]]:
    """What is measured, by name."""

    def by_arrow(texts: list[str]) -> object:
        return list(clean_batches([pa.record_batch({"text": texts})], column="text"))

    return {
        "clean": lambda texts: [cleankit.clean(text) for text in texts],
        "clean, to_dict": lambda texts: [cleankit.clean(text).to_dict() for text in texts],
        "clean_batches": by_arrow,
    }


def measure(count: int, rounds: int) -> dict[str, float]:
    """Seconds of CPU for so many messages, by way."""
    texts = [each.text for each in generate.messages(count, seed=31)]
    least: dict[str, float] = dict.fromkeys(ways(), 0.0)
    for first in range(0, count, HUNDRED):
        best = dict.fromkeys(least, float("inf"))
        for _ in range(rounds):
            for name, way in ways().items():
                begin = time.process_time()
                way(texts[first : first + HUNDRED])
                best[name] = min(best[name], time.process_time() - begin)
        for name, seconds in best.items():
            least[name] += seconds
    return least


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    measure(HUNDRED, 1)
    seconds = measure(arguments.count, arguments.rounds)
    record = seconds["clean, to_dict"]
    for name, value in seconds.items():
        print(f"{name:16}{value:8.3f} s{value / record:8.3f} x")


if __name__ == "__main__":
    main()
