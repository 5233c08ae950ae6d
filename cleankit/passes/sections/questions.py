"""Titles that end as questions and calls do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from cleankit.passes.sections.counting import is_counted
from cleankit.passes.sections.italics import titles_in_italics
from cleankit.passes.sections.lines import SHORTS, Kind
from cleankit.passes.sections.paragraphs import (
    Between,
    between_paragraphs,
    is_between,
    is_paragraph,
)
from cleankit.passes.sections.setting import Setting
from cleankit.passes.sections.words import says

_QUESTION = 6
"""The most words of a question that stands apart."""
_LONG_QUESTION = 14
"""The same where no other sentence stands alone."""
_LONG = 100
"""A longer line in small letters is a sentence, whether or not it has a full stop."""
_LONG_SMALL = 60
"""A longer line below a question may be the answer."""


class Questions:
    """Which lines of a text may end in a question mark and be titles all the same."""

    def __init__(self, setting: Setting, labels: Sequence[str | None]) -> None:
        self._setting = setting
        self._lines, self._wrapped = setting.lines, setting.wrapped
        self._labels = labels

    def may_stop(self, index: int) -> bool:
        """Whether a line may end in a question mark and be a title all the same."""
        seen = self._setting.look(index)
        if seen.stop == "." and seen.caps:
            return index in self._shouted
        if seen.stop not in ("?", "？", "!") or seen.size < 2:
            return False
        if seen.italic:
            return index in self.italics
        if seen.size == 2 and seen.stop != "!" and seen.capital == 1:
            return True
        if seen.size > 2 and ((seen.capital or 0) >= 0.8 or self._setting.is_item(index)):
            return True
        if seen.number and self._lines[index].gap and seen.size <= _LONG_QUESTION:
            return True
        return self._is_question_apart(index)

    @cached_property
    def _shouted(self) -> set[int]:
        """Lines in capitals with a full stop that stand apart, two at least: one alone is said
        aloud, and more are titles."""
        found = {
            index
            for index, line in enumerate(self._lines[:-1])
            if line.text[-1] == "."
            and line.kind in SHORTS
            and line.gap
            and self._lines[index + 1].gap
            and len(line.text) <= _LONG_SMALL
            and line.text.isupper()
            and self._setting.look(index).size > 1
        }
        return found if len(found) > 1 else set()

    def _is_question_apart(self, index: int) -> bool:
        """Whether a line is a short question between two paragraphs, and goes on with neither."""
        line, seen = self._lines[index], self._setting.look(index)
        if seen.stop == "!" or seen.size > _LONG_QUESTION:
            return False
        below = self._lines[index + 1 : index + 2]
        if not below:
            return False
        if self._is_among_titles(index):
            return True
        if not below[0].gap or (says("turns", seen.title) and not self._is_below_capitals(index)):
            return False
        if not line.gap or below[0].kind is Kind.HEADING:
            return False
        if seen.size <= _QUESTION and not self._labels[index] and len(below[0].text) > _LONG:
            return True
        return (
            len(below[0].text) > _LONG_SMALL or index + 1 in self._wrapped
        ) and not self._has_lone_sentences

    def _is_below_capitals(self, index: int) -> bool:
        """Whether a title in capitals, a marked one or a heading stands above: no text that a
        question could go on with."""
        above = self._lines[index - 1] if index else None
        return above is not None and (
            above.kind is Kind.HEADING or above.text.isupper() or self._setting.is_marked(index - 1)
        )

    def _is_among_titles(self, index: int) -> bool:
        """Whether a line stands between two paragraphs as two titles or more of the text do, and
        no sentence stands so."""
        below = self._lines[index + 1]
        is_list = below.kind is Kind.ITEM or is_counted(below.text)
        above_list = is_list and is_paragraph(self._lines, self._wrapped, index - 1)
        if not (above_list or is_between(self._lines, self._wrapped, index)):
            return False
        titles, sentences = self._between_paragraphs
        place = (self._lines[index].gap, self._lines[index + 1].gap)
        return titles[place] > 1 and not sentences[place]

    @cached_property
    def _between_paragraphs(self) -> Between:
        return between_paragraphs(self._lines, self._wrapped)

    @cached_property
    def _has_lone_sentences(self) -> bool:
        """Whether a short sentence stands alone between two paragraphs somewhere, as a question
        may then do for effect."""
        return any(
            line.kind is Kind.SHORT
            and line.gap
            and self._lines[index + 2].gap
            and len(line.text) <= _LONG_SMALL
            and line.text[-1] in ".!。"
            and index + 1 not in self._wrapped
            and all(
                len(self._lines[near].text) > _LONG or near in self._wrapped
                for near in (index, index + 2)
            )
            for index, line in enumerate(self._lines[1:-1])
        )

    @cached_property
    def italics(self) -> set[int]:
        """The titles in italics."""
        return titles_in_italics(self._setting)
