"""Find the damage in a text, and say what each place should be.

Three steps. One scan collects the words beyond ASCII, the only places where damage can be. The
codecs that explain some of them are ranked by how well they do. Then each codec in turn repairs
what it is certain of, and also what it is less certain of where the rest of the text supports it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from functools import cache
from math import fsum
from typing import NamedTuple

from cleankit.passes.mojibake.alphabet import SCRIPTS, kind
from cleankit.passes.mojibake.codecs import CODECS, Codec
from cleankit.passes.mojibake.evidence import (
    CERTAIN,
    MOST_BESIDE,
    SUPPORTED,
    Verdict,
    is_usual,
    judge,
)
from cleankit.passes.mojibake.mentions import is_mention

# The second class is written out: a repeated class is scanned for at half the speed.
_RUN = re.compile(r"[^\x00-\x7f][^\x00-\x7f]+")
_PLAIN = re.compile("[A-Za-z]")
_BLANK_ASCII = bytes(0x20 if byte < 0x80 else byte for byte in range(256))

_SUPPORT = 6.0
"""Certain findings of one codec must add up to this before they support lesser ones."""

_BEYOND_DOUBT = 4.0
"""A finding of this score stands against sound characters beside it."""

_STRANGE = 1.3
"""A finding of this score stands if its letters are foreign to all the rest of the text ..."""

_PLAIN_LETTERS = 8
"""... and so many plain ones stand around it."""

_NEIGHBOURHOOD = 100
"""How many characters on each side are asked whether they are sound."""

_REST = 3
"""A sequence has so many characters at most after its first one, or before its last."""

_FEW = 8
"""So many findings are all asked whether they are examples of damage."""

_SAMPLE = 2
"""Of more findings, so many are asked first."""


_NEAR = 0.5
"""Codecs whose score comes this near to the best are weighed again, in context."""

_PRICED = 1_200
"""So many characters of the lines with damage are read by each of these codecs."""

_RARER = 0.5
"""So many bits less likely than the one before it is each of `CODECS`."""

_UNMISTAKABLE = frozenset(CODECS[:4])
"""Where one of these explains every character, and well, no other codec is asked."""

_UNCLEAR = frozenset({"private", "rare", "control", "modifier"})

_FEW_RUNS = 48
"""On so many runs of characters."""

_MANY_WORDS = 24
"""From so many different words on, a text that one codec explains throughout is soon judged."""

_ASKED = 12
"""So many places of such a text are judged ..."""

_AGREED = 9
"""... and so many of them must be certain."""


class Finding(NamedTuple):
    """`text[start:end]` may be damage, and would be repaired to `replacement`.

    `run` is the number of the run of characters beyond ASCII that it stands in.
    """

    start: int
    end: int
    replacement: str
    score: float
    run: int


class Score(NamedTuple):
    """How well a codec explains the words of a text, and how many of their characters."""

    total: float
    explained: int


class Repairs(NamedTuple):
    """What one codec repairs, and whether the text as a whole bears it out.

    Attributes:
        codec: the codec.
        is_supported: whether the text as a whole bears it out.
        findings: what it repairs.
        mentions: the numbers of the runs that it would repair if they were no examples of damage.
        in_doubt: whether it would repair more if other text, which stands against it, were gone.
    """

    codec: Codec
    is_supported: bool
    findings: list[Finding]
    mentions: frozenset[int] = frozenset()
    in_doubt: bool = False


def words_beyond_ascii(text: str) -> str:
    """Each run of characters beyond ASCII once, in no order, with spaces between."""
    words = set(text.encode("utf-8", "surrogatepass").translate(_BLANK_ASCII).split())
    return b" ".join(words).decode("utf-8", "surrogatepass")


def possible_codecs(characters: set[str]) -> list[Codec]:
    """The codecs that have leads as well as continuations among the characters."""
    return [
        codec
        for codec in CODECS
        if not codec.leads.isdisjoint(characters) and not codec.continuations.isdisjoint(characters)
    ]


def repairs(
    text: str, words: str, codecs: Iterable[Codec], known: frozenset[Codec] = frozenset()
) -> list[Repairs]:
    """What one layer of damage asks for, and where it is in doubt; the findings do not overlap.

    Args:
        text: the text.
        words: its `words_beyond_ascii`.
        codecs: those to be tried.
        known: codecs of which there is evidence elsewhere: in the text that these words belong to.
    """
    codecs = list(codecs)
    throughout = _throughout(text, words, codecs)
    if throughout is not None:
        return [throughout]
    scores = _scores(text, words, codecs)
    if not scores:
        return []
    runs = [match.start() for match in _RUN.finditer(text)]
    ranked = _ranked(scores, text, runs)
    result: list[Repairs] = []
    taken: set[int] = set()
    for codec in ranked:
        if len(taken) == len(runs):
            break
        found = _choose(codec, _findings(codec, text, runs, taken), text, codec in known)
        if found.findings or found.in_doubt:
            result.append(found)
        taken.update(found.mentions, (finding.run for finding in found.findings))
    return result


def _throughout(text: str, words: str, codecs: Sequence[Codec]) -> Repairs | None:
    """What is repaired of a text that was misread from end to end; None for any other.

    One codec explains every character beyond ASCII of many words, and where several do, they
    repair them alike. Then a few places speak for all, and the rest is not weighed one by one.
    """
    if words.count(" ") < _MANY_WORDS:
        return None
    explaining = [codec for codec in codecs if codec.explains(words)]
    if not explaining or len({codec.repaired(words) for codec in explaining}) > 1:
        return None
    codec = explaining[0]
    matches = list(codec.sequences.finditer(text))
    # Decoded in one go: no sequence stands for a line end.
    repaired = codec.decode("\n".join(match[0] for match in matches)).split("\n")
    findings = [
        Finding(*match.span(), replacement, CERTAIN, 0)
        for match, replacement in zip(matches, repaired, strict=True)
    ]
    asked = findings[:: len(findings) // _ASKED][:_ASKED]
    certain = [each for each in asked if _verdict(codec, text, each).score >= CERTAIN]
    if len(certain) < _AGREED or all(is_mention(text, *each[:3]) for each in asked[:_SAMPLE]):
        return None
    return Repairs(codec, True, findings)


def _verdict(codec: Codec, text: str, finding: Finding) -> Verdict:
    start, end = finding.start, finding.end
    return judge(codec, text[max(start - 1, 0) : start], text[start:end], text[end : end + 1])


def _ranked(scores: dict[Codec, Score], text: str, runs: Sequence[int]) -> list[Codec]:
    """The codecs in the order of their scores; what stands beside the runs decides a near tie."""
    ranked = sorted(scores, key=lambda codec: -scores[codec].total)
    explained = scores[ranked[0]].explained
    equal = [codec for codec in ranked if scores[codec].explained >= explained]
    if len(equal) < 2:
        return ranked
    some = text if len(runs) <= _FEW_RUNS else text[: runs[_FEW_RUNS]]
    in_context = {
        codec: sum(f.score for f in _findings(codec, some, runs) if f.score >= SUPPORTED)
        for codec in equal
    }
    most = max(in_context.values())
    if not most and len(runs) <= _FEW_RUNS:
        return ranked  # None of these repairs anything.
    near = [codec for codec in equal if in_context[codec] >= _NEAR * most]
    near.sort(key=lambda codec: -in_context[codec])
    told = _told_by_language(near, text)
    near.remove(told)
    return [told, *near, *(codec for codec in ranked if codec is not told and codec not in near)]


def _told_by_language(near: Sequence[Codec], text: str) -> Codec:
    """Of codecs that explain as much, the one whose repairs are the best language.

    A codec counts for less likely by a third than the one before it in `CODECS`: what it reads
    better must be worth the bits.
    """
    from cleankit.letters import reading

    lines = "\n".join(line for line in text.splitlines() if not line.isascii())[:_PRICED]
    readings: dict[str, Codec] = {}
    for codec in sorted(near, key=CODECS.index):
        readings.setdefault(codec.repaired(lines), codec)
    if len(readings) < 2:
        return near[0]
    bits = {
        codec: reading(repaired).bits + _RARER * CODECS.index(codec)
        for repaired, codec in readings.items()
    }
    return min(bits, key=lambda codec: bits[codec])


def _scores(text: str, words: str, codecs: Iterable[Codec]) -> dict[Codec, Score]:
    """The codecs that explain some of the words of a text, and how well each of them does.

    Of those that would repair all words alike, and as surely, the first in `CODECS` stands for all.
    """
    candidates = [codec for codec in codecs if codec.pair.search(words)]
    if len(candidates) < 2:
        return {codec: Score(1.0, 1) for codec in candidates if codec.sequences.search(words)}
    beyond = len(words) - words.count(" ")
    scores: dict[Codec, Score] = {}
    explanations: set[frozenset[tuple[str, Verdict]]] = set()
    for codec in candidates:
        counts = Counter(codec.sequences.findall(words))
        verdicts = {run: judge(codec, "", run, "") for run in counts}
        if all(verdict.score < SUPPORTED - MOST_BESIDE for verdict in verdicts.values()):
            continue
        explanation = frozenset(verdicts.items())
        if explanation not in explanations:
            explanations.add(explanation)
            explained = sum(len(run) * count for run, count in counts.items())
            # Exact, for the words are in no order.
            total = fsum(v.score * counts[run] for run, v in verdicts.items() if v.score > 0)
            scores[codec] = Score(total, explained)
            is_whole = explained == beyond and codec in _UNMISTAKABLE
            if is_whole and all(map(_is_clear, verdicts.values())):
                capitals = [run for run, verdict in verdicts.items() if verdict.repaired.isupper()]
                if not _stand_among_small(capitals, text):
                    break
    return scores


def _stand_among_small(capitals: Iterable[str], text: str) -> bool:
    """True if runs that a codec reads as capitals stand among small letters, where none belong."""
    pattern = "|".join(map(re.escape, capitals))
    return (
        bool(pattern) and re.search(rf"(?:[a-z]|[^ \n.!?:] )(?:{pattern}) ?[a-z]", text) is not None
    )


def _is_clear(verdict: Verdict) -> bool:
    """True if a repair gives nothing but letters, punctuation and symbols that prose is full of."""
    return verdict.score > 1.0 and all(
        kind(character) not in _UNCLEAR and is_usual(character) for character in verdict.repaired
    )


def _findings(
    codec: Codec, text: str, runs: Sequence[int], taken: Container[int] = ()
) -> list[Finding]:
    """What the codec would repair, however doubtful, but in runs whose numbers are taken.

    Args:
        codec: the codec.
        text: the text.
        runs: where its runs begin.
        taken: the numbers of some.
    """
    found: list[Finding] = []
    for match in codec.sequences.finditer(text):
        start, end = match.span()
        number = bisect_right(runs, start)
        if number not in taken:
            before = text[start - 1] if start else ""
            score, repaired = judge(codec, before, match[0], text[end : end + 1])
            found.append(Finding(start, end, repaired, score, number))
    return found


def _choose(codec: Codec, findings: list[Finding], text: str, known: bool) -> Repairs:
    """What the codec repairs: what is certain, and, if that supports it, what is less so.

    Where the whole text was misread, that is all.
    """
    every = findings
    findings = [finding for finding in every if finding.score >= SUPPORTED]
    certain = [
        finding
        for finding in findings
        if finding.score >= _BEYOND_DOUBT
        or (finding.score >= CERTAIN and not _has_sound_neighbours(codec, text, finding))
    ]
    certain += _foreign(codec, findings, text)
    supported = known
    mentions: frozenset[int] = frozenset()
    if not known:
        damage = _without_mentions(text, certain)
        if len(damage) < len(certain):
            mentions = frozenset(each.run for each in set(certain).difference(damage))
            certain = damage
        supported = _support(certain)
    if len(certain) < len(every) and len(certain) > _FEW and _misread_whole(codec, certain, text):
        return Repairs(codec, True, every)
    if not supported or len(certain) == len(findings):
        held_back = sum(finding.score >= CERTAIN for finding in findings) > len(certain)
        return Repairs(codec, supported, certain, mentions, held_back)
    chosen = set(certain)
    repaired = [
        finding
        for finding in findings
        if finding in chosen
        or (finding.score < CERTAIN and not _has_sound_neighbours(codec, text, finding))
    ]
    return Repairs(codec, supported, repaired, mentions, len(repaired) < len(findings))


def _foreign(codec: Codec, findings: Iterable[Finding], text: str) -> list[Finding]:
    """The doubtful findings that stand apart with a letter of a script that the text, a Latin one,
    has not: `4.5Г— faster` for `4.5× faster`."""
    strange = [
        finding
        for finding in findings
        if _STRANGE <= finding.score < CERTAIN
        and kind(text[finding.start]) in SCRIPTS - {"latin"}
        and not text[finding.start - 1 : finding.start].isalpha()
        and not text[finding.end : finding.end + 1].isalpha()
    ]
    if not strange or not _letters(codec).isdisjoint(codec.sequences.sub("", text)):
        return []
    return [finding for finding in strange if _is_amid_latin(text, finding)]


def _is_amid_latin(text: str, finding: Finding) -> bool:
    """True if there are words in plain Latin letters around a finding."""
    beside = (
        text[max(finding.start - _NEIGHBOURHOOD, 0) : finding.start],
        text[finding.end : finding.end + _NEIGHBOURHOOD],
    )
    return len(_PLAIN.findall("".join(beside))) >= _PLAIN_LETTERS


def _support(certain: Sequence[Finding]) -> bool:
    total = sum(finding.score for finding in certain)
    return total >= (_SUPPORT if len(certain) > 1 else 2 * _SUPPORT)


def _misread_whole(codec: Codec, certain: list[Finding], text: str) -> bool:
    """True if there is much damage, and nothing that would be damaged in a text misread whole."""
    if 2 * len(certain) < len(_RUN.findall(text)):
        return False
    return _letters(codec).isdisjoint(codec.sequences.sub("", text))


def _without_mentions(text: str, certain: list[Finding]) -> list[Finding]:
    """The findings that are damage, and no examples of it.

    Where most are damage beyond doubt, all are: then the whole text was misread.
    """
    if len(certain) > _FEW:
        sample = certain[:: len(certain) // _SAMPLE]
        if not all(is_mention(text, *finding[:3]) for finding in sample[:_SAMPLE]):
            return certain
    damage = [finding for finding in certain if not is_mention(text, *finding[:3])]
    return certain if _support(damage) and 2 * len(damage) > len(certain) else damage


def _has_sound_neighbours(codec: Codec, text: str, finding: Finding) -> bool:
    """True if the codec would have damaged something beside the finding that is not damaged."""
    start, end = finding.start, finding.end
    first, last = max(start - _NEIGHBOURHOOD, 0), min(end + _NEIGHBOURHOOD, len(text))
    left, right = text.rfind("\n", first, start) + 1, text.find("\n", end, last)
    before = text[left:start] if left else _without_rest(text, first, start)
    after = text[end:right] if right >= 0 else _without_beginning(text, end, last)
    sound = codec.sequences.sub("", before) + codec.sequences.sub("", after)
    if sound.isascii():
        return False
    letters = _letters(codec)
    return not letters.isdisjoint(sound) and not letters.isdisjoint(codec.bent.sub("", sound))


def _without_rest(text: str, start: int, end: int) -> str:
    """`text[start:end]` without the rest of a sequence that may have begun before it."""
    first = start
    while 0 < first < min(start + _REST, end) and min(text[first - 1], text[first]) > "\x7f":
        first += 1
    return text[first:end]


def _without_beginning(text: str, start: int, end: int) -> str:
    """`text[start:end]` without the beginning of a sequence that may go on after it."""
    last = end
    while max(start, end - _REST) < last < len(text) and min(text[last - 1], text[last]) > "\x7f":
        last -= 1
    return text[start:last]


@cache
def _letters(codec: Codec) -> frozenset[str]:
    """The letters among the characters that a codec reads damage as."""
    return frozenset(
        character
        for character in codec.characters
        if character > "\x7f" and kind(character) in SCRIPTS
    )
