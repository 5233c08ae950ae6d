"""Colours of text and of what is behind it, as far as they can be told for certain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]
"""Red, green, blue, 0 to 255; or one of the two values below."""

UNKNOWN: Colour = (-1, -1, -1)
"""A colour that cannot be told: an image, a gradient, half transparent, a name unknown here."""

TRANSPARENT: Colour = (-2, -2, -2)
"""No colour at all."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)

_NAMES: dict[str, Colour] = {
    "white": WHITE,
    "black": BLACK,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "navy": (0, 0, 128),
    "yellow": (255, 255, 0),
    "orange": (255, 165, 0),
    "transparent": TRANSPARENT,
}
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])", re.IGNORECASE)
_RGB = re.compile(
    r"rgba?\(\s{0,9}(\d{1,3})\s{0,9}[, ]\s{0,9}(\d{1,3})\s{0,9}[, ]\s{0,9}(\d{1,3})\s{0,9}"
    r"(?:[,/]\s{0,9}([\d.]{1,9}%?)\s{0,9})?\)",
    re.IGNORECASE,
)

NEARLY = 8
"""Colours whose channels differ by no more than this in all look the same."""


@lru_cache(maxsize=1024)
def colour_of(value: str) -> Colour | None:
    """The colour that a CSS value or an HTML attribute names; None if it inherits one."""
    value = value.strip().lower()
    if value in ("inherit", "currentcolor", "initial", "unset", ""):
        return None
    if value in _NAMES:
        return _NAMES[value]
    if hexadecimal := _HEX.fullmatch(value):
        digits = hexadecimal[1]
        if len(digits) == 3:
            digits = "".join(2 * digit for digit in digits)
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if parts := _RGB.fullmatch(value):
        alpha = parts[4]
        if alpha is not None and alpha.rstrip("%").strip("0.") == "":
            return TRANSPARENT
        if alpha is not None and alpha not in ("1", "1.0", "100%"):
            return UNKNOWN
        return min(int(parts[1]), 255), min(int(parts[2]), 255), min(int(parts[3]), 255)
    return UNKNOWN


def background_of(said: Mapping[str, str]) -> Colour | None:
    """The background that some declarations set: None if none, `UNKNOWN` if it is no one colour."""
    image = said.get("background-image")
    if image is not None and image not in ("none", "initial"):
        return UNKNOWN
    colour: Colour | None = None
    for name in ("background", "background-color"):
        value = said.get(name)
        if value is None or value in ("none", "0", "0 0"):
            continue
        found = colour_of(value)
        if found == UNKNOWN and name == "background":
            if "url(" in value or "gradient" in value or "var(" in value:
                return UNKNOWN
            found = next(
                (each for each in map(colour_of, value.split()) if each not in (None, UNKNOWN)),
                UNKNOWN,
            )
        if found == TRANSPARENT:
            found = None
        colour = found or colour
    return colour


def same(text: Colour, background: Colour) -> bool:
    """True if both are known and nobody can tell the one from the other."""
    if text == TRANSPARENT:
        return True
    if min(text) < 0 or min(background) < 0:
        return False
    return sum(abs(a - b) for a, b in zip(text, background, strict=True)) <= NEARLY
