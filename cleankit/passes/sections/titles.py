"""Which lines are titles.

One walk from the top. What stands before a line is known by then: titles and what is none. Of
what stands after it only this is asked: prose, an item, a quotation, or another short line. A
title that became a Markdown heading is still a short line, so that a second walk over the text
with its headings comes to the same end. Every test here must keep to that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cleankit.passes.sections.lines import Kind, Line
from cleankit.passes.sections.looks import Look, ends_sentence, look
from cleankit.passes.sections.words import says

_AHEAD = 12
"""So many lines are looked at to see what follows a title."""

_LABEL = re.compile(r"[^\w]*(?P<label>\w[^:：\n]{0,30}?)\*{0,2}[:：]\*{0,2}[ \t]*\S")
_MARKS = re.compile(r"^#{1,6}[ \t]+|\*\*")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"(?:#{1,6}[ \t]+)?(?:\*\*)?(?P<value>\d{1,3})[.):]")
_NOT_WORDS = re.compile(r"[=<>{}\\]|\S{40}")
_SENTENCES = re.compile(r"[^\W\d]{3}[.!?]+[\"”’)]? \S|\b\d{1,2}:\d\d$")
_LAST_WORD = re.compile(r"\S+")
_OPENING_QUOTES = "\"“„«‘'「『‹>"
_WRAP_AT_LEAST = 40
_WRAP_AT_MOST = 100


class Found(NamedTuple):
    """A title: the line it stands on, how it looks, the rules drawn around it, whether it is
    linked, and the short line that follows before any text."""

    line: int
    look: Look
    rule_above: int | None
    rule_below: int | None
    item: bool
    opens: int | None


def find_titles(lines: Sequence[Line]) -> list[Found]:
    """The titles among the lines, in order."""
    return _Walk(lines).run()


def wrapped_lines(lines: Sequence[Line]) -> set[int]:
    """The indices of lines within hard-wrapped paragraphs.

    A text is wrapped if lines of like length go on in small letters on the next line, and hardly
    any line is long. The width is the longest such line; a line is broken there because the next
    word did not fit.
    """
    width = pairs = long = 0
    for line, following in pairwise(lines):
        if line.kind is Kind.PROSE:
            long += 1
        elif (
            not following.gap
            and _WRAP_AT_LEAST <= len(line.text) <= _WRAP_AT_MOST
            and line.kind in (Kind.SHORT, Kind.ITEM)
            and following.kind is Kind.SHORT
            and following.text[0].islower()
        ):
            pairs += 1
            width = max(width, len(line.text))
    within: set[int] = set()
    is_wrapped = pairs >= 3 and pairs > 2 * long
    for index, (line, following) in enumerate(pairwise(lines)):
        if following.gap or following.kind is not Kind.SHORT or line.kind is Kind.HEADING:
            continue
        if line.kind not in (Kind.SHORT, Kind.ITEM):
            continue
        goes_on = following.text[0].islower() and line.text[-1] not in ".!?:。"
        if is_wrapped and not goes_on:
            first_word = _LAST_WORD.match(following.text)
            assert first_word is not None
            goes_on = len(line.text) + len(first_word.group()) >= width - 2 and (
                len(line.text) <= width + 4
            )
        if goes_on and (line.kind is Kind.SHORT or is_wrapped):
            within.update((index, index + 1))
    return within


class _Walk:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.wrapped = wrapped_lines(lines)
        self.looks: dict[int, Look] = {}
        labels = (_LABEL.match(line.text, 0, 60) for line in lines)
        self.labels = Counter(label["label"] for label in labels if label)
        self.texts = Counter(
            _MARKS.sub("", line.text) for line in lines if line.kind in (Kind.SHORT, Kind.HEADING)
        )
        self.found: list[Found] = []
        self.used_rules: set[int] = set()
        self.number = 0
        self.kickers = 0

    def run(self) -> list[Found]:
        before = "none", -1
        for index, line in enumerate(self.lines):
            if line.kind in (Kind.RULE, Kind.LINK, Kind.CODE):
                continue
            if line.kind in (Kind.SHORT, Kind.HEADING):
                if self._is_aside(index):
                    continue
                if self._is_title(index, *before):
                    self._take(index)
                    before = "title", index
                    continue
            before = self._class(index), index
            if line.kind is Kind.SHORT and self._is_closing(index):
                before = "closing", index
        return self.found

    def _take(self, index: int) -> None:
        above, below = self._rules(index)
        self.used_rules.update(rule for rule in (above, below) if rule is not None)
        seen = self._look(index)
        if seen.number:
            self.number = _value(seen)
        after, place = self._after(index)
        self.found.append(
            Found(
                index, seen, above, below, self._is_item(index), place if after == "short" else None
            )
        )

    def _has_address(self, index: int) -> bool:
        """Whether the line below holds nothing but an address."""
        if index + 1 == len(self.lines):
            return False
        below = self.lines[index + 1]
        if below.kind is Kind.RULE and index + 2 < len(self.lines):
            below = self.lines[index + 2]
        return below.kind is Kind.LINK and not below.gap and "http" in below.text

    def _look(self, index: int) -> Look:
        found = self.looks.get(index)
        if found is None:
            found = self.looks[index] = look(self.lines[index].text)
        return found

    def _class(self, index: int) -> str:
        """What a line is to its neighbours: short, or else what kind of content."""
        line = self.lines[index]
        if line.kind is Kind.HEADING:
            return "short"
        if line.kind is not Kind.SHORT:
            if line.kind is Kind.PROSE:
                return (
                    "colon"
                    if line.text[-1] in ":："
                    else "prose"
                    if ends_sentence(line.text)
                    else "open"
                )
            return str(line.kind.value)
        if self._is_marked(index):
            return "short"
        if index in self.wrapped:
            return "colon" if line.text[-1] in ":：" else "prose"
        seen = self._look(index)
        if (seen.stop and not self._may_stop(seen)) or self._has_inner_link(line, seen):
            return "prose"
        if line.text[-1] in ",;，；、" or line.text[0].islower():
            return "prose"
        if seen.colon:
            return "short" if self._is_label(seen) else "colon"
        capital = seen.capital if seen.capital is not None else 1
        if len(seen.title) > 100 and capital < 0.7:
            return "open"
        if _SENTENCES.search(seen.title) and capital < 0.7:
            return "prose"
        return "short"

    def _is_marked(self, index: int) -> bool:
        """Whether bold type or rules around it set a line apart."""
        return self._look(index).bold or any(rule is not None for rule in self._rules(index))

    def _rules(self, index: int) -> tuple[int | None, int | None]:
        """The rules that box or underline a line: above and below, or only below."""
        lines = self.lines
        if index + 1 >= len(lines) or lines[index].kind is Kind.ITEM:
            return None, None
        below = lines[index + 1]
        if below.kind is not Kind.RULE or below.gap or index + 1 in self.used_rules:
            return None, None
        if index and lines[index - 1].kind is Kind.RULE and not lines[index].gap:
            above = None if index - 1 in self.used_rules else index - 1
            return above, index + 1
        alone = lines[index].gap or index == 0 or lines[index - 1].kind is Kind.RULE
        drawn = len(below.text) >= min(len(lines[index].text) // 2, 4)
        return None, index + 1 if alone and drawn else None

    def _is_aside(self, index: int) -> bool:
        """Whether a line tells who, when or where a picture is from, or comes again and again: it
        can stand anywhere."""
        line = self.lines[index]
        if line.kind is Kind.HEADING or self._is_marked(index) or index in self.wrapped:
            return False
        title = self._look(index).title
        seen = self._look(index)
        return (
            not title
            or self._is_field(line)
            or (self._is_button(seen) and (self._is_item(index) or (seen.capital or 0) < 0.5))
            or self.texts[_MARKS.sub("", line.text)] > 1
            or (title[0] in "(（" and title[-1] in ")）")
            or says("bylines", title)
            or says("dates", title)
        )

    def _after(self, index: int) -> tuple[str, int]:
        """The class and the index of the next line with content; "end" if there is none."""
        stop = min(len(self.lines), index + 1 + _AHEAD)
        for place in range(index + 1, stop):
            kind = self.lines[place].kind
            if kind in (Kind.RULE, Kind.LINK, Kind.CODE):
                continue
            if kind is Kind.SHORT and self._is_aside(place):
                continue
            return self._class(place), place
        return "end", stop

    def _may_stop(self, seen: Look) -> bool:
        """Whether a line may end in a question mark and be a title all the same."""
        return seen.stop in "?？!" and (seen.capital or 0) >= 0.8 and seen.size >= 3

    def _is_label(self, seen: Look) -> bool:
        return seen.caps or (
            seen.size <= 8 and not says("leads", seen.title) and not says("letters", seen.title)
        )

    def _is_title(self, index: int, before: str, last: int) -> bool:
        line = self.lines[index]
        seen = self._look(index)
        if not any(map(str.isalpha, seen.title)):
            return False
        if line.kind is Kind.HEADING:
            return True
        after, place = self._after(index)
        if any(rule is not None for rule in self._rules(index)):
            return after != "end"
        if self._class(index) != "short" or seen.italic or _NOT_WORDS.search(seen.title):
            return False
        if before == "closing" and seen.size <= 4 and not (seen.emoji or seen.caps or seen.number):
            return False
        if says("letters", line.text) or says("letters", seen.title):
            return False
        if seen.stop and not self._may_stop(seen) and not seen.bold:
            return False
        if after in ("end", "table"):
            return False
        if self._is_field(line) or self._has_inner_link(line, seen):
            return False
        if seen.linked and (seen.size < 3 or seen.arrow or self._runs_on(index)):
            return False
        if seen.bold:
            return self._is_bold_title(seen)
        if self._is_button(seen) and (seen.capital or 0) < 0.5:
            return False
        if line.text[0] in _OPENING_QUOTES and not seen.linked:
            return False
        if line.text[-1] in ",;，；、-—–" or " | " in seen.title:
            return False
        if seen.title[0].islower():
            return False
        if seen.colon and not self._is_label(seen):
            return False
        if seen.number and not self._is_numbered_title(seen, last, place):
            return False
        if self._is_item(index):
            return (after in ("prose", "open", "colon", "quote") or place > index + 1) and not (
                before == "short" and self._look(last).linked
            )
        if after == "short":
            return self._opens_run(index, before, seen, place)
        return self._heads_content(index, before, last, seen, after)

    def _is_numbered_title(self, seen: Look, last: int, place: int) -> bool:
        """Whether a numbered line is no item of a list: the lines around it have no numbers, or
        it goes on where the last numbered title left off."""
        value = _value(seen)
        if place < len(self.lines) and _value_of(self.lines[place].text) == value + 1:
            return False
        before = _value_of(self.lines[last].text) if last >= 0 else 0
        return before != value - 1 or before == 0

    def _is_field(self, line: Line) -> bool:
        """Whether a line is one of several `Label: value` lines of the same label."""
        label = _LABEL.match(line.text, 0, 60)
        return label is not None and self.labels[label["label"]] > 1

    def _runs_on(self, index: int) -> bool:
        """Whether a line breaks off for an address and its text goes on below that."""
        if not self.lines[index].text.endswith("("):
            return False
        below = self.lines[index + 1 : index + 3]
        return not (below and below[-1].kind is Kind.LINK and below[-1].text.endswith(")"))

    def _is_closing(self, index: int) -> bool:
        """Whether a line closes a letter, so that a name may follow."""
        text, seen = self.lines[index].text, self._look(index)
        return says("letters", text) or (seen.stop == "!" and seen.size <= 3)

    def _has_inner_link(self, line: Line, seen: Look) -> bool:
        """Whether a line is text with a link in it, and not a linked line."""
        return not seen.linked and ("](" in line.text or "http" in line.text)

    def _is_button(self, seen: Look) -> bool:
        longest = 5 if (seen.capital or 0) >= 0.5 else 8
        return seen.size <= longest and says("actions", seen.title)

    def _is_bold_title(self, seen: Look) -> bool:
        return (
            len(seen.title) <= 160
            and not (seen.stop == "?" and seen.size > 6)
            and (seen.stop in ("", "?", "!"))
        )

    def _is_kicker(self, place: int) -> bool:
        """Whether a line of capitals above the story at `place` names its kind: the next story
        has such a line too."""
        if self.kickers:
            return True
        if not self._is_item(place):
            return False
        last = place
        for number in range(place + 1, min(len(self.lines), place + 2 * _AHEAD)):
            if self.lines[number].kind not in (Kind.SHORT, Kind.HEADING):
                continue
            if self._is_item(number) and not self._look(number).caps:
                if self._look(last).caps:
                    self.kickers += 1
                break
            last = number
        return self.kickers > 0

    def _is_item(self, index: int) -> bool:
        return self._look(index).linked or self._has_address(index)

    def _opens_run(self, index: int, before: str, seen: Look, place: int) -> bool:
        """Whether a short line before a short line is a title: of a part with parts, of a list."""
        line, next_line = self.lines[index], self.lines[place]
        if before == "short":
            return seen.colon
        following = self._look(place)
        if seen.emoji and following.emoji:
            return False
        if before == "title" and self.found[-1].item and not (following.linked and seen.caps):
            return False
        after, _ = self._after(place)
        if seen.colon:
            return before not in ("prose", "colon") or seen.caps or seen.size <= 3
        if line.gap and not next_line.gap and place == index + 1 and not following.bold:
            return False
        if seen.emoji or seen.number:
            return True
        if seen.caps:
            return not following.caps and not self._is_kicker(place)
        if after == "short":
            return before in ("prose", "item", "none") or line.gap
        return before not in ("colon", "open") or line.gap

    def _heads_content(self, index: int, before: str, last: int, seen: Look, after: str) -> bool:
        """Whether a short line right before content is its title."""
        line = self.lines[index]
        if before == "short" and not (seen.emoji or seen.number or seen.caps):
            kicker = self.lines[last].gap and not line.gap
            return after == "item" or kicker
        if seen.emoji or seen.number:
            return seen.size <= 20
        if seen.caps:
            return True
        if seen.colon:
            return before in ("item", "title", "short", "none") or (
                seen.size <= 3 or (seen.capital or 0) >= 0.9
            )
        if len(seen.title) > 120 and (seen.capital or 0) < 0.75:
            return False
        if before in ("colon", "open") and not line.gap:
            return (seen.capital or 0) >= 0.7
        return True


def _value(seen: Look) -> int:
    digits = _DIGITS.search(seen.number)
    return int(digits.group()) if digits else 0


def _value_of(text: str) -> int:
    """The number of a numbered line, 0 if it has none."""
    number = _NUMBERED.match(text, 0, 20)
    return int(number["value"]) if number else 0
