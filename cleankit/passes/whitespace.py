"""Line ends, trailing blanks, runs of blank lines and of blanks.

What changes:

- every line end (CRLF, CR, VT, FF, NEL, U+2028) becomes LF, and U+2029 a blank line;
- blanks at the end of a line go. So does a Markdown hard break of two spaces: in scraped mail it
  is nearly always the converter's, it cannot be seen, and the line break itself stays;
- several blank lines become one; blank lines at the document's edges go;
- a run of blanks between words becomes one space, unless it aligns columns, follows a list
  marker, or stands in a table or an indented line.

Fenced code keeps all but its CRLF and CR. Lone indentation is never touched.

Sources: the line ends are those of Unicode's UAX #14 (classes BK, CR, LF, NL), the blanks are
the general category Zs and the tab.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from cleankit.code_blocks import code_blocks
from cleankit.document import Document
from cleankit.edits import Change

_ODD_BLANK = r"\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANK = rf" {_ODD_BLANK}"
_ODD_END = r"\r\v\f\x85\u2028\u2029"
_SUSPECTS = (
    re.compile(rf" [{_BLANK}\n{_ODD_END}]+"),
    re.compile(rf"\n\n\n[{_BLANK}\n{_ODD_END}]*"),
)
"""Where white space may be out of order, to the end of its run. Patterns that each begin with one
character, as `re` runs fast to the first of these."""
_SUSPECT_ODD = re.compile(rf"[{_ODD_BLANK}{_ODD_END}][{_BLANK}\n{_ODD_END}]*")
_RUN = re.compile(rf"[{_BLANK}\n{_ODD_END}]*")
_WHITE = " \t\u00a0\u1680\u202f\u205f\u3000\n\r\v\f\x85\u2028\u2029" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_ODD = frozenset(_WHITE) - {" ", "\n"}
_LINE_END = re.compile(rf"[\n{_ODD_END}](?:(?<=\r)\n)?")
_ODD_ENDS = re.compile(rf"[{_ODD_END}]")
_PLAIN_BLANKS = re.compile(r"[ \t]{2,}")
_CODE_LINE_END = re.compile(r"\r\n?")
_NUMBER = re.compile(r"[^\w\s]{0,3}\d[\d.,']*(?:[ ]?(?:[^\w\s]|[A-Z]{3}))?(?=\s{2}|\s*\Z)")
_MARKER = re.compile(r"[ ]{0,3}(?:[-*+•·‣◦▪>#]{1,6}|\d{1,9}[.)])")


def whitespace(doc: Document) -> Document:
    """Put the white space of a document in order; see the module for what that means."""
    return doc.edit(_changes(doc.text), pass_name="whitespace")


def _changes(text: str) -> Iterator[Change]:
    blocks = code_blocks(text)
    starts = [start for start, _ in blocks]
    lines = _Lines(text)
    yield from _leading(text)
    position = len(text) - len(text.lstrip(_WHITE))
    stop = len(text.rstrip(_WHITE))
    for start, end in _suspects(text, position, stop):
        if end <= position:
            continue
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < blocks[index][1]:
            position, code = blocks[index][1], max(position, start)
            yield from _code_line_ends(text, code, position)
            if end <= position:
                continue
        start = max(position, start)
        while start > position and text[start - 1] in _WHITE:
            start -= 1
        position = end
        before = text[start:position]
        if _ODD_ENDS.search(before):
            yield from _minimal(start, before, _ordered(_with_plain_ends(before)), "line-ends")
        elif "\n" in before:
            rule = "blank-lines" if before.count("\n") > 2 else "trailing-blanks"
            yield from _minimal(start, before, _ordered(before), rule)
        elif _PLAIN_BLANKS.fullmatch(before) and not lines.protect(start):
            yield Change(start, position, " ", "inner-blanks")
    yield from _trailing(text, stop)


def _suspects(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Where white space may be out of order: from there to the end of its run."""
    patterns = (*_SUSPECTS, _SUSPECT_ODD) if any(mark in text for mark in _ODD) else _SUSPECTS
    return sorted(
        found.span() for pattern in patterns for found in pattern.finditer(text, start, stop)
    )


def _leading(text: str) -> Iterator[Change]:
    """Blank lines before the text; the first line keeps its indentation."""
    run = _RUN.match(text)
    assert run is not None
    ends = list(_LINE_END.finditer(run.group()))
    if ends and run.end() < len(text):
        yield Change(0, ends[-1].end(), "", "document-edges")


def _trailing(text: str, stop: int) -> Iterator[Change]:
    """White space after the text, but for one line end if there is any."""
    before = text[stop:]
    if before:
        yield from _minimal(
            stop, before, "\n" if stop and _LINE_END.search(before) else "", "document-edges"
        )


def _with_plain_ends(run: str) -> str:
    """A run with LF for every line end, and two for the end of a paragraph."""
    return _LINE_END.sub("\n", run.replace("\u2029", "\n\n"))


def _ordered(run: str) -> str:
    """A run with line ends as it should be: one or two LF, then the next line's indentation."""
    return "\n" * min(run.count("\n"), 2) + run[run.rfind("\n") + 1 :]


def _minimal(start: int, before: str, after: str, rule: str) -> Iterator[Change]:
    """The change without what both sides share at the end; none if nothing is left."""
    shared = 0
    limit = min(len(before), len(after))
    while shared < limit and before[-1 - shared] == after[-1 - shared]:
        shared += 1
    if shared < max(len(before), len(after)):
        yield Change(start, start + len(before) - shared, after[: len(after) - shared], rule)


def _code_line_ends(text: str, start: int, end: int) -> Iterator[Change]:
    for match in _CODE_LINE_END.finditer(text, start, end):
        yield Change(match.start(), match.end(), "\n", "line-ends")


class _Lines:
    """The line that a run of blanks stands in, and its neighbours.

    Runs are asked about in order, so that each line is looked at once. A line whose columns are
    aligned with a neighbour's keeps all its runs: were one of them changed, the others would no
    longer align, and a second cleaning would change them too.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.number = -1
        self.kept = False

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins, and where one more would begin.

        Lines are those of `str.splitlines`, which knows a few more line ends (FS, GS, RS): here
        they matter only to which lines are neighbours.
        """
        return [0, *accumulate(map(len, f"{self.text}\n".splitlines(keepends=True)))]

    def protect(self, start: int) -> bool:
        """Whether the run that begins at `start` must stay as it is."""
        number = bisect_right(self.starts, start) - 1
        if number != self.number:
            self.number = number
            self.kept = self._is_kept(number)
        return self.kept or _MARKER.fullmatch(self.text, self.starts[number], start) is not None

    def _is_kept(self, number: int) -> bool:
        start, end = self.starts[number : number + 2]
        line = self.text[start : end - 1]
        if line.startswith(("    ", "\t")) or "|" in line:
            return True
        columns = _columns(line)
        return self._aligned(number - 1, columns) or self._aligned(number + 1, columns)

    def _aligned(self, number: int, columns: set[int]) -> bool:
        """Whether a line has a word after a run of blanks at one of these columns."""
        if not 0 <= number < len(self.starts) - 1:
            return False
        start, end = self.starts[number : number + 2]
        line = self.text[start : end - 1]
        if "  " not in line and "\t" not in line:
            return False
        return not columns.isdisjoint(_columns(line))


def _columns(line: str) -> set[int]:
    """Where a word begins after a run of blanks that does not just follow a marker; for a number
    that stands there, below zero, also where it ends, as numbers are aligned at their right."""
    columns = set()
    for run in _PLAIN_BLANKS.finditer(line.rstrip()):
        if run.start() and not _MARKER.fullmatch(line, 0, run.start()):
            columns.add(run.end())
            number = _NUMBER.match(line, run.end())
            if number is not None:
                columns.add(-number.end())
    return columns
