"""What kind of character is it: a letter of which script, everyday punctuation, a rarity?

The ranges are blocks of the Unicode Standard (Blocks.txt). They are written down here, and not
asked of `unicodedata`, so that a text is repaired alike by every version of Python.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, "control"),
    (0x0020, "ascii"),
    (0x007F, "control"),
    (0x00A0, "symbol"),
    (0x00C0, "latin"),
    (0x0180, "rare"),
    (0x02B0, "modifier"),
    (0x0300, "mark"),
    (0x0370, "greek"),
    (0x0400, "cyrillic"),
    (0x0460, "rare"),
    (0x0490, "cyrillic"),
    (0x0500, "rare"),
    (0x0530, "armenian"),
    (0x0590, "hebrew"),
    (0x0600, "arabic"),
    (0x0700, "rare"),
    (0x0750, "arabic"),
    (0x0780, "thaana"),
    (0x07C0, "rare"),
    (0x0900, "devanagari"),
    (0x0980, "bengali"),
    (0x0A00, "gurmukhi"),
    (0x0A80, "gujarati"),
    (0x0B00, "oriya"),
    (0x0B80, "tamil"),
    (0x0C00, "telugu"),
    (0x0C80, "kannada"),
    (0x0D00, "malayalam"),
    (0x0D80, "sinhala"),
    (0x0E00, "thai"),
    (0x0E80, "lao"),
    (0x0F00, "tibetan"),
    (0x1000, "myanmar"),
    (0x10A0, "georgian"),
    (0x1100, "east_asian"),
    (0x1200, "ethiopic"),
    (0x13A0, "rare"),
    (0x1780, "khmer"),
    (0x1800, "rare"),
    (0x1E00, "latin"),
    (0x1F00, "greek"),
    (0x2000, "punctuation"),
    (0x2070, "symbol"),
    (0x2C00, "rare"),
    (0x2E80, "east_asian"),
    (0x3000, "punctuation"),
    (0x3040, "east_asian"),
    (0xA000, "rare"),
    (0xAC00, "east_asian"),
    (0xD800, "rare"),
    (0xE000, "private"),
    (0xF900, "east_asian"),
    (0xFB00, "symbol"),
    (0xFB1D, "hebrew"),
    (0xFB50, "arabic"),
    (0xFE00, "symbol"),
    (0xFE30, "east_asian"),
    (0xFE70, "arabic"),
    (0xFEFF, "symbol"),
    (0xFF00, "punctuation"),
    (0xFF10, "east_asian"),
    (0xFF1A, "punctuation"),
    (0xFF21, "east_asian"),
    (0xFFF0, "symbol"),
    (0x10000, "rare"),
    (0x1D400, "symbol"),
    (0x1D800, "rare"),
    (0x1F000, "emoji"),
    (0x20000, "east_asian"),
    (0x32000, "rare"),
    (0xE0000, "symbol"),
    (0xE01F0, "rare"),
    (0xF0000, "private"),
)
_STARTS = [start for start, _ in _BLOCKS]

FREQUENT = frozenset("\N{NO-BREAK SPACE}‑–—‘’“”„•…«»")
"""Punctuation that prose is full of."""

_EXCEPTIONS = {
    **dict.fromkeys(FREQUENT, "frequent"),
    # Letters of living alphabets among the rarities of their blocks.
    **dict.fromkeys("ƏəƠơƯưǍǎǏǐǑǒǓǔǕǖǗǘǙǚǛǜȘșȚțƒƊɗƁɓƘƙƎǝƐɛƆɔŊŋƔɣƖɩƲʋ", "latin"),
    **dict.fromkeys("×÷", "symbol"),
    # The spacing accents are no more than leftovers of old codecs.
    **dict.fromkeys("¨¯´¸", "modifier"),
    "\N{SOFT HYPHEN}": "modifier",
    # Signs that stand where emoji do.
    **dict.fromkeys("★☆♥❤✓✔✗✘●■▪►♪♫№", "emoji"),
}

SCRIPTS = frozenset(name for _, name in _BLOCKS) - {
    "ascii",
    "control",
    "symbol",
    "emoji",
    "rare",
    "modifier",
    "mark",
    "punctuation",
    "private",
}


@lru_cache(maxsize=4096)
def kind(character: str) -> str:
    """What kind of character it is.

    Returns:
        One of `SCRIPTS` for a letter; `"frequent"`, `"punctuation"`, `"symbol"` or `"emoji"` for
        what stands among letters of any script; `"digit"`, `"space"` or `"ascii"` for the rest of
        ASCII; and `"mark"`, `"modifier"`, `"control"`, `"private"` or `"rare"`.
    """
    if character in _EXCEPTIONS:
        return _EXCEPTIONS[character]
    if character < "\x80":
        if character.isalpha():
            return "latin"
        if character.isdigit():
            return "digit"
        return "space" if character.isspace() else "ascii"
    return _BLOCKS[bisect_right(_STARTS, ord(character)) - 1][1]
