"""How fast links are cleaned, beside other libraries, and how fast whole newsletters are.

    python benchmarks/links_speed.py [--newsletters FOLDER] [--rounds 5] [--json]

Two measures:

- `urls`: microseconds an address, on a mix of plain, tracked, wrapped and opaque addresses, made
  from the examples of the rules; no two are the same, and nothing is remembered between rounds.
  Contenders, where they are installed: `w3lib.url.canonicalize_url` and `unalix.clear_url`.
- `text`: characters a second through the links pass, beside a plain `re.findall` of
  `https?://\\S+` on the same texts: Markdown files in a folder, or newsletters made here.
  `first` is a pass with nothing remembered; `again` meets the same links once more, as the next
  issue of a newsletter does.

Contenders take turns in each round; ratios are of the medians of processor time.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cleankit import Document
from cleankit.links import cleaning
from cleankit.passes.links import links
from cleankit.rules import load

PROSE = (
    "The harbour opened again on Monday after eleven days of ice, and the first tug out was the "
    "oldest one. Its crew had spent the time below deck, repairing what they could by lamplight. "
)


def urls(count: int) -> list[str]:
    """Addresses of all sorts, each different."""
    wrapped = [
        example[0] if isinstance(example, list) else example
        for rule in load("links")
        for example in rule.examples
    ]
    plain = [
        "https://news.example.com/2026/01/the-harbour-opens-again-after-eleven-days-of-ice",
        "https://shop.example.org/items?id=5&colour=red&size=xl#reviews",
        "https://example.com/a?utm_source=letter&utm_medium=email&utm_campaign=issue-12&page=2",
    ]
    mix = [example for example in (*wrapped, *plain * 40) if example.startswith("http")]
    made = []
    for number in range(count):
        scheme, _, rest = mix[number % len(mix)].partition("://")
        host, slash, path = rest.partition("/")
        made.append(f"{scheme}://h{number // len(mix)}.{host}{slash}{path}")
    return made


def newsletters(count: int) -> list[str]:
    """Newsletters of some kilobytes: prose with a link every few hundred characters."""
    addresses = iter(urls(count * 20))
    return [
        "\n\n".join(f"{PROSE}[Read on]({next(addresses)}). {PROSE}" for _ in range(20))
        for _ in range(count)
    ]


def seconds(function: Callable[[Any], Any], items: Iterable[Any]) -> float:
    """Processor time for the function on all items; what it raises does not matter here."""
    started = time.process_time()
    for item in items:
        try:
            function(item)
        except ValueError:
            continue
    return time.process_time() - started


def forget() -> None:
    """Let the product remember no link."""
    cleaning.remembered.cache_clear()


def compare_urls(rounds: int) -> dict[str, float]:
    """Microseconds an address, and how many times as fast cleankit is as each contender."""
    from cleankit import clean_url

    contenders: dict[str, Callable[[str], Any]] = {"cleankit": clean_url}
    for name, module, function in (
        ("w3lib", "w3lib.url", "canonicalize_url"),
        ("unalix", "unalix", "clear_url"),
    ):
        try:
            contenders[name] = getattr(importlib.import_module(module), function)
        except ImportError:
            continue
    sample = urls(1_000)
    times: dict[str, list[float]] = {name: [] for name in contenders}
    seconds(clean_url, sample[:50])
    for _ in range(rounds):
        for name, function in contenders.items():
            forget()
            few = sample[:: 10 if name == "unalix" else 1]
            times[name].append(seconds(function, few) / len(few) * 1e6)
    medians = {name: statistics.median(values) for name, values in times.items()}
    results = {f"{name}_us": round(value, 1) for name, value in medians.items()}
    for name, value in medians.items():
        if name != "cleankit":
            results[f"times_as_fast_as_{name}"] = round(value / medians["cleankit"], 2)
    return results


def compare_text(texts: list[str], rounds: int) -> dict[str, float]:
    """Million characters a second, and how many times as long as a plain find-all it takes."""
    documents = [Document.of(text) for text in texts]
    characters = sum(map(len, texts))
    pattern = re.compile(r"https?://\S+")
    times: dict[str, list[float]] = {"find_all": [], "first": [], "again": []}
    seconds(links, documents[:1])
    for _ in range(rounds):
        times["find_all"].append(seconds(pattern.findall, texts))
        forget()
        times["first"].append(seconds(links, documents))
        times["again"].append(seconds(links, documents))
    medians = {name: statistics.median(values) for name, values in times.items()}
    results = {
        f"{name}_million_characters_a_second": round(characters / value / 1e6, 1)
        for name, value in medians.items()
    }
    for name in ("first", "again"):
        results[f"{name}_to_find_all"] = round(medians[name] / medians["find_all"], 1)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--newsletters", type=Path, help="a folder of Markdown files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.newsletters:
        files = sorted(options.newsletters.rglob("*.md"))
        texts = [file.read_text(encoding="utf-8") for file in files]
    else:
        texts = newsletters(200)
    results = {
        "urls": compare_urls(options.rounds),
        "text": compare_text(texts, options.rounds),
    }
    if options.json:
        print(json.dumps(results))
        return
    for measure, values in results.items():
        for name, value in values.items():
            print(f"{measure:6}{name:42}{value}")


if __name__ == "__main__":
    main()
