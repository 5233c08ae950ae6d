"""Spaces other than U+0020.

They become plain spaces, except where a script uses them properly: the ideographic space beside
East Asian text, the ogham space beside ogham letters, the narrow no-break space in Mongolian
words. French spacing stays as it was typed: a no-break or thin space before `;`, `:`, `!`, `?` and
`»`, and after `«`; so does such a space between groups of three digits (ISO 80000-1).
At the beginning of a line odd spaces go: four plain ones would turn the line into code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.edits import Change
from cleankit.passes.characters import classes
from cleankit.passes.characters.classes import one_of

# A class before its repetition: `re` runs fast to what begins with one character.
CONCERN = re.compile(f"[{classes.ODD_SPACES}][{classes.ODD_SPACES}]*")
_NARROW = "\u00a0\u202f\u2009"
_EAST_ASIAN = one_of(
    "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
)
_DIGITS = re.compile(r"[0-9]{3}(?![0-9])")


def changes(text: str) -> Iterator[Change]:
    """What becomes of each run of odd spaces."""
    for match in CONCERN.finditer(text):
        start, end = match.span()
        run = match[0]
        before, after = text[start - 1 : start], text[end : end + 1]
        if _is_proper(run, before, after, text, end):
            continue
        at_edge = before in ("", "\n", "\r") or after in ("", "\n", "\r")
        yield Change(start, end, "" if at_edge else " ", "space")


def _is_proper(run: str, before: str, after: str, text: str, end: int) -> bool:
    if run in _NARROW:
        if after in (";", ":", "!", "?", "»", "›") or before in ("«", "‹"):
            return bool(before.strip() and after.strip())
        if before.isdigit() and _DIGITS.match(text, end):
            return True
        return run == "\u202f" and "\u1800" <= before <= "\u18af"
    if run == "\u1680":
        return "\u1680" < before <= "\u169c" or "\u1680" < after <= "\u169c"
    if set(run) == {"\u3000"}:
        return bool(_EAST_ASIAN.match(before) or _EAST_ASIAN.match(after))
    return False
