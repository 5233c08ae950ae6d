"""How text looks where the walk stands, and whether anyone can see it."""

from __future__ import annotations

from collections.abc import Mapping

from cleankit.html import colours
from cleankit.html.colours import UNKNOWN, WHITE, Colour
from cleankit.html.styles import Style, parse


class Look:
    """What elements inherit that decides whether their text can be seen.

    Attributes:
        visible, readable, colour, background: as `cleankit.html.styles.Style` has them.
        preserved: line breaks count.
        rule: why text of this look is not seen; empty if it is.
        hides: why the element that has this look is hidden with all it holds; empty if it is not.
        odd: something of this is so: `rule`, `preserved` or `hides`.
        block: the element that has this look is a block; not inherited.

    A look remembers the looks that styles make of it, so that a style seen before costs a lookup.
    """

    __slots__ = (
        "background",
        "block",
        "colour",
        "hides",
        "odd",
        "preserved",
        "readable",
        "rule",
        "styled",
        "visible",
    )

    def __init__(
        self,
        visible: bool = True,
        readable: bool = True,
        colour: Colour | None = None,
        background: Colour = WHITE,
        preserved: bool = False,
        hides: str = "",
        block: bool = False,
    ) -> None:
        self.visible = visible
        self.readable = readable
        self.colour = colour
        self.background = background
        self.preserved = preserved
        self.hides = hides
        self.block = block
        self.rule = ""
        if not visible:
            self.rule = "visibility"
        elif not readable:
            self.rule = "font-size"
        elif colour is not None and colours.same(colour, background):
            self.rule = "colour"
        self.odd = bool(self.rule or preserved or hides)
        self.styled: dict[str, Look] = {}

    def in_style(self, given: str) -> Look:
        """The look of an element with this style inside one of this look."""
        look = self.styled.get(given)
        if look is None:
            look = self.styled[given] = self.with_style(parse(given))
        return look

    def with_style(self, style: Style) -> Look:
        """The look of an element of which this much is said."""
        return Look(
            self.visible if style.visible is None else style.visible,
            self.readable if style.readable is None else style.readable,
            self.colour if style.colour is None else style.colour,
            self.background if style.background is None else style.background,
            self.preserved if style.preserved is None else style.preserved,
            style.hides,
            style.block,
        )

    def coloured(self, colour: Colour | None = None, background: Colour | None = None) -> Look:
        """This look with another colour or background."""
        return Look(
            self.visible,
            self.readable,
            self.colour if colour is None else colour,
            self.background if background is None else background,
            self.preserved,
            self.hides,
            self.block,
        )


def background_of(attributes: Mapping[str, str | None]) -> Colour | None:
    """The background that attributes give an element (WHATWG HTML, 15.3), as far as it is known."""
    if attributes.get("background"):
        return UNKNOWN
    return colours.colour_of(attributes.get("bgcolor") or "")
