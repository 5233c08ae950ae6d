"""What single characters are: their script, their case, and how symbols stand beside letters."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

# The first code point of each range of The Unicode Standard's block chart that matters here.
_RANGES = (
    (0x0000, "Common"),
    (0x0041, "Latin"),
    (0x005B, "Common"),
    (0x0061, "Latin"),
    (0x007B, "Common"),
    (0x00AA, "Latin"),
    (0x00AB, "Common"),
    (0x00BA, "Latin"),
    (0x00BB, "Common"),
    (0x00C0, "Latin"),
    (0x02B0, "Common"),
    (0x0370, "Greek"),
    (0x0400, "Cyrillic"),
    (0x0530, "Other"),
    (0x0590, "Hebrew"),
    (0x0600, "Arabic"),
    (0x0700, "Other"),
    (0x0750, "Arabic"),
    (0x0780, "Other"),
    (0x0E00, "Thai"),
    (0x0E80, "Other"),
    (0x1100, "Hangul"),
    (0x1200, "Other"),
    (0x1E00, "Latin"),
    (0x1F00, "Greek"),
    (0x2000, "Common"),
    (0x2E80, "Han"),
    (0x3000, "Common"),
    (0x3005, "Han"),
    (0x3008, "Common"),
    (0x3041, "Kana"),
    (0x3100, "Other"),
    (0x3130, "Hangul"),
    (0x3190, "Common"),
    (0x3400, "Han"),
    (0x4DC0, "Common"),
    (0x4E00, "Han"),
    (0xA000, "Other"),
    (0xAC00, "Hangul"),
    (0xD7B0, "Common"),
    (0xF900, "Han"),
    (0xFB00, "Latin"),
    (0xFB1D, "Hebrew"),
    (0xFB50, "Arabic"),
    (0xFE00, "Common"),
    (0xFE70, "Arabic"),
    (0xFF00, "Common"),
    (0xFF66, "Other"),
    (0xFFA0, "Common"),
    (0x10000, "Other"),
    (0x20000, "Han"),
    (0x32000, "Other"),
)
_STARTS = [start for start, _ in _RANGES]

# Symbols that prose is set with, in groups: how many bits more than an ASCII mark one costs, and
# the characters. The figures are logarithms of rough frequencies in printed prose.
_SYMBOLS = (
    (2, "’、。，"),
    (3, "“”–…「」！？：；（）・「」ー"),
    (4, "—«»•‘©《》、『』【】〜～％　"),
    (5, "\xa0„€£°·®™›‹§‚→"),
    (7, "½´×†″′−№²º"),
    (8, "¼¾³±¹¥µ¢‰‡ª"),
    (10, "¿¡¬¦¨¸¯÷¶¤ˆ˜\xad"),
)
_SYMBOL_BITS = {symbol: bits for bits, symbols in _SYMBOLS for symbol in symbols}
_RARE_SYMBOL = 13.0
_NO_CHARACTER = 24.0

# Where symbols stand: not right after a letter, not right before one. Languages that quote the
# other way round (German closes with “, Swedish opens with ”) have it in their samples.
_NOT_AFTER_LETTER = frozenset("·“‘«¿¡„€©£†‡¤¬¦¨´¸¯÷¶ˆ˜±×¼½¾‚•§→µ¢¥‰¹°")
_NOT_BEFORE_LETTER = frozenset("·”»…™®²³¹½¼¾‰´¨¸¯÷±ˆ˜¦¬¤¶†‡¢¥©›€")
_MISPLACED, _DASH_BESIDE_LETTER = 7.0, 3.0

LETTERS = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc"))


@cache
def script(character: str) -> str:
    """The character's script, or `"Common"` for what all scripts share, or `"Other"`."""
    return _RANGES[bisect_right(_STARTS, ord(character)) - 1][1]


@cache
def kind(character: str) -> str:
    """One letter for what a character is to the model.

    `l` and `u` for lower and upper case, `o` for other letters and their marks, `0` for digits,
    a space for white space, `.` for all else.
    """
    category = unicodedata.category(character)
    if category == "Ll":
        return "l"
    if category in ("Lu", "Lt"):
        return "u"
    if (
        category in LETTERS
        or character in "\u200c\u200d"
        or (category == "Nd" and ord(character) > 127)
    ):
        return "o"
    if category == "Nd":
        return "0"
    return " " if character in " \t\r\n" else "."


# Romanian is written with a comma below or, where a charset lacks that, with a cedilla.
_CEDILLAS = {"ș": "ş", "ț": "ţ"}


@cache
def fold(character: str) -> str:
    """The character as the model counts it: letters in lower case, digits 0, marks one dot."""
    what = kind(character)
    if what == "u":
        character = "i" if character == "İ" else character.lower()
    if what in "luo":
        return _CEDILLAS.get(character, character)
    return "'" if character in "'’" else what


@cache
def symbol_bits(character: str) -> float:
    """How much more a character that is no letter costs than the ASCII mark in its place."""
    if character < "\x7f":
        return 0.0 if character >= " " or character in "\t\r\n\f" else 18.0
    if character in _SYMBOL_BITS:
        return _SYMBOL_BITS[character]
    if unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs") or character == "\ufffd":
        return _NO_CHARACTER
    return _RARE_SYMBOL


def is_drawn(character: str) -> bool:
    """True for the characters that tables and frames are drawn with."""
    return "─" <= character <= "▟"


def placement_bits(first: str, second: str) -> float:
    """What a letter and a symbol cost that do not stand side by side in prose."""
    if second in _NOT_AFTER_LETTER and kind(first) in "luo":
        return _MISPLACED
    if first in _NOT_BEFORE_LETTER and kind(second) in "luo":
        return _MISPLACED
    if first in "„‚¿¡" and kind(second) == " ":
        return _MISPLACED
    if "—" in (first, second) and (kind(first) in "lu" or kind(second) in "lu"):
        return _DASH_BESIDE_LETTER
    if first in "°º" and kind(second) == "l":
        return _MISPLACED
    if kind(first) in "lu":
        return _beside_letter(second)
    return _beside_letter(first) if kind(second) in "lu" else 0.0


def _beside_letter(symbol: str) -> float:
    if is_drawn(symbol):
        return _MISPLACED
    # Chinese, Japanese and Korean punctuation beside a letter of an alphabet.
    return 6.0 if "\u3000" <= symbol <= "\u303f" or symbol >= "\uff00" else 0.0


def is_row(symbol: str) -> bool:
    """True for the characters that padding, rules and tables repeat."""
    return symbol in " \n\r\t\xa0….·•*-–—_=#~+°" or is_drawn(symbol)


def row_bits(symbol: str) -> float:
    """What a symbol costs that repeats the one before it: padding and lines are rows of one."""
    return 0.5 if symbol == "\xa0" else 2.0


# Beginning of a word: bits for an upper and a lower case letter; then within a word.
_AFTER_OTHER = {"u": 3.0, "l": 0.2}
_WITHIN_WORD = {"ll": 0.03, "lu": 9.0, "ul": 0.3, "uu": 0.6}


def case_bits(first: str, second: str) -> float:
    """What the case of the second of two neighbouring characters costs."""
    pair = kind(first) + kind(second)
    if pair in _WITHIN_WORD:
        return _WITHIN_WORD[pair]
    return _AFTER_OTHER.get(pair[1], 0.0)
