"""Characters that are lost for good: the place is told in the ledger, and nothing is guessed.

One can still be told: windows-1252 has no character for the last byte of a closing quotation mark,
and many programs drop it. What is left of the mark closes a quotation that was opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.edits import Change

_REPLACEMENT = re.compile("\ufffd+")
_QUESTIONED = re.compile(
    r"â(?:\?\?|€[?\x1a\ufffd])"  # most of the punctuation of U+2000 to U+203F
    r"|(?<=[^\W\d_])[ÃÂ][?\x1a](?=[^\W\d_])"  # a letter inside a word
    r"|ï¿½"  # U+FFFD itself, damaged
)

_CLOSING = re.compile(r"“[^“”„«»\n]{1,2000}?[^\s“](?P<mark>â€)(?=[\s.,;:!?)]|\Z)")


def closings(text: str) -> Iterator[Change]:
    """What is left of a closing quotation mark, where one is open, becomes one."""
    if "“" in text and "â" in text and "â€" in text:
        for match in _CLOSING.finditer(text):
            yield Change(*match.span("mark"), "”", "lost-closing-quote")


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
