"""Characters that are lost for good: the place is told in the ledger, and nothing is guessed.

Some can still be told. Windows-1252 has no character for the last byte of a closing quotation mark,
and many programs drop it: what is left of the mark closes a quotation that was opened. Nor has it
one for bytes of a red heart and of the selector that makes an emoji of a sign. And where quotation
marks were made plain, so was the last one of `â€”`: between blanks, or between words, it is a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.edits import Change
from cleankit.passes.mojibake.mentions import is_mention

_REPLACEMENT = re.compile("\ufffd+")
_QUESTIONED = re.compile(
    r"â(?:\?\?|€[?\x1a\ufffd])"  # most of the punctuation of U+2000 to U+203F
    r"|(?<=[^\W\d_])[ÃÂ][?\x1a](?=[^\W\d_])"  # a letter inside a word
    r"|ï¿½"  # U+FFFD itself, damaged
)

_CLOSING = re.compile(r"“[^“”„«»\n]{1,2000}?[^\s“](?P<mark>â€Â?)(?=[\s.,;:!?)]|\Z)")
_DASH = re.compile(r"â€\"(?:(?<= â€\")(?= )|(?<=[^\W_]â€\")(?=[^\W_]))")
_HEART = re.compile("â¤(?=ï¸|\ufe0f)")
_SELECTOR = re.compile("ï¸(?<=[0-9#*\u2190-\u2bff\U0001f000-\U0001faff¤]ï¸)\x8f?")


def repairs(text: str, words: str) -> Iterator[Change]:
    """What is left of some characters, where it can be no other."""
    if "â€" in words:
        if "“" in words:
            for match in _CLOSING.finditer(text):
                yield Change(*match.span("mark"), "”", "lost-closing-quote")
        for match in _DASH.finditer(text):
            if not is_mention(text, *match.span(), "—"):
                yield Change(*match.span(), "—", "lost-dash")
    if "ï¸" in words or "â¤" in words:
        for match in _HEART.finditer(text):
            yield Change(*match.span(), "❤", "lost-byte")
        for match in _SELECTOR.finditer(text):
            yield Change(*match.span(), "\ufe0f", "lost-byte")


def notes(text: str) -> Iterator[Change]:
    """Notes, one for each run of U+FFFD and for each sequence of which bytes became `?`."""
    if "\ufffd" in text:
        for match in _REPLACEMENT.finditer(text):
            yield _note(match, "the characters that stood here were lost before this text was read")
    if "â" in text or "Ã" in text or "Â" in text:
        for match in _QUESTIONED.finditer(text):
            if "\ufffd" not in match[0]:
                yield _note(match, "a misread character of which some bytes were lost")


def _note(match: re.Match[str], note: str) -> Change:
    return Change(*match.span(), match[0], "lost-character", note=note)
