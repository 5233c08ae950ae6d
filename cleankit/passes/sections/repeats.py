"""Lines that come again in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.passes.sections.lines import SHORTS, Kind, Line
from cleankit.passes.sections.looks import frame

_BLANKS = re.compile(r"[ \t]+")
_MARKS = re.compile(r"^#{1,6}[ \t]+|\*\*+|__+")


class Repeats:
    """The short lines and headings of a text, by what they say."""

    def __init__(self, lines: Sequence[Line]) -> None:
        places: dict[str, list[int]] = {}
        for index, line in enumerate(lines):
            if line.kind in SHORTS:
                places.setdefault(unmarked(line), []).append(index)
        self._places = {index: those for those in places.values() for index in those}

    def is_announced(self, index: int) -> bool:
        """Whether a line stands once more further up, as in a table of contents."""
        places = self._places[index]
        return len(places) == 2 and places[1] == index

    def is_repeated(self, index: int) -> bool:
        """Whether a line comes again and again, or once more further down: the first of two is
        an entry of the contents, and the second may be the title itself."""
        places = self._places[index]
        return len(places) > 2 or (len(places) == 2 and places[0] == index)


def unmarked(line: Line) -> str:
    """What a line says, without the marks of a heading, of bold type and around it."""
    text = line.text
    if inside := frame(text):
        text = text[slice(*inside)]
    if "**" in text or "__" in text or line.kind is Kind.HEADING:
        return _BLANKS.sub(" ", _MARKS.sub(" ", text)).strip(" ")
    return _BLANKS.sub(" ", text) if "  " in text or "\t" in text else text
