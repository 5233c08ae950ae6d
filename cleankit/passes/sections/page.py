"""What is known of each line from itself, its nearest neighbours and the text as a whole.

Nothing here depends on what was found to be a title. And nothing changes for the other lines when
a title becomes a Markdown heading: that keeps a second cleaning from finding more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from cleankit.passes.boilerplate import units
from cleankit.passes.sections.asides import Asides
from cleankit.passes.sections.fields import Fields
from cleankit.passes.sections.lines import SHORTS, Kind, Line
from cleankit.passes.sections.looks import ends_sentence, frame
from cleankit.passes.sections.questions import Questions
from cleankit.passes.sections.repeats import Repeats, unmarked
from cleankit.passes.sections.roles import Role, Roles
from cleankit.passes.sections.setting import Setting
from cleankit.passes.sections.words import says

_AHEAD = 12
"""So many lines are looked at to see what follows a title."""
_NEAR_TOP = 12
"""A letter greets its reader within so many lines."""
_GAPS, _GAP_EVERY = 3, 12
"""A text whose paragraphs blank lines divide has more of them than these, and one in so many lines
at least."""
_SKIPPED = (Kind.RULE, Kind.LINK, Kind.CODE)
_GOING_ON = ",;，；、،؛"
"""A line that ends so goes on below, or greets or takes leave."""
_WORK = re.compile(r"[\"“„«][^\"”“»]{1,80}[\"”“»],? [^\W\d_]")
_WORKS = 3
_DEPARTMENTS = 2
_NAME = 4
"""Words of the name of a department at most."""
_ALL_BOLD = 8
"""So many paragraphs in bold type, at least, and more than three in four of all."""
_LONG = 100
"""A longer line is no part of a block of short ones."""
_LONG_SMALL = 60
"""A row of a table or of a list is no longer."""


class Page(Setting):
    """The lines of a text, and facts about them by index, each worked out once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(lines)
        fields = Fields(self.lines)
        repeats = Repeats(self.lines)
        self.labels = fields.labels
        self.is_field = fields.is_field
        self.is_announced = repeats.is_announced
        self.questions = Questions(self, fields.labels)
        self.roles = Roles(self, self.questions)
        self.role = self.roles.role
        self.is_aside = Asides(self, fields, repeats).is_aside

    def after(self, index: int) -> tuple[Role, int]:
        """The role and the index of the next line with content; `Role.NONE` if there is none."""
        stop = min(len(self.lines), index + 1 + _AHEAD)
        for place in range(index + 1, stop):
            if self.lines[place].kind not in _SKIPPED and not self.is_aside(place):
                return self.role(place), place
        return Role.NONE, stop

    def is_content(self, index: int) -> bool:
        """Whether a line is more than a rule, an address, code or an aside."""
        return self.lines[index].kind not in _SKIPPED and not self.is_aside(index)

    @cached_property
    def greeting(self) -> int:
        """The index of the line near the top that greets the reader, 0 if none does: what stands
        above it is the sender's name and the like."""
        for index, line in enumerate(self.lines[:_NEAR_TOP]):
            if line.kind is not Kind.SHORT or index in self.rules:
                continue
            if says("greetings", line.text.strip("*_~ ")):
                return index
        return 0

    def goes_on_from_above(self, index: int) -> bool:
        """Whether a line belongs to the statement that the line above it began.

        A heading there would divide what the boilerplate pass has judged as one.
        """
        line = self.lines[index]
        if line.gap or not index:
            return False
        # The rule below a title goes when that becomes a heading.
        is_below_rule = index - 1 in self.rules.get(index - 2, ())
        before = self.lines[index - 2 if is_below_rule else index - 1]
        # A line in bold or within marks counts as it does once it is a heading.
        is_bare = before.text[:2] not in ("**", "__") and not frame(before.text)
        above = before.text if is_bare else unmarked(before)
        return units.continues(
            above or before.text, line.text, begun=False, wrapped=self._has_wrapped_lines
        )

    def is_within_block(self, index: int) -> bool:
        """Whether a line stands in a block of short lines, as verses, addresses and lists without
        marks are, or ends one that it does not differ from."""
        line = self.lines[index]
        if line.gap or not index or not self.is_spaced:
            return False
        above, below = self.lines[index - 1], self.lines[index + 1 : index + 2]
        if above.kind not in (Kind.SHORT, Kind.PROSE) or len(above.text) > _LONG:
            return False
        if index - 1 in self.rules or above.text.isupper() or self.is_aside(index - 1):
            return False
        if above.text[-1] in _GOING_ON:
            return True
        if below and not below[0].gap:
            if below[0].kind not in SHORTS or len(below[0].text) > _LONG:
                return False
            return not (ends_sentence(below[0].text) or self.is_aside(index + 1))
        if ends_sentence(above.text):
            return False
        return not above.gap or self.look(index).has_small(0.5)

    def is_deep_in_block(self, index: int) -> bool:
        """Whether two short lines without an end stand close above a line without a mark, and one
        close below: it is a row of a table or of a list, whatever its capitals."""
        near = (*self.lines[max(index - 2, 0) : index], *self.lines[index + 1 : index + 2])
        return (
            len(near) > 2
            and not any(line.gap for line in (*near[1:], self.lines[index]))
            and not self.is_marked(index)
            and not self.look(index).number
            and all(
                line.kind in SHORTS
                and len(line.text) <= _LONG_SMALL
                and not ends_sentence(line.text)
                for line in near
            )
        )

    @cached_property
    def departments(self) -> set[int]:
        """A few words in capitals right below a rule, above another title in capitals, several at
        least: a plain letter names its parts so, and their stories below."""
        found = {
            index
            for index, line in enumerate(self.lines[1:-2], start=1)
            if self.lines[index - 1].kind is Kind.RULE
            and not line.gap
            and line.kind is Kind.SHORT
            and line.text.isupper()
            and self.look(index).size <= _NAME
            and self.is_below_rule(index)
            and self._heads_text_in_capitals(index + 1)
        }
        return found if len(found) >= _DEPARTMENTS else set()

    def _heads_text_in_capitals(self, index: int) -> bool:
        """Whether a line in capitals opens a paragraph that has other text."""
        line, below = self.lines[index], self.lines[index + 1]
        return line.gap and line.text.isupper() and not (below.gap or below.text.isupper())

    @cached_property
    def works(self) -> set[int]:
        """Lines that begin with the title of a work and go on, each right above its text, several
        at least: the titles of a programme."""
        found = {
            index
            for index, line in enumerate(self.lines[:-1])
            if line.text[0] in '"“„«'
            and line.kind is Kind.SHORT
            and line.gap
            and not self.lines[index + 1].gap
            and len(self.lines[index + 1].text) > _LONG
            and _WORK.match(line.text)
            and not ends_sentence(line.text)
        }
        return found if len(found) >= _WORKS else set()

    @cached_property
    def is_bold(self) -> bool:
        """Whether nearly all paragraphs begin and end in bold type, which then marks nothing."""
        paragraphs = bold = 0
        begins_bold = False
        for line, below in zip(self.lines, (*self.lines[1:], None), strict=True):
            if line.gap:
                begins_bold = line.text.lstrip("# ")[:2] == "**"
            if (below is None or below.gap) and line.kind not in _SKIPPED:
                paragraphs += 1
                bold += begins_bold and "**" in line.text
        return bold >= _ALL_BOLD and bold * 4 > paragraphs * 3

    @cached_property
    def is_spaced(self) -> bool:
        """Whether blank lines divide the paragraphs."""
        gaps = sum(line.gap for line in self.lines)
        return gaps > _GAPS and gaps * _GAP_EVERY >= len(self.lines)

    @cached_property
    def _has_wrapped_lines(self) -> bool:
        return units.is_wrapped([line.text for line in self.lines])
