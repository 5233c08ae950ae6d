"""The rules drawn above and below titles."""

from __future__ import annotations

from collections.abc import Sequence

from cleankit.passes.sections.lines import Kind, Line


def drawn_rules(lines: Sequence[Line]) -> dict[int, tuple[int, ...]]:
    """The rules that box or underline a line, by its index; a rule belongs to one line."""
    drawn: dict[int, tuple[int, ...]] = {}
    used = -1
    for below, line in enumerate(lines):
        index = below - 1
        if line.kind is not Kind.RULE or line.gap or index < 0:
            continue
        if lines[index].kind not in (Kind.SHORT, Kind.HEADING):
            continue
        above = index - 1
        has_above = above >= 0 and lines[above].kind is Kind.RULE
        if has_above and above != used and not lines[index].gap:
            drawn[index] = (above, below)
        elif lines[index].gap or above < 0:
            if len(line.text) < min(len(lines[index].text) // 2, 4):
                continue
            drawn[index] = (below,)
        else:
            continue
        used = below
    return drawn
