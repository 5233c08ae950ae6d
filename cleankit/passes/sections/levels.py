"""How deep each title stands, from the document's own style.

Titles that look alike share a level. What contains what follows from the order: a look that
appears under another, and is no stronger, stands below it. Below a title no level is skipped,
whatever depths of headings a template has in between.

As people do who label newsletters: parts stand at 1, and so does the name at the head of the issue,
beside them, unless it opens them all; linked headlines and works are items, which stand at 2 even
alone; the name of a column, of a word or two, holds the headlines below it; titles that are counted
are alike; underlined titles stand beside boxed ones, unless these open or hold them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from cleankit.passes.sections.looks import Look
from cleankit.passes.sections.titles import Found
from cleankit.passes.sections.words import words

_COUNTED = re.compile(r"\d{1,3}(?:[.):]| ?[-–—])")
_DIGIT = re.compile(r"\d")
_DEEPEST = 5
_ACRONYM = 3
"""A title of words no longer than this is in capitals for being made of acronyms."""
_QUESTION = "?？؟"
_WORKS = "《『"
"""The brackets of East Asian writing that the titles of books and the like stand in."""
_SERIES = 3
"""So many titles that count up are the parts of a text, at least."""
_OFTENER = 2
"""So many times as often as the other way round must one look open another to hold it."""
_HEADLINE = 4
"""The fewest words of a headline under the name of a column; other names of columns have less."""


def levels(titles: Sequence[Found]) -> list[int]:
    """A level for each title, 1 at the top. Every level up to the deepest is in use, except that
    titles of linked items alone begin at 2: what they are items of is the issue itself."""
    if not titles:
        return []
    if all(title.look.depth for title in titles):
        return _from_depths(titles)
    if is_name(titles):
        return [1, *levels(titles[1:])]
    found = _dense(titles, _from_looks(titles))
    if not _is_item(titles[0]):
        found[0] = 1  # It has nothing above itself.
    return _outline(found)


def is_name(titles: Sequence[Found]) -> bool:
    """Whether the first of several titles is the one `#` of a page: the document's name, which
    stands beside what is highest below it."""
    depths = [title.look.depth for title in titles]
    return len(depths) > 1 and depths[0] == 1 and 1 not in depths[1:]


def _from_depths(titles: Sequence[Found]) -> list[int]:
    """Levels by the author's headings; the one `#` of a page, at its head, is the document's name
    and stands beside what is highest below it."""
    depths: list[float] = [title.look.depth for title in titles]
    if depths[0] == 1:
        depths[0] = min(depths[1:], default=1)
    for depth, stronger in _openers(titles).items():
        depths = [stronger - 0.5 if each == depth else each for each in depths]
    return _outline(_dense(titles, depths))


def _openers(titles: Sequence[Found]) -> dict[int, int]:
    """Depths of headings that stand right above linked ones of a lesser depth, all of them: they
    name what these are items of. Each with the least depth of such items."""
    linked = {title.look.depth for title in titles if title.item}
    linked -= {title.look.depth for title in titles if not title.item}
    opened: dict[int, int] = {}
    others: set[int] = set()
    for number, title in enumerate(titles):
        below = titles[number + 1].look.depth if number + 1 < len(titles) else 0
        if below in linked and below < title.look.depth and _opens(titles, number):
            opened[title.look.depth] = min(below, opened.get(title.look.depth, below))
        else:
            others.add(title.look.depth)
    return {depth: below for depth, below in opened.items() if depth not in others}


def _outline(levels: Sequence[int]) -> list[int]:
    """The levels without those that are skipped below a title."""
    above: list[tuple[int, int]] = []
    outline: list[int] = []
    for level in levels:
        while above and above[-1][0] >= level:
            above.pop()
        reached = min(level, above[-1][1] + 1) if above else level
        above.append((level, reached))
        outline.append(reached)
    return outline


def _dense(titles: Sequence[Found], ranks: Sequence[float]) -> list[int]:
    order = {rank: number for number, rank in enumerate(sorted(set(ranks)), start=1)}
    top = [title for title, rank in zip(titles, ranks, strict=True) if order[rank] == 1]
    shift = 1 if len(top) > 1 and all(map(_is_item, top)) else 0
    return [min(order[rank] + shift, _DEEPEST) for rank in ranks]


LookClass = tuple[int, int]

_HEADINGS, _PARTS, _STRONG, _UNDERLINED, _PLAIN, _ITEMS = range(6)
_CAPITALS, _DRAWN_CAPITALS = (_STRONG, 2), (_STRONG, 5)


class _Style(NamedTuple):
    """What the titles of a text have among them.

    Attributes:
        emoji: how many begin with each emoji.
        signs: whether several without a link begin with one.
        capitals: whether any is in capitals, and not for being made of acronyms.
        shouts: whether half of those without a link are in capitals.
        questions: whether two that follow each other ask something.
        arrows: whether several stand behind arrows, and others do not.
        linked: the depths of headings, all of them linked, that follow titles in bold type.
    """

    emoji: Counter[str]
    signs: bool
    capitals: bool
    shouts: bool
    questions: bool
    arrows: bool
    linked: frozenset[int]


def _style(titles: Sequence[Found]) -> _Style:
    return _Style(
        Counter(title.look.emoji for title in titles),
        sum(bool(title.look.emoji) for title in titles if not title.item) > 1,
        any(title.look.caps and not _is_acronym(title.look) for title in titles),
        sum(1 if title.look.caps else -1 for title in titles if not title.item) >= 0,
        any(_asks(above) and _asks(below) for above, below in pairwise(titles)),
        1 < sum(title.look.arrow for title in titles) < len(titles),
        _linked_depths(titles),
    )


def _linked_depths(titles: Sequence[Found]) -> frozenset[int]:
    opened = Counter(
        titles[number + 1].look.depth
        for number in range(len(titles) - 1)
        if titles[number].look.bold and not (titles[number].look.depth or titles[number].item)
    )
    return frozenset(
        depth
        for depth, count in opened.items()
        if depth and count > 1 and all(title.item for title in titles if title.look.depth)
    )


def _look_class(title: Found, style: _Style) -> LookClass:
    """The group of a look, and the look within it.

    The groups stand below each other as they are numbered; looks of one group may stand side by
    side. An emoji that comes again and again is a bullet rather than a sign. A linked title with a
    sign of its own, as titles without a link have them, is one of these.
    """
    look = title.look
    has_sign = look.emoji != "" and style.emoji[look.emoji] == 1
    if look.depth and look.depth not in style.linked:
        return _HEADINGS, look.depth
    if _is_item(title) and not (has_sign and style.signs):
        return _ITEMS, 0
    if len(title.rules) == 2:
        return _STRONG, 0
    if look.framed:
        return _STRONG, 3
    if look.starred or (look.arrow and style.arrows):
        return _STRONG, 4
    if look.emoji and not look.is_bulleted:
        return (_STRONG, 1) if has_sign else (_UNDERLINED, 1)
    if look.caps and style.capitals and (style.shouts or not _is_acronym(look)):
        return _DRAWN_CAPITALS if title.rules else _CAPITALS
    if title.rules:
        return _UNDERLINED, 0
    if look.number:
        return _numbered(look.number)
    if look.bold:
        return _PLAIN, 2
    if look.italic:
        return _PLAIN, 4
    if style.questions and _asks(title):
        return _PLAIN, 5
    return (_PLAIN, 3) if look.colon else (_PLAIN, 0)


def _numbered(number: str) -> LookClass:
    """Digits, Roman numerals and letters count parts of different depths."""
    if _DIGIT.search(number):
        return _PLAIN, 1
    return (_PLAIN, 6) if number[0] in "IVX" else (_PLAIN, 7)


def _is_acronym(look: Look) -> bool:
    return all(len(word) <= _ACRONYM for word in words(look.title))


def _asks(title: Found) -> bool:
    return title.look.stop != "" and title.look.stop in _QUESTION


def _is_item(title: Found) -> bool:
    """Whether a title is that of an item: a linked one, or a work's in brackets."""
    return title.item or title.look.title[0] in _WORKS


def _from_looks(titles: Sequence[Found]) -> list[float]:
    """Ranks by look, and within one look by what opens what."""
    style = _style(titles)
    classes = _in_series(titles, [_look_class(title, style) for title in titles])
    classes = _promoted(titles, classes)
    order = _class_ranks(titles, classes)
    ranks = [2.0 * order.get(each, 0) for each in classes]
    _raise_first(classes, ranks)
    for each in sorted(order):
        if each[0] in (_HEADINGS, _ITEMS):
            continue
        openers = {
            number
            for number in range(len(titles) - 1)
            if _opens(titles, number) and classes[number] == classes[number + 1] == each
        }
        if len(openers) == 1 and not any(_is_terse(titles, number) for number in openers):
            for number in _opened_by_one(titles, classes, min(openers)):
                ranks[number] += 1
        if len(openers) < 2 and not any(_is_terse(titles, number) for number in openers):
            continue
        least = _HEADLINE if len(openers) == 1 else 2
        for number in range(min(openers), len(titles)):
            is_opened = number - 1 in openers or titles[number].look.size >= least
            if classes[number] == each and number not in openers and is_opened:
                ranks[number] += 1
    _place_items(classes, ranks)
    for number, title in enumerate(titles):
        ranks[number] += title.look.number.rstrip(".").count(".") / 10
    return ranks


def _raise_first(classes: Sequence[LookClass], ranks: list[float]) -> None:
    """Put what stands before the first title of the highest rank beside that: nothing holds it."""
    if any(each[0] == _HEADINGS for each in classes):
        return
    others = [number for number, each in enumerate(classes) if each[0] != _ITEMS]
    top = min((ranks[number] for number in others), default=0)
    for number in others:
        if ranks[number] == top:
            return
        ranks[number] = top


def _in_series(titles: Sequence[Found], classes: Sequence[LookClass]) -> list[LookClass]:
    """The looks, with titles whose numbers count up alike all in the strongest of theirs."""
    series: dict[str, list[int]] = {}
    for number, title in enumerate(titles):
        if _COUNTED.fullmatch(title.look.number) and not title.look.depth:
            series.setdefault(title.look.number[-1], []).append(number)
    joined = list(classes)
    for members in series.values():
        values = [int(titles[each].look.number[:-1]) for each in members]
        if len(members) > 1 and all(b in (a + 1, 1) for a, b in pairwise(values)):
            strongest = min(classes[each] for each in members)
            if len(members) >= _SERIES and _holds_stronger(titles, classes, members):
                strongest = _PARTS, 0
            for each in members:
                joined[each] = strongest
    return joined


def _promoted(titles: Sequence[Found], classes: Sequence[LookClass]) -> list[LookClass]:
    """The looks, with one above all others that stands right above a stronger one as often as not,
    twice at least, and never right below it: it is what the text is divided into."""
    times: Counter[tuple[LookClass, LookClass]] = Counter()
    for number in range(len(titles) - 1):
        upper, lower = classes[number : number + 2]
        if _opens(titles, number) and all(_PARTS < each[0] < _ITEMS for each in (upper, lower)):
            times[upper, lower] += 1
    found = {
        weak
        for (weak, strong), count in times.items()
        if weak[0] > strong[0]
        and count > 1
        and not times[strong, weak]
        and classes.index(weak) < classes.index(strong)
        and classes.count(weak) <= 2 * count
    }
    return [(_PARTS, 10 * each[0] + each[1]) if each in found else each for each in classes]


def _holds_stronger(
    titles: Sequence[Found], classes: Sequence[LookClass], members: Sequence[int]
) -> bool:
    """Whether a title of a series stands right above one that looks stronger, and none the other
    way round: the series is what the text is divided into."""
    within = set(members)
    series = min(classes[each][0] for each in members)
    if series <= _PARTS:
        return False
    above = below = 0
    for number in range(len(titles) - 1):
        groups = classes[number][0], classes[number + 1][0]
        if _opens(titles, number) and _HEADINGS < min(groups) < series <= max(groups) < _ITEMS:
            above += number in within
            below += number + 1 in within
    return above > 0 and not below


def _count_up(titles: Sequence[Found], members: Sequence[int]) -> bool:
    """Whether each of several titles has a number, one more than the one before: what has none is
    not one of them."""
    numbers = [titles[each].look.number for each in members]
    if len(members) < _SERIES or not all(map(_COUNTED.fullmatch, numbers)):
        return False
    return all(int(b[:-1]) == int(a[:-1]) + 1 for a, b in pairwise(numbers))


def _opened_by_one(
    titles: Sequence[Found], classes: Sequence[LookClass], opener: int
) -> Iterator[int]:
    """The titles below the only one that opens another of its look: the next, and those after it
    that stand as close to their text as it does, where the opener's fellows do not."""
    first = opener + 1
    yield first
    fellows = {
        title.apart
        for title, each in zip(titles[:opener], classes, strict=False)
        if each == classes[first]
    }
    if titles[first].apart or titles[first].apart in fellows:
        return
    for number in range(first + 1, len(titles)):
        if classes[number] == classes[first]:
            if titles[number].apart:
                return
            yield number


def _is_terse(titles: Sequence[Found], number: int) -> bool:
    """Whether a title is the name of a column above a headline."""
    size = titles[number].look.size
    return size <= 2 and titles[number + 1].look.size >= size + 2


def _place_items(classes: Sequence[LookClass], ranks: list[float]) -> None:
    """Put the linked items, which share a level, below the highest title that they follow."""
    above: float | None = None
    parents = set()
    for each, rank in zip(classes, ranks, strict=True):
        if each[0] == _ITEMS:
            parents.add(above)
        else:
            above = rank
    known = [rank for rank in parents if rank is not None]
    top = min((r for c, r in zip(classes, ranks, strict=True) if c[0] != _ITEMS), default=-1)
    rank = (top if None in parents else min(known, default=-1)) + 1
    for number, each in enumerate(classes):
        if each[0] == _ITEMS:
            ranks[number] = rank


def _class_ranks(titles: Sequence[Found], classes: Sequence[LookClass]) -> dict[LookClass, int]:
    """The rank of each look but that of items, counted from 0."""
    places: dict[LookClass, list[int]] = {}
    for number, each in enumerate(classes):
        places.setdefault(each, []).append(number)
    opened = _opened(titles, classes)
    rank: dict[LookClass, int] = {}
    for group in range(_ITEMS):
        members = [each for each in places if each[0] == group]
        if group == _HEADINGS:
            rank = {each: number for number, each in enumerate(sorted(members))}
            continue
        if not members:
            continue
        base = max(rank.values(), default=-1)
        if not rank or _is_nested(rank, members, places, titles):
            base += 1
        first = min((places[each][0] for each in rank), default=-1)
        for each in members:
            rank[each] = base if places[each][-1] > first else 0
        for lower, upper in opened.items():
            if lower in members:
                rank[lower] = rank[upper] + 1
    return rank


def _opened(titles: Sequence[Found], classes: Sequence[LookClass]) -> dict[LookClass, LookClass]:
    """Looks that stand right below another look of the same group, and hardly ever above it.

    What stood before the only title of another look as well is not below it.

    Where there are linked items, what the first title opens stands beside it: it is the name of the
    document, whose parts hold them.
    """
    has_items = any(each[0] == _ITEMS for each in classes)
    below: dict[LookClass, LookClass] = {}
    times: Counter[tuple[LookClass, LookClass]] = Counter()
    for number in range(len(titles) - 1):
        upper, lower = classes[number : number + 2]
        if (
            _opens(titles, number)
            and upper != lower
            and (number or not has_items)
            and upper[0] == lower[0] not in (_HEADINGS, _ITEMS)
        ):
            times[lower, upper] += 1
    if _hold_runs(classes):
        times[_CAPITALS, _DRAWN_CAPITALS] += 1
    for lower, upper in _alternating(classes):
        if not (times[lower, upper] or times[upper, lower]):
            times[lower, upper] = 1
    for lower, upper in times:
        if times[lower, upper] <= _OFTENER * times[upper, lower]:
            continue
        if classes.count(upper) > 1 or classes.index(upper) < classes.index(lower):
            below.setdefault(lower, upper)
    return {lower: upper for lower, upper in below.items() if upper not in below}


def _hold_runs(classes: Sequence[LookClass]) -> bool:
    """Whether several titles in capitals without a rule follow each other between two with one."""
    if _CAPITALS not in classes or _DRAWN_CAPITALS not in classes:
        return False
    drawn = [number for number, each in enumerate(classes) if each == _DRAWN_CAPITALS]
    return any(classes[first + 1 : last].count(_CAPITALS) > 1 for first, last in pairwise(drawn))


def _alternating(classes: Sequence[LookClass]) -> Iterator[tuple[LookClass, LookClass]]:
    """Looks of one group, the lower and the upper, of which the upper comes first and never twice
    in a row, and the lower in runs, two of several titles at least."""
    looks = dict.fromkeys(each for each in classes if _PARTS < each[0] < _ITEMS)
    for upper in looks:
        for lower in looks:
            if upper == lower or upper[0] != lower[0]:
                continue
            runs = [
                (look, sum(1 for _ in run))
                for look, run in groupby(each for each in classes if each in (upper, lower))
            ]
            held = sum(look == lower and length > 1 for look, length in runs)
            if (
                held > 1
                and runs[0][0] == upper
                and all(look == lower or length == 1 for look, length in runs)
            ):
                yield lower, upper


def _is_nested(
    rank: Mapping[LookClass, int],
    members: Sequence[LookClass],
    places: Mapping[LookClass, Sequence[int]],
    titles: Sequence[Found],
) -> bool:
    """Whether weaker looks stand below the stronger ones: most of them come after the first of
    these, and they are more than one or come right below.

    One strong title at the head of all others is the document's name.
    """
    strong = sorted(number for each in rank for number in places[each])
    weak = sorted(number for each in members for number in places[each])
    named = next((number for number, title in enumerate(titles) if not title.item), None)
    if strong[0] == named and not titles[named].look.depth:
        if titles[named].look.size > _HEADLINE and not _opens(titles, named):
            strong = strong[1:]
        if not strong or strong == [named]:
            return False
    after = [number for number in weak if number > strong[0]]
    if len(after) * 2 < len(weak):
        return False
    if titles[strong[0]].look.depth or (after and _count_up(titles, strong)):
        return True
    if any(number - 1 in strong and _opens(titles, number - 1) for number in after):
        return True
    holds_items = any(_opens(titles, number) and titles[number + 1].item for number in weak[:-1])
    return len(after) > 1 and not holds_items


def _opens(titles: Sequence[Found], number: int) -> bool:
    """Whether the next title stands right below this one, with no text between."""
    return titles[number].opens == titles[number + 1].line
