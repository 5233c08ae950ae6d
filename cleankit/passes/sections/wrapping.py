"""Hard-wrapped paragraphs: lines that end where the next word did not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from cleankit.passes.sections.lines import MAX_TITLE, Kind, Line
from cleankit.passes.sections.looks import Look, ends_sentence, frame

_AT_LEAST, _AT_MOST = 40, 100
"""The widths at which text is wrapped; RFC 5322 asks for 78, most mail programs take less."""

_PAIRS = 3
"""So many lines that go on in small letters show a text to be wrapped."""

_STOPS = ".!?:。"
_CLOSERS = "\"'”’»"
_GOES_ON = re.compile(r"\([^\W_A-Z]\S*[ )]|\[\d{1,3}\] |-- |\d{1,2}:\d\d ?(?:[AP]M|[ap]\.?m|Uhr)\b")
"""A bracket, a note's number, a dash or a time that no line begins with but one that goes on."""
_PARTICLE = re.compile(r"\S{8}(?:[がにはをてもば]|ため|ので|から|よう)$")
_PARTICLE_ENDS = "がにはをてもばめでらう"
"""What a clause of Japanese ends in that goes on on the next line."""
_RAGGED = 2
"""Programs count a line's width a little differently from each other."""


def wrapped_lines(lines: Sequence[Line]) -> set[int]:
    """The indices of lines within hard-wrapped paragraphs.

    A text is wrapped if lines of like length go on in small letters on the next line, and hardly
    any line is long. The width is that of four in five such lines.
    """
    width = _width(lines)
    within: set[int] = set()
    for index, (line, following) in enumerate(pairwise(lines)):
        if following.gap or not (
            following.kind is Kind.SHORT
            or (following.kind is Kind.ITEM and _GOES_ON.match(following.text))
        ):
            continue
        if line.kind is not Kind.SHORT and not (width and _goes_on_in(line)):
            continue
        goes_on = line.text.rstrip(_CLOSERS)[-1:] not in _STOPS and (
            (following.text[0].islower() and frame(line.text) is None)
            or (len(line.text) >= _AT_LEAST and _GOES_ON.match(following.text) is not None)
            or (line.text[-1] in _PARTICLE_ENDS and _PARTICLE.search(line.text) is not None)
        )
        ends_in_address = line.text[-1] in ">)]" and "http" in line.text
        if width and not (goes_on or ends_in_address or len(line.text) > _AT_MOST):
            first_word = following.text.split(maxsplit=1)[0]
            is_full = len(line.text) + len(first_word) >= width - _RAGGED
            goes_on = is_full and frame(line.text) is None
        if goes_on:
            within.update((index, index + 1))
    return within


def stay_wrapped(lines: Sequence[Line], wrapped: Set[int], titles: Set[int]) -> bool:
    """Whether the same lines are wrapped once the titles among them are headings."""
    if not wrapped:
        return True
    marked = [
        line._replace(kind=Kind.HEADING) if index in titles else line
        for index, line in enumerate(lines)
    ]
    return wrapped_lines(marked) - titles == wrapped - titles


def join_titles(lines: Sequence[Line], wrapped: set[int]) -> list[Line]:
    """The lines, with titles that are wrapped over two lines put together.

    Such a title is a paragraph of its own, or all that stands between two rules, and has the
    capitals of one.
    """
    joined: list[Line] = []
    index = 0
    while index < len(lines):
        if (
            (index in wrapped or _is_below_rule(lines, index)) and _is_title_of_two(lines, index)
        ) or _is_bold_over_two(lines, index):
            first, second = lines[index : index + 2]
            text = f"{first.text} {second.text}"
            joined.append(Line(first.start, second.end, text, Kind.SHORT, first.gap))
            index += 2
        else:
            joined.append(lines[index])
            index += 1
    return joined


def _width(lines: Sequence[Line]) -> int:
    """The width at which a text is wrapped, 0 if it is not."""
    lengths: list[int] = []
    for index, (line, following) in enumerate(pairwise(lines)):
        if (
            not following.gap
            and _AT_LEAST <= len(line.text) <= _AT_MOST
            and line.kind in (Kind.SHORT, Kind.ITEM)
            and following.kind is Kind.SHORT
            and following.text[0].islower()
            and line.text[-1] not in _STOPS
            and not _is_alone(lines, index)
        ):
            lengths.append(len(line.text))
    if len(lengths) < _PAIRS:
        return 0
    long = sum(line.kind is Kind.PROSE and len(line.text) > _AT_MOST for line in lines[:-1])
    if len(lengths) <= 2 * long:
        return 0
    lengths.sort()
    return lengths[len(lengths) * 4 // 5]


def _goes_on_in(line: Line) -> bool:
    """Whether a line is an item, or the rest of a line that an address broke."""
    return line.kind is Kind.ITEM or (line.kind is Kind.PROSE and len(line.text) <= _AT_MOST)


def _is_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether two lines are a paragraph of their own that does not end as sentences do."""
    above = lines[index - 1] if index and not lines[index].gap else None
    if above is not None and not (above.kind is Kind.RULE and above.gap):
        return False
    after = lines[index + 2] if index + 2 < len(lines) else None
    if after is not None and not after.gap and after.kind not in (Kind.RULE, Kind.LINK):
        return False
    return not ends_sentence(lines[index + 1].text)


def _is_below_rule(lines: Sequence[Line], index: int) -> bool:
    return index > 0 and lines[index - 1].kind is Kind.RULE and not lines[index].gap


def _is_bold_over_two(lines: Sequence[Line], index: int) -> bool:
    """Whether bold type begins with a line that stands apart, and ends with the next."""
    first = lines[index]
    if first.text[:2] != "**" or first.kind is not Kind.SHORT or not first.gap:
        return False
    second = lines[index + 1] if index + 1 < len(lines) else first
    return (
        second.kind is Kind.SHORT
        and not second.gap
        and second.text.endswith("**")
        and first.text.count("**") == second.text.count("**") == 1
        and len(first.text) + len(second.text) <= MAX_TITLE
        and not ends_sentence(first.text)
    )


def _is_title_of_two(lines: Sequence[Line], index: int) -> bool:
    if index + 1 >= len(lines) or not _is_alone(lines, index):
        return False
    first, second = lines[index : index + 2]
    if first.kind is not Kind.SHORT or second.gap or second.kind is not Kind.SHORT:
        return False
    if len(first.text) + len(second.text) > MAX_TITLE or second.text[-1] in ",;:":
        return False
    boxed = (
        _is_below_rule(lines, index)
        and index < len(lines) - 2
        and lines[index + 2].kind is Kind.RULE
        and not lines[index + 2].gap
    )
    if not boxed and ends_sentence(first.text):
        return False
    capital = Look(f"{first.text} {second.text}").capital
    return boxed or (capital is not None and capital >= 0.75)
