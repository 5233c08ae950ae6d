"""How fast HTML is rendered, beside other converters, in one process.

    python benchmarks/html_speed.py [DIR] [--rounds N]

DIR holds HTML files (the bodies of our own corpus by default). Each round converts every file with
every converter, in turns, so that a busy machine slows all of them alike. A file's time with a
converter is the least of its rounds; what is printed is the median of those times over the files,
and how many times faster than each other converter we are: the ratio of the medians.

Converters that are not installed are left out.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpus" / "messages" / "html"


def converters() -> dict[str, Callable[[str], object]]:
    """Name to function, ours first: reading alone, as the others do."""
    import cleankit

    found: dict[str, Callable[[str], object]] = {
        "cleankit": lambda html: cleankit.clean(html, format="html", passes=[])
    }
    try:
        import html2text

        def with_html2text(html: str) -> str:
            converter = html2text.HTML2Text()
            converter.body_width = 0
            return converter.handle(html)

        found["html2text"] = with_html2text
    except ImportError:
        pass
    try:
        import html_to_markdown

        found["html-to-markdown"] = html_to_markdown.convert
    except ImportError:
        pass
    try:
        import inscriptis

        found["inscriptis"] = inscriptis.get_text
    except ImportError:
        pass
    return found


def measure(
    pages: list[str], functions: dict[str, Callable[[str], object]], rounds: int
) -> dict[str, float]:
    """The median over the pages of each converter's best time, in milliseconds."""
    best = {name: [float("inf")] * len(pages) for name in functions}
    for _ in range(rounds):
        for index, page in enumerate(pages):
            for name, function in functions.items():
                start = time.perf_counter()
                function(page)
                best[name][index] = min(best[name][index], time.perf_counter() - start)
    return {name: statistics.median(times) * 1000 for name, times in best.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dir", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    paths = sorted(path for path in arguments.dir.rglob("*.html"))
    pages = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    medians = measure(pages, converters(), arguments.rounds)
    ours = medians["cleankit"]
    for name, median in medians.items():
        print(f"{name:18}{median:8.3f} ms{median / ours:8.2f} x")


if __name__ == "__main__":
    main()
