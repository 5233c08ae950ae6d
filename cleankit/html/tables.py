"""Tables: which hold data, and how data is written.

In mail nearly every table is layout. A table is taken for data only on evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import compress, islice

from selectolax.lexbor import LexborNode

_FIGURE = re.compile(r"\W{0,3}[A-Z]{0,3}\s?\d[\d\s.,:/-]{0,20}\W{0,2}[A-Za-z]{0,3}\W?")
_ORDINAL = re.compile(r"\d{1,3}[.)]")

MAX_COLUMNS = 50
"""A data table that people read has no more columns than this."""

LONG = 300
"""Cells that hold more characters than this are columns of a page, not data."""

SHORT = 60
"""Without header cells, cells of data hold no more characters than this."""

LONG_BELOW_HEADERS = 1_500
"""As `LONG`, for tables that a row of header cells heads."""

_NESTED_NAMES = "pre blockquote form table"
_FLOW_NAMES = "h1 h2 h3 h4 h5 h6 ul ol li hr figure"
_NESTED = frozenset(_NESTED_NAMES.split())
"""What no table of data holds."""

_FLOW = frozenset(_FLOW_NAMES.split()) | _NESTED
"""What a table of data holds only if a row of header cells heads it."""


def is_data(table: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """True if a table holds data: at least two rows of two cells, a regular grid of short cells.

    And it says so: by header cells, or without them by a caption, a `<thead>` or a role, or by two
    of these: a visible border, a first row in bold, a column of figures. `role="presentation"`
    says that it does not. The first row alone tells nearly every layout table: it has one cell.
    """
    role = attributes.get("role")
    if role in ("presentation", "none"):
        return False
    first = _first_row(table)
    if first is None or not _several_cells(first) or _is_last(first):
        return False
    may_be_headed = all(cell.tag == "th" for cell in _cells(first))
    if _holds(table, _NESTED if may_be_headed else _FLOW):
        return False
    all_rows = [_cells(row) for row in table.css("tr")]
    headed = may_be_headed and _is_headed(all_rows)
    if may_be_headed and not headed and _holds(table, _FLOW):
        return False
    widths = _widths(all_rows)
    least = 1 if headed else 2
    filled = [sum(1 for cell in row if _words(cell)) >= least for row in all_rows]
    rows = list(compress(all_rows, filled))
    if len(rows) < 2 or not _regular(list(compress(widths, filled))):
        return False
    longest = max(len(_words(cell)) for row in rows for cell in row)
    if longest > (LONG_BELOW_HEADERS if headed else LONG):
        return False
    if any(cell.tag == "th" for row in all_rows for cell in row):
        return True
    if longest > SHORT or table.css_first("img") is not None:
        return False
    if role in ("table", "grid") or table.css_first("thead, caption") is not None:
        return True
    if rows[0] != all_rows[0]:
        return False
    bordered = (attributes.get("border") or "0").strip().removesuffix("px") not in ("", "0")
    titled = len(rows) >= 3 and _all_bold(rows[0])
    figures = any(map(_all_figures, zip(*rows[1:], strict=False)))
    return (bordered and (titled or figures)) or (titled and figures)


def _holds(table: LexborNode, names: frozenset[str]) -> bool:
    return any(each.tag in names for each in islice(table.traverse(), 1, None))


def _is_headed(rows: list[list[LexborNode]]) -> bool:
    """True if below a row of two header cells or more there are two rows or more of others.

    Header cells in all rows are columns of a page, in the templates of Foundation for Emails.
    """
    below = [row for row in rows[1:] if any(map(_words, row))]
    return (
        len(below) > 1
        and len(rows[0]) > 1
        and all(any(cell.tag == "td" for cell in row) for row in below)
    )


def is_figure(words: str) -> bool:
    """True for a number, an amount, a percentage or a date in figures, and nothing else."""
    return len(words) <= 32 and _FIGURE.fullmatch(words) is not None


def leave_room(line: list[str], reaching: dict[int, int]) -> None:
    """Add empty cells to a row where cells of rows above reach into it (`rowspan`).

    Args:
        line: the row so far.
        reaching: how many more rows the cells above reach into, by their column; counted down.
    """
    while left := reaching.get(len(line)):
        reaching[len(line)] = left - 1
        line.append("")


def markdown(grid: list[list[str]]) -> str:
    """A pipe table of some rows; empty if none has anything in it.

    The first row is the header, which Markdown asks for.
    """
    rows = [row[:MAX_COLUMNS] for row in grid if any(row)]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [_line(row + [""] * (width - len(row))) for row in rows]
    lines.insert(1, _line(["---"] * width))
    return "\n".join(lines)


def _line(row: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _first_row(table: LexborNode) -> LexborNode | None:
    """The first row, without looking further than it takes."""
    part = table.first_child
    while part is not None:
        if part.tag == "tr":
            return part
        if part.tag in ("thead", "tbody", "tfoot"):
            inner = part.first_child
            while inner is not None:
                if inner.tag == "tr":
                    return inner
                inner = inner.next
        part = part.next
    return None


def _is_last(row: LexborNode) -> bool:
    """True if no row follows this one, the first of its table."""
    part = row.parent
    for each in (row.next, part.next if part is not None and part.tag != "table" else None):
        while each is not None:
            if each.first_child is not None and each.tag not in ("colgroup", "caption"):
                return False
            each = each.next
    return True


def _several_cells(row: LexborNode) -> bool:
    """True if a row has two cells or more, or one that spans several columns."""
    found = 0
    each = row.first_child
    while each is not None:
        if each.tag in ("td", "th"):
            found += 1
            if found > 1 or (each.attributes.get("colspan") or "1") != "1":
                return True
        each = each.next
    return False


def _cells(row: LexborNode) -> list[LexborNode]:
    return [each for each in row.iter() if each.tag in ("td", "th")]


def _words(cell: LexborNode) -> str:
    return " ".join(cell.text(separator=" ").split())


def _widths(rows: list[list[LexborNode]]) -> list[int]:
    """How many columns each row has, those that cells above reach into included."""
    widths: list[int] = []
    reaching: list[tuple[int, int]] = []
    for row in rows:
        width = sum(columns for _, columns in reaching)
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        for each in row:
            columns, down = _span(each, "colspan"), _span(each, "rowspan")
            width += columns
            if down > 1 and len(reaching) < MAX_COLUMNS:
                reaching.append((down - 1, columns))
        widths.append(width)
    return widths


def _regular(widths: list[int]) -> bool:
    """True if nearly all rows have the same number of columns, and not too many."""
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return usual <= MAX_COLUMNS and widths.count(usual) >= 0.75 * len(widths)


def _span(cell: LexborNode, name: str) -> int:
    given = (cell.attributes.get(name) or "1").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1


def _all_figures(column: Sequence[LexborNode]) -> bool:
    """True if the cells of a column hold figures, and not the numbers of a list."""
    words = [word for word in map(_words, column) if word]
    return bool(words) and all(
        _FIGURE.fullmatch(word) and not _ORDINAL.fullmatch(word) for word in words
    )


def _all_bold(row: list[LexborNode]) -> bool:
    cells = [cell for cell in row if _words(cell)]
    return bool(cells) and all(
        cell.css_first("b, strong") is not None or "bold" in (cell.attributes.get("style") or "")
        for cell in cells
    )
