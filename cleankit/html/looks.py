"""How text looks where the walk stands, and whether anyone can see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cleankit.html import colours
from cleankit.html.colours import UNKNOWN, WHITE, Colour
from cleankit.html.styles import Style, parse

MAX_LOOKS = 2_000
MAX_STYLES = 20_000
LONGEST_STYLE = 500
"""How many looks are remembered, how many styles of all, and of how many characters at most: some
thirty senders have two hundred looks and a thousand styles."""


class Look:
    """What elements inherit that decides whether their text can be seen.

    Attributes:
        visible, readable, colour, background: as `cleankit.html.styles.Style` has them.
        preserved: line breaks count.
        rule: why text of this look is not seen; empty if it is.
        hides: why the element that has this look is hidden with all it holds; empty if it is not.
        odd: something of this is so: `rule`, `preserved` or `hides`.
        flow: where its style puts the element, as `Style` has it; not inherited.
        marks, unmarks: the emphasis that its style adds and takes back, as `Style` has it; not
            inherited.
        stands_out: it has a flow, marks or unmarks.

    Looks that are alike are one object (`look_of`), and each remembers the looks that styles make
    of it: a style seen before costs a lookup, in this page and in the next of the same sender.
    """

    remembered: ClassVar[int] = 0

    __slots__ = (
        "background",
        "colour",
        "flow",
        "hides",
        "marks",
        "odd",
        "preserved",
        "readable",
        "rule",
        "stands_out",
        "styled",
        "unmarks",
        "visible",
    )

    def __init__(
        self,
        visible: bool,
        readable: bool,
        colour: Colour | None,
        background: Colour,
        preserved: bool,
        hides: str,
        flow: str,
        marks: str,
        unmarks: str,
    ) -> None:
        self.visible = visible
        self.readable = readable
        self.colour = colour
        self.background = background
        self.preserved = preserved
        self.hides = hides
        self.flow = flow
        self.marks = marks
        self.unmarks = unmarks
        self.rule = ""
        if not visible:
            self.rule = "visibility"
        elif not readable:
            self.rule = "font-size"
        elif colour is not None and colours.same(colour, background):
            self.rule = "colour"
        self.odd = bool(self.rule or preserved or hides)
        self.stands_out = bool(flow or marks or unmarks)
        self.styled: dict[str, Look] = {}

    def in_style(self, given: str) -> Look:
        """The look of an element with this style inside one of this look."""
        look = self.styled.get(given)
        if look is None:
            if len(given) > LONGEST_STYLE:
                return self.with_style(parse.__wrapped__(given))
            if Look.remembered >= MAX_STYLES:
                _forget()
            Look.remembered += 1
            look = self.styled[given] = self.with_style(parse(given))
        return look

    def with_style(self, style: Style) -> Look:
        """The look of an element of which this much is said."""
        return look_of(
            self.visible if style.visible is None else style.visible,
            self.readable if style.readable is None else style.readable,
            self.colour if style.colour is None else style.colour,
            self.background if style.background is None else style.background,
            self.preserved if style.preserved is None else style.preserved,
            style.hides,
            style.flow,
            style.marks,
            style.unmarks,
        )

    def coloured(self, colour: Colour | None = None, background: Colour | None = None) -> Look:
        """This look with another colour or background."""
        return look_of(
            self.visible,
            self.readable,
            self.colour if colour is None else colour,
            self.background if background is None else background,
            self.preserved,
            self.hides,
            self.flow,
            self.marks,
            self.unmarks,
        )


_known: dict[tuple[object, ...], Look] = {}


def look_of(
    visible: bool = True,
    readable: bool = True,
    colour: Colour | None = None,
    background: Colour = WHITE,
    preserved: bool = False,
    hides: str = "",
    flow: str = "",
    marks: str = "",
    unmarks: str = "",
) -> Look:
    """The look with these attributes; see `Look`."""
    values = (visible, readable, colour, background, preserved, hides, flow, marks, unmarks)
    look = _known.get(values)
    if look is None:
        if len(_known) >= MAX_LOOKS:
            _forget()
        look = _known[values] = Look(*values)
    return look


def _forget() -> None:
    """Remember no look any more."""
    for look in _known.values():
        look.styled.clear()
    _known.clear()
    Look.remembered = 0


def background_of(attributes: Mapping[str, str | None]) -> Colour | None:
    """The background that attributes give an element (WHATWG HTML, 15.3), as far as it is known."""
    if attributes.get("background"):
        return UNKNOWN
    return colours.colour_of(attributes.get("bgcolor") or "")
