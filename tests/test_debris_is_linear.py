"""Patterns for debris end at once on rows of pieces that are debris, but for the last."""

from __future__ import annotations

import pytest

from cleankit.passes.boilerplate import debris
from tests.growth import assert_linear

PIECES = [
    "https://mail.example.com/u\n  ",
    "(https://mail.example.com/u) ",
    "a{b:c;}color: red; ",
    "{{ name }} ",
    "<br />",
    "<td width=1 /> ",
    "&nbsp; ",
    "=20 ",
    "[image: boat] ",
    "%%a b%% ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_rows_of_pieces_are_judged_in_time_proportional_to_them(piece: str) -> None:
    assert_linear(
        lambda count: piece * count + "!", lambda text: debris.rule_of(text, in_head=True), small=12
    )
