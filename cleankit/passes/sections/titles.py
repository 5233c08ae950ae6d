"""Which lines are titles.

One walk from the top. What stands before a line is known by then: titles, and what is none. Of
what stands after it only its role is asked (see `roles`), which a title keeps when it becomes a
Markdown heading. So a second walk over a text with its headings comes to the same end, and every
test here must keep to that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleankit.links.identity import REDACTED
from cleankit.passes.sections.lines import SHORTS, Kind, Line
from cleankit.passes.sections.looks import Look, begins_small
from cleankit.passes.sections.page import Page
from cleankit.passes.sections.roles import Role, is_label
from cleankit.passes.sections.words import MOST_WORDS, says, words

_NOT_WORDS = re.compile(r"[=<>{}\\]|[^\s.]{40}|\S@\S|_{4}")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"(?:#{1,6}[ \t]+)?(?:\*\*)?(?P<value>\d{1,3})(?:[.):]| ?[-–—] )")
_OPENING_QUOTES = "\"“„«»‘‚'「『‹›"
_CLOSING_QUOTES = "\"”»’'"
_COMMAS = ",，、،"
_SMILEY = re.compile(r" [:;]-?[)D]$")
_COLUMNS = re.compile(r"[ \t](?<!\d[.)].)(?<=\S.)(?:(?<= ) +|(?<=\t))(?=[^\s–—-])")
_FIGURE = re.compile(
    r"[:：\d$€£pI](?:(?<=[:：])\s?(?=.{,20}\d)[\d\W]+$|(?<=\d) ?[€£¥円元₩]$|(?<=[$€£])\d[\d.,]*$"
    r"|(?<=\bp)p?\. ?\d[\d–-]*$|(?<=\bI)SBN\b)"
)
"""What a bill or a table of facts ends its lines with; what each of its forms begins with first, as
`re` is quick to find that."""
_OF_LETTERS = ("greetings", "letters", "postscripts")
_CONTENT = frozenset({Role.PROSE, Role.OPEN, Role.COLON, Role.QUOTE})
_PARAGRAPH = 120
"""A longer line is a paragraph, and no entry of a list."""
_GOES_ON = re.compile(r"[,;:.)](?:\s|$)|[a-zß-öø-ÿа-я]")
"""What a line begins with that goes on with the one above the address."""
_CLAUSE = 6
"""A line of more words, in small letters, may be a sentence."""
_LONGEST_CALL = 14
"""The most words of a headline in bold that asks something or calls out."""
_PART_OF_SENTENCE = 55
"""The fewest characters of a line that is as long as paragraphs are wrapped."""
_CLAUSE_CASELESS = 30
"""The same in scripts without capitals, in which lines of mail have some 35 characters."""
_COLUMN = 3
"""The most words of the name of a column."""
_AHEAD = 24
"""So many lines are looked at to find the next story."""


class Found(NamedTuple):
    """A title: its line, how it looks, the lines of the rules drawn around it, whether it is
    linked, the short line that follows before any text, and whether a blank line follows."""

    line: int
    look: Look
    rules: tuple[int, ...]
    item: bool
    opens: int | None
    apart: bool


def find_titles(lines: Sequence[Line]) -> tuple[Page, list[Found]]:
    """The titles among the lines, in order; their indices are those of the page's lines."""
    walk = _Walk(Page(lines))
    walk.run()
    return walk.page, walk.found


class _Walk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[Found] = []
        self.before = Role.NONE
        self.last = -1
        self.has_kickers = False

    def run(self) -> None:
        page = self.page
        for index, line in enumerate(page.lines):
            if not page.is_content(index):
                continue
            if self.before is Role.SHORT and line.gap and self._is_below_block():
                self.before = Role.ITEM
            if line.kind in SHORTS and self._is_title(index):
                after, place = page.after(index)
                is_open = after is Role.SHORT and not self._holds_more(index, place)
                opens = place if is_open else None
                rules = page.rules.get(index, ())
                below = page.lines[index + 1 : index + 2]
                apart = bool(below) and below[0].gap
                is_item = page.is_item(index) and index not in page.columns
                found = Found(index, page.look(index), rules, is_item, opens, apart)
                self.found.append(found)
                self.before = Role.TITLE
            elif line.kind is Kind.SHORT and self._closes(index):
                self.before = Role.CLOSING
            else:
                self.before = self._role_of_rest(index)
            self.last = index

    def _ends_in_figure(self, index: int) -> bool:
        if _DIGITS.search(self.page.lines[index].text) is None:
            return False
        return _FIGURE.search(self.page.look(index).title) is not None

    def _holds_more(self, index: int, place: int) -> bool:
        """Whether facts, links or an address of their own stand between a title and the next."""
        page = self.page
        for between in range(index + 1, place):
            line = page.lines[between]
            if line.kind is Kind.LINK:
                if line.gap and line.text.startswith(("http", "<http")):
                    return True
            elif line.kind is Kind.SHORT and (
                page.is_field(between) or page.look(between).linked or len(line.text) > _PARAGRAPH
            ):
                return True
        return False

    def _is_below_block(self) -> bool:
        """Whether three short lines or more stand close above, and none is a title: an address, a
        bill or another list without marks."""
        block = range(self.last, self.last - 3, -1)
        return self.last >= 2 and all(
            self.page.lines[number].kind is Kind.SHORT
            and (number == block[-1] or not self.page.lines[number].gap)
            and not (self.found and self.found[-1].line == number)
            for number in block
        )

    def _role_of_rest(self, index: int) -> Role:
        """The role of a line that is no title and closes no letter."""
        role = self.page.role(index)
        if role is not Role.SHORT:
            return role
        if self._ends_in_figure(index):
            return Role.ITEM
        return Role.PROSE if self._tells_of_title(index) else role

    def _tells_of_title(self, index: int) -> bool:
        """Whether a line right below a title is a sentence in small letters without an end, and a
        title with its text follows."""
        line = self.page.lines[index]
        return (
            self.before is Role.TITLE
            and not self.found[-1].look.colon
            and self.found[-1].look.size <= _COLUMN
            and self.page.role(index) is Role.SHORT
            and not line.gap
            and self._is_small_sentence(index)
            and self.page.after(self.page.after(index)[1])[0] in _CONTENT
        )

    def _is_small_sentence(self, index: int) -> bool:
        seen = self.page.look(index)
        return seen.size > _CLAUSE and seen.has_small(0.5) and not seen.linked

    def _closes(self, index: int) -> bool:
        """Whether a line closes a letter, so that a name may follow."""
        line = self.page.lines[index]
        bare = _bare(line)
        is_close = (line.gap and line.text[-1] in _COMMAS) or says("letters", bare)
        if not (is_close or "!" in line.text) or says("greetings", bare):
            return False
        seen = self.page.look(index)
        if is_close:
            return seen.size <= MOST_WORDS
        return seen.stop == "!" and seen.size <= 3

    def _is_title(self, index: int) -> bool:
        page = self.page
        is_drawn = index in page.rules
        if not is_drawn and page.role(index) is not Role.SHORT:
            return False
        seen = page.look(index)
        letters = sum(map(str.isalpha, seen.title.replace(REDACTED, "")))
        if not letters:
            return False
        if page.lines[index].kind is Kind.HEADING or index in page.roles.counted:
            return True
        if index in page.stories.headlines or index in page.roles.starred or index in page.columns:
            return True
        if not is_drawn and (
            sum(map(str.isdigit, seen.title)) > 2 * letters or not self._may_be_title(index)
        ):
            return False
        after, place = page.after(index)
        if is_drawn or after is Role.NONE:
            return after is not Role.NONE
        below = _bare(page.lines[place])
        if says("postscripts", below) or (index < page.greeting and not page.is_item(index)):
            return False
        if self._is_blank_field(seen, after, place):
            return False
        if seen.colon and not seen.bold and self._leads_to_address(index):
            return False
        if seen.bold and self.page.is_bold:
            return False
        if seen.bold:
            return len(seen.title) <= 160 and (
                not seen.stop
                or bool(seen.number)
                or (seen.stop in "?!" and (seen.size <= 6 or self._is_headline(index)))
            )
        if not self._reads_as_title(index, place):
            return False
        if self._is_in_text(index):
            return False
        if page.is_item(index):
            return self._heads_story(index, after, place)
        if after is Role.SHORT:
            return self._opens_run(index, place)
        return self._heads_content(index, after)

    def _is_in_text(self, index: int) -> bool:
        """Whether a line in plain type stands within a paragraph."""
        page = self.page
        if self.before is Role.TITLE or page.is_item(index):
            return False
        if page.is_deep_in_block(index):
            return True
        if index and page.lines[index - 1].text[-1] in _COMMAS and not page.lines[index].gap:
            return not page.look(index).number
        return page.is_within_block(index) and not _is_strong(page.look(index))

    def _may_be_title(self, index: int) -> bool:
        """Whether nothing about a line in bold or plain type shows it to be something else."""
        page = self.page
        line, seen = page.lines[index], page.look(index)
        if (
            (seen.italic and index not in page.questions.italics)
            or _NOT_WORDS.search(seen.title)
            or _has_open_end(line.text)
            or (not seen.bold and page.has_inner_link(index))
        ):
            return False
        if (_COLUMNS.search(line.text) and not seen.framed) or page.goes_on_from_above(index):
            return False
        if (_FIGURE.search(seen.title) and seen.title[0] not in "《『") or self._signs(index):
            return False
        if self.before is Role.CLOSING and seen.size <= 4 and not _is_strong(seen):
            return False
        if seen.linked and (seen.arrow or page.runs_on(index)):
            return False
        if self._goes_on_from_mark(index):
            return False
        bare = _bare(line)
        return not says(_OF_LETTERS, bare)

    def _goes_on_from_mark(self, index: int) -> bool:
        """Whether a line in plain type goes on with the item, or with the title behind a star, that
        stands right above it."""
        line, seen = self.page.lines[index], self.page.look(index)
        if line.gap or not index or seen.bold or _is_strong(seen):
            return False
        if index - 1 in self.page.roles.starred:
            return True
        return self.page.lines[index - 1].kind is Kind.ITEM and self.page.is_spaced

    def _is_blank_field(self, seen: Look, after: Role, place: int) -> bool:
        """Whether a label of a word or two stands above another, as in a form, or above a
        quotation: it says who wrote that."""
        if not seen.colon:
            return False
        if after is Role.QUOTE:
            return not (seen.caps or seen.bold)
        if after is not Role.SHORT:
            return False
        following = self.page.look(place)
        return following.colon and seen.size <= 2 and following.size <= 2 and not seen.caps

    def _leads_to_address(self, index: int) -> bool:
        """Whether nothing but addresses stand below a label before the next paragraph or rule: it
        says what is found there."""
        lines = self.page.lines
        below = index + 1
        while below < len(lines) and _is_address(lines[below]):
            below += 1
        return below > index + 1 and (
            below == len(lines)
            or lines[below].gap
            or lines[below].kind in (Kind.RULE, Kind.HEADING)
        )

    def _signs(self, index: int) -> bool:
        """Whether a word or two in plain type end what a rule divides from the rest, or stand above
        the line that says who wrote what is quoted: a name."""
        below = self.page.lines[index + 1 : index + 3]
        if not below or index in self.page.rules:
            return False
        is_answer = below[-1].kind is Kind.QUOTE and says("bylines", below[0].text)
        if not is_answer and below[0].kind is not Kind.RULE and below[0].text != "--":
            return False
        if index + 1 in self.page.rules.get(index + 2, ()):
            return False
        seen = self.page.look(index)
        most = MOST_WORDS if below[0].text == "--" else 2
        return seen.size <= most and not (seen.bold or _is_strong(seen))

    def _reads_as_title(self, index: int, place: int) -> bool:
        """Whether a line in plain type begins and ends as titles do."""
        line, seen = self.page.lines[index], self.page.look(index)
        if seen.stop and not self.page.questions.may_stop(index):
            return False
        if line.text[0] in _OPENING_QUOTES and not (
            seen.linked or self._may_begin_quoted(index, place)
        ):
            return False
        if (line.text[-1] in "-—–" and not seen.framed) or seen.title[0] in ",;.)":
            return False
        if line.text[-1] == "." and not (seen.stop or self._stands_apart(index)):
            return False
        if begins_small(seen.title) and index not in self.page.roles.small:
            return False
        if self._begins_paragraph(index):
            return False
        if seen.colon and not (is_label(seen) or " | " in seen.title):
            return False
        if line.text[-1] in ")D" and _SMILEY.search(line.text):
            return False
        if self.before is Role.NONE and seen.size > 6 and (seen.capital or 1) < 0.5:
            return False
        return not seen.number or self._is_numbered_title(seen, place)

    def _begins_paragraph(self, index: int) -> bool:
        """Whether a line is a good part of a sentence, and a line no longer follows right below, in
        a text with wrapped paragraphs: this one goes on there."""
        if not self.page.wrapped:
            return False
        line, below = self.page.lines[index], self.page.lines[index + 1 : index + 2]
        if not below or below[0].gap or below[0].kind is not Kind.SHORT or index in self.page.rules:
            return False
        seen = self.page.look(index)
        if seen.capital is None:
            return len(line.text) >= _CLAUSE_CASELESS and "、" in line.text
        return (
            len(line.text) >= _PART_OF_SENTENCE
            and len(below[0].text) <= _PARAGRAPH
            and seen.size > _CLAUSE + 2
            and seen.has_small(0.5)
            and not _is_strong(seen)
        )

    def _may_begin_quoted(self, index: int, place: int) -> bool:
        """Whether a line that begins with a quotation mark is a title, and no one's words."""
        if index in self.page.works:
            return True
        seen = self.page.look(index)
        below = self.page.lines[place : place + 1]
        is_listed = (
            seen.title[-1] in _CLOSING_QUOTES
            and bool(below)
            and (below[0].text[0] == self.page.lines[index].text[0])
        )
        return not is_listed and _is_quoted_title(seen)

    def _is_headline(self, index: int) -> bool:
        """Whether a line that calls out or asks stands apart, with the capitals of a headline."""
        seen = self.page.look(index)
        return (
            seen.size <= _LONGEST_CALL and (seen.capital or 0) >= 0.7 and self._stands_apart(index)
        )

    def _stands_apart(self, index: int) -> bool:
        below = self.page.lines[index + 1 : index + 2]
        return self.page.lines[index].gap and bool(below) and below[0].gap

    def _heads_story(self, index: int, after: Role, place: int) -> bool:
        """Whether a linked line is the headline of a story: a byline or its text follows. Right
        below another linked line, as in a card or a list, its text must follow at once."""
        page = self.page
        has_byline = any(
            page.is_aside(between)
            and not page.look(between).linked
            and page.lines[between].text[0] != "("
            for between in range(index + 1, place)
        )
        if after not in _CONTENT and not has_byline:
            return False
        if place < len(page.lines) and self._goes_on(index, page.lines[place].text):
            return False
        own = {*page.rules.get(index, ()), *page.rules.get(place, ())}
        if any(
            page.lines[each].kind is Kind.RULE and each not in own for each in range(index, place)
        ):
            return False
        if page.look(index).linked and page.look(index).colon and not page.lines[place].gap:
            return False
        above = page.lines[index - 1] if index and not page.lines[index].gap else None
        follows_link = (self.before is Role.SHORT and page.is_item(self.last)) or (
            above is not None
            and (above.kind is Kind.LINK or (above.kind in SHORTS and page.is_item(index - 1)))
        )
        return not follows_link or (place < len(page.lines) and not page.lines[place].gap)

    def _goes_on(self, index: int, text: str) -> bool:
        """Whether a text goes on with the line above its address, and does not name that again."""
        if not _GOES_ON.match(text):
            return False
        return text.split(maxsplit=1)[0] not in words(self.page.look(index).title)[-1:]

    def _is_numbered_title(self, seen: Look, place: int) -> bool:
        """Whether a numbered line is no item of a list: its neighbours are not numbered so."""
        value = _value(seen)
        if not value:  # a letter or a Roman numeral: parts of its own may be counted below
            return True
        lines = self.page.lines
        if place < len(lines) and _value_of(lines[place].text) == value + 1:
            return False
        before = _value_of(lines[self.last].text) if self.last >= 0 else 0
        return before != value - 1 or before == 0

    def _is_kicker(self, place: int) -> bool:
        """Whether a line of capitals above the story at `place` names its kind: most of the
        next stories have such a line too."""
        page = self.page
        if self.has_kickers or not page.is_item(place):
            return self.has_kickers
        last, others = place, [0, 0]
        for number in range(place + 1, min(len(page.lines), place + _AHEAD)):
            if page.lines[number].kind not in SHORTS:
                continue
            if page.is_item(number) and not (page.look(number).caps or page.is_aside(number)):
                others[page.look(last).caps] += 1
            last = number
        self.has_kickers = others[True] > others[False]
        return self.has_kickers

    def _opens_run(self, index: int, place: int) -> bool:
        """Whether a short line before a short line is the title of what has more titles, or of a
        list without marks."""
        page, before = self.page, self.before
        line, below = page.lines[index], page.lines[place]
        seen, following = page.look(index), page.look(place)
        if index in page.departments:
            return True
        if below.kind is Kind.HEADING and not _is_strong(seen) and page.is_below_picture(index):
            return False
        if page.lines[index + 1].kind is Kind.LINK and page.lines[index + 1].text[0] == "(":
            return False
        if not _is_strong(seen) and _begin_alike(seen, following):
            return False
        if before is Role.SHORT and not seen.colon:
            heads_stories = page.is_item(place) and page.after(place)[0] in _CONTENT
            if line.gap and (heads_stories or (seen.size <= _COLUMN and page.is_marked(place))):
                return True
            return _stands_out(seen) and not (
                _stands_out(following) or _stands_out(page.look(self.last))
            )
        if seen.emoji and following.emoji:
            return False
        if before is Role.TITLE and not line.gap and self._is_small_sentence(index):
            return False
        if before is Role.TITLE and self.found[-1].item and not (page.is_item(place) and seen.caps):
            return False
        if seen.colon:
            return before not in (Role.PROSE, Role.COLON) or seen.caps or seen.size <= 3
        if line.gap and not below.gap and place == index + 1:
            return False
        if seen.emoji or seen.number:
            return True
        if seen.caps:
            return not following.caps and not self._is_kicker(place)
        beyond, further = page.after(place)
        if beyond is Role.SHORT and not page.look(further).number:
            is_apart = line.gap and before is not Role.TITLE
            return is_apart or before in (Role.PROSE, Role.ITEM, Role.NONE)
        is_below_text = (seen.capital or 0) >= 0.7 and len(page.lines[self.last].text) > _PARAGRAPH
        return before not in (Role.COLON, Role.OPEN) or line.gap or is_below_text

    def _follows_link(self, index: int) -> bool:
        """Whether a line stands apart from a linked one above it, and has no link itself: what is
        above asked for a click or was a story of its own."""
        page = self.page
        if not page.lines[index].gap or page.is_item(index) or not page.is_item(self.last):
            return False
        _, place = page.after(index)
        is_headline = (page.look(index).capital or 0) >= 0.7
        return is_headline and len(page.lines[place].text) > _PARAGRAPH

    def _differs(self, seen: Look) -> bool:
        """Whether a line has a headline's capitals, and the item of a list above it has not."""
        above = self.page.look(self.last).capital
        return seen.size > 2 and (seen.capital or 0) >= 0.9 and above is not None and above < 0.7

    def _heads_content(self, index: int, after: Role) -> bool:
        """Whether a short line right before content is its title."""
        page, before = self.page, self.before
        line, seen = page.lines[index], page.look(index)
        capital = seen.capital or 0
        if _is_strong(seen):
            return seen.size <= 20
        if page.is_announced(index):
            return True
        if before is Role.SHORT:
            is_below_kicker = page.lines[self.last].gap and not line.gap
            return (
                after is Role.ITEM
                or is_below_kicker
                or page.is_below_rule(index)
                or self._follows_link(index)
                or self._differs(seen)
            )
        if seen.colon:
            is_listed = before in (Role.ITEM, Role.TITLE, Role.NONE)
            return is_listed or seen.size <= 3 or capital >= 0.9
        if before in (Role.COLON, Role.OPEN) and not line.gap:
            return capital >= 0.7
        is_below_colon = before is Role.TITLE and self.found[-1].look.colon and not line.gap
        return not (is_below_colon and self._is_small_sentence(index))


def _bare(line: Line) -> str:
    """The text of a line with its marks of address, but without emphasis."""
    return line.text.strip("*_~ ")


def _is_address(line: Line) -> bool:
    return line.kind is Kind.LINK and line.text.startswith(("http", "<http"))


def _has_open_end(text: str) -> bool:
    """Whether a line is to be filled in, or breaks off within a link."""
    if text.endswith("____") and not text.startswith("__"):
        return True
    return "[" in text and text.count("[") > text.count("]")


def _is_quoted_title(seen: Look) -> bool:
    """Whether a line that begins with a quotation mark has the capitals of a headline, which what
    people said has not, or goes on after the title of a work."""
    if seen.title[0] == "『":
        return not seen.stop and 0 < seen.title.find("』") < len(seen.title) - 1
    if seen.title[0] in "「『" or seen.size < 3:
        return False
    if seen.stop:  # said by a headline about a work, and not by what is quoted
        return seen.caps and seen.title[-1] == "!"
    return (seen.capital or 0) >= 0.8


def _begin_alike(seen: Look, following: Look) -> bool:
    """Whether two lines begin with the same two words, as entries of a list or verses do."""
    return seen.size > 2 and words(seen.title)[:2] == words(following.title)[:2]


def _is_strong(seen: Look) -> bool:
    """Whether a line is marked as a title by more than its shortness."""
    return bool(seen.emoji or seen.number or seen.caps or seen.framed)


def _stands_out(seen: Look) -> bool:
    """Whether a line looks unlike the items of a list."""
    return bool(seen.emoji or seen.caps)


def _value(seen: Look) -> int:
    """The number that a line begins with, 0 if it has none or writes it otherwise."""
    digits = _DIGITS.search(seen.number)
    return int(digits.group()) if digits else 0


def _value_of(text: str) -> int:
    """The number of a numbered line, 0 if it has none."""
    number = _NUMBERED.match(text, 0, 20)
    return int(number["value"]) if number else 0
