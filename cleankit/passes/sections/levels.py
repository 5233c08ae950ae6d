"""How deep each title stands, from the document's own style.

Titles that look alike share a level. What contains what follows from the order: a look that
appears under another, and is no stronger, stands below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleankit.passes.sections.titles import Found

_DEEPEST = 5


def levels(titles: Sequence[Found]) -> list[int]:
    """A level for each title, 1 at the top. Every level up to the deepest is in use, except that
    titles of linked items alone begin at 2: what they are items of is the issue itself."""
    if not titles:
        return []
    if all(title.look.depth for title in titles):
        return _from_depths(titles)
    return _dense(titles, _from_looks(titles))


def _from_depths(titles: Sequence[Found]) -> list[int]:
    return _dense(titles, [title.look.depth for title in titles])


def _dense(titles: Sequence[Found], ranks: Sequence[int]) -> list[int]:
    order = {rank: number for number, rank in enumerate(sorted(set(ranks)), start=1)}
    top = [title for title, rank in zip(titles, ranks, strict=True) if order[rank] == 1]
    shift = 1 if all(title.item for title in top) else 0
    return [min(order[rank] + shift, _DEEPEST) for rank in ranks]


def _look_class(title: Found) -> tuple[int, int]:
    """The group of a look, and the look within it. Groups stand below each other; looks of one
    group may stand side by side."""
    look = title.look
    if look.depth:
        return 0, look.depth
    if title.item:
        return 4, 0
    if title.rule_above is not None:
        return 1, 0
    if look.emoji:
        return 1, 1
    if look.caps:
        return 1, 2
    if title.rule_below is not None:
        return 2, 0
    if look.number:
        return 3, 3
    if look.bold:
        return 3, 1
    return (3, 2) if look.colon else (3, 0)


def _from_looks(titles: Sequence[Found]) -> list[int]:
    """Ranks by look, and within one look by what opens what."""
    classes = [_look_class(title) for title in titles]
    order = _ordered(titles, classes)
    ranks = [order[each] * 2 for each in classes]
    for each in set(classes):
        openers = [
            number
            for number, (title, kind) in enumerate(zip(titles, classes, strict=True))
            if kind == each and title.opens and _next_is(titles, classes, number, each)
        ]
        if len(openers) < 2 or each[0] < 1:
            continue
        for number, kind in enumerate(classes):
            if kind == each and number > openers[0] and number not in openers:
                ranks[number] += 1
    return ranks


def _next_is(
    titles: Sequence[Found], classes: Sequence[tuple[int, int]], number: int, each: tuple[int, int]
) -> bool:
    return number + 1 < len(titles) and classes[number + 1] == each


def _ordered(
    titles: Sequence[Found], classes: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], int]:
    """The rank of each look class."""
    first: dict[tuple[int, int], int] = {}
    for number, each in enumerate(classes):
        first.setdefault(each, number)
    above: dict[tuple[int, int], tuple[int, int]] = {}
    for number in range(len(titles) - 1):
        upper, lower = classes[number], classes[number + 1]
        alike = upper == lower or upper[0] != lower[0] or upper[0] == 0
        if titles[number].opens and not alike and above.get(upper) != lower:
            above.setdefault(lower, upper)
    rank: dict[tuple[int, int], int] = {}
    level = 0
    for group in sorted({each[0] for each in classes}):
        members = sorted((each for each in first if each[0] == group), key=lambda e: first[e])
        if group == 0:
            for each in sorted(members):
                rank[each] = level
                level += 1
            continue
        if rank and group != 4:
            start = min(first[each] for each in rank)
            numbers = [n for n, each in enumerate(classes) if each[0] == group]
            if sum(n > start for n in numbers) * 2 < len(numbers):
                level = max(level - 1, 0)
        deepest = level
        for each in members:
            parent = above.get(each)
            rank[each] = rank[parent] + 1 if parent in rank else level
            deepest = max(deepest, rank[each])
        for each in members:
            parent = above.get(each)
            if parent is not None and rank.get(parent, -1) >= rank[each]:
                rank[each] = rank[parent] + 1
                deepest = max(deepest, rank[each])
        level = deepest + 1
    return rank
