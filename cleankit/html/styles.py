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
    -webkit-background-clip -webkit-text-fill-color -webkit-text-stroke animation animation-name
    background background-clip background-color background-image block-size bottom clip clip-path
    color content-visibility display filter float font font-size font-style font-weight height
    inline-size inset left margin margin-left margin-right margin-top max-block-size max-height
    max-inline-size max-width min-height min-width mso-list opacity overflow overflow-y padding
    padding-bottom padding-left padding-right padding-top position right scale text-decoration
    text-decoration-line text-indent text-shadow top transform translate visibility white-space
    width
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
_NO_SCALE = re.compile(
    r"scale[xy3d]{0,2}\(\s{0,9}(?:0(?:\.0\d{0,9})?|\.0\d{0,9})\s{0,9}[,)]"
    r"|rotate[xy]\(\s{0,9}-?(?:90|270)deg",
    re.IGNORECASE,
)
_TRANSLATE = re.compile(
    r"translate[xy3d]{0,2}\(\s{0,9}(-?\d{1,9}(?:\.\d{0,9})?[a-z]{2,4})", re.IGNORECASE
)
_NO_CLIP = re.compile(r"rect\((?:\s{0,9},?\s{0,9}[01](?:px)?){4}\s{0,9}\)", re.IGNORECASE)
_NO_CLIP_PATH = re.compile(
    r"inset\(\s{0,9}(?:50|100)%|(?:circle|ellipse)\(\s{0,9}0(?:px|%)?[\s)]"
    r"|polygon\(\s{0,9}([\w.%]{1,9}\s{1,9}[\w.%]{1,9})(?:\s{0,9},\s{0,9}\1){0,9}\s{0,9}\)",
    re.IGNORECASE,
)
_FAINT = re.compile(r"opacity\(([^()]{1,20})\)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([^\n0-9a-f]))")
_LOGICAL = {
    "block-size": "height",
    "inline-size": "width",
    "max-block-size": "max-height",
    "max-inline-size": "max-width",
}
"""Names for sides that depend on how text runs, in pages whose lines run across."""

_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_NOT_BOLD = frozenset({"normal", "lighter", "100", "200", "300", "400"})

_DIGITS_BUT_ZERO = frozenset("123456789")
_TINY = frozenset({"1px", "1pt", ".1px", "0.1px", "1"})

FAR_AWAY = 900
"""A box moved this many pixels out of the page is not on any screen: mail is 600 to 700 wide."""

SMALLEST = 1.0
"""Text of one pixel or less cannot be read; preheaders are hidden by it."""

FAINTEST = 0.05
"""Nobody sees letters of this opacity or less."""


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
        unmarks: letters for the emphasis it takes back: `B`, `I`.
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

_CLIPPING = ("hidden", "clip", "auto", "scroll")
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
    style = style.lower()
    if "\\" in style:
        style = _ESCAPE.sub(_unescaped, style)
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip()
        if name in _PROPERTIES:
            name = _LOGICAL.get(name, name)
            value = value[:_MAX_VALUE].strip()
            if value.endswith("important"):
                important[name] = value.partition("!")[0].strip()
            else:
                ordinary[name] = value
    return Said(ordinary, important)


def _unescaped(escape: re.Match[str]) -> str:
    """A letter that a style sheet may also write as its number (CSS Syntax 3, 4.3.7).

    What is no printable character stays as it is: `none\\9` is for one old browser alone.
    """
    if escape[2]:
        return escape[2]
    number = int(escape[1], 16)
    return chr(number) if 0x20 < number < 0x7F else escape[0]


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
    colour = values.get("-webkit-text-fill-color") or values.get("color")
    return None if colour is None else colour_of(colour)


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
    marks = "B" if values.get("font-weight") in _NOT_BOLD else ""
    return marks + "I" if values.get("font-style") == "normal" else marks


def _hides(values: Mapping[str, str]) -> str:
    """The rule by which the declarations hide an element and all that it holds."""
    if values.get("display") == "none":
        return "display"
    if values.get("content-visibility") == "hidden":
        return "visibility"
    if values.get("mso-list") == "ignore":
        return MARKER
    if ("opacity" in values or "filter" in values) and _is_faint(values):
        return "opacity"
    if values.get("overflow", values.get("overflow-y", "")).startswith(_CLIPPING):
        for name in _SIDES:
            if name in values and _is_tiny(values[name]) and not _has_room(values, name):
                return name
    if _off_screen(values):
        return "off-screen"
    return ""


def _is_faint(values: Mapping[str, str]) -> bool:
    """True if nobody sees what is drawn so faintly."""
    filtered = _FAINT.search(values.get("filter", ""))
    for opacity in (values.get("opacity"), filtered[1] if filtered else None):
        try:
            share = float(opacity.rstrip("% ")) / (100 if "%" in opacity else 1) if opacity else 1.0
        except ValueError:
            continue
        if share <= FAINTEST:
            return not _is_animated(values)
    return False


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
        for name in ("left", "top", "right", "bottom", "inset"):
            if name in values and _moved_away(values[name]):
                return True
    for name in ("text-indent", "margin-left", "margin-top", "margin"):
        if name in values and _moved_away(values[name]):
            return True
    if positioned and _NO_CLIP.search(values.get("clip", "")):
        return True
    if "clip-path" in values and _NO_CLIP_PATH.search(values["clip-path"]):
        return True
    return _is_transformed_away(values) or _is_pushed_out(values)


def _is_transformed_away(values: Mapping[str, str]) -> bool:
    """True if the element is drawn without any size, or moved out of the page."""
    if _is_zero(values.get("scale", "")):
        return True
    # In percent it is moved by its own size.
    if "%" not in values.get("translate", "%") and _moved_away(values["translate"]):
        return True
    if "transform" not in values:
        return False
    moved = _TRANSLATE.search(values["transform"])
    return bool(_NO_SCALE.search(values["transform"]) or (moved and _moved_away(moved[1])))


def _moved_away(value: str) -> bool:
    """True if one of some lengths moves a box out of the page."""
    return "-" in value and any(_pixels(each) <= -FAR_AWAY for each in value.split())


def _is_pushed_out(values: Mapping[str, str]) -> bool:
    """True if the only line of a box begins at its far edge, and the box clips."""
    return (
        values.get("white-space") == "nowrap"
        and values.get("overflow") == "hidden"
        and _pixels(values.get("text-indent", "")) >= FAR_AWAY
    )


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
    length = _LENGTH.fullmatch(size.removeprefix("calc(").rstrip(") "))
    if length is None:
        return True
    number, unit = float(length[1]), (length[2] or "px").lower()
    if number == 0:
        return False
    if unit == "%" and number <= 100 * FAINTEST:
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
