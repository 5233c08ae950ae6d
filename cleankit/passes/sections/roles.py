"""What each line is to the lines around it: the role that it keeps when it becomes a heading."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, cached_property

from cleankit.passes.sections.counting import counted_titles
from cleankit.passes.sections.fields import is_capital_before_bar
from cleankit.passes.sections.lines import Kind
from cleankit.passes.sections.looks import Look, begins_small, ends_sentence
from cleankit.passes.sections.questions import Questions
from cleankit.passes.sections.setting import Setting
from cleankit.passes.sections.small_letters import small_titles
from cleankit.passes.sections.starred import starred_titles
from cleankit.passes.sections.words import says

_POINTING = re.compile(r"[→►▶»➤➜⟶⇒↗›][ \t]*https?://\S+$")
"""An arrow before the address that a line ends in."""
_GOING_ON = ",;，；、،؛"
"""A line that ends so goes on below, or greets or takes leave."""
_STOP_WITHIN = re.compile(r"[.!?](?<=[^\W\d]{3}.)[.!?]*[\"”’)]? \S|[。！？][^\s」』）)。！？]")
_TIME_AT_END = re.compile(r"\b\d{1,2}:\d\d$")
_LONG = 100
"""A longer line in small letters is a sentence, whether or not it has a full stop."""
_LONG_CASELESS = 60
"""The same in scripts without capitals, of which most are dense."""
_LONG_WITHOUT_STOPS = 40
_WITHOUT_STOPS = re.compile(r"[\u0e00-\u0eff] [\u0e00-\u0eff]")
"""Thai and Lao end no sentence by a mark, and set blanks between sentences and clauses."""


class Role(Enum):
    """What a line is to the lines around it."""

    NONE = "nothing"
    TITLE = "a title"
    SHORT = "a short line that may be one"
    PROSE = "a sentence or more"
    OPEN = "prose without a full stop"
    COLON = "prose that leads to what follows"
    CLOSING = "the close of a letter"
    ITEM = "an item of a list"
    QUOTE = "a quotation"
    TABLE = "a row of a table"


_MARKED = (Kind.ITEM, Kind.QUOTE, Kind.TABLE)
_ROLES = {Kind.ITEM: Role.ITEM, Kind.QUOTE: Role.QUOTE, Kind.TABLE: Role.TABLE}


class Roles:
    """The role of each line, worked out once.

    Attributes:
        small: the titles in small letters.
        role: the role of the line of an index.
    """

    def __init__(self, setting: Setting, questions: Questions) -> None:
        self._setting = setting
        self._questions = questions
        self.small = small_titles(setting.lines, setting.wrapped)
        self.role = cache(self._role)

    @cached_property
    def counted(self) -> set[int]:
        """Lines that are titles as their numbers count up."""
        return counted_titles(self._setting.lines)

    @cached_property
    def starred(self) -> set[int]:
        """Lines that are titles for the star that is glued to them."""
        return starred_titles(self._setting.lines)

    def _role(self, index: int) -> Role:
        line = self._setting.lines[index]
        if line.kind is Kind.HEADING:
            return Role.SHORT
        if line.kind in _MARKED:
            return _ROLES[line.kind]
        if line.kind is Kind.SHORT and self._setting.is_marked(index):
            return Role.SHORT
        if line.text[-1] in ":：" and (line.kind is Kind.PROSE or index in self._setting.wrapped):
            return Role.COLON
        if line.kind is not Kind.SHORT:
            return Role.PROSE if ends_sentence(line.text) else Role.OPEN
        if index in self._setting.wrapped:
            return Role.PROSE
        return self._role_of_short(index)

    def _role_of_short(self, index: int) -> Role:
        line, seen = self._setting.lines[index], self._setting.look(index)
        if seen.linked and seen.arrow:
            return Role.ITEM
        if index in self.counted or index in self.starred:
            return Role.SHORT
        if index in self._setting.stories.headlines:
            return Role.SHORT
        if index in self._setting.stories.teasers:
            return Role.PROSE
        if seen.stop and not self._questions.may_stop(index):
            return Role.PROSE
        if self._setting.has_inner_link(index):
            return Role.PROSE
        if (
            seen.linked
            and line.text[-1] not in ")]>("
            and seen.size > 5
            and seen.has_small(0.5)
            and not _POINTING.search(line.text)
        ):
            return Role.PROSE
        is_broken = not seen.caps and says("broken", seen.title)
        is_small = begins_small(line.text) and index not in self.small
        if is_small or line.text[-1] in _GOING_ON or is_broken:
            return Role.COLON if seen.colon else Role.PROSE
        if seen.colon:
            is_name = is_label(seen) or is_capital_before_bar(seen.title)
            return Role.SHORT if is_name else Role.COLON
        if seen.capital is None and says("greetings", seen.title):
            return Role.PROSE
        if len(seen.title) > _LONG and seen.has_small(0.7):
            return Role.OPEN
        if len(seen.title) > _LONG_CASELESS and seen.capital is None:
            return Role.OPEN
        if _WITHOUT_STOPS.search(seen.title) and (
            len(seen.title) > _LONG_WITHOUT_STOPS or says("clauses", seen.title)
        ):
            return Role.OPEN
        if _holds_sentences(seen.title) and (seen.capital or 0) < 0.7:
            return Role.SHORT if self._is_question(index) else Role.PROSE
        return Role.SHORT

    def _is_question(self, index: int) -> bool:
        """Whether a linked line asks something and goes on: the headline of a thread or a story."""
        seen = self._setting.look(index)
        return seen.linked and _STOP_WITHIN.search(seen.title.replace("?", "")) is None


def _holds_sentences(title: str) -> bool:
    """Whether a line is a sentence and more, or ends with the time of something."""
    if _STOP_WITHIN.search(title):
        return True
    return title[-1:].isdigit() and _TIME_AT_END.search(title) is not None


def is_label(seen: Look) -> bool:
    """Whether a line that ends in a colon names what follows, and does not lead to it."""
    if says("greetings", f"{seen.title}:"):
        return False
    if seen.caps or seen.is_bulleted:
        return True
    return seen.size <= 8 and not says("leads", seen.title) and not says("letters", seen.title)
