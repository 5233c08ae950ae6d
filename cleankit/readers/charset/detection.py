"""Which charset bytes are in that declare none: the reading that is the best natural language.

Each charset's reading of a sample of the bytes is priced in bits by `cleankit.letters`; the
cheapest one wins, with a few bits against charsets that are rare in mail. Since all readings are of
the same bytes, the prices compare directly, and their difference says how sure the answer is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from cleankit.letters import PRIORS, languages_for, reading
from cleankit.letters.model import model
from cleankit.readers.charset import codecs

# The code pages that mail and files are found in, and how many bits rarer than the most frequent.
_SINGLE_BYTE: Mapping[str, float] = {
    "cp1252": 0.0, "cp1251": 0.0, "cp1250": 1.0, "cp1253": 1.0, "cp1254": 1.5, "cp1255": 1.0,
    "cp1256": 1.0, "cp1257": 1.5, "cp1258": 4.0, "cp874": 1.0, "koi8-r": 1.0, "koi8-u": 1.5,
    "iso8859-2": 1.0, "iso8859-15": 0.5, "iso8859-5": 2.5, "iso8859-7": 1.5, "iso8859-8": 1.5,
    "iso8859-6": 2.5, "iso8859-4": 5.0, "iso8859-13": 3.0, "iso8859-10": 6.0, "iso8859-3": 6.0,
    "iso8859-14": 8.0, "iso8859-16": 5.0, "mac_roman": 3.0, "mac_cyrillic": 5.0,
    "mac_latin2": 6.0, "mac_greek": 6.0, "mac_turkish": 6.0, "cp437": 4.0, "cp850": 3.5,
    "cp852": 4.5, "cp855": 7.0, "cp857": 6.0, "cp858": 6.0, "cp861": 8.0, "cp862": 6.0,
    "cp865": 7.0, "cp866": 1.5, "cp775": 7.0, "cp737": 6.0,
}  # fmt: skip
_MULTI_BYTE: Mapping[str, float] = {
    "shift_jis": 0.0, "gb18030": 0.0, "big5": 0.5, "cp949": 0.0, "euc_jp": 1.0,
    "utf-16-le": 10.0, "utf-16-be": 12.0,
}  # fmt: skip
_DECOMPOSED = frozenset(("cp1258",))

_SAMPLE = 6_000
_WINDOWS = 6


class Guess(NamedTuple):
    """A charset, the bits that the sample costs in it, the language, and the sample read so."""

    charset: str
    bits: float
    language: str
    text: str


def guesses(data: bytes, also: tuple[str, ...] = ()) -> list[Guess]:
    """The charsets that bytes may be in, the likeliest first.

    Args:
        data: bytes with some that are not ASCII.
        also: charsets to consider beside the usual ones, by their codecs' names.
    """
    sample = _sample_of(data)
    found = []
    for charset in dict.fromkeys((*_MULTI_BYTE, *also)):
        if codecs.table_of(charset) is not None:
            continue
        text, errors = codecs.decode(sample, charset)
        if errors * 20 <= len(text):
            bits, language = reading(text)
            found.append(Guess(charset, bits + _MULTI_BYTE.get(charset, 6.0), language, text))
    found.extend(_single_byte(sample, also))
    return sorted(found, key=lambda guess: guess.bits)


def _single_byte(sample: bytes, also: tuple[str, ...]) -> list[Guess]:
    pairs = Counter(zip(b" " + sample, sample + b" ", strict=True))
    high = [(pair, count) for pair, count in pairs.items() if pair[0] > 0x7F or pair[1] > 0x7F]
    plain: Counter[tuple[str, str]] = Counter()
    for (first, second), count in pairs.items():
        if first < 0x80 and second < 0x80:
            plain[chr(first), chr(second)] = count
    plain_bits: dict[str, float] = {}
    seen: dict[str, float] = {}
    found = []
    for charset in dict.fromkeys((*_SINGLE_BYTE, *also)):
        table = codecs.table_of(charset)
        if table is None:
            continue
        text = sample.decode("latin-1").translate(_high_half(table))
        prior = _SINGLE_BYTE.get(charset, 8.0)
        if text in seen:
            continue
        if charset in _DECOMPOSED:
            bits, language = reading(text)
            found.append(Guess(charset, bits + prior, language, text))
            continue
        here: Counter[tuple[str, str]] = Counter()
        for (first, second), count in high:
            here[table[first], table[second]] += count
        best, best_language = float("inf"), ""
        for language in languages_for(plain + here):
            known = model(language)
            if language not in plain_bits:
                plain_bits[language] = (
                    sum(count * known[pair] for pair, count in plain.items()) + PRIORS[language]
                )
            bits = plain_bits[language] + sum(count * known[pair] for pair, count in here.items())
            if bits < best:
                best, best_language = bits, language
        seen[text] = best
        found.append(Guess(charset, best + prior, best_language, text))
    return found


def _high_half(table: str) -> dict[int, str]:
    return {byte: table[byte] for byte in range(0x80, 0x100)}


_TAG = re.compile(rb"<[a-zA-Z/!][^<>]{0,2000}>")
_HIGH = re.compile(rb"[\x80-\xff]")
_BOUNDARY = re.compile(rb"[\x00-\x20]")


def _sample_of(data: bytes) -> bytes:
    """A few thousand of the bytes, from around those that are not ASCII, without tags.

    Cut at white space, which no multi-byte charset has within a character.
    """
    if len(data) > _SAMPLE:
        width = _SAMPLE // _WINDOWS
        pieces, position = [], 0
        for window in range(_WINDOWS):
            match = _HIGH.search(data, max(position, window * len(data) // _WINDOWS))
            if not match:
                break
            begin = max(position, match.start() - width // 4)
            boundary = _BOUNDARY.search(data, begin, match.start())
            begin = boundary.start() if boundary else begin
            end = begin + width
            boundary = _BOUNDARY.search(data, end, end + width)
            position = min(len(data), boundary.start() if boundary else end)
            pieces.append(data[begin:position])
        data = b"\n".join(pieces)
    return _TAG.sub(b" ", data)
