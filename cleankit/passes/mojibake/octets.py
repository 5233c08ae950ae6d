"""Quoted-printable that was left in prose of an old codec: `G=E4ste`, `d=E9plac=E9`.

One byte is one character, and nothing says in which codec: the language tells. Several octets must
stand amid words, where nobody writes an equals sign, or make up words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cleankit.edits import Change
from cleankit.passes.mojibake import literal

_RUN = re.compile("=[89A-F][0-9A-F](?:=[89A-F][0-9A-F])*")
_WITHIN = re.compile(
    "=[89A-F][0-9A-F](?:(?<=[A-Za-z]=..)(?:=[89A-F][0-9A-F])*+(?=[a-z])|(?:=[89A-F][0-9A-F]){3,}+)"
)
_ENOUGH = 3
"""So many of them must stand amid words, or be words."""

_CODECS = ("cp1252", "cp1250", "iso8859-2", "cp1251", "koi8-r", "cp1253", "cp1254", "cp1257")
_SAMPLE = 1_500
_SOUND = 0.6
"""What they stand for must be natural language as surely (see `letters.plausibility`)."""


def may_hold(text: str) -> bool:
    """True if a text has octets amid words, or words of octets."""
    return "=" in text and _WITHIN.search(text) is not None


def repairs(text: str) -> Iterator[Change]:
    """The octets in prose in the codec in which they are the best language."""
    if not may_hold(text) or len(_WITHIN.findall(text)) < _ENOUGH:
        return
    runs = list(literal.in_prose(text, list(_RUN.finditer(text)), _RUN))
    if sum(_WITHIN.match(text, run.start()) is not None for run in runs) < _ENOUGH:
        return
    codec = _codec("\n".join(_lines(text, runs))[:_SAMPLE])
    if codec is None:
        return
    for run in runs:
        yield Change(*run.span(), _decoded(codec, run), "octet-left")
    yield from literal.rest_of_quoted_printable(text)


def _lines(text: str, runs: list[re.Match[str]]) -> Iterator[str]:
    """The lines in which the runs stand."""
    last = 0
    for run in runs:
        if run.start() >= last:
            start = text.rfind("\n", last, run.start()) + 1
            last = text.find("\n", run.end())
            last = len(text) if last < 0 else last
            yield text[max(start, 0) : last]


def _codec(sample: str) -> str | None:
    """The codec in which a sample reads best, if that is natural language."""
    from cleankit.letters import plausibility, reading

    readings: dict[str, str] = {}
    for codec in _CODECS:
        readings.setdefault(_RUN.sub(partial(_decoded, codec), sample), codec)
    best = min(readings, key=lambda decoded: reading(decoded).bits)
    return readings[best] if plausibility(best).score >= _SOUND else None


def _decoded(codec: str, run: re.Match[str]) -> str:
    return bytes.fromhex(run[0].replace("=", "")).decode(codec, "replace")
