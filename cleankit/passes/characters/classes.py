"""The characters that the other modules speak of, as parts of regular expression classes.

Sources: Unicode Standard 15.1, the properties Default_Ignorable_Code_Point, Bidi_Control,
White_Space and Variation_Selector (DerivedCoreProperties.txt, PropList.txt).
"""

from __future__ import annotations

import re

JOINERS = "\u200c\u200d"
"""ZERO WIDTH NON-JOINER and ZERO WIDTH JOINER."""

ZERO_WIDTH_SPACE = "\u200b"

COMBINING_GRAPHEME_JOINER = "\u034f"

FILLERS = "\u115f\u1160\u3164\uffa0"
"""HANGUL CHOSEONG, JUNGSEONG, HANGUL and HALFWIDTH HANGUL FILLER."""

IGNORABLE = (
    ZERO_WIDTH_SPACE + COMBINING_GRAPHEME_JOINER + FILLERS + JOINERS + "\u00ad"  # SOFT HYPHEN
    "\u17b4\u17b5"  # KHMER VOWEL INHERENT AQ and AA
    "\u180e"  # MONGOLIAN VOWEL SEPARATOR
    "\u2060\u2061\u2062\u2063\u2064\u2065"  # WORD JOINER, invisible operators
    "\u206a\u206b\u206c\u206d\u206e\u206f"  # deprecated format characters
    "\ufdd0-\ufdef"  # noncharacters
    "\ufeff"  # ZERO WIDTH NO-BREAK SPACE, the byte order mark
    "\ufff0-\ufff8\ufff9\ufffa\ufffb\ufffc\ufffe\uffff"  # annotations, objects, noncharacters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and music format controls
)
"""What no reader sees, as the inside of a character class."""

VARIATION_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"

TAGS = "\U000e0000-\U000e007f"

BIDI_MARKS = "\u061c\u200e\u200f"
BIDI_OPENERS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
BIDI_CLOSERS = "\u202c\u2069"

ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Every space (category Zs) but U+0020."""

RIGHT_TO_LEFT = (
    "\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""The blocks that Unicode sets aside for right-to-left scripts (DerivedBidiClass.txt)."""

JOINING_SCRIPTS = (
    "\u0600-\u08ff"  # Arabic, Syriac, Thaana, N'Ko, Mandaic
    "\u0900-\u0dff"  # Devanagari to Sinhala
    "\u1000-\u109f\u1780-\u17ff\u1800-\u18af"  # Myanmar, Khmer, Mongolian
    "\u1900-\u1cff\ua840-\ua8ff\ua900-\uaaff\uabc0-\uabff"  # other Brahmic scripts
    "\ufb50-\ufdcf\ufe70-\ufefc"  # Arabic presentation forms
    "\U00011000-\U00011fff"
)
"""Scripts in whose words joiners and non-joiners stand (Unicode Standard, section 23.2)."""

VIRAMAS = (
    "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u1039\u103a\u17d2"
)
"""Signs that silence a vowel: a joiner after one shapes the consonant even at a word's end."""

WRITTEN_WITHOUT_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1980-\u19df\ua9e0-\ua9ff\uaa60-\uaa7f"
)
"""Thai, Lao, Myanmar, Khmer, New Tai Lue: a ZERO WIDTH SPACE tells where a line may break."""

PICTOGRAPHS = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
"""What takes an emoji variation selector (emoji-variation-sequences.txt), as whole ranges."""

IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


def one_of(*parts: str) -> re.Pattern[str]:
    """A pattern of one character among these."""
    return re.compile(f"[{''.join(parts)}]")
