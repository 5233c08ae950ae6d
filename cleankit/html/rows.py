"""Rows of layout tables: a label and its value, a bullet and its item, stand on one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from selectolax.lexbor import LexborNode

from cleankit.html import tables

if TYPE_CHECKING:
    from cleankit.html.walk import Walk

Closer: TypeAlias = Callable[[], None]

SHORT = 24
"""A cell of a layout table with no more text than this stands on one line with the next cell."""

LABEL = 80
"""So does one with no more than this, if it ends with a colon or the next cell is a figure."""

VALUE = 80
"""Of what stands in blocks of its own, no more than this is taken for what a label labels."""

MANY = 40
"""A cell of more nodes than this holds more than a value."""

NO_ROW = 1_000_000_000
"""Stands for where a row began, where none is open that has only cells of text so far."""

_TARGET = re.compile(r"\]\([^()\s]{0,9999}\)")
_BULLETS = frozenset("•·‣▪▫◦●○■□►▶▸→➤–—*-")
_NUMBER = re.compile(r"(\d{1,3})[.)]")


def row(walk: Walk) -> Closer:
    """A row; one of a data table begins its next row of cells."""
    if walk.grid is not None:
        if walk.grid:
            tables.leave_room(walk.grid[-1], walk.reaching)
        walk.grid.append([])
        return dealt_row
    if walk.writer.parts:
        walk.writer.held = -1
        walk.writer.boundary()
    walk.row = len(walk.writer.blocks)
    walk.joined = False
    marked, walk.marked = walk.marked, None
    return partial(end_row, walk, marked)


def dealt_row() -> None:
    """A row of data ends with its last cell."""


def end_row(walk: Walk, outer: tuple[str, str | None] | None) -> None:
    """End a row of a layout table, and the list item that its first cell may have begun."""
    writer = walk.writer
    if writer.parts:
        writer.held = -1
        writer.boundary()
    if walk.joined:
        walk.joined = False
        line = writer.line_since(walk.row)
        if line and "![" not in line and len(_TARGET.sub("", line)) <= VALUE:
            if walk.lines == walk.row and writer.blocks[walk.row] == "\n\n":
                # Rows of labels and values are lines of one paragraph.
                writer.blocks[walk.row] = "\n"
            walk.lines = len(writer.blocks)
    walk.row = NO_ROW
    if walk.marked is not None:
        writer.end_block()
        writer.end_container(walk.marked)
    walk.marked = outer


def next_cell(walk: Walk, node: LexborNode) -> None:
    """Begin a cell of a layout table that is not the first of its row.

    A cell that holds one short line stands on one line with the next, and the blocks that lines are
    often wrapped in (`<td><p>Total</p></td><td><p>12 €</p></td>`) change nothing of that.
    """
    writer = walk.writer
    value = _value(node)
    if not value:
        return
    if not writer.size:
        longest = LABEL if tables.is_figure(value) else SHORT
        label = writer.reopen(walk.row, longest, LABEL)
        if not label:
            return
        if walk.marked is None and (bullet := marker(label)):
            writer.drop()
            walk.marked = writer.begin_item(bullet)
            return
        writer.space = True
    elif writer.shows_image:
        return
    writer.held = writer.size
    walk.joined = True


def _value(cell: LexborNode) -> str:
    """The text of a cell that holds little; empty if it holds more, or nothing, or a table."""
    pieces: list[str] = []
    size = 0
    for count, each in enumerate(cell.traverse(include_text=True)):
        if count > MANY or each.tag == "table":
            return ""
        if each.tag == "-text" and (data := each.text_content):
            size += len(data.strip())
            if size > VALUE:
                return ""
            pieces.append(data)
    return " ".join(" ".join(pieces).split())


def end_cell(walk: Walk) -> None:
    """End a cell of a layout table.

    What is short (a label, an icon, a number) stands on one line with the next cell; what has
    several lines does not. A bullet or a number alone makes the next cell a list item: many
    newsletters draw their lists like that.
    """
    writer = walk.writer
    if writer.size - writer.cell > SHORT or 0 <= writer.broken >= writer.cell:
        writer.boundary()
        return
    alone = writer.cell == 0 and 0 < writer.size <= 4 and walk.marked is None
    if alone and (bullet := marker(writer.words())):
        writer.drop()
        walk.marked = writer.begin_item(bullet)
    writer.space = True


def marker(words: str) -> str:
    """The Markdown of a bullet or number that stands alone; empty if it is none."""
    if words in _BULLETS:
        return "- "
    number = _NUMBER.fullmatch(words)
    return f"{int(number[1])}. " if number else ""
