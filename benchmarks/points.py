"""Learn from labelled mail what the marks of a unit say for a footer, and print it as TOML.

    python -m benchmarks.points DOCS LABELS [DOCS LABELS ...]

Each pair of folders holds newsletters as Markdown and their labels, in the format of
`benchmarks.correctness.newsletters_of`. What is printed belongs into
`cleankit/rules/boilerplate/points.toml`. The points are the weights of a logistic regression over
the last units of each text. Every unit counts twice: once as it is, and once without the phrases
that rules know in it, as it would be in a language without rules.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.correctness import Labels, newsletters_of
from cleankit.passes import boilerplate
from cleankit.passes.boilerplate import marks, weighing
from cleankit.passes.boilerplate.layout import Layout
from cleankit.pipeline import Pipeline
from cleankit.readers import read_data

LEAST = 8
"""A mark that fewer units have says nothing."""

DOUBT = 1.2
"""Taken off the points of a unit that opens a block, whose lines go or stay together: to cut an
author's words is the worse error."""

PENALTY = 3.0
"""How much large weights cost (L2)."""

ROUNDS = 12

Units = list[tuple[frozenset[str], bool]]
"""Marks, and whether the unit is boilerplate."""


def main(arguments: Sequence[str]) -> None:
    """See the module."""
    folders = [Path(argument) for argument in arguments]
    units: Units = []
    for docs, labels in zip(folders[::2], folders[1::2], strict=True):
        for case in newsletters_of(docs, labels):
            units += _units(case.wanted)
    units += [(frozenset(m for m in found if m[:5] != "says-"), told) for found, told in units]
    points, base = learnt(units)
    points["opens-block"] = points.get("opens-block", 0.0) - DOUBT
    print(f"base = {base:.2f}\n[rule.points]")
    for mark in sorted(points):
        print(f"{mark} = {points[mark]:.2f}")


def _units(labels: Labels) -> Iterator[tuple[frozenset[str], bool]]:
    """The last units of a text, without those that may be either."""
    document = Pipeline(["mojibake", "characters", "links"])(
        read_data(labels.text, format="markdown")
    )
    document = boilerplate.without_metadata(document)
    layout = Layout(document.text)
    for index in range(max(len(layout.units) - weighing.UNITS, 0), len(layout.units)):
        start, end = document.origin(*layout.units[index][:2])
        covered = {
            name: sum(max(min(end, last) - max(start, first), 0) for first, last in spans)
            for name, spans in (("optional", labels.optional), ("removed", labels.removed))
        }
        found = marks.of(layout, index)
        if found and start >= labels.start and 2 * covered["optional"] <= end - start:
            yield found, 2 * covered["removed"] > end - start


def learnt(units: Units) -> tuple[dict[str, float], float]:
    """The weight of each mark and the base, by Newton's method."""
    counts = Counter(mark for found, _ in units for mark in found)
    names = sorted(mark for mark, count in counts.items() if count >= LEAST)
    places = {mark: place for place, mark in enumerate(names)}
    last = len(names)
    rows = [([*(places[m] for m in found if m in places), last], told) for found, told in units]
    weights = [0.0] * (last + 1)
    for _ in range(ROUNDS):
        slope = [-PENALTY * weight for weight in weights[:-1]] + [0.0]
        bend = [[PENALTY * (i == j) for j in range(last + 1)] for i in range(last + 1)]
        bend[last][last] = 1e-6
        for row, told in rows:
            chance = 1 / (1 + math.exp(-sum(weights[place] for place in row)))
            spread = chance * (1 - chance)
            for place in row:
                slope[place] += told - chance
                for other in row:
                    bend[place][other] += spread
        weights = [w + step for w, step in zip(weights, _solved(bend, slope), strict=True)]
    return dict(zip(names, weights, strict=False)), weights[-1]


def _solved(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, wanted, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(column + 1, size):
            factor = rows[row][column] / rows[column][column]
            if factor:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    found = [0.0] * size
    for column in reversed(range(size)):
        rest = sum(rows[column][k] * found[k] for k in range(column + 1, size))
        found[column] = (rows[column][size] - rest) / rows[column][column]
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
