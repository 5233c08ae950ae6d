"""How much faster the mojibake pass is than `ftfy.fix_text`, on the texts in a folder.

    python benchmarks/mojibake_speed.py FOLDER [--limit 90] [--rounds 5]

Both contenders take turns on each text, sound and then damaged by each codec named, in one process;
each text counts with its best round; the ratio is that of the medians over all texts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import ftfy

from cleankit import Document
from cleankit.passes.mojibake import mojibake
from cleankit.passes.mojibake.codecs import table


def damage(text: str, codec: str) -> str:
    """The text as it looks when its UTF-8 is read with the codec."""
    characters = table(codec)
    return "".join(characters[byte] for byte in text.encode())


def seconds(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def ratio(texts: list[str], rounds: int) -> dict[str, float]:
    """Median milliseconds of both contenders, and how many times faster the pass is."""
    ours, theirs = [], []
    for text in texts:
        pairs = [
            (
                seconds(lambda text=text: mojibake(Document.of(text))),
                seconds(lambda text=text: ftfy.fix_text(text)),
            )
            for _ in range(rounds)
        ]
        ours.append(min(pair[0] for pair in pairs))
        theirs.append(min(pair[1] for pair in pairs))
    return {
        "cleankit_ms": round(median(ours) * 1e3, 3),
        "ftfy_ms": round(median(theirs) * 1e3, 3),
        "times_faster": round(median(theirs) / median(ours), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=90)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--codecs", default="mac_roman,cp1252,cp1251")
    arguments = parser.parse_args()
    files = sorted(path for path in arguments.folder.rglob("*") if path.is_file())
    step = max(1, len(files) // arguments.limit)
    chosen = files[::step][: arguments.limit]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in chosen]
    results = {"sound": ratio(texts, arguments.rounds)}
    for codec in arguments.codecs.split(","):
        damaged = [damage(text, codec) for text in texts]
        results[f"damaged by {codec}"] = ratio(damaged, arguments.rounds)
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
