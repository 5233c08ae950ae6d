"""UTF-8 that was read with an East Asian codec: `浣犲ソ` for `你好`.

Such codecs read two bytes as one character. A run is repaired if its bytes are well-formed UTF-8
and read better as natural language (`cleankit.letters`); where bytes were lost on the way, the run
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.edits import Change

CODECS = ("gb18030", "cp932", "big5hkscs", "cp949", "euc_jp")
"""Of each family the widest codec, with the names that rules have for it."""

_NAMES = {
    "euc_jp": "euc_jp",
    "gb18030": "gbk",
    "cp932": "shift_jis",
    "big5hkscs": "big5",
    "cp949": "euc_kr",
}

_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\ue000-\uf8ff\uff61-\uff9f]")
_RUN = re.compile("[^\x00-\x7f][^\x00-\x7f]{0,400}")

_BESIDE = 12
"""So many characters on each side are read with a run."""

_LEAST_GAIN = 14.0
"""Bits: how much better a run must read, with what stands beside it."""

_SUPPORT = 30.0
"""Bits: how much better a whole text must read, if it is repaired as a whole."""

_MOST = 0.7
"""That is, if this share of its words can be."""

_SOME = 0.3
"""If fewer can be, short words do not count."""

_SAMPLE = 1_500


def may_hold(words: str) -> bool:
    """True if the words have letters that an East Asian codec may have made of UTF-8."""
    return _EAST_ASIAN.search(words) is not None


def repairs(text: str, words: str) -> Iterator[Change]:
    """The runs that were UTF-8, by the codec that explains most of the words."""
    each = words.split()
    decoded = {codec: _decodable(each, codec) for codec in CODECS}
    best = max(CODECS, key=lambda codec: sum(map(len, decoded[codec])))
    known = decoded[best]
    east_asian = sum(_EAST_ASIAN.search(word) is not None for word in each)
    if len(known) < _SOME * east_asian:
        # In sound text, a short word is well-formed by chance now and then.
        known = {word: repaired for word, repaired in known.items() if len(word) > 2}
    if not known:
        return
    whole = _reads_better_whole(text, known, east_asian)
    rule = f"{_NAMES[best]}-{'document' if whole else 'run'}"
    for match in _RUN.finditer(text):
        repaired = known.get(match[0])
        if repaired is not None and (whole or _gain(text, match, repaired) >= _LEAST_GAIN):
            yield Change(*match.span(), repaired, rule)


def _reads_better_whole(text: str, known: dict[str, str], east_asian: int) -> bool:
    """True if most East Asian words can be decoded, and the text then reads better by far."""
    from cleankit.letters import reading

    if len(known) < _MOST * east_asian:
        return False
    sample = "\n".join(line for line in text.splitlines() if not line.isascii())[:_SAMPLE]
    repaired = _RUN.sub(lambda match: known.get(match[0], match[0]), sample)
    return reading(sample).bits - reading(repaired).bits >= _SUPPORT


def _decodable(words: list[str], codec: str) -> dict[str, str]:
    """The words whose bytes in the codec are UTF-8, and what they are then."""
    found: dict[str, str] = {}
    for word in words:
        try:
            repaired = word.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if not repaired.isascii() and _EAST_ASIAN.search(word):
            found[word] = repaired
    return found


def _gain(text: str, run: re.Match[str], repaired: str) -> float:
    """How many bits cheaper the text is with the repair."""
    from cleankit.letters import reading

    before = text[max(run.start() - _BESIDE, 0) : run.start()].rpartition("\n")[2]
    after = text[run.end() : run.end() + _BESIDE].partition("\n")[0]
    return reading(f"{before}{run[0]}{after}").bits - reading(f"{before}{repaired}{after}").bits
