"""Whether work grows in proportion to its input, told so that a busy machine cannot mislead."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time
from typing import TypeVar

Input = TypeVar("Input")

LARGER = 8
"""How many times the small input the large one is."""

ALLOWED = 3
"""How many times `LARGER` times as long it may take: 24 in all, where a square takes 64."""

_TOO_SHORT = 0.004
"""Seconds below which a clock tells more of the machine than of the work."""


def assert_linear(
    make: Callable[[int], Input], work: Callable[[Input], object], *, small: int
) -> None:
    """Assert that work on `LARGER * small` takes no more than a fair multiple of work on `small`.

    Args:
        make: gives an input of a size.
        work: what is measured; done once beforehand, so that nothing is loaded meanwhile.
        small: the smaller size.
    """
    inputs = make(small), make(small * LARGER)
    work(inputs[0])
    for _ in range(3):
        short, long = (_seconds(work, each) for each in inputs)
        if long <= ALLOWED * LARGER * max(short, _TOO_SHORT):
            return
    raise AssertionError(f"{LARGER} times the input took {long / short:.0f} times as long")


def _seconds(work: Callable[[Input], object], given: Input) -> float:
    """The processor time of the better of two runs, with the garbage collector at rest."""
    gc.disable()
    try:
        return min(_once(work, given) for _ in range(2))
    finally:
        gc.enable()


def _once(work: Callable[[Input], object], given: Input) -> float:
    started = process_time()
    work(given)
    return process_time() - started
