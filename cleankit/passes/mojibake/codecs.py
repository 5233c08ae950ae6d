"""The single-byte codecs by which UTF-8 is misread, and how to read it rightly again."""

from __future__ import annotations

import re
from codecs import charmap_build, charmap_encode
from functools import cached_property
from typing import Any

NAMES = (
    "cp1252",
    "mac_roman",
    "latin-1",
    "cp1251",
    "cp1250",
    "cp1254",
    "cp1257",
    "cp1253",
    "iso8859-2",
    "cp437",
    "cp850",
    "koi8-r",
    "mac_cyrillic",
    "cp866",
    "iso8859-15",
    "cp852",
    "cp1256",
    "cp1255",
    "cp874",
    "cp1258",
    "iso8859-5",
    "iso8859-9",
    "koi8-u",
    "iso8859-7",
    "iso8859-13",
    "iso8859-4",
    "iso8859-16",
    "iso8859-3",
    "iso8859-10",
    "iso8859-14",
    "cp857",
    "cp860",
    "cp863",
    "cp865",
    "cp855",
    "mac_turkish",
    "mac_latin2",
    "mac_greek",
)
"""The codecs, the most usual first: among equals the first one explains a text."""


def table(name: str) -> str:
    """What each of the 256 bytes becomes; a byte that the codec leaves undefined becomes the
    control character of its number, as the WHATWG Encoding Standard has it for windows-125x.

    Beyond 0x9F it becomes the character of its number, as some programs have it, or a private one
    where another byte has that.
    """
    defined = bytes(range(256)).decode(name, "replace")
    return "".join(
        character
        if character != "\ufffd"
        else chr(byte if byte < 0xA0 or chr(byte) not in defined else _UNDEFINED + byte)
        for byte, character in enumerate(defined)
    )


_UNDEFINED = 0xF700

_FIRST_UNUSED = "\U00040000"
"""From here on are planes that hold no characters, but for tags and variation selectors."""


class Codec:
    """A codec as a reader of UTF-8 bytes that were never meant for it.

    Attributes:
        name: Python's name of the codec.
        leads, continuations: the characters that its bytes 0xC2-0xF4 and 0x80-0xBF become: those
            that begin and go on a character in UTF-8 (RFC 3629, section 4).
        characters: what all its bytes from 0x80 become.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._table = table(name)
        self.characters = frozenset(self._table[0x80:])
        self.leads = frozenset(self._table[0xC2:0xF5])
        self.continuations = frozenset(self._table[0x80:0xC0])

    def byte(self, number: int) -> str:
        """What a byte becomes."""
        return self._table[number]

    def one_of(self, first: int, last: int) -> str:
        """A character class of what the bytes from the first to the last become."""
        return f"[{self._range(first, last)}]"

    @cached_property
    def pair(self) -> re.Pattern[str]:
        """A lead followed by a continuation: a quick sign that there may be damage."""
        return re.compile(self.one_of(0xC2, 0xF4) + self.one_of(0x80, 0xBF))

    @cached_property
    def bent(self) -> re.Pattern[str]:
        """A lead whose continuation became a space or was lost: `Ã `, `Å `."""
        return re.compile(
            f"{self.one_of(0xC2, 0xC3)}[ ?\ufffd]|{self.one_of(0xC5, 0xC5)}[ ?\ufffd]"
        )

    @cached_property
    def sequences(self) -> re.Pattern[str]:
        """A run of what well-formed UTF-8 looks like when this codec reads it.

        The forms are those of RFC 3629, section 4, and pairs of surrogates (CESU-8, Unicode
        Technical Report 26), which old databases write for characters beyond U+FFFF. The planes
        that hold no characters are left out; of plane 14, there are tags and variation selectors.
        """
        tail = self.one_of(0x80, 0xBF)
        surrogates = self.one_of(0xA0, 0xAF) + tail + self.one_of(0xED, 0xED)
        forms = {
            self.one_of(0xC2, 0xDF): tail,
            f"[{self._range(0xE1, 0xEC)}{self._range(0xEE, 0xEF)}]": tail * 2,
            self.one_of(0xF0, 0xF0): self.one_of(0x90, 0xBF) + tail * 2,
            self.one_of(0xE0, 0xE0): self.one_of(0xA0, 0xBF) + tail,
            self.one_of(0xED, 0xED): f"(?:{self.one_of(0x80, 0x9F)}"
            f"|{surrogates}{self.one_of(0xB0, 0xBF)}){tail}",
            self.one_of(0xF3, 0xF3): self.one_of(0xA0, 0xA0) + tail * 2,
        }
        # The lead is matched first, whichever it is, so that the search skips fast to the next.
        rest = "|".join(f"(?<={lead}){continuations}" for lead, continuations in forms.items())
        more = "|".join(map("".join, forms.items()))
        return re.compile(f"{self.one_of(0xC2, 0xF4)}(?:{rest})(?:{more})*+")

    def explains(self, words: str) -> bool:
        """True if every character beyond ASCII of the words is part of a sequence, or blank."""
        try:
            data, _ = charmap_encode(words, "strict", self._bytes)
            if max(data.decode("utf-8")) < _FIRST_UNUSED:
                return True
        except (UnicodeEncodeError, UnicodeDecodeError) as error:
            # Each byte is one character. What `decode` knows beside UTF-8 begins with 0xED.
            first = words[error.start]
            if not first.isspace() and first != self.byte(0xED):
                return False
        return self.pair.search(words) is not None and not self.sequences.sub("", words).strip()

    @cached_property
    def _bytes(self) -> Any:
        """What characters were, in the form that encodes fastest."""
        return charmap_build(self._table)

    def repaired(self, text: str) -> str:
        """A text with all that looks like UTF-8 read by this codec as what it stands for."""
        return self.sequences.sub(lambda match: self.decode(match[0]), text)

    def decode(self, damaged: str) -> str:
        """The text that a run matched by `sequences` stands for."""
        data, _ = charmap_encode(damaged, "strict", self._bytes)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pairs = data.decode("utf-8", "surrogatepass")
            return pairs.encode("utf-16-le", "surrogatepass").decode("utf-16-le")

    def _range(self, first: int, last: int) -> str:
        return re.escape(self._table[first : last + 1])


CODECS = tuple(Codec(name) for name in NAMES)
