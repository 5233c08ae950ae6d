"""How each line is set: its look, its link, and the rules, gaps and pictures around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

from cleankit.passes.sections.columns import linked_columns
from cleankit.passes.sections.drawn import drawn_rules
from cleankit.passes.sections.lines import Kind, Line
from cleankit.passes.sections.looks import Look
from cleankit.passes.sections.stories import Stories, stories
from cleankit.passes.sections.wrapping import join_titles, wrapped_lines

_WORD_SIGN = re.compile(r"\w")
_REFERENCE_WITHIN = re.compile(r"\[\d{1,3}\][ \t]*[^\s\[\]|.:]")


class Setting:
    """The lines of a text and how each is set, by index, each fact worked out once.

    Attributes:
        lines: the lines with content.
        wrapped: those that go on with the line above or in the line below.
        rules: the rules that box or underline a line.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        wrapped = wrapped_lines(lines)
        self.lines = join_titles(lines, wrapped)
        self.wrapped = wrapped if len(self.lines) == len(lines) else wrapped_lines(self.lines)
        self.rules = drawn_rules(self.lines)
        self.look = cache(self._look)

    @cached_property
    def stories(self) -> Stories:
        """The headlines of a digest in plain text, and the lines about them."""
        return stories(self.lines, self.wrapped)

    @cached_property
    def columns(self) -> set[int]:
        """The linked names of columns above linked stories."""
        return linked_columns(self.lines, self.look)

    def is_item(self, index: int) -> bool:
        """Whether a line is a linked one, or holds its address in the line below."""
        if index in self.stories.headlines or self.look(index).linked:
            return True
        below = index + 2 if index + 1 in self.rules.get(index, ()) else index + 1
        if below >= len(self.lines):
            return False
        line = self.lines[below]
        return line.kind is Kind.LINK and not line.gap and "http" in line.text

    def is_marked(self, index: int) -> bool:
        """Whether bold type or rules around it set a line apart."""
        if index in self.rules:
            return True
        return self.lines[index].text[:2] in ("**", "__") and self.look(index).bold

    def has_inner_link(self, index: int) -> bool:
        """Whether a line is text with a link or a note's number in it, and not a linked line."""
        text = self.lines[index].text
        word = _WORD_SIGN.search(text) if "[" in text else None
        if word and _REFERENCE_WITHIN.search(text, word.end()):
            return True
        return ("](" in text or "http" in text) and not self.look(index).linked

    def is_below_rule(self, index: int) -> bool:
        """Whether a rule that belongs to no title divides a line from what stands above."""
        above = index - 1
        if above < 0 or self.lines[above].kind is not Kind.RULE or index in self.rules:
            return False
        return above not in self.rules.get(above - 1, ())

    def is_below_picture(self, index: int) -> bool:
        """Whether nothing but a picture stands right above: the line may be its caption."""
        above = self.lines[index - 1] if index else None
        return (
            above is not None and above.kind is Kind.LINK and above.text.startswith(("![", "[!["))
        )

    def runs_on(self, index: int) -> bool:
        """Whether a line breaks off for an address and its text goes on below that."""
        if not self.lines[index].text.endswith("("):
            return False
        below = self.lines[index + 1 : index + 3]
        return not (below and below[-1].kind is Kind.LINK and below[-1].text.endswith(")"))

    def _look(self, index: int) -> Look:
        return Look(self.lines[index].text)
