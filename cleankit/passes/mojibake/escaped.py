"""Damage whose characters a converter escaped: `&acirc;&euro;&trade;`, `&#195;&#169;`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from cleankit.edits import Change
from cleankit.passes.mojibake.codecs import CODECS, Codec
from cleankit.passes.mojibake.evidence import CERTAIN, SUPPORTED, judge

_ENTITY = r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6});"
_RUN = re.compile(rf"(?:{_ENTITY}|[^\x00-\x7f])+")
_UNIT = re.compile(rf"{_ENTITY}|[^\x00-\x7f]")
_ALONE = re.compile(_ENTITY)


def _may_hold(text: str) -> bool:
    """True if entities stand side by side, or beside a character beyond ASCII."""
    return any(
        text[match.end() : match.end() + 1] > "\x7f"
        or text[match.end() : match.end() + 1] == "&"
        or text[match.start() - 1 : match.start()] > "\x7f"
        for match in _ALONE.finditer(text)
    )


def repairs(text: str, known: frozenset[Codec]) -> Iterator[Change]:
    """What escaped sequences stand for, where that is certain."""
    if not _may_hold(text):
        return
    for run in _RUN.finditer(text):
        if "&" in run[0] and run.end() - run.start() > 1:
            yield from _of_run(text, run, known)


def _of_run(text: str, run: re.Match[str], known: frozenset[Codec]) -> Iterator[Change]:
    units = [
        (unit.start(), unit.end(), unescape(unit[0]))
        for unit in _UNIT.finditer(text, run.start(), run.end())
    ]
    # An entity for an ASCII character, or for several characters, is no part of a sequence.
    decoded = "".join(each[2] if len(each[2]) == 1 else "\n" for each in units)
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    best: list[Change] = []
    best_score = 0.0
    for codec in CODECS:
        least = SUPPORTED if codec in known else CERTAIN
        changes: list[Change] = []
        total = 0.0
        for match in codec.sequences.finditer(decoded):
            first, last = match.span()
            start, end = units[first][0], units[last - 1][1]
            if "&" not in text[start:end]:
                continue
            verdict = judge(
                codec,
                decoded[first - 1] if first else before,
                match[0],
                decoded[last] if last < len(decoded) else after,
            )
            if verdict.score >= least:
                changes.append(Change(start, end, verdict.repaired, f"{codec.name}-escaped"))
                total += verdict.score
        if total > best_score:
            best, best_score = changes, total
    yield from best
