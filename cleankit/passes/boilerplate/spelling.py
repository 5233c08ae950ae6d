"""How words are spelled where a mailer had nothing but ASCII: `loeschen`, `desabonner`."""

from __future__ import annotations

import re
from unicodedata import normalize

SHORTEST = 5
"""Characters of a word that is looked for in ASCII as well: shorter ones may be other words."""

_DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
_CLASS_OR_LETTER = re.compile(r"\[(?:[^\]\\]|\\.)*\]|[\u00df-\u017f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def in_ascii(word: str) -> tuple[str, ...]:
    """The other spellings of a word in ASCII, if it has letters of Latin script beyond it."""
    if word.isascii() or len(word) < SHORTEST:
        return ()
    spelled = {
        "".join(_DIGRAPHS.get(letter, letter) for letter in word),
        word,
    }
    return tuple(sorted(each for each in map(_bare, spelled) if each.isascii()))


def either_way(pattern: str) -> str:
    """A regular expression that matches what it did, and the same in ASCII."""
    if pattern.isascii():
        return pattern
    return _CLASS_OR_LETTER.sub(lambda found: _alternatives(found[0]), pattern)


def _alternatives(found: str) -> str:
    if len(found) > 1:
        return found
    others = {_DIGRAPHS.get(found, found), _bare(found)}
    return f"(?:{'|'.join((found, *sorted(filter(str.isascii, others))))})"


def _bare(text: str) -> str:
    """A text without accents."""
    return _BEYOND_ASCII.sub(lambda found: normalize("NFD", found[0])[0], text)
