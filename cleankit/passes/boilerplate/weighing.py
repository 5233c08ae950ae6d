"""Footers that no phrase tells: by the marks of their units, weighed together.

A footer is the end of a text. Each unit has points for or against by its marks (see `marks`), and
what is cut is the run from the last unit upwards that has the most. So no unit is judged by itself,
and nothing is left at the end that another look would cut.

The points are those of a logistic regression over labelled mail (`python -m benchmarks.points`),
as in Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features"
(WSDM 2010). They are data, in `cleankit/rules/boilerplate/points.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice

from cleankit.passes.boilerplate import marks, places, surroundings, tail
from cleankit.passes.boilerplate.judging import is_rule
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import plain, visible

UNITS = 40
"""Units at the end of a text among which a footer is looked for."""

KNOWN = 2.0
"""Points of a unit that is cut already."""

MOST = 3.0
"""Points of any other at most: one unit alone does not pay for many."""

LOST = 6.0
"""So many points below the best, no run further upwards is looked at."""

LONGEST = 1_500
"""Visible characters of a unit that can be weighed: one may be a whole message."""

BELOW = 2.5
"""So many points against what stands last, it is no footer."""

NOTED = 6
"""So many marks of a unit are told in the ledger."""

LINKS = 2
"""So many links that say nothing of a footer can be in one: more are the author's."""

_SILENT = frozenset(
    {
        *("link", "links", "number", "year", "divider", "row", "capitals", "small-letter", "item"),
        *("question", "colon", "comma", "sentence", "price", "time", "site", "place", "reader"),
        *("purpose", "opens-block", "rule-above", "letter-ends-above", "speaker"),
    }
)
"""Marks that say nothing of a footer, nor do those of length and of what a phrase may mean."""

_TELLING = frozenset(
    {
        *("says-unsubscribe", "says-reason", "says-preferences", "says-legal", "says-social"),
        *("leaving", "leaving-words", "rights", "register-number", "networks"),
    }
)
"""Marks one of which a footer has of which nothing is known."""

_KINDS = (
    ("says-unsubscribe", "unsubscribe"),
    ("says-web_version", "web_version"),
    ("says-reason", "reason"),
    ("says-preferences", "preferences"),
    ("leaving", "unsubscribe"),
    ("rights", "legal"),
    ("register", "legal"),
    ("address", "address"),
    ("says-legal", "legal"),
    ("says-subscribe_cta", "subscribe_cta"),
    ("says-share", "share"),
    ("networks", "social"),
    ("handle", "social"),
)
"""The kind of a unit by the first of these marks that it has; else `masthead`."""


def footer(layout: Layout) -> None:
    """Cut the units at the end of a text as far as their marks speak for a footer.

    A line that ends a letter is the author's, and so is what stands above it. What is cut is never
    more than what is left: a short notice may speak of lists and addresses throughout.
    """
    run, end = _heaviest(layout)
    weighed = {index: (_kind(run[index]), marks.RULE) for index in run if index not in layout.cut}
    surroundings.spare_signature(layout, end, weighed)
    if not _is_told(layout, run):
        layout.is_in_doubt = bool(run)
    elif _leaves_more(layout, weighed):
        layout.cut.update(weighed)
        layout.notes.update((index, _note(run[index])) for index in weighed)


def _heaviest(layout: Layout) -> tuple[dict[int, frozenset[str]], int]:
    """The run of units from the last one upwards that has the most points, with their marks; and
    the unit above, if a footer can go no further for its sake, or -1."""
    points, base = _points()
    total = most = 0.0
    run: dict[int, frozenset[str]] = {}
    length = links = 0
    last = tail.above_references(layout, len(layout.units) - 1)
    end = -1
    for index in range(last, max(last - UNITS, -1), -1):
        found: frozenset[str] = frozenset()
        if index in layout.cut:
            total += KNOWN
        elif _ends_footer(layout, index):
            end = index
            break
        elif found := marks.of(layout, index):
            total += min(base + sum(points.get(mark, 0.0) for mark in found), MOST)
        silent = _is_silent_link(found)
        links += silent
        if links > LINKS:
            break
        run[index] = found
        if total > most and not silent and _begins(layout, index):
            most, length = total, len(run)
        elif total < (most - LOST if length else -BELOW):
            break
    else:
        if last >= UNITS:
            length = 0  # The end is nowhere among them: another look would find more.
    return dict(islice(run.items(), length)), end


def _is_silent_link(found: frozenset[str]) -> bool:
    """True if a unit has a link, and nothing that speaks of a footer."""
    return "link" in found and all(
        mark in _SILENT or mark.startswith(("over-", "says-")) for mark in found
    )


def _ends_footer(layout: Layout, index: int) -> bool:
    """True if a unit can be no part of a footer, whatever stands below it."""
    return (
        layout.content(index) == surroundings.SIGNATURE
        or _size(layout, index) > LONGEST
        or marks.is_turn(layout, index)
        or surroundings.ends_letter(layout, index)
    )


def _begins(layout: Layout, index: int) -> bool:
    """True if a footer can begin with a unit: it is known to, or begins a paragraph, or stands
    below a rule, and nothing above leads to it."""
    above = index - 1
    if index in layout.cut:
        return True
    return not places.is_authors(layout, index) and (
        layout.units[index].opens_block
        or above in layout.cut
        or (is_rule(layout.content(above)) and layout.content(above) != surroundings.SIGNATURE)
    )


def _is_told(layout: Layout, run: Mapping[int, frozenset[str]]) -> bool:
    """True if something of a run is known to be of a footer; or if one of its units, of several,
    has what only footers have."""
    if any(layout.cut.get(index, ("debris", ""))[0] != "debris" for index in run):
        return True
    telling = sum(not _TELLING.isdisjoint(found) for found in run.values())
    return telling > 0 and sum(map(bool, run.values())) > 1


def _leaves_more(layout: Layout, weighed: Iterable[int]) -> bool:
    """True if more of a text stays than the units that are to be cut."""
    weighed = set(weighed)
    cut = sum(_size(layout, index) for index in weighed)
    left = 0
    for index in range(len(layout.units)):
        if index not in weighed and index not in layout.cut:
            left += _size(layout, index)
            if left > cut:
                return True
    return False


def _size(layout: Layout, index: int) -> int:
    """How many characters of a unit are seen: a heading's marks, which may come later, are not."""
    return len(plain(visible(layout.content(index))))


def _note(found: frozenset[str]) -> str:
    """The marks of a unit with their points, the weightiest first."""
    points, _ = _points()
    weighty = sorted(found, key=lambda mark: (-abs(points.get(mark, 0.0)), mark))
    return ", ".join(f"{mark} {points.get(mark, 0.0):+.1f}" for mark in weighty[:NOTED])


def _kind(found: frozenset[str]) -> str:
    return next((kind for mark, kind in _KINDS if mark in found), "masthead")


@cache
def _points() -> tuple[Mapping[str, float], float]:
    """The points of each mark, and those that every unit begins with."""
    fields = marks.learnt()
    return fields["points"], fields["base"]
