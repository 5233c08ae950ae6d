"""Find the damage in a text, and say what each place should be.

Three steps. One scan collects the runs of characters beyond ASCII, the only places where damage can
be. The codecs that explain some of them are ranked by how much they explain in the whole document.
Then each codec in turn repairs what it is certain of, and also what it is less certain of where the
rest of the document supports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleankit.passes.mojibake.alphabet import SCRIPTS, kind
from cleankit.passes.mojibake.codecs import CODECS, Codec
from cleankit.passes.mojibake.evidence import CERTAIN, SUPPORTED, score

_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_BLANK_ASCII = bytes(0x20 if byte < 0x80 else byte for byte in range(256))

_SUPPORT = 6.0
"""Certain findings of one codec must add up to this before they support lesser ones."""

_BEYOND_DOUBT = 4.0
"""A finding of this score stands against sound characters beside it."""

_NEIGHBOURHOOD = 160
"""How many characters on each side are asked whether they are sound."""


class Repair(NamedTuple):
    """`text[start:end]` is damage done by this codec, and stands for `replacement`."""

    start: int
    end: int
    replacement: str
    codec: Codec
    scope: str


class Finding(NamedTuple):
    """Something that a codec would repair, and how likely it is damage."""

    start: int
    end: int
    score: float


def repairs(text: str, known: Iterable[Codec] = ()) -> list[Repair]:
    """What one layer of damage asks for, in the order of the text, without overlaps.

    Args:
        text: the text.
        known: codecs of which there is evidence elsewhere: in the text that these words belong to.
    """
    candidates = _candidates(text)
    if not candidates:
        return []
    known = frozenset(known)
    runs = [(match.start(), match[0]) for match in _RUN.finditer(text)]
    found = [(codec, list(_findings(codec, text, runs))) for codec in candidates]
    if len(found) > 1:
        # A stable sort: among equals, the order of `CODECS` decides.
        found.sort(key=lambda each: -sum(f.score for f in each[1] if f.score >= CERTAIN))
    taken: list[Repair] = []
    for codec, findings in found:
        chosen = _choose(codec, findings, text, codec in known)
        taken = _merge(taken, chosen) if taken else chosen
    return taken


def _candidates(text: str) -> list[Codec]:
    """The codecs that explain something in the text."""
    words = set(text.encode("utf-8", "surrogatepass").translate(_BLANK_ASCII).split())
    joined = b" ".join(words).decode("utf-8", "surrogatepass")
    characters = set(joined)
    return [
        codec
        for codec in CODECS
        if not codec.leads.isdisjoint(characters)
        and not codec.continuations.isdisjoint(characters)
        and codec.pair.search(joined)
        and codec.sequences.search(joined)
    ]


def _findings(codec: Codec, text: str, runs: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    matches_in: dict[str, list[tuple[int, int]]] = {}
    for start, run in runs:
        matches = matches_in.get(run)
        if matches is None:
            matches = [match.span() for match in codec.sequences.finditer(run)]
            matches_in[run] = matches
        for first, last in matches:
            first += start
            last += start
            before = text[first - 1] if first else ""
            value = score(codec, before, text[first:last], text[last : last + 1])
            if value >= SUPPORTED:
                yield Finding(first, last, value)


def _choose(codec: Codec, findings: list[Finding], text: str, known: bool) -> list[Repair]:
    """What the codec repairs: what is certain, and, if that supports it, what is less so."""
    certain: list[Finding] = []
    lesser: list[Finding] = []
    for finding in findings:
        if finding.score >= _BEYOND_DOUBT or not _has_sound_neighbours(codec, text, finding):
            (certain if finding.score >= CERTAIN else lesser).append(finding)
    supported = known or (
        len(certain) > 1 and sum(finding.score for finding in certain) >= _SUPPORT
    )
    scope = "document" if supported else "run"
    return [
        Repair(start, end, codec.decode(text[start:end]), codec, scope)
        for start, end, _ in sorted(certain + lesser if supported else certain)
    ]


def _has_sound_neighbours(codec: Codec, text: str, finding: Finding) -> bool:
    """True if the codec would have damaged something beside the finding that is not damaged."""
    start, end, _ = finding
    left = max(text.rfind("\n", start - _NEIGHBOURHOOD, start) + 1, start - _NEIGHBOURHOOD, 0)
    right = text.find("\n", end, end + _NEIGHBOURHOOD)
    right = right if right >= 0 else end + _NEIGHBOURHOOD
    sound = codec.sequences.sub("", text[left:start]) + codec.sequences.sub("", text[end:right])
    if sound.isascii():
        return False
    return any(
        character in codec.characters and kind(character) in SCRIPTS
        for character in sound
        if character > "\x7f"
    )


def _merge(taken: list[Repair], more: list[Repair]) -> list[Repair]:
    """Both lists in order, without those of the second that overlap the first."""
    merged = sorted((*taken, *more), key=lambda repair: (repair.start, repair.end))
    ours = set(taken)
    result: list[Repair] = []
    for repair in merged:
        if result and result[-1].end > repair.start:
            if repair in ours:
                while result and result[-1].end > repair.start and result[-1] not in ours:
                    result.pop()
                result.append(repair)
            continue
        result.append(repair)
    return result
