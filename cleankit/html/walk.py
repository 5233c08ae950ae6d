"""One walk over the DOM, without recursion: what is seen goes to the writer, what is hidden too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleankit.html.colours import UNKNOWN
from cleankit.html.elements import BLOCKS, GONE, HANDLERS, List, dealt_with
from cleankit.html.looks import Look, presented
from cleankit.html.sheets import Sheets
from cleankit.html.text import meant
from cleankit.html.writer import Rendered, Writer

Attributes: TypeAlias = Mapping[str, str | None]
Closer: TypeAlias = Callable[[], None]

_PRESENTATIONAL = ("bgcolor", "background", "color", "text")
_ROOT = Look()


class Walk:
    """A walk and where it stands.

    Attributes:
        writer: where the text goes.
        node, attributes: the element whose handler is at work.
        look: how text looks here.
        lists: the lists that are open.
        verbatim: how many elements are open in which text is code or preformatted.
        grid: the rows of the data table that is open.
    """

    node: LexborNode
    attributes: Attributes

    def __init__(self, parser: LexborHTMLParser) -> None:
        self.parser = parser
        self.writer = Writer()
        self.look = _ROOT
        self.lists: list[List] = []
        self.verbatim = 0
        self.grid: list[list[str]] | None = None
        self.sheets = Sheets(parser)

    def run(self) -> Rendered:
        """Walk from the body on and return what was written."""
        writer = self.writer
        text, boundary = writer.text, writer.boundary
        stack: list[tuple[LexborNode, Closer | None, Look]] = []
        node = self.parser.body or self.parser.root
        if node is None:
            return writer.finish()
        while True:
            tag = node.tag or ""
            if tag == "-text":
                data = node.text_content or ""
                if self.look.rule or self.verbatim or self.look.preserved:
                    self.odd_text(data)
                else:
                    text(meant(data))
            elif tag not in GONE:
                outer = self.look
                attributes = node.attributes
                look = self.seen(node, attributes, outer)
                if look.hides:
                    if hidden := text_below(node):
                        writer.hide(hidden, look.hides)
                else:
                    self.look = look
                    close: Closer | None = None
                    if tag in BLOCKS:
                        boundary()
                        close = boundary
                    elif tag in HANDLERS:
                        self.node = node
                        self.attributes = attributes
                        close = HANDLERS[tag](self)
                    if close is not dealt_with:
                        child = node.first_child
                        if child is not None:
                            stack.append((node, close, outer))
                            node = child
                            continue
                        if close is not None:
                            close()
                    self.look = outer
            following = node.next if stack else None
            while following is None:
                if not stack:
                    return writer.finish()
                node, ending, self.look = stack.pop()
                if ending is not None:
                    ending()
                following = node.next if stack else None
            node = following

    def seen(self, node: LexborNode, attributes: Attributes, look: Look) -> Look:
        """How an element looks inside one of this look."""
        if self.sheets.styled and (said := self.sheets.styled.get(node.mem_id)):
            look = look.with_style(self.sheets.combined(said, attributes.get("style")))
        elif "style" in attributes:
            look = look.in_style(attributes["style"] or "")
        for name in _PRESENTATIONAL:
            if name in attributes:
                look = presented(look, attributes)
                break
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            look = Look(hides="hidden")
        if look.rule == "colour" and look is not self.look and not self.sheets.certain(node):
            look = look.coloured(colour=UNKNOWN)
        return look

    def odd_text(self, data: str) -> None:
        """Add text that is hidden, or whose line breaks count."""
        if not self.verbatim:
            data = meant(data)
        if self.look.rule:
            if words := data.split():
                self.writer.hide(" ".join(words), self.look.rule)
            return
        first, *rest = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.writer.line(first)
        for line in rest:
            self.writer.line_break()
            self.writer.line(line)


def text_below(node: LexborNode) -> str:
    """All text below a node, on one line, without that of scripts and styles."""
    if node.css_first("style, script, title") is None:
        return " ".join(node.text(separator=" ").split())
    return " ".join(
        " ".join((each.text_content or "").split())
        for each in node.traverse(include_text=True)
        if each.tag == "-text" and each.parent is not None and each.parent.tag not in GONE
    ).strip()
