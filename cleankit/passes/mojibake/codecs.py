"""The single-byte codecs by which UTF-8 is misread, and how to read it rightly again."""

from __future__ import annotations

import re
from functools import cached_property

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
        one = f"{self.one_of(0xC2, 0xF4)}(?:{rest})"
        return re.compile(f"{one}(?:{one})*")

    @cached_property
    def _byte_of(self) -> dict[int, int]:
        return {ord(character): byte for byte, character in enumerate(self._table) if byte > 0x7F}

    def repaired(self, text: str) -> str:
        """A text with all that looks like UTF-8 read by this codec as what it stands for."""
        return self.sequences.sub(lambda match: self.decode(match[0]), text)

    def decode(self, damaged: str) -> str:
        """The text that a run matched by `sequences` stands for."""
        data = damaged.translate(self._byte_of).encode("latin-1")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pairs = data.decode("utf-8", "surrogatepass")
            return pairs.encode("utf-16-le", "surrogatepass").decode("utf-16-le")

    def _range(self, first: int, last: int) -> str:
        return re.escape(self._table[first : last + 1])


CODECS = tuple(Codec(name) for name in NAMES)
