"""What an inline style says about whether text can be seen, and whether it stands out.

A style is read once and kept: newsletters repeat the same few dozen styles hundreds of times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from cleankit.html.colours import UNKNOWN, Colour, background_of, colour_of

_PROPERTY_NAMES = """
    -webkit-background-clip -webkit-text-stroke animation animation-name background
    background-clip background-color background-image bottom clip clip-path color display float
    font font-size font-style font-weight height left margin margin-left margin-right margin-top
    max-height max-width min-height min-width mso-list opacity overflow overflow-y padding
    padding-bottom padding-left padding-right padding-top position right text-decoration
    text-decoration-line text-indent text-shadow top transform visibility white-space width
"""
_PROPERTIES = frozenset(_PROPERTY_NAMES.split())
"""The properties that bear on whether text can be seen, and on its emphasis."""

_MAX_VALUE = 200
"""Longer values than this are images held in the page and the like."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ZERO = re.compile(r"[+-]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]{1,4}|%)?", re.IGNORECASE)
_LENGTH = re.compile(r"([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))\s?([a-z]{1,4}|%)?", re.IGNORECASE)
_FONT_LENGTH = re.compile(
    r"(?:^|\s)((?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?:px|pt|em|rem|%)?)(?=[\s/])"
)
_SCALE_ZERO = re.compile(r"scale[xy3d]{0,2}\(\s{0,9}0(?:\.0{0,9})?\s{0,9}[,)]", re.IGNORECASE)
_TRANSLATE = re.compile(r"translate[xy3d]{0,2}\(\s{0,9}(-?\d{1,9})(?:px|%)", re.IGNORECASE)
_NO_CLIP = re.compile(
    r"rect\((?:\s{0,9},?\s{0,9}[01](?:px)?){4}\s{0,9}\)|inset\(\s{0,9}(?:50|100)%", re.IGNORECASE
)

_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_NOT_BOLD = frozenset({"normal", "lighter", "100", "200", "300", "400"})

_DIGITS_BUT_ZERO = frozenset("123456789")
_TINY = frozenset({"1px", "1pt", ".1px", "0.1px", "1"})

FAR_AWAY = 900
"""A box moved this many pixels out of the page is not on any screen: mail is 600 to 700 wide."""

SMALLEST = 1.0
"""Text of one pixel or less cannot be read; preheaders are hidden by it."""


class Style(NamedTuple):
    """What matters of a style.

    Attributes:
        hides: the rule that hides the element with all its content, or empty.
        visible: whether it sets its text visible (`visibility`); None if it does not say.
        readable: whether it sets a font size that can be read; None if it does not say.
        colour, background: as set; None if not said, `UNKNOWN` if it cannot be told.
        preserved: whether line breaks count (`white-space: pre`); None if it does not say.
        flow: `block` if it makes a block of what would stand in a line, `apart` if it moves that to
            the other end of the line, or draws it as a box with room around it.
        marks: letters for the emphasis it adds: `b` bold, `i` slanted, `s` struck out.
        unmarks: letters for the emphasis it takes back: `b`, `i`.
    """

    hides: str = ""
    visible: bool | None = None
    readable: bool | None = None
    colour: Colour | None = None
    background: Colour | None = None
    preserved: bool | None = None
    flow: str = ""
    marks: str = ""
    unmarks: str = ""


NO_STYLE = Style()

_SIDES = ("max-height", "height", "max-width", "width")

MARKER = "marker"
"""Stands for a rule where Word typed the marker of a list item, for readers without lists."""


class Said(NamedTuple):
    """Declarations that bear on visibility: property to value, those marked `!important` apart."""

    ordinary: dict[str, str]
    important: dict[str, str]


def said(style: str) -> Said:
    """What the text of some declarations says; of a property said twice the last wins."""
    ordinary: dict[str, str] = {}
    important: dict[str, str] = {}
    if "/*" in style:
        style = _COMMENT.sub(" ", style)
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip()
        if name in _PROPERTIES:
            value = value[:_MAX_VALUE].strip()
            if value.endswith("important"):
                important[name] = value.partition("!")[0].strip()
            else:
                ordinary[name] = value
    return Said(ordinary, important)


@lru_cache(maxsize=4096)
def parse(style: str) -> Style:
    """What an inline style says."""
    ordinary, important = said(style)
    if not ordinary and not important:
        return NO_STYLE
    return of_declarations({**ordinary, **important} if important else ordinary)


def of_declarations(values: Mapping[str, str]) -> Style:
    """What some declarations say together."""
    visibility = values.get("visibility")
    white_space = values.get("white-space", "")
    return Style(
        _hides(values),
        None if visibility is None else visibility not in ("hidden", "collapse"),
        _readable(values),
        _colour(values),
        _background(values),
        white_space.startswith(("pre", "break")) if white_space else None,
        _flow(values),
        _marks(values),
        _unmarks(values),
    )


def _flow(values: Mapping[str, str]) -> str:
    if values.get("display", "").startswith(("block", "flex", "grid", "table", "list-item")):
        return "block"
    if values.get("float") == "right":
        return "apart"
    return "apart" if values.get("display") == "inline-block" and _has_margin(values) else ""


def _has_margin(values: Mapping[str, str]) -> bool:
    """True if there is room to the left or right of what an element holds, or of the element."""
    for name in ("padding", "margin"):
        sides = values.get(name, "0").split()
        around = sides[1::2] or sides
        if any(side[:1] in _DIGITS_BUT_ZERO for side in around):
            return True
        for side in ("left", "right"):
            if values.get(f"{name}-{side}", "0")[:1] in _DIGITS_BUT_ZERO:
                return True
    return False


def _colour(values: Mapping[str, str]) -> Colour | None:
    """The colour of text: unknown if it is seen by what is drawn around it, or shows through it."""
    clip = values.get("background-clip") or values.get("-webkit-background-clip") or ""
    shadow = values.get("text-shadow", "none")
    if shadow != "none" or "text" in clip or "-webkit-text-stroke" in values:
        return UNKNOWN
    return colour_of(values["color"]) if "color" in values else None


def _background(values: Mapping[str, str]) -> Colour | None:
    """What is behind the text: unknown if it was moved over something else."""
    colour = background_of(values)
    moved = values.get("position") in ("absolute", "fixed")
    moved = moved or values.get("margin-top", "").startswith("-")
    return UNKNOWN if moved and colour is None else colour


def _marks(values: Mapping[str, str]) -> str:
    line = values.get("text-decoration", "") + values.get("text-decoration-line", "")
    marks = "s" if "line-through" in line else ""
    if values.get("font-weight") in _BOLD:
        marks += "b"
    return marks + "i" if values.get("font-style", "").startswith(("italic", "oblique")) else marks


def _unmarks(values: Mapping[str, str]) -> str:
    marks = "b" if values.get("font-weight") in _NOT_BOLD else ""
    return marks + "i" if values.get("font-style") == "normal" else marks


def _hides(values: Mapping[str, str]) -> str:
    """The rule by which the declarations hide an element and all that it holds."""
    if values.get("display") == "none":
        return "display"
    if values.get("mso-list") == "ignore":
        return MARKER
    opacity = values.get("opacity")
    if opacity is not None and _is_zero(opacity) and not _is_animated(values):
        return "opacity"
    if values.get("overflow", values.get("overflow-y", "")).startswith(("hidden", "clip")):
        for name in _SIDES:
            if name in values and _is_tiny(values[name]) and not _has_room(values, name):
                return name
    if _off_screen(values):
        return "off-screen"
    return ""


def _is_animated(values: Mapping[str, str]) -> bool:
    """True if the declarations are only how an animation begins: what fades in is seen."""
    return values.get("animation", values.get("animation-name", "none")) != "none"


def is_empty(values: Mapping[str, str]) -> bool:
    """True if the declarations make a box of no size, which hides if others say that it clips."""
    return any(_is_zero(values[name]) for name in _SIDES if name in values)


def _has_room(values: Mapping[str, str], name: str) -> bool:
    """True if a box of no size has room all the same.

    By its least size (`width:0; min-width:100%` keeps a mail client from shrinking it), or by a
    padding in percent (which keeps the proportions of a picture).
    """
    least = values.get(f"min-{name.removeprefix('max-')}")
    if least is not None and not _is_zero(least):
        return True
    return any("%" in values.get(f"padding{side}", "") for side in ("", "-top", "-bottom"))


def _off_screen(values: Mapping[str, str]) -> bool:
    """True if the element stands where no screen shows it, or is clipped to nothing."""
    positioned = values.get("position") in ("absolute", "fixed")
    if positioned or values.get("position") == "relative":
        for name in ("left", "top", "right", "bottom"):
            if name in values and _pixels(values[name]) <= -FAR_AWAY:
                return True
    for name in ("text-indent", "margin-left", "margin-top"):
        if name in values and _pixels(values[name]) <= -FAR_AWAY:
            return True
    if positioned and _NO_CLIP.search(values.get("clip", "") + values.get("clip-path", "")):
        return True
    transform = values.get("transform", "")
    if _SCALE_ZERO.search(transform):
        return True
    moved = _TRANSLATE.search(transform)
    return moved is not None and int(moved[1]) <= -FAR_AWAY


def _readable(values: Mapping[str, str]) -> bool | None:
    """Whether a font size is set that can be read.

    A size relative to the parent's (`2em`, `120%`) says nothing: two times nothing is nothing.
    """
    size = values.get("font-size")
    if size is None and "font" in values:
        shorthand = _FONT_LENGTH.search(values["font"])
        size = shorthand[1] if shorthand else None
    return None if size is None or size == "inherit" else _is_readable(size)


@lru_cache(maxsize=1024)
def _is_readable(size: str) -> bool | None:
    length = _LENGTH.fullmatch(size)
    if length is None:
        return True
    number, unit = float(length[1]), (length[2] or "px").lower()
    if number == 0:
        return False
    if unit in ("em", "%", "ex", "ch"):
        return None
    return unit not in ("px", "pt") or number > SMALLEST


def _is_zero(value: str) -> bool:
    return _ZERO.fullmatch(value) is not None


def _is_tiny(value: str) -> bool:
    """True for a side on which no letter has room."""
    return _is_zero(value) or (value in _TINY)


def _pixels(value: str) -> float:
    """A length in pixels; `em` and `%` by the size that they usually have."""
    length = _LENGTH.fullmatch(value)
    if length is None:
        return 0
    scale = {"em": 16, "rem": 16, "%": 10, "in": 96, "cm": 38, "pt": 1.3, "vw": 10, "vh": 10}
    return float(length[1]) * scale.get((length[2] or "px").lower(), 1)
