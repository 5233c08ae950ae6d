"""Which charset bytes are in that declare none: the reading that is the best natural language.

Each charset's reading of a sample of the bytes is priced in bits by `cleankit.letters`; the
cheapest one wins, with a few bits against charsets that are rare in mail. Since all readings are of
the same bytes, the prices compare directly, and their difference says how sure the answer is.

Most charsets are ruled out by what no language does (Greek letters within Latin words, capitals in
the middle of words, symbols between letters) before any language is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import add
from typing import NamedTuple

from cleankit.letters import PRIORS, languages_for, pairs_of, reading
from cleankit.letters.characters import script
from cleankit.letters.model import model, pairs_in, shape_bits
from cleankit.readers.charset import codecs

# The code pages that mail and files are found in: how many bits rarer each is than the most
# frequent ones, and the languages that are written in it; after the bar those that can be and are
# not as a rule, since they have a charset of their own.
_WESTERN = "en fr de es pt it nl sv da nb fi is ca et sq"
_CENTRAL = "pl cs sk hu hr sl ro sq | en de"
_CYRILLIC = "ru uk bg sr be mk | en"
_SINGLE_BYTE: Mapping[str, tuple[float, str]] = {
    "cp1252": (0.0, _WESTERN),
    "cp1250": (1.0, _CENTRAL),
    "cp1251": (0.0, _CYRILLIC),
    "cp1253": (1.0, "el | en"),
    "cp1254": (1.5, "tr | en"),
    "cp1255": (1.0, "he | en"),
    "cp1256": (1.0, "ar fa | en fr"),
    "cp1257": (1.5, "lt lv et | en"),
    "cp1258": (4.0, "vi | en"),
    "cp874": (1.0, "th | en"),
    "koi8-r": (1.0, "ru bg"),
    "koi8-u": (1.5, "uk ru be"),
    "iso8859-2": (1.0, _CENTRAL),
    "iso8859-15": (0.5, _WESTERN),
    "iso8859-5": (2.5, _CYRILLIC),
    "iso8859-6": (2.5, "ar"),
    "iso8859-7": (1.5, "el | en"),
    "iso8859-8": (1.5, "he | en"),
    "iso8859-4": (5.0, "lt lv et nb | en"),
    "iso8859-13": (8.0, "lt lv et pl | en"),
    "iso8859-10": (6.0, "is nb sv lt | en"),
    "iso8859-3": (7.0, "tr | en"),
    "iso8859-16": (6.0, "ro pl hu hr | en"),
    "mac_roman": (3.0, _WESTERN),
    "mac_cyrillic": (3.0, _CYRILLIC),
    "mac_latin2": (6.0, _CENTRAL),
    "mac_greek": (6.0, "el"),
    "mac_turkish": (6.0, "tr"),
    "cp437": (4.0, "en fr de es it nl sv fi"),
    "cp850": (3.5, _WESTERN),
    "cp858": (6.0, _WESTERN),
    "cp852": (4.5, _CENTRAL),
    "cp855": (7.0, _CYRILLIC),
    "cp857": (6.0, "tr | en"),
    "cp861": (8.0, "is"),
    "cp862": (6.0, "he"),
    "cp865": (7.0, "nb da"),
    "cp866": (1.5, "ru bg be uk"),
    "cp775": (7.0, "lt lv et"),
    "cp737": (6.0, "el"),
}
_MULTI_BYTE: Mapping[str, tuple[float, str]] = {
    "shift_jis": (0.0, "ja en"),
    "gb18030": (0.0, "zh zh-Hant ja en"),
    "big5": (0.5, "zh-Hant zh en"),
    "cp949": (0.0, "ko en"),
    "euc_jp": (1.0, "ja en"),
    "utf-16-le": (10.0, ""),
    "utf-16-be": (12.0, ""),
}
_UNUSUAL, _GUEST = 8.0, 5.0
# Nobody writes a letter or two of another script than Latin, nor letters of one that all stand by
# themselves: such are symbols misread. Nor East Asian punctuation without letters.
_EAST_ASIAN = frozenset(("Han", "Hangul", "Kana"))
_NO_LETTERS, _FEW_LETTERS = 20.0, 8.0
_DECOMPOSED = frozenset(("cp1258",))

_SAMPLE = 2_400


_FITTING, _FITTING_MARK = 11.0, 13.0
# So many pairs of ASCII characters, the most frequent ones, show which language it is.
_TELLING = 100
_LIKELY = 3


def fits(data: bytes, charset: str) -> bool:
    """True if bytes read so well in a single-byte charset that no other one need be tried.

    That is, if what is not ASCII costs no more bits a byte than it does in most sound prose; in
    prose of another charset it hardly ever costs so little.
    """
    sample = _sample_of(data)
    text = codecs.decode(sample, charset)[0]
    pairs = Counter(pairs_in(f" {text} "))
    high = {pair: count for pair, count in pairs.items() if not pair.isascii()}
    plain = dict((pairs - Counter(high)).most_common(_TELLING))
    allowed = sum(
        count * (_FITTING_MARK if pair[1] in "“”‘’–—…" else _FITTING)
        for pair, count in high.items()
        if not pair[1].isascii()
    )
    likely = sorted(
        _priors((charset,)),
        key=lambda language: model(language).bits(list(plain), list(plain.values())),
    )
    keys, counts = list(high), list(high.values())
    # Not the likeliest one alone: the links of a page may be in English and its text in French.
    return any(model(language).bits(keys, counts) < allowed for language in likely[:_LIKELY])


class Guess(NamedTuple):
    """A charset, the bits that the sample costs in it, and the language it reads best in.

    `shows` is equal for the charsets that read the sample alike. What was ruled out early costs
    infinitely much, in no language.
    """

    charset: str
    bits: float
    language: str
    shows: str


class Ranking(NamedTuple):
    """Guesses, the likeliest first, and how many bytes of the sample are not ASCII."""

    guesses: list[Guess]
    high: int


class _Candidate(NamedTuple):
    """Charsets that read a sample alike, what they show, and what the shape of that costs."""

    charsets: list[str]
    shows: str
    shape: float


# How many bits worse than the best one the shape of the right reading may be: so many in all, and
# so many for each byte that is not ASCII. Sound text in capitals, or with quotation marks placed
# as no other language places them, costs a few.
_SHAPELESS, _SHAPELESS_EACH = 24.0, 1.6
# Pairs are priced in these parts, the most frequent ones first, while it is worth it.
_PARTS = (slice(0, 12), slice(12, 40), slice(40, 200), slice(200, None))
# A reading that costs so many bits more than another one is as good as impossible.
_BEYOND = 60.0


def rank(data: bytes, also: str | None = None) -> Ranking:
    """The charsets that bytes may be in.

    Args:
        data: bytes with some that are not ASCII.
        also: a charset to consider beside the usual ones, by its codec's name.
    """
    sample = _sample_of(data)
    # Characters of the bytes' numbers, until a charset's table says what they are.
    pairs = Counter(pairs_in(" " + sample.decode("latin-1") + " "))
    high = {pair: count for pair, count in pairs.most_common() if not pair.isascii()}
    plain = _Plain({pair: count for pair, count in pairs.items() if pair.isascii()})
    counted = Counter(sample.translate(None, _ASCII))
    extra = (also,) if also else ()
    candidates = _single_byte(sample, counted, high, extra)
    # Units of two bytes are not cut alike when only parts of the data are looked at.
    units = len(data) % 2 == 0 and len(data) <= _SAMPLE
    candidates += _multi_byte(sample, extra, units=units)
    most = min((candidate.shape for candidate in candidates), default=0.0)
    most += _SHAPELESS + _SHAPELESS_EACH * counted.total()
    guesses = []
    best = float("inf")
    for candidate in sorted(candidates, key=lambda candidate: candidate.shape):
        charset = candidate.charsets[0]
        limit = float("inf") if charset == also else best + _BEYOND
        if candidate.shape > most and charset != also:
            guess = Guess(charset, float("inf"), "", candidate.shows)
        elif codecs.table_of(charset) is None:
            guess = _priced_text(candidate, limit)
        else:
            guess = _priced_bytes(candidate, sample, counted, high, plain, limit)
        best = min(best, guess.bits)
        guesses.append(guess)
    return Ranking(sorted(guesses, key=lambda guess: guess.bits), counted.total())


def _single_byte(
    sample: bytes, counted: Counter[int], high: Mapping[str, int], extra: tuple[str, ...]
) -> list[_Candidate]:
    """All charsets of one byte a character, those together that read the sample alike."""
    letters = bytes(sorted(counted))
    alike: dict[str, list[str]] = {}
    for charset in dict.fromkeys((*extra, *_SINGLE_BYTE)):
        table = codecs.table_of(charset)
        if table is not None:
            alike.setdefault("".join([table[byte] for byte in letters]), []).append(charset)
    found = []
    counts = list(high.values())
    for shows, charsets in alike.items():
        if charsets[0] in _DECOMPOSED:
            composed = pairs_of(codecs.decode(sample, charsets[0])[0])
            pairs = {key: count for key, count in composed.items() if not key.isascii()}
            found.append(_Candidate(charsets, shows, shape_bits(list(pairs), list(pairs.values()))))
            continue
        keys = _translated(high, codecs.table_of(charsets[0]) or "")
        found.append(_Candidate(charsets, shows, shape_bits(keys, counts)))
    return found


def _translated(pairs: Iterable[str], table: str) -> list[str]:
    """Pairs of the bytes' numbers as pairs of the characters that a table has for these."""
    text = "".join(pairs).translate(table)
    return list(map(add, text[::2], text[1::2]))


def _multi_byte(sample: bytes, extra: tuple[str, ...], *, units: bool) -> list[_Candidate]:
    """The charsets of several bytes a character that the sample may be in.

    Args:
        sample: the bytes to be read.
        extra: charsets to consider beside the usual ones.
        units: whether the sample may be read in units of two bytes.
    """
    found = []
    for charset in dict.fromkeys((*_MULTI_BYTE, *extra)):
        if codecs.table_of(charset) is not None or (charset.startswith("utf-16") and not units):
            continue
        text, errors = codecs.decode(sample, charset)
        if errors * 20 <= len(text):
            pairs = Counter(pairs_in(f" {text} "))
            high = {key: count for key, count in pairs.items() if not key.isascii()}
            found.append(_Candidate([charset], text, shape_bits(list(high), list(high.values()))))
    return found


def _priced_text(candidate: _Candidate, limit: float) -> Guess:
    """The price of a text from a charset of several bytes a character.

    Args:
        candidate: the charset and the text.
        limit: so many bits are too many to be worth counting.
    """
    charset, text = candidate.charsets[0], candidate.shows
    prior, names = _MULTI_BYTE.get(charset, (_UNUSUAL, ""))
    if sum(script(character) in _EAST_ASIAN for character in set(text)) < 2:
        prior += _NO_LETTERS
    languages = names.split() or languages_for(Counter(text))
    pairs = dict(pairs_of(text).most_common())
    bits, language = _cheapest(
        [(prior + PRIORS[language], language) for language in languages],
        list(pairs),
        list(pairs.values()),
        candidate.shape,
        limit,
    )
    return Guess(charset, bits, language, text)


def _cheapest(
    begun: Iterable[tuple[float, str]],
    keys: Sequence[str],
    counts: Sequence[int],
    shape: float,
    limit: float,
) -> tuple[float, str]:
    """The bits of the language in which pairs cost least, and that language.

    Args:
        begun: languages, each with what it costs before these pairs.
        keys: the pairs, the most frequent ones first.
        counts: how often each occurs.
        shape: what their shape costs; they hardly cost less in any language.
        limit: so many bits are too many to be worth counting.

    Returns:
        Infinitely many bits and no language where all cost as much as the limit.
    """
    bits, language = float("inf"), ""
    for least, name in sorted(begun):
        if least + shape >= min(bits, limit):
            break
        for part in _PARTS:
            least += model(name).bits(keys[part], counts[part])
            if least >= min(bits, limit):
                break
        else:
            bits, language = least, name
    return bits, language


class _Plain:
    """Pairs of ASCII characters, which read alike in all charsets: priced once a language."""

    def __init__(self, pairs: Mapping[str, int]) -> None:
        self._keys, self._counts = list(pairs), list(pairs.values())
        self._bits: dict[str, float] = {}

    def bits(self, language: str) -> float:
        """What they cost in a language, with what the language itself costs."""
        if language not in self._bits:
            known = model(language)
            self._bits[language] = PRIORS[language] + known.bits(self._keys, self._counts)
        return self._bits[language]


def _priced_bytes(
    candidate: _Candidate,
    sample: bytes,
    counted: Counter[int],
    high: Mapping[str, int],
    plain: _Plain,
    limit: float,
) -> Guess:
    """The price of a sample in a charset of one byte a character.

    Args:
        candidate: the charsets that read the sample alike.
        sample: all of the bytes.
        counted: how often each byte that is not ASCII occurs.
        high: how often each pair does in which not both are ASCII.
        plain: the other pairs.
        limit: so many bits are too many to be worth counting.
    """
    charsets = candidate.charsets
    table = codecs.table_of(charsets[0]) or ""
    priors = _priors(tuple(charsets))
    if not priors or not _DECOMPOSED.isdisjoint(charsets):
        bits, language = reading(codecs.decode(sample, charsets[0])[0], priors or None)
        bits += priors.get(language, _UNUSUAL)
    else:
        keys = _translated(high, table)
        bits, language = _cheapest(
            ((prior + plain.bits(name), name) for name, prior in priors.items()),
            keys,
            list(high.values()),
            candidate.shape,
            limit,
        )
    foreign = {
        byte: count
        for byte, count in counted.items()
        if script(table[byte]) not in ("Latin", "Common")
    }
    if 0 < sum(foreign.values()) < 3 or (
        foreign and not any(ord(pair[0]) in foreign and ord(pair[1]) in foreign for pair in high)
    ):
        bits += _FEW_LETTERS
    return Guess(charsets[0], bits, language, candidate.shows)


@cache
def _priors(charsets: tuple[str, ...]) -> dict[str, float]:
    """What each language costs in advance in one of these charsets, whichever is likelier."""
    priors: dict[str, float] = {}
    for charset in charsets:
        rarity, names = _SINGLE_BYTE.get(charset, (_UNUSUAL, ""))
        own, _, guests = names.partition("|")
        for language in own.split():
            priors[language] = min(rarity, priors.get(language, rarity))
        for language in guests.split():
            priors[language] = min(rarity + _GUEST, priors.get(language, rarity + _GUEST))
    return priors


_TAG = re.compile(rb"<[a-zA-Z/!][^<>]{0,2000}>")
_HIGH = re.compile(rb"[\x80-\xff]")
_BOUNDARY = re.compile(rb"[\x00-\x20]")
_ASCII = bytes(range(0x80))
_BEFORE, _AFTER, _REACH, _MOST_RARE = 40, 60, 160, 32


def _sample_of(data: bytes) -> bytes:
    """A few thousand of the bytes without tags: what stands around those that are not ASCII.

    From the beginning and, unless it is one long line, from the middle, and around each byte that
    occurs nowhere in these. Cut at white space where there is any near, which no multi-byte charset
    has within a character.
    """
    if len(data) <= _SAMPLE:
        return _TAG.sub(b" ", data)
    spans: list[tuple[int, int]] = []
    position, half = 0, len(data) // 2
    middle = _BOUNDARY.search(data, half, half + _SAMPLE)
    for start in (0, middle.start() if middle else 0):
        position, taken = max(start, position), 0
        while taken < _SAMPLE // 2 and (match := _HIGH.search(data, position)):
            begin, position = _around(data, match.start(), position)
            taken += position - begin
            if spans and spans[-1][1] == begin:
                begin = spans.pop()[0]
            spans.append((begin, position))
    pieces = [data[begin:end] for begin, end in spans]
    rare = set(data.translate(None, _ASCII + b"".join(pieces)))
    for byte in sorted(rare)[:_MOST_RARE]:
        begin, end = _around(data, data.index(byte), 0)
        pieces.append(data[begin:end])
    return _TAG.sub(b" ", b"\n".join(pieces))


def _around(data: bytes, at: int, lowest: int) -> tuple[int, int]:
    """The span around a place, from white space to white space if there is any within reach."""
    begin = max(lowest, at - _BEFORE)
    near = max(data.rfind(mark, max(lowest, begin - _REACH), begin) for mark in (b" ", b"\n"))
    end = at + _AFTER
    boundary = _BOUNDARY.search(data, end, end + _REACH)
    return begin if near < 0 else near + 1, boundary.start() if boundary else min(len(data), end)
