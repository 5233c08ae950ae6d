"""What fuzzing begins with: messages of the corpus, and the pieces that mail is made of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from cleankit import rules
from tests.strategies import FOOTER_PARTS, HEADS, PARTS

CORPUS = Path(__file__).parents[2] / "corpus"

GAPS = ("\n", "\n\n", " ", "", "\r\n", "\n\n\n", "\t", "\n> ", "\n  ", "\n* ", "\n## ", ". ", " | ")
"""What may stand between two pieces."""

LARGEST_SEED = 6_000
"""In bytes; what is larger makes every try slow."""


@cache
def pieces() -> tuple[str, ...]:
    """Lines and phrases: of the strategies, of the examples of all rules, of the corpus."""
    found = [*PARTS, *HEADS, *FOOTER_PARTS]
    for name in rules.passes_with_rules():
        for rule in rules.load(name):
            found += _texts([rule.examples, rule.counter_examples])
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix in (".md", ".txt"):
            found += path.read_text(encoding="utf-8", errors="replace").split("\n")
    return tuple(dict.fromkeys(found))


def _texts(value: Any) -> Iterator[str]:
    """Every string in what an example is made of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def mosaic(data: bytes) -> str:
    """A text put together as bytes say: two choose a piece, the third what follows it."""
    choice, written = pieces(), []
    for place in range(0, len(data) - 2, 3):
        written.append(choice[int.from_bytes(data[place : place + 2]) % len(choice)])
        written.append(GAPS[data[place + 2] % len(GAPS)])
    return "".join(written)


def seeds(suffixes: tuple[str, ...]) -> Iterator[bytes]:
    """The files of the corpus that end in one of these, if they are small."""
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix in suffixes and path.stat().st_size <= LARGEST_SEED:
            yield path.read_bytes()


def dictionary() -> str:
    """Short pieces as libFuzzer's dictionary: `"..."` a line, odd bytes as `\\xAB`."""
    lines = []
    for piece in pieces():
        raw = piece.encode("utf-8", "replace")
        if 2 <= len(raw) <= 48:
            lines.append("".join(chr(b) if _plain(b) else f"\\x{b:02X}" for b in raw))
    return "".join(f'"{line}"\n' for line in lines)


def _plain(byte: int) -> bool:
    return 32 <= byte < 127 and byte not in b'"\\'
