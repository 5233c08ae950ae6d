"""One walk over the DOM, without recursion: what is seen goes to the writer, what is hidden too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property, partial
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleankit.html.colours import UNKNOWN
from cleankit.html.elements import (
    GONE,
    HANDLERS,
    INLINE,
    List,
    apart,
    as_block,
    block,
    cell,
    dealt_with,
    font,
    gone,
    heading_by_role,
    in_cell,
    line_break,
    typed_marker,
)
from cleankit.html.emphasis import added, begin
from cleankit.html.looks import Look, background_of, look_of
from cleankit.html.rows import NO_ROW, end_cell, next_cell
from cleankit.html.sheets import Sheets
from cleankit.html.styles import MARKER
from cleankit.html.text import meant
from cleankit.html.writer import Rendered, Writer

Attributes: TypeAlias = Mapping[str, str | None]
Closer: TypeAlias = Callable[[], None]
Handler: TypeAlias = Callable[["Walk"], Closer | None]

_BACKGROUNDS = frozenset({"bgcolor", "background"})
_TEXT = 2
"""lexbor's number for a text node, `LXB_TAG__TEXT`."""

_ANEW = 1_000
"""Numbers above this are given to unknown tags, in each page anew; lexbor knows some 200."""


class Walk:
    """A walk and where it stands.

    Attributes:
        writer: where the text goes.
        node, attributes: the element whose handler is at work.
        look: how text looks here.
        lists: the lists that are open.
        verbatim: how many elements are open in which text is code or preformatted.
        grid: the rows of the data table that is open.
        reaching: how many more rows the cells reach into that span several, by their column.
        marked: what stood before the list item that a bullet in the row's first cell has begun.
        row: how many pieces `writer.blocks` had where the row of a layout table began.
        joined: cells of that row stand on one line.
        lines: how many pieces there were behind the last row that is one line of labels and values.
        ended: the walk has met `cleankit.html.guard.END`.
        tabled: the walk has met a table.
        swallowed: the address of a link holds tags: its quote was never closed.
    """

    node: LexborNode
    attributes: Attributes

    def __init__(self, parser: LexborHTMLParser) -> None:
        self.parser = parser
        self.writer = Writer()
        self.look = look_of()
        self.lists: list[List] = []
        self.verbatim = 0
        self.grid: list[list[str]] | None = None
        self.reaching: dict[int, int] = {}
        self.sheets = Sheets(parser)
        self.ended = False
        self.tabled = False
        self.swallowed = False
        self.marked: tuple[str, str | None] | None = None
        self.row = NO_ROW
        self.joined = False
        self.lines = NO_ROW

    def run(self) -> Rendered:
        """Walk from the body on and return what was written."""
        writer = self.writer
        text, parts, boundary = writer.text, writer.parts, writer.boundary
        blocks = writer.blocks
        handlers, ending_cell = handlers_by_number(), partial(end_cell, self)
        known = len(handlers)
        styled = self.sheets.styled
        root = self.parser.body or self.parser.root
        node = root and root.first_child
        if root is None or node is None:
            return writer.finish()
        look = self.look
        if (page := root.parent) is not None and page.tag == "html":
            look = self.seen(page, page.attributes, look)
        look = self.seen(root, root.attributes, look)
        if look.hides:
            writer.hide(text_below(root), look.hides)
            return writer.finish()
        close: Closer | None = None
        marks = ""
        stack: list[tuple[LexborNode, Closer | None, Look]] = [(root, None, look)]
        push, pop = stack.append, stack.pop
        while True:
            number = node.tag_id
            if number == _TEXT:
                data = node.text_content or ""
                if look.odd or self.verbatim:
                    self.look = look
                    self.odd_text(node, data)
                elif data.isspace():
                    writer.space = True
                else:
                    text(meant(data) if "&" in data else data)
            elif (
                handler := handlers[number] if number < known else HANDLERS.get(node.tag or "")
            ) is not gone:
                outer = look
                if (attributes := node.attributes) or styled:
                    if given := attributes.get("style"):
                        look = look.styled.get(given) or look.in_style(given)
                        if look.stands_out:
                            if look.marks:
                                in_line = handler is None or handler is font
                                marks = added(node, handler, look.marks, in_line=in_line)
                            if look.unmarks and writer.spans:
                                marks += look.unmarks
                            if look.flow and handler in INLINE:
                                begin_flow = as_block if look.flow == "block" else apart
                                handler = partial(begin_flow, handler=handler)
                    if handler is block and attributes.get("role") == "heading":
                        handler = heading_by_role
                    if (
                        look.odd
                        or "bgcolor" in attributes
                        or "hidden" in attributes
                        or "background" in attributes
                        or (styled and node.mem_id in styled)
                    ):
                        look = self.seen(node, attributes, outer)
                        if look.hides:
                            if hidden := text_below(node):
                                if look.hides == MARKER:
                                    typed_marker(self, node, hidden)
                                else:
                                    writer.hide(hidden, look.hides)
                            if look.hides not in ("display", "hidden"):
                                # It has a box, though no one sees it: what follows it stands apart.
                                if handler is block:
                                    boundary()
                                elif handler is line_break:
                                    writer.line_break()
                            look = outer
                            handler = gone
                if handler is block:
                    close = boundary
                    if parts:
                        boundary()
                elif handler is None:
                    close = None
                elif handler is cell and not self.grid:
                    if parts or len(blocks) > self.row:
                        next_cell(self, node)
                    writer.cell = writer.size
                    close = ending_cell
                elif handler is gone:
                    close = dealt_with
                else:
                    self.node = node
                    self.attributes = attributes
                    self.look = look
                    close = handler(self) if self.grid is None else in_cell(self, handler)
                    look = self.look
                if close is not dealt_with:
                    if marks:
                        close = begin(self, marks, close)
                        marks = ""
                    if (child := node.first_child) is not None:
                        if (
                            child.tag_id != _TEXT
                            or look.odd
                            or self.verbatim
                            or child.next is not None
                        ):
                            push((node, close, outer))
                            node = child
                            continue
                        # A text alone needs no step down and up again.
                        data = child.text_content or ""
                        if data.isspace():
                            writer.space = True
                        else:
                            text(meant(data) if "&" in data else data)
                    if close is not None and (
                        parts or (close is not boundary and close is not ending_cell)
                    ):
                        close()
                else:
                    marks = ""
                look = outer
            following = node.next
            while following is None:
                node, close, look = pop()
                if close is not None and (
                    parts or (close is not boundary and close is not ending_cell)
                ):
                    close()
                if not stack:
                    return writer.finish()
                following = node.next
            node = following

    @cached_property
    def base(self) -> str:
        """What relative addresses are relative to; empty if the page does not say."""
        base = self.parser.css_first("base[href]")
        address = (base.attributes.get("href") or "").strip() if base is not None else ""
        return address if address[:4].lower() == "http" else ""

    def seen(self, node: LexborNode, attributes: Attributes, look: Look) -> Look:
        """How an element looks inside one of this look, all told."""
        outer = look
        given = attributes.get("style")
        if self.sheets.styled and (rules := self.sheets.styled.get(node.mem_id)):
            look = look.with_style(self.sheets.combined(rules, given))
        elif given:
            look = look.in_style(given)
        if not _BACKGROUNDS.isdisjoint(attributes) and "background" not in (given or ""):
            look = look.coloured(background=background_of(attributes))
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return look_of(hides="hidden")
        return look if look is outer or not look.rule else self.seen_in(node, look)

    def seen_in(self, node: LexborNode, look: Look) -> Look:
        """This look, unless style sheets make its colour uncertain."""
        if look.rule == "colour" and not self.sheets.certain(node):
            return look.coloured(colour=UNKNOWN)
        return look

    def odd_text(self, node: LexborNode, data: str) -> None:
        """Add text that is hidden, or whose line breaks count."""
        if not self.verbatim:
            data = meant(data)
        if rule := self.look.rule:
            element = node.parent
            if not (words := data.split()):
                # Only a blank without size takes no room.
                self.writer.space |= rule != "font-size" or self.sheets.shows_any(rule)
                return
            if element is None or not self.sheets.shows(element, rule):
                self.writer.hide(" ".join(words), rule)
                return
        if not (self.look.preserved or self.verbatim):
            self.writer.text(data)
            return
        first, *rest = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.writer.line(first)
        for line in rest:
            self.writer.line_break()
            self.writer.line(line)


@cache
def handlers_by_number() -> list[Handler | None]:
    """The handlers by the numbers that the parser has for the tags that it knows.

    Numbers are quicker to come by than names. Tags that it does not know get theirs in each page.
    """
    page = LexborHTMLParser("<p><!-- -->", options=1)
    names = {name: page.create_node(name).tag_id for name in HANDLERS if name[0] != "-"}
    if page.root is not None:
        names |= {node.tag or "": node.tag_id for node in page.root.traverse()}
    known = {number: name for name, number in names.items() if number < _ANEW}
    return [HANDLERS.get(known.get(number, "")) for number in range(max(known) + 1)]


def text_below(node: LexborNode) -> str:
    """All text below a node, on one line, without that of scripts and styles."""
    text = node.text(separator=" ")
    if "{" in text or ";" in text:
        text = " ".join(
            each.text_content or ""
            for each in node.traverse(include_text=True)
            if each.tag == "-text" and each.parent is not None and each.parent.tag not in GONE
        )
    return " ".join(text.split())
