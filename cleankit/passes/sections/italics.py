"""Titles in italics."""

from __future__ import annotations

from cleankit.passes.sections.lines import SHORTS, Kind
from cleankit.passes.sections.setting import Setting

_LONGEST = 60
"""No title in italics is longer, and no paragraph below one is as short."""
_QUOTES = "\"“„«»‘‚'「『‹›—–-"
"""What a line begins with that somebody said."""


def titles_in_italics(setting: Setting) -> set[int]:
    """Lines in italics that stand apart between paragraphs, two at least: where they are more
    than the other lines in italics, they are titles."""
    slanted = [
        index
        for index, line in enumerate(setting.lines)
        if line.kind in SHORTS
        and line.text.lstrip("# ")[:1] in "*_"
        and _is_slanted(setting, index)
    ]
    found = {index for index in slanted if _stands_between(setting, index)}
    return found if len(found) > 1 and len(found) * 2 > len(slanted) else set()


def _is_slanted(setting: Setting, index: int) -> bool:
    seen = setting.look(index)
    return seen.italic and not seen.bold


def _stands_between(setting: Setting, index: int) -> bool:
    """Whether a line of a few words stands apart between other text and a paragraph."""
    seen = setting.look(index)
    if not 0 < index < len(setting.lines) - 1 or not setting.lines[index].gap:
        return False
    above, below = setting.lines[index - 1], setting.lines[index + 1]
    return (
        len(seen.title) <= _LONGEST
        and seen.stop in ("", "?", "？")
        and seen.title[0] not in _QUOTES
        and above.kind is not Kind.LINK
        and not (below.gap and (above.kind is Kind.HEADING or setting.is_marked(index - 1)))
        and below.kind in (Kind.PROSE, Kind.SHORT)
        and len(below.text) > _LONGEST
    )
