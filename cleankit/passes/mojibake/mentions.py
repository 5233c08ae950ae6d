"""Text about mojibake: an example of damage is not damage.

"The sequence â€™ means ’" is what its author wrote. Examples stand by themselves, beside words of
the subject (`cleankit/rules/mojibake/mentions.toml`), or beside what they should have been.
"""

from __future__ import annotations

import re
from functools import cache

from cleankit.passes.mojibake.alphabet import SCRIPTS, kind
from cleankit.rules import load

_WINDOW = 120
"""So many characters on each side are looked at, within the line."""

_BEFORE = frozenset(" \t\n\r\"'`“‘«([{<|/=:→>")
_AFTER = frozenset(" \t\n\r\"'`”’»)]}>|/,;:=→<.?!")
_QUOTES = frozenset("\"'`“‘«")
_CLOSING_QUOTES = frozenset("\"'`”’»")
_ALONE = frozenset(" \t\"'`|")
_LONE_QUOTES = frozenset("’‘“”„‚")
_WORD_BEFORE = re.compile(r"\w{0,20}\Z")
_WORD_AFTER = re.compile(r"\w{0,20}")


def is_mention(text: str, start: int, end: int, repaired: str) -> bool:
    """True if `text[start:end]` is an example of damage, and `repaired` what it would become."""
    left = max(text.rfind("\n", max(start - _WINDOW, 0), start) + 1, start - _WINDOW, 0)
    right = text.find("\n", end, end + _WINDOW)
    right = right if right >= 0 else end + _WINDOW
    before, after = text[left:start], text[end:right]
    beside = f"{before} {after}"
    if speaks_of_encodings(beside):
        return True
    if _stands_alone(before, after):
        return _is_example(before, repaired, after)
    word = _word(before, repaired, after)
    return len(word) > 2 and repaired in word and word in beside


def speaks_of_encodings(text: str) -> bool:
    """True if the text has a word that only texts about broken characters have."""
    small = text.lower()
    return any(word in small for word in _field("names", "words"))


def speaks_of_escapes(text: str) -> bool:
    """True if the text has a word that texts about escapes have."""
    return _speaks_of("escapes", text)


def _stands_alone(before: str, after: str) -> bool:
    return (not before or before[-1] in _BEFORE) and (not after or after[0] in _AFTER)


def _is_example(before: str, repaired: str, after: str) -> bool:
    """True if a sequence that stands alone is there to be looked at."""
    beside = f"{before} {after}"
    is_quote = repaired in _LONE_QUOTES
    is_letter = len(repaired) == 1 and kind(repaired) in SCRIPTS
    if is_quote and before[-1:] in _ALONE and after[:1] in _ALONE:
        return True
    if len(repaired) == 1 and before[-1:] in _QUOTES and after[:1] in _CLOSING_QUOTES:
        return True
    if is_letter and repaired in beside:
        return True
    if is_quote or is_letter:
        return _speaks_of("phrases", beside)
    # A dash, a bullet or an emoji stands alone in any prose: only the words beside it count.
    return _speaks_of("introductions", f"{before[-16:]}\n{after[:16]}")


def _word(before: str, repaired: str, after: str) -> str:
    """The word that a repair would make."""
    start, end = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    return f"{start[0] if start else ''}{repaired}{end[0] if end else ''}"


def _speaks_of(rule: str, beside: str) -> bool:
    return _pattern(rule).search(beside) is not None


@cache
def _pattern(rule: str) -> re.Pattern[str]:
    patterns = _field(rule, "patterns")
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(patterns)})(?![^\W\d_])", re.IGNORECASE)


@cache
def _field(rule: str, name: str) -> tuple[str, ...]:
    return tuple(
        next(each for each in load("mojibake", "mentions") if each.id == rule).fields[name]
    )
