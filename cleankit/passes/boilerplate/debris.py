"""What converters and templates leave behind: comments, style sheets, tags, padding, stubs."""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.edits import Change

LONGEST = 4_000
"""Characters of a unit that may be debris: padding is long, text is longer."""

# What no prose begins with: a look at the first characters spares the patterns.
_SUSPECT = re.compile(
    r"https?://\S+\s+[<(]?https?:|\(\s?https?:"
    r"|[^\w\s\"“'‘(#]|[#]\w|\(\)|96\Z|[a-z][\w.# :,*>-]{0,200}\{|[a-z-]{3,40}:[^;]{1,120};\Z"
    r"|[\u115f\u1160\u3164\uffa0]"
)
# A link and its full stop, with nothing but the word None for a summary: Python's null.
_STUB = re.compile(r"\]\([^()\s]{1,2000}\)\.( None)[ \t]*$", re.MULTILINE)
_COMMENT_END = re.compile(r"-->(?=(?P<glued>[^\s>])|[ \t]*$)", re.MULTILINE)
EMPTY_CELL = 8
"""So many blanks before the end of a comment are an empty cell, as a converter draws it."""


def rule_of(text: str, *, in_head: bool) -> str:
    """The rule by which a unit is debris as a whole; empty if it is none."""
    if len(text) > LONGEST or not _SUSPECT.match(text):
        return ""
    found = _pattern(in_head).fullmatch(text)
    return found.lastgroup.replace("_", "-") if found and found.lastgroup else ""


def has_comment_end(text: str) -> bool:
    """True if the end of an HTML comment is somewhere in a text; one character is looked for ten
    times as fast as three."""
    return ">" in text and "-->" in text


def stubs(text: str) -> list[Change]:
    """The cuts for debris within lines."""
    changes = [
        Change(*found.span(), "", "comment-end", "debris")
        for found in (_COMMENT_END.finditer(text) if has_comment_end(text) else ())
        if _is_stray(text, found)
    ]
    if "). None" in text:
        found = list(_STUB.finditer(text))
        if len(found) > 1:
            changes += [Change(*each.span(1), "", "none-stub", "debris") for each in found]
    return changes


def _is_stray(text: str, found: re.Match[str]) -> bool:
    """True if the end of a comment stands far out in its line, or glued to text at its start."""
    before = text[max(found.start() - EMPTY_CELL, 0) : found.start()]
    blanks = len(before) - len(before.rstrip(" \t"))
    if blanks == EMPTY_CELL:
        return True
    at_start = blanks == len(before) or before[-blanks - 1] == "\n"
    return at_start and found["glued"] is not None


@cache
def _pattern(in_head: bool) -> re.Pattern[str]:
    """The patterns of all rules that hold at a place, as one, in groups named for their rules."""
    return re.compile(
        "|".join(
            f"(?P<{rule.id.replace('-', '_')}>{'|'.join(rule.fields['patterns'])})"
            for rule in rules.load("boilerplate", "debris")
            if in_head or rule.fields["where"] == "anywhere"
        ),
        re.IGNORECASE,
    )
