"""Sequences bent after the damage: a space made plain, a line wrapped inside, letters made small.

Only what is certain is repaired: where the document shows damage by the codec, or where the
characters around leave no choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from cleankit.edits import Change
from cleankit.passes.mojibake.alphabet import SCRIPTS, kind
from cleankit.passes.mojibake.codecs import CODECS, Codec
from cleankit.passes.mojibake.evidence import CERTAIN, judge
from cleankit.passes.mojibake.mentions import is_mention

NO_BREAK_SPACE = 0xA0

# Before the line end stands a blank, or what may be part of a sequence.
_LINE_START = re.compile(r"\n(?<=[\t\r \x80-\U0010ffff]\n)[^\x00-\x7f]")
_ANY_LINE_START = re.compile(r"[\n\r](?<=[\t\r \x80-\U0010ffff].)[^\x00-\x7f]", re.DOTALL)
_BEYOND_ASCII_AT_END = re.compile(r"[^\x00-\x7f]{1,3}\Z")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{1,3}")
_MOST_BLANKS = 64
_NEAR = 12
_SHORTEST_WRAPPED = 20
"""A program that wraps lines wraps none that is shorter than this."""

_OFTEN_FINAL = SCRIPTS - {"latin", "greek"}
"""Scripts of leads that may well end a word, as Cyrillic and Arabic ones do."""

_HARDLY_EVER = frozenset("ĠƠȠϠѠ")
"""Letters whose last byte is 0xA0, and that are rarer than their leads at the end of a word."""

_SPACED = tuple(codec for codec in CODECS if codec.byte(NO_BREAK_SPACE) == "\N{NO-BREAK SPACE}")
"""The codecs in which byte 0xA0, a continuation in UTF-8, is a no-break space."""


def wrapped(text: str, codecs: Sequence[Codec], known: frozenset[Codec]) -> Iterator[Change]:
    """Sequences with a line end inside: the wrap counted bytes or characters that were none.

    Blanks at the line's end are part of the wrap: the `whitespace` pass would cut them.
    """
    if not codecs:
        return
    position = 0
    for match in (_ANY_LINE_START if "\r" in text else _LINE_START).finditer(text):
        end = match.start()
        while end > max(position, match.start() - _MOST_BLANKS) and text[end - 1] in " \t\r":
            end -= 1
        left = _BEYOND_ASCII_AT_END.search(text, max(end - 3, position), end)
        right = _BEYOND_ASCII.match(text, match.start() + 1)
        if left is None or right is None:
            continue
        long = end >= _SHORTEST_WRAPPED and "\n" not in text[end - _SHORTEST_WRAPPED : end]
        for codec in codecs:
            change = _joined(codec, long and codec in known, text, left, right)
            if change is not None:
                yield change
                position = change.end
                break


def _joined(
    codec: Codec, known: bool, text: str, left: re.Match[str], right: re.Match[str]
) -> Change | None:
    """The change that makes one character of what stands on both sides of a line end.

    Where nothing else in the text shows damage by the codec, or the line before is shorter than
    one that is wrapped, it must be amid a word.
    """
    for before in range(1, len(left[0]) + 1):
        half = left[0][-before:]
        if half[0] not in codec.leads or codec.sequences.fullmatch(half):
            continue
        for after in range(1, len(right[0]) + 1):
            run = half + right[0][:after]
            if not codec.sequences.fullmatch(run) or len(codec.decode(run)) != 1:
                continue
            start, end = left.end() - before, right.start() + after
            outside = text[start - 1 : start], text[end : end + 1]
            verdict = judge(codec, outside[0], run, outside[1])
            amid_word = all("a" <= character <= "z" for character in outside)
            if verdict.score >= CERTAIN and (known or amid_word):
                return Change(start, end, verdict.repaired, f"{codec.name}-wrapped")
    return None


def spaced(text: str, words: str, known: frozenset[Codec]) -> Iterator[Change]:
    """Sequences whose no-break space became a plain space."""
    for codec in _SPACED:
        if codec in known:
            if _cut(codec).search(words):
                yield from _known(codec, text)
            if "Ã" in codec.leads:
                return
            break
    if "Ã" in words:
        yield from _unknown(text)


_STRAY = re.compile(r"Â(?<=[a-z0-9.,:;!?)%]Â)(?: |(?=[\r\n]|\Z))")


def stray(text: str, words: str) -> Iterator[Change]:
    """`Â` right after a small letter, a digit or a mark, before a blank or at the end of a line: of
    a no-break space that was made plain, or cut. Where it stands elsewhere too, or after letters
    alone, it may be a letter: `pÂ` is `på` read as Mac Roman."""
    if "Â" not in words:
        return
    matches = list(_STRAY.finditer(text))
    after_letters = sum(text[match.start() - 1].isalpha() for match in matches)
    if after_letters < len(matches) == text.count("Â"):
        for match in matches:
            if not is_mention(text, *match.span(), "\N{NO-BREAK SPACE}"):
                yield Change(*match.span(), "\N{NO-BREAK SPACE}", "cp1252-space")


def _known(codec: Codec, text: str) -> Iterator[Change]:
    rule = f"{codec.name}-space"
    # `Å` is a word in Swedish and Danish; it is none where Baltic and Slavic letters are written.
    has_hacek = _HACEK.search(text) is not None and "å" not in text
    for match in _pattern(codec).finditer(text):
        start, end = match.span()
        run = match[0].replace(" ", "\N{NO-BREAK SPACE}")
        if not codec.sequences.fullmatch(run):
            continue
        decoded = codec.decode(run)
        before, after = text[start - 1 : start], text[end : end + 1]
        beside = {kind(each) for each in (before, after) if each}
        own = kind(decoded)
        if decoded == "à":
            change = _grave(text, start, end)
            if change:
                yield change._replace(rule=rule)
        elif decoded == "\N{NO-BREAK SPACE}":
            # A letter of another script may end a word, or be one.
            is_stray = kind(match[0][0]) == "latin" or before.islower()
            if is_stray and not (before.isupper() and after.isupper()):
                yield Change(start, end, decoded, rule)
        elif decoded == "Š":
            if has_hacek and kind(before or " ") != "latin" and after.islower():
                yield Change(start, end, decoded, rule)
        elif own not in SCRIPTS or decoded in _HARDLY_EVER:
            continue
        elif (own in beside and kind(match[0][0]) not in _OFTEN_FINAL) or (
            own == "east_asian" and _stands_among(own, text, start, end)
        ):
            yield Change(start, end, decoded, rule)


def _stands_among(script: str, text: str, start: int, end: int) -> bool:
    """True if letters of a script stand near a place."""
    near = text[max(start - _NEAR, 0) : start] + text[end : end + _NEAR]
    return any(kind(character) == script for character in near)


_SOFT = re.compile(r"""(?<=[A-Za-zß-ÿ])Ã(?=[a-zß-ÿ])|(?<=[a-zß-ÿ])Ã(?:(?=[.,;:!?)"'”’»])|(?= ))""")
_SOFT_AMID = re.compile("Ã(?<=[a-z]Ã)(?=[a-z])")
_SOFT_ENOUGH = 2
"""So many of them within words of small letters need no other evidence."""

_HAS_ACUTE = re.compile("[áóúñő]")
_HAS_NO_GRAVE = re.compile("[ñ¿¡řěčšžőű]")


def softened(text: str, words: str, known: frozenset[Codec]) -> Iterator[Change]:
    """`ofrÃa`: the soft hyphen in what had been `í` was lost, as converters of HTML lose them.

    Only in languages that write acute accents, and no `ß`, of which as much may be left.
    """
    if "Ã" not in words or "ß" in words or _VIETNAMESE.search(text):
        return
    has_no_grave = _HAS_NO_GRAVE.search(text) is not None
    is_known = (
        has_no_grave
        or any("Ã" in codec.leads for codec in known)
        or len(_SOFT_AMID.findall(text)) >= _SOFT_ENOUGH
    )
    if not is_known or not _HAS_ACUTE.search(text):
        return
    for match in _SOFT.finditer(text):
        if has_no_grave or text[match.end() : match.end() + 1] != " ":
            yield Change(*match.span(), "í", "cp1252-soft")


_GRAVE = re.compile(r"(?<=[a-zß-ÿ])Ã (?=[ a-zA-Zß-ÿ])")


def _unknown(text: str) -> Iterator[Change]:
    """`Ã ` after a small letter: nothing but `à` ends a word like that."""
    for match in _GRAVE.finditer(text):
        change = _grave(text, match.start(), match.end())
        if change:
            yield change._replace(rule="cp1252-space")


def _grave(text: str, start: int, end: int) -> Change | None:
    """`Ã ` is `à` and, where words would run together, a space that had merged with the other.

    Portuguese has the word `às`, and `àquele` with its forms, and Vietnamese has `à` inside words;
    otherwise it ends one.
    """
    if text[start - 1 : start].isupper():
        return None
    after = text[end : end + 5]
    if re.match(r"(?:s[ .,;]|quel[ae])", after) or (after[:1] > " " and _VIETNAMESE.search(text)):
        return Change(start, end, "à", "")
    return Change(start, end, "à" if text[end : end + 1] in ("", " ", "\n") else "à ", "")


_HACEK = re.compile("[šžčēīūųėķņ]")
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9]")


@cache
def _pattern(codec: Codec) -> re.Pattern[str]:
    """Two or three characters of a sequence of this codec, one of them a plain space."""
    tail = codec.one_of(0x80, 0xBF)
    three = f"(?<={codec.one_of(0xE0, 0xEF)})(?: {tail}|{tail} )"
    return re.compile(f"{codec.one_of(0xC2, 0xEF)}(?:(?<={codec.one_of(0xC2, 0xDF)}) |{three})")


@cache
def _cut(codec: Codec) -> re.Pattern[str]:
    """A word that ends within a sequence."""
    two, three = codec.one_of(0xC2, 0xDF), codec.one_of(0xE0, 0xEF)
    tail = codec.one_of(0x80, 0xBF)
    return re.compile(rf"(?:{two}|{three}{tail}?)(?: |\Z)")


# What `Ã` stands before in windows-1252; the signs of the second group also close a word.
_LOWERED = re.compile(r"(?<![À-öø-ÿ])ã(?:[¡-©«-\u00ad¯-¶¸¹¼-¿](?![A-Z])|[ª»·º®](?=[a-z]))")


_LOWERED_GRAVE = re.compile(r"\bã\xa0(?=s?[ .,;\n]|\Z)|(?<=[a-z])ã\xa0")


def lowered(text: str, words: str) -> Iterator[Change]:
    """`cafã©`: a sequence that was turned into small letters, its lead too."""
    if "ã" in words:
        codec = CODECS[0]
        is_lowered = False
        for match in _LOWERED.finditer(text):
            letter = codec.decode(f"Ã{match[0][1]}")
            yield Change(*match.span(), letter.lower(), f"{codec.name}-lowered")
            is_lowered = True
        for match in _LOWERED_GRAVE.finditer(text) if is_lowered else ():
            yield Change(*match.span(), "à", f"{codec.name}-lowered")


def controls(text: str, characters: set[str]) -> Iterator[Change]:
    """C1 controls that windows-1252 has characters for.

    Latin-1 is read as windows-1252 (WHATWG Encoding Standard, "latin1" among its labels), and no
    text holds these controls on purpose. U+0085 is a line end unless a word stands before it.
    Where many stand within words, they are letters of another code page (see `confusions`).
    """
    if CONTROLS.isdisjoint(characters):
        return
    if _LETTER.search(text):
        letters = len(_LETTER.findall(text)) + len(_DASH.findall(text))
        if _MOST_LETTERS * letters >= len(_C1.findall(text)):
            return
    for match in _CONTROL.finditer(text):
        character = match[0].encode("latin-1").decode("cp1252")
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        if character == "…" and not before.strip():
            continue
        if character == "’" and before.isalpha() and after.isalpha() and not _elides(text, match):
            continue
        yield Change(*match.span(), character, "cp1252-control")


CONTROLS = frozenset("\x80\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b")
_CONTROL = re.compile(f"[{''.join(sorted(CONTROLS))}]")
_C1 = re.compile("[\x80-\x9f]")
_LETTER = re.compile(
    "(?<=[A-Za-zß-ÿ])[\x80-\x84\x86-\x91\x93-\x95\x98\x99\x9b\x9d\x9f](?=[a-zß-ÿ])"
)
"""A C1 control within a word where windows-1252 has neither a letter nor what may stand there."""

_DASH = re.compile("(?<=[a-z])[\\x96\\x97](?=[a-z])")
"""Dashes stand there; but beside such letters they are more likely to be some."""

_MOST_LETTERS = 4
"""One such control of so many is too much for windows-1252."""

_ELISION = re.compile(r"(?:s|t|d|m|ll|re|ve)\b")


def _elides(text: str, match: re.Match[str]) -> bool:
    """True if an apostrophe may stand there: `don’t`, `it’s`, `l’été`."""
    before = text[max(match.start() - 3, 0) : match.start()]
    return bool(
        _ELISION.match(text, match.end()) or re.search(r"(?:\b[cdjlmnst]|qu)\Z", before, re.I)
    )
