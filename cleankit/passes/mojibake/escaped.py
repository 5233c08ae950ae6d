"""Damage whose characters a converter escaped: `&acirc;&euro;&trade;`, `&#195;&#169;`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from cleankit.edits import Change
from cleankit.passes.mojibake.codecs import Codec
from cleankit.passes.mojibake.evidence import CERTAIN, SUPPORTED, judge
from cleankit.passes.mojibake.repair import possible_codecs

_ENTITY = r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6});"
_RUN = re.compile(rf"(?:{_ENTITY}|[^\x00-\x7f])+")
_UNIT = re.compile(rf"{_ENTITY}|[^\x00-\x7f]")
_ALONE = re.compile(_ENTITY)

_SUPPORT = 12.0
"""Certain findings of one codec must add up to this before they support lesser ones."""


def _may_hold(text: str) -> bool:
    """True if entities stand side by side, or beside a character beyond ASCII."""
    return any(
        text[match.end() : match.end() + 1] > "\x7f"
        or text[match.end() : match.end() + 1] == "&"
        or text[match.start() - 1 : match.start()] > "\x7f"
        for match in _ALONE.finditer(text)
    )


def repairs(text: str, known: frozenset[Codec]) -> Iterator[Change]:
    """What escaped sequences stand for, where that is certain.

    The codec that explains most of them goes before one that explains a single place better.
    """
    if not _may_hold(text):
        return
    runs = [
        _Run.of(text, run)
        for run in _RUN.finditer(text)
        if "&" in run[0] and run.end() - run.start() > 1
    ]
    decoded = "\n".join(run.decoded for run in runs)
    changes: dict[Codec, list[list[Change]]] = {}
    totals: dict[Codec, float] = {}
    for codec in possible_codecs(set(decoded)):
        if codec.pair.search(decoded) is None:
            continue
        found = [run.findings(text, codec) for run in runs]
        total = sum(score for each in found for score, _ in each if score >= CERTAIN)
        if total or codec in known:
            least = SUPPORTED if codec in known or total >= _SUPPORT else CERTAIN
            changes[codec] = [[each for score, each in one if score >= least] for one in found]
            totals[codec] = total
    ranked = sorted(totals, key=lambda codec: -totals[codec])
    for number in range(len(runs)):
        yield from next((changes[codec][number] for codec in ranked if changes[codec][number]), ())


class _Run(NamedTuple):
    """Characters beyond ASCII side by side, some of them escaped.

    Attributes:
        units: where each of them starts and ends.
        decoded: what they are; a line end for an entity that is none of them.
        before, after: the characters beside them.
    """

    units: list[tuple[int, int]]
    decoded: str
    before: str
    after: str

    @classmethod
    def of(cls, text: str, run: re.Match[str]) -> _Run:
        """The run that `_RUN` found in a text."""
        units = list(_UNIT.finditer(text, run.start(), run.end()))
        characters = [unescape(unit[0]) for unit in units]
        return cls(
            [unit.span() for unit in units],
            # An entity for an ASCII character, or for several, is no part of a sequence.
            "".join(each if len(each) == 1 else "\n" for each in characters),
            text[run.start() - 1 : run.start()],
            text[run.end() : run.end() + 1],
        )

    def findings(self, text: str, codec: Codec) -> list[tuple[float, Change]]:
        """What a codec makes of it, with the score of each change."""
        found = []
        for match in codec.sequences.finditer(self.decoded):
            first, last = match.span()
            start, end = self.units[first][0], self.units[last - 1][1]
            if "&" not in text[start:end]:
                continue
            before = self.decoded[first - 1] if first else self.before
            after = self.decoded[last] if last < len(self.decoded) else self.after
            verdict = judge(codec, before, match[0], after)
            change = Change(start, end, verdict.repaired, f"{codec.name}-escaped")
            found.append((verdict.score, change))
        return found
