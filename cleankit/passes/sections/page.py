"""What is known of each line from itself, its nearest neighbours and the text as a whole.

Nothing here depends on what was found to be a title. And nothing changes for the other lines when
a title becomes a Markdown heading: that keeps a second cleaning from finding more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from enum import Enum
from functools import cache, cached_property

from cleankit.passes.boilerplate import units
from cleankit.passes.sections.counting import counted_titles, is_counted
from cleankit.passes.sections.lines import Kind, Line
from cleankit.passes.sections.looks import Look, ends_sentence, frame
from cleankit.passes.sections.paragraphs import (
    Between,
    between_paragraphs,
    is_between,
    is_paragraph,
)
from cleankit.passes.sections.words import says
from cleankit.passes.sections.wrapping import join_titles, wrapped_lines

_AHEAD = 12
"""So many lines are looked at to see what follows a title."""

_NEAR_TOP = 12
"""A letter greets its reader within so many lines."""

SHORTS = (Kind.SHORT, Kind.HEADING)
"""The lines that may be titles."""

_GAPS, _GAP_EVERY = 3, 12
"""A text whose paragraphs blank lines divide has more of them than these, and one in so many lines
at least."""

_SKIPPED = (Kind.RULE, Kind.LINK, Kind.CODE)
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
_QUESTION = 6
"""The most words of a question that stands apart."""
_LONG_QUESTION = 12
"""The same where no other sentence stands alone."""
_LONG_ASIDE = 160
"""No credit that is a whole sentence is longer."""
_BUTTON, _LONG_BUTTON = 5, 8
"""The most words on a button, and on one that is written like a sentence."""
_QUOTES = "\"“„«»‘‚'「『‹›—–-"
"""What a line begins with that somebody said."""
_POINTERS = "→►▶»➤➜⟶⇒↗›"
_POINTING = re.compile(rf"[{_POINTERS}][ \t]*https?://\S+$")
"""An arrow before the address that a line ends in."""
_ENCLOSED = ("()", "（）", "[]")
_CARD = 40
"""The text of a card has more characters than this."""
_LABEL_WITHIN = 60
_GOING_ON = ",;，；、،؛"
"""A line that ends so goes on below, or greets or takes leave."""
_STOP_WITHIN = re.compile(r"[.!?](?<=[^\W\d]{3}.)[.!?]*[\"”’)]? \S|[。！？][^\s」』）)。！？]")
_TIME_AT_END = re.compile(r"\b\d{1,2}:\d\d$")
_MARKS = re.compile(r"^#{1,6}[ \t]+|\*\*+|__+")
_WORD_SIGN = re.compile(r"\w")
_REFERENCE_WITHIN = re.compile(r"\[\d{1,3}\][ \t]*[^\s\[\]|.:]")
_LONG = 100
"""A longer line in small letters is a sentence, whether or not it has a full stop."""
_LONG_SMALL = 60
"""No title in small letters is longer."""
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


class Page:
    """The lines of a text, and facts about them by index, each worked out once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        wrapped = wrapped_lines(lines)
        self.lines = join_titles(lines, wrapped)
        self.wrapped = wrapped if len(self.lines) == len(lines) else wrapped_lines(self.lines)
        self.rules = _drawn(self.lines)
        self.labels = [_label(line) for line in self.lines]
        self.fields = _fields(self.lines, self.labels)
        self.small = _small_titles(self.lines, self.wrapped)
        places: dict[str, list[int]] = {}
        for index, line in enumerate(self.lines):
            if line.kind in SHORTS:
                places.setdefault(_unmarked(line), []).append(index)
        self.places = {index: those for those in places.values() for index in those}
        self.look = cache(self._look)
        self.role = cache(self._role)
        self.is_aside = cache(self._is_aside)

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

    def is_item(self, index: int) -> bool:
        """Whether a line is a linked one, or holds its address in the line below."""
        if self.look(index).linked:
            return True
        below = index + 2 if index + 1 in self.rules.get(index, ()) else index + 1
        if below >= len(self.lines):
            return False
        line = self.lines[below]
        return line.kind is Kind.LINK and not line.gap and "http" in line.text

    def is_field(self, index: int) -> bool:
        """Whether a line is one of several `Label: value` lines of the same label or right below
        another that is no sentence, or gives a label several values or a number above a label."""
        label = self.labels[index]
        if label is None:
            return False
        line = self.lines[index]
        if _COUNTED_LABEL.match(line.text):
            return False
        if " | " in line.text and self._is_capital_before_bar(line.text):
            return False
        if label in self.fields or _VALUES.match(line.text) is not None:
            return True
        if _NUMBER_OF.search(line.text):
            return True
        if self._opens_fields(index):
            return True
        if not line.gap and index and self._is_beside(index - 1, index):
            return not says("bylines", self.lines[index - 1].text)
        if self.labels[min(index + 1, len(self.lines) - 1)] in self.fields:
            return False  # it heads one of several records alike
        return all(
            number + 1 < len(self.lines)
            and not self.lines[number + 1].gap
            and self._is_beside(number, number + 1)
            for number in (index, index + 1)
        )

    def _is_beside(self, above: int, below: int) -> bool:
        """Whether two lines are short, have labels and neither an address nor an end."""
        if self.labels[above] is None or self.labels[below] is None:
            return False
        first, second = self.lines[above].text, self.lines[below].text
        if ends_sentence(first) or "http" in first + second:
            return False
        return self.lines[above].kind in SHORTS and self.lines[below].kind in SHORTS

    @cached_property
    def italics(self) -> set[int]:
        """Lines in italics that stand apart between paragraphs, two at least: where they are more
        than the other lines in italics, they are titles."""
        slanted = [
            index
            for index, line in enumerate(self.lines)
            if line.kind in SHORTS
            and line.text.lstrip("# ")[:1] in "*_"
            and self._is_slanted(index)
        ]
        found = {index for index in slanted if self._stands_between(index)}
        return found if len(found) > 1 and len(found) * 2 > len(slanted) else set()

    def _is_slanted(self, index: int) -> bool:
        seen = self.look(index)
        return seen.italic and not seen.bold

    def _stands_between(self, index: int) -> bool:
        """Whether a line of a few words stands apart between other text and a paragraph."""
        seen = self.look(index)
        if not 0 < index < len(self.lines) - 1 or not self.lines[index].gap:
            return False
        above, below = self.lines[index - 1], self.lines[index + 1]
        return (
            len(seen.title) <= _LONG_SMALL
            and seen.stop in ("", "?", "？")
            and seen.title[0] not in _QUOTES
            and above.kind is not Kind.LINK
            and not (below.gap and (above.kind is Kind.HEADING or self.is_marked(index - 1)))
            and below.kind in (Kind.PROSE, Kind.SHORT)
            and len(below.text) > _LONG_SMALL
        )

    @cached_property
    def cards(self) -> set[int]:
        """Linked lines of a word or more that stand apart above a paragraph, two at least: they are
        the titles of cards, where one alone may be any link."""
        found = {
            index
            for index in range(len(self.lines) - 1)
            if self._heads_card(index) and not self.is_button(index)
        }
        return found if len(found) > 1 else set()

    def _heads_card(self, index: int) -> bool:
        line, below = self.lines[index : index + 2]
        if " · " in below.text and index + 2 < len(self.lines):
            below = self.lines[index + 2]
        return (
            line.kind in SHORTS
            and line.gap
            and "http" in line.text
            and below.kind in (Kind.PROSE, Kind.SHORT)
            and len(below.text) > _CARD
            and ends_sentence(below.text)
            and self.look(index).linked
        )

    def _opens_fields(self, index: int) -> bool:
        """Whether a line gives a number, a date or a price right above another label."""
        below = self.lines[index + 1 : index + 2]
        if not below or below[0].gap or self.labels[index + 1] is None:
            return False
        value = _COLON.split(self.lines[index].text, maxsplit=1)[-1]
        return not any(map(str.isalpha, value))

    def is_button(self, index: int) -> bool:
        """Whether a line has a button's text: a linked line of few words that asks the reader to
        do something, an arrow at its end, or what buttons alone say."""
        seen = self.look(index)
        if says("buttons", seen.title) and seen.size <= _BUTTON:
            return True
        last = self.lines[index].text[-1]
        if last in _POINTERS and not (last == "»" and "«" in seen.title):
            return True
        if not self.is_item(index) or seen.size > _LONG_BUTTON:
            return False
        longest = _BUTTON if (seen.capital or 0) >= 0.5 else _LONG_BUTTON
        return seen.size <= longest and says("actions", seen.title)

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

    def may_stop(self, index: int) -> bool:
        """Whether a line may end in a question mark and be a title all the same."""
        seen = self.look(index)
        if seen.stop not in ("?", "？", "!") or seen.size < 2:
            return False
        if seen.italic:
            return index in self.italics
        if seen.size == 2 and seen.stop != "!" and seen.capital == 1:
            return True
        if seen.size > 2 and ((seen.capital or 0) >= 0.8 or self.is_item(index)):
            return True
        if seen.number and self.lines[index].gap and seen.size <= _LONG_QUESTION:
            return True
        return self._is_question_apart(index)

    def _is_question_apart(self, index: int) -> bool:
        """Whether a line is a short question between two paragraphs, and goes on with neither."""
        line, seen = self.lines[index], self.look(index)
        if seen.stop == "!" or seen.size > _LONG_QUESTION:
            return False
        below = self.lines[index + 1 : index + 2]
        if not below:
            return False
        if self._is_among_titles(index):
            return True
        if not below[0].gap or (says("turns", seen.title) and not self._is_below_capitals(index)):
            return False
        if not line.gap:
            return False
        if seen.size <= _QUESTION and not self.labels[index] and len(below[0].text) > _LONG:
            return True
        return (
            len(below[0].text) > _LONG_SMALL or index + 1 in self.wrapped
        ) and not self._has_lone_sentences

    def _is_below_capitals(self, index: int) -> bool:
        """Whether a title in capitals, a marked one or a heading stands above: no text that a
        question could go on with."""
        above = self.lines[index - 1] if index else None
        return above is not None and (
            above.kind is Kind.HEADING or above.text.isupper() or self.is_marked(index - 1)
        )

    def _is_among_titles(self, index: int) -> bool:
        """Whether a line stands between two paragraphs as two titles or more of the text do, and
        no sentence stands so."""
        below = self.lines[index + 1]
        is_list = below.kind is Kind.ITEM or is_counted(below.text)
        above_list = is_list and is_paragraph(self.lines, self.wrapped, index - 1)
        if not (above_list or is_between(self.lines, self.wrapped, index)):
            return False
        titles, sentences = self._between_paragraphs
        place = (self.lines[index].gap, self.lines[index + 1].gap)
        return titles[place] > 1 and not sentences[place]

    @cached_property
    def _between_paragraphs(self) -> Between:
        return between_paragraphs(self.lines, self.wrapped)

    @cached_property
    def _has_lone_sentences(self) -> bool:
        """Whether a short sentence stands alone between two paragraphs somewhere, as a question
        may then do for effect."""
        return any(
            line.kind is Kind.SHORT
            and line.gap
            and self.lines[index + 2].gap
            and len(line.text) <= _LONG_SMALL
            and line.text[-1] in ".!。"
            and index + 1 not in self.wrapped
            and all(
                len(self.lines[near].text) > _LONG or near in self.wrapped
                for near in (index, index + 2)
            )
            for index, line in enumerate(self.lines[1:-1])
        )

    def runs_on(self, index: int) -> bool:
        """Whether a line breaks off for an address and its text goes on below that."""
        if not self.lines[index].text.endswith("("):
            return False
        below = self.lines[index + 1 : index + 3]
        return not (below and below[-1].kind is Kind.LINK and below[-1].text.endswith(")"))

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
        above = before.text if is_bare else _unmarked(before)
        return units.continues(
            above or before.text, line.text, begun=False, wrapped=self._has_wrapped_lines
        )

    def is_within_block(self, index: int) -> bool:
        """Whether a line stands in a block of short lines, as verses, addresses and lists without
        marks are, or ends one that it does not differ from."""
        line = self.lines[index]
        if line.gap or not index or not self._is_spaced:
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

    @cached_property
    def counted(self) -> set[int]:
        """Lines that are titles as their numbers count up."""
        return counted_titles(self.lines)

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
    def _is_spaced(self) -> bool:
        """Whether blank lines divide the paragraphs."""
        gaps = sum(line.gap for line in self.lines)
        return gaps > _GAPS and gaps * _GAP_EVERY >= len(self.lines)

    @cached_property
    def _has_wrapped_lines(self) -> bool:
        return units.is_wrapped([line.text for line in self.lines])

    def is_announced(self, index: int) -> bool:
        """Whether a line stands once more further up, as in a table of contents."""
        places = self.places[index]
        return len(places) == 2 and places[1] == index

    def _is_repeated(self, index: int) -> bool:
        """Whether a line comes again and again, or once more further down: the first of two is
        an entry of the contents, and the second may be the title itself."""
        places = self.places[index]
        return len(places) > 2 or (len(places) == 2 and places[0] == index)

    def _look(self, index: int) -> Look:
        return Look(self.lines[index].text)

    def _role(self, index: int) -> Role:
        line = self.lines[index]
        if line.kind is Kind.HEADING:
            return Role.SHORT
        if line.kind in _MARKED:
            return _ROLES[line.kind]
        if line.kind is Kind.SHORT and self.is_marked(index):
            return Role.SHORT
        if line.text[-1] in ":：" and (line.kind is Kind.PROSE or index in self.wrapped):
            return Role.COLON
        if line.kind is not Kind.SHORT:
            return Role.PROSE if ends_sentence(line.text) else Role.OPEN
        if index in self.wrapped:
            return Role.PROSE
        return self._role_of_short(index)

    def _role_of_short(self, index: int) -> Role:
        line, seen = self.lines[index], self.look(index)
        if seen.linked and seen.arrow:
            return Role.ITEM
        if index in self.counted:
            return Role.SHORT
        if (seen.stop and not self.may_stop(index)) or self.has_inner_link(index):
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
        is_small = line.text[0].islower() and index not in self.small
        if is_small or line.text[-1] in _GOING_ON or is_broken:
            return Role.COLON if seen.colon else Role.PROSE
        if seen.colon:
            is_name = is_label(seen) or self._is_capital_before_bar(seen.title)
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

    @staticmethod
    def _is_dated(title: str) -> bool:
        """Whether a label has a date alone, and no time of the day."""
        value = _COLON.split(title, maxsplit=1)[-1].strip()
        return ":" not in value and says("dates", value)

    @staticmethod
    def _is_capital_before_bar(title: str) -> bool:
        """Whether a title in capitals stands before its source or kind."""
        head, _, tail = title.partition(" | ")
        return head.isupper() and " " in head and not (tail.isupper() or " | " in tail)

    def _is_question(self, index: int) -> bool:
        """Whether a linked line asks something and goes on: the headline of a thread or a story."""
        seen = self.look(index)
        return seen.linked and _STOP_WITHIN.search(seen.title.replace("?", "")) is None

    def _is_aside(self, index: int) -> bool:
        """Whether a line tells who, when or where a picture is from, asks for a click, or comes
        again and again: it can stand anywhere, and what is around it belongs together."""
        line = self.lines[index]
        if line.kind is not Kind.SHORT or index in self.wrapped or index in self.rules:
            return False
        seen = self.look(index)
        title = seen.title
        if seen.stop and len(title) > _LONG_ASIDE:
            return False
        return (
            not title
            or title[0] == "@"
            or (" | " in title and not self._is_capital_before_bar(title))
            or title.count(" · ") > 1
            or (" · " in title and all(part[:1].isdigit() for part in title.split(" · ")))
            or (seen.linked and seen.size < 3 and index not in self.cards)
            or self._is_repeated(index)
            or (self.is_field(index) and not seen.stop)
            or (title[0] + title[-1] in _ENCLOSED and not seen.framed)
            or says("bylines", title)
            or says("dates", title)
            or (self.labels[index] is not None and self._is_dated(title))
            or says("interludes", title)
            or (not line.gap and says("appointments", title))
            or self.is_button(index)
        )


def _holds_sentences(title: str) -> bool:
    """Whether a line is a sentence and more, or ends with the time of something."""
    if _STOP_WITHIN.search(title):
        return True
    return title[-1:].isdigit() and _TIME_AT_END.search(title) is not None


def is_label(seen: Look) -> bool:
    """Whether a line that ends in a colon names what follows, and does not lead to it."""
    if says("greetings", f"{seen.title}:"):
        return False
    return seen.caps or (
        seen.size <= 8 and not says("leads", seen.title) and not says("letters", seen.title)
    )


def _fields(lines: Sequence[Line], labels: Sequence[str | None]) -> set[str]:
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


def _small_titles(lines: Sequence[Line], wrapped: Set[int]) -> set[int]:
    """Titles that an author writes in small letters: short lines between paragraphs, two at least,
    below a sentence that has ended, or a line of capitals, and above a sentence that begins with a
    capital."""
    found = {
        index
        for index in range(1, len(lines) - 1)
        if lines[index].kind in SHORTS
        and not lines[index].text[0].isupper()
        and _is_small(lines[index].text)
        and index not in wrapped
        and _ends_above_title(lines[index - 1])
        and lines[index + 1].kind in (Kind.PROSE, Kind.SHORT)
        and len(lines[index + 1].text) > 2 * _LONG_SMALL
        and lines[index + 1].text[0].isupper()
    }
    return found if len(found) > 1 else set()


def _ends_above_title(line: Line) -> bool:
    """Whether a line is a sentence that has ended, or a title in capitals."""
    if line.kind in SHORTS and line.text.isupper():
        return True
    return (
        line.kind in (Kind.PROSE, Kind.SHORT)
        and len(line.text) > _LONG_SMALL
        and ends_sentence(line.text)
    )


def _is_small(text: str) -> bool:
    """Whether a line, or what a heading says, is short, in small letters and no sentence."""
    text = text.lstrip("# ")
    return (
        text[:1].islower()
        and len(text) <= _LONG_SMALL
        and text[-1].isalpha()
        and "http" not in text
        and " " in text
    )


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


def _unmarked(line: Line) -> str:
    text = line.text
    if inside := frame(text):
        text = text[slice(*inside)]
    if "**" in text or "__" in text or line.kind is Kind.HEADING:
        return " ".join(_MARKS.sub(" ", text).split())
    return " ".join(text.split()) if "  " in text or "\t" in text else text


def _drawn(lines: Sequence[Line]) -> dict[int, tuple[int, ...]]:
    """The rules that box or underline a line, by its index; a rule belongs to one line."""
    drawn: dict[int, tuple[int, ...]] = {}
    used = -1
    for below, line in enumerate(lines):
        index = below - 1
        if line.kind is not Kind.RULE or line.gap or index < 0:
            continue
        if lines[index].kind not in (Kind.SHORT, Kind.HEADING):
            continue
        above = index - 1
        has_above = above >= 0 and lines[above].kind is Kind.RULE
        if has_above and above != used and not lines[index].gap:
            drawn[index] = (above, below)
        elif lines[index].gap or above < 0:
            if len(line.text) < min(len(lines[index].text) // 2, 4):
                continue
            drawn[index] = (below,)
        else:
            continue
        used = below
    return drawn
