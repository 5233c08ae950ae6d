"""Lines that give a fact below or before others: `Label: value`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleankit.passes.sections.lines import SHORTS, Kind, Line
from cleankit.passes.sections.looks import ends_sentence
from cleankit.passes.sections.words import says

_LABEL_WITHIN = 60
_LABEL = re.compile(r"[^\w]*(?P<label>\w[^:：\n]{0,30}?)\*{0,2}[:：]\*{0,2}[ \t]*\S")
_NUMBERED = re.compile(r"\d{1,3}[.)] ")
_COUNTED_LABEL = re.compile(r"[^\W\d_]{3,12} \d{1,2}[.:] \w")
"""A number after a word before a title, as of chapters."""
_COLON = re.compile(r"[:：]")
_VALUES = re.compile(
    r"[^,:]{2,30}:(?: [^\s,]{1,20}){1,3}(?:, [^\s,]{1,20}(?: [^\s,]{1,20}){0,3}){2,}+$"
)
_NUMBER_OF = re.compile(r"[:：] ?#?[A-Z]{0,5}[-–]?\d[\d/-]{3,}$")
"""The number of an order, of a case or the like, after its label."""


class Fields:
    """The lines of a text that have a label, and which of them are facts.

    Attributes:
        labels: what stands before the first colon of each line, None if nothing does.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.labels = [_label(line) for line in lines]
        self._repeated = _repeated_labels(lines, self.labels)

    def is_field(self, index: int) -> bool:
        """Whether a line is one of several `Label: value` lines of the same label or right below
        another that is no sentence, or gives a label several values or a number above a label."""
        label = self.labels[index]
        if label is None:
            return False
        line = self._lines[index]
        if _COUNTED_LABEL.match(line.text):
            return False
        if " | " in line.text and is_capital_before_bar(line.text):
            return False
        if label in self._repeated or _VALUES.match(line.text) is not None:
            return True
        if _NUMBER_OF.search(line.text):
            return True
        if self._opens_fields(index):
            return True
        if not line.gap and index and self._is_beside(index - 1, index):
            return not says("bylines", self._lines[index - 1].text)
        if self.labels[min(index + 1, len(self._lines) - 1)] in self._repeated:
            return False  # it heads one of several records alike
        return all(
            number + 1 < len(self._lines)
            and not self._lines[number + 1].gap
            and self._is_beside(number, number + 1)
            for number in (index, index + 1)
        )

    def _is_beside(self, above: int, below: int) -> bool:
        """Whether two lines are short, have labels and neither an address nor an end."""
        if self.labels[above] is None or self.labels[below] is None:
            return False
        first, second = self._lines[above].text, self._lines[below].text
        if ends_sentence(first) or "http" in first + second:
            return False
        return self._lines[above].kind in SHORTS and self._lines[below].kind in SHORTS

    def _opens_fields(self, index: int) -> bool:
        """Whether a line gives a number, a date or a price right above another label."""
        below = self._lines[index + 1 : index + 2]
        if not below or below[0].gap or self.labels[index + 1] is None:
            return False
        value = _COLON.split(self._lines[index].text, maxsplit=1)[-1]
        return not any(map(str.isalpha, value))


def is_capital_before_bar(title: str) -> bool:
    """Whether a title in capitals stands before its source or kind."""
    head, _, tail = title.partition(" | ")
    return head.isupper() and " " in head and not (tail.isupper() or " | " in tail)


def is_dated(title: str) -> bool:
    """Whether a label has a date alone, and no time of the day."""
    value = _COLON.split(title, maxsplit=1)[-1].strip()
    return ":" not in value and says("dates", value)


def _repeated_labels(lines: Sequence[Line], labels: Sequence[str | None]) -> set[str]:
    """Labels that come again, mostly below another short line or before whole sentences: those
    of facts and of speakers. A word before each of several titles is none."""
    total: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is None:
            continue
        total[label] += 1
        above = _right_above(lines, index)
        below = lines[index + 1] if index + 1 < len(lines) else None
        inside[label] += (
            line.kind is Kind.PROSE
            or (above is not None and above.kind in SHORTS and not ends_sentence(above.text))
            or (below is not None and not below.gap and labels[index + 1] is not None)
        )
    return {label for label, count in total.items() if count > 1 and inside[label] * 2 >= count}


def _right_above(lines: Sequence[Line], index: int) -> Line | None:
    """The line above without a gap, or the one that is underlined above."""
    if index == 0 or lines[index].gap:
        return None
    above = lines[index - 1]
    if above.kind is Kind.RULE and index > 1 and not above.gap:
        return lines[index - 2]
    return above


def _label(line: Line) -> str | None:
    head = line.text[:_LABEL_WITHIN]
    if ":" not in head and "：" not in head:
        return None
    label = _LABEL.match(head)
    # A number makes a title or an item of what it stands before, and no fact.
    return label["label"] if label and not _NUMBERED.match(head) else None
