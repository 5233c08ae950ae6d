"""Colours of text and of what is behind it, as far as they can be told for certain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb
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
_HEX_ALPHA = re.compile(r"#(?:[0-9a-f]{6}([0-9a-f]{2})|[0-9a-f]{3}([0-9a-f]))", re.IGNORECASE)
_ALPHA = r"(?:[,/]\s{0,9}([\d.]{1,9}%?)\s{0,9})?\)"
_RGB = re.compile(
    r"rgba?\(\s{0,9}(\d{1,3}%?)\s{0,9}[, ]\s{0,9}(\d{1,3}%?)\s{0,9}[, ]\s{0,9}(\d{1,3}%?)\s{0,9}"
    + _ALPHA,
    re.IGNORECASE,
)
_HSL = re.compile(
    r"hsla?\(\s{0,9}(-?[\d.]{1,9})(?:deg)?\s{0,9}[, ]\s{0,9}([\d.]{1,9})%\s{0,9}[, ]\s{0,9}"
    r"([\d.]{1,9})%\s{0,9}" + _ALPHA,
    re.IGNORECASE,
)

_NO_ALPHA = re.compile(r"[0.]+%?|0?\.0[0-4]\d*|0?\.050*|[0-5]%")
"""Letters of an opacity of a twentieth or less are not seen."""

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
    if with_alpha := _HEX_ALPHA.fullmatch(value):
        alpha = (with_alpha[1] or 2 * with_alpha[2]).lower()
        return (
            TRANSPARENT
            if alpha == "00"
            else colour_of(value[: -1 if with_alpha[2] else -2])
            if alpha == "ff"
            else UNKNOWN
        )
    parts = _RGB.fullmatch(value) or _HSL.fullmatch(value)
    if parts is None:
        return UNKNOWN
    alpha = parts[4]
    if alpha is not None and _NO_ALPHA.fullmatch(alpha):
        return TRANSPARENT
    if alpha is not None and alpha not in ("1", "1.0", "100%"):
        return UNKNOWN
    if parts.re is _HSL:
        return _from_hsl(*map(float, parts.group(1, 2, 3)))
    return _channel(parts[1]), _channel(parts[2]), _channel(parts[3])


def _channel(value: str) -> int:
    """A channel of a colour from a number or percentage."""
    number = round(int(value[:-1]) * 2.55) if value[-1] == "%" else int(value)
    return min(number, 255)


def _from_hsl(hue: float, saturation: float, lightness: float) -> Colour:
    """A colour from degrees and two percentages (CSS Color 4, 7)."""
    light, most = min(lightness, 100) / 100, min(saturation, 100) / 100
    red, green, blue = hls_to_rgb(hue % 360 / 360, light, most)
    return round(red * 255), round(green * 255), round(blue * 255)


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
