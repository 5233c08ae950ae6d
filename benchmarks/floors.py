"""The floors of correctness: what has been reached is held.

`benchmarks/floors.toml` has, by task, the least rate that each measure may have; for those in
`LOWER` the most. Speed has no floors: it is a matter of the machine.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.toml"

LOWER = frozenset({"content_lost", "harmed", "invented", "secrets_left", "pk", "words_surplus"})
"""The measures of which less is better."""

Rates = Mapping[str, Mapping[str, float]]

_HEADER = """\
# Floors of correctness, by task; for what should be little (content_lost, harmed, pk, …), ceilings.
# `python -m benchmarks --check` holds them; `--raise-floors` sets them to what is reached;
# none is lowered but by `--lower-floors`, which a change has to give its reason for.
"""


def load() -> dict[str, dict[str, float]]:
    """The floors; none if there is no file."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def broken(rates: Rates, floors: Rates) -> list[str]:
    """What is worse than its floor, or was not measured, in a line each."""
    told = []
    for task, measures in floors.items():
        for name, floor in measures.items():
            rate = rates.get(task, {}).get(name)
            if rate is None:
                told.append(f"{task}: {name} was not measured")
            elif worse(name, rate, floor):
                told.append(f"{task}: {name} is {rate:.4f}; the floor is {floor:.4f}")
    return told


def worse(name: str, rate: float, than: float) -> bool:
    """Whether a rate is worse than another of the same measure."""
    return rate > than if name in LOWER else rate < than


def rounded(name: str, rate: float) -> float:
    """The floor for a rate: a hundredth of leeway at most, a thousandth for a ceiling."""
    return math.ceil(rate * 1000) / 1000 if name in LOWER else math.floor(rate * 100) / 100


def store(rates: Rates, *, lower: bool = False) -> None:
    """Make what is reached the floors.

    Raises:
        ValueError: a floor would be lowered, and `lower` does not say so.
    """
    present = load()
    if not lower and (fallen := broken(rates, present)):
        raise ValueError("; ".join(fallen))
    lines = [_HEADER]
    for task, measures in rates.items():
        lines.append(f"[{task}]")
        lines += [f"{name} = {rounded(name, rate)}" for name, rate in measures.items()]
        lines.append("")
    FLOORS.write_text("\n".join(lines), encoding="utf-8", newline="\n")
