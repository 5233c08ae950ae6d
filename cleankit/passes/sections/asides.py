"""Lines that can stand anywhere and part nothing: dates, credits, buttons, what comes again."""

from __future__ import annotations

from functools import cache, cached_property

from cleankit.passes.sections.buttons import is_button, titles_of_cards
from cleankit.passes.sections.fields import Fields, is_capital_before_bar, is_dated
from cleankit.passes.sections.lines import Kind
from cleankit.passes.sections.repeats import Repeats
from cleankit.passes.sections.setting import Setting
from cleankit.passes.sections.words import says

_LONG_ASIDE = 160
"""No credit that is a whole sentence is longer."""
_ENCLOSED = ("()", "（）", "[]")
_TOLD_BESIDE = ("bylines", "dates", "interludes")


class Asides:
    """Which lines are asides, each asked once.

    Attributes:
        is_aside: whether the line of an index is one.
    """

    def __init__(self, setting: Setting, fields: Fields, repeats: Repeats) -> None:
        self._setting = setting
        self._fields = fields
        self._repeats = repeats
        self.is_aside = cache(self._is_aside)

    @cached_property
    def _cards(self) -> set[int]:
        return titles_of_cards(self._setting)

    def _is_kept(self, index: int) -> bool:
        """Whether a linked word or two name something: a card, or a column."""
        return index in self._cards or index in self._setting.columns

    def _is_aside(self, index: int) -> bool:
        """Whether a line tells who, when or where a picture is from, asks for a click, or comes
        again and again: it can stand anywhere, and what is around it belongs together."""
        setting = self._setting
        line = setting.lines[index]
        if line.kind is not Kind.SHORT or index in setting.wrapped or index in setting.rules:
            return False
        if index in setting.stories.headlines or index in setting.stories.teasers:
            return False
        seen = setting.look(index)
        title = seen.title
        if seen.stop and len(title) > _LONG_ASIDE:
            return False
        return (
            not title
            or title[0] == "@"
            or (" | " in title and not is_capital_before_bar(title))
            or title.count(" · ") > 1
            or (" · " in title and all(part[:1].isdigit() for part in title.split(" · ")))
            or (seen.linked and seen.size < 3 and not self._is_kept(index))
            or self._repeats.is_repeated(index)
            or (self._fields.is_field(index) and not seen.stop)
            or (title[0] + title[-1] in _ENCLOSED and not seen.framed)
            or says(_TOLD_BESIDE, title)
            or (self._fields.labels[index] is not None and is_dated(title))
            or (not line.gap and says("appointments", title))
            or is_button(setting, index)
        )
