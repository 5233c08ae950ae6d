"""Sections: titles of any shape, their levels, and headings made of them.

`lines` says what each line is, `looks` how a short one looks, `titles` which are titles, `levels`
how deep they stand, and `headings` makes Markdown headings of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from cleankit.document import Document, Title
from cleankit.edits import Change
from cleankit.passes.sections.headings import heading_changes
from cleankit.passes.sections.levels import levels
from cleankit.passes.sections.lines import read_lines
from cleankit.passes.sections.titles import find_titles


def sections(doc: Document, *, headings: bool = True) -> Document:
    """Find the sections of a document.

    Args:
        headings: turn titles into Markdown headings of their level, by edits; False leaves the
            text as it is.
    """
    page, found = find_titles(read_lines(doc.text))
    depths = levels(found)
    starts = [page.lines[title.line].start for title in found]
    if headings:
        changes = heading_changes(doc.text, page.lines, found, depths)
        starts = _moved(starts, changes)
        doc = doc.edit(changes, pass_name="sections")
    return doc.divide(
        Title(start, title.look.title, level)
        for start, title, level in zip(starts, found, depths, strict=True)
    )


def _moved(starts: Sequence[int], changes: Sequence[Change]) -> list[int]:
    """Where the titles begin once the changes are made: at their headings."""
    grown = [0, *accumulate(len(c.replacement) - (c.end - c.start) for c in changes)]
    moved = []
    done = 0
    for start in starts:
        while done < len(changes) and changes[done].end <= start and changes[done].start < start:
            done += 1
        moved.append(start + grown[done])
    return moved
