"""From a page to what its reader sees: one walk over the DOM, without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import unescape
from typing import NamedTuple, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleankit.html import addresses, colours, images, styles
from cleankit.html.colours import UNKNOWN, WHITE, Colour
from cleankit.html.writer import Rendered, Writer

Attributes: TypeAlias = Mapping[str, str | None]
Closer: TypeAlias = Callable[[], None]

_BLOCK_NAMES = """
    address article aside body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset header hgroup legend main menu nav noframes optgroup
    option p search section summary table tbody tfoot thead tr
"""
_GONE_NAMES = """
    -comment -doctype area base basefont bgsound canvas datalist defs desc frame head iframe link
    map meta metadata noembed param script source style template title track wbr xml
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_GONE = frozenset(_GONE_NAMES.split())
_ESCAPED_TWICE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BULLETS = frozenset("•·‣▪▫◦●○■□►▶→➤–—-*")
_NUMBER = re.compile(r"\d{1,3}[.)]")

SHORT = 24
"""A cell of a layout table with no more text than this stands on one line with the next cell."""


class Look(NamedTuple):
    """How text looks where the walk stands; inherited."""

    visible: bool = True
    readable: bool = True
    colour: Colour | None = None
    background: Colour = WHITE
    rule: str = ""


_PLAIN = Look()


def render(html: str) -> Rendered:
    """The Markdown of a page or body: its text, and the spans of it that the page hides."""
    parser = _parse(html)
    return Walk(parser).run()


def _parse(html: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(html, options=1)
    except UnicodeEncodeError:
        return LexborHTMLParser(html.encode("utf-8", "replace"), options=1)


class Walk:
    """One walk over a page. Each handler of a tag returns what is to be done at its end."""

    def __init__(self, parser: LexborHTMLParser) -> None:
        self.parser = parser
        self.writer = Writer()
        self.look = _PLAIN
        self.node: LexborNode
        self.attributes: Attributes = {}
        self.lists: list[int | None] = []
        self.verbatim = 0

    def run(self) -> Rendered:
        """Walk from the body on and return what was written."""
        writer = self.writer
        text, hide, boundary = writer.text, writer.hide, writer.boundary
        stack: list[tuple[LexborNode, Closer | None, Look]] = []
        push, pop = stack.append, stack.pop
        handlers = HANDLERS
        node = self.parser.body or self.parser.root
        if node is None:
            return writer.finish()
        while True:
            tag = node.tag or ""
            if tag == "-text":
                data = node.text_content or ""
                if "&" in data and not self.verbatim:
                    data = _ESCAPED_TWICE.sub(_unescape, data)
                if self.look.rule and not data.isspace():
                    hide(" ".join(data.split()), self.look.rule)
                elif self.verbatim:
                    self.lines(data)
                else:
                    text(data)
            elif tag not in _GONE:
                look = self.look
                attributes = node.attributes
                rule = self.examine(attributes) if attributes else ""
                if rule:
                    hidden = text_of(node)
                    if hidden:
                        hide(hidden, rule)
                    self.look = look
                else:
                    close: Closer | None = None
                    if tag in _BLOCKS:
                        boundary()
                        close = boundary
                    elif tag in handlers:
                        self.node = node
                        self.attributes = attributes
                        close = handlers[tag](self)
                    if close is not skip:
                        child = node.first_child
                        if child is not None:
                            push((node, close, look))
                            node = child
                            continue
                        if close is not None:
                            close()
                    self.look = look
            following = node.next if stack else None
            while following is None:
                if not stack:
                    return writer.finish()
                node, ending, self.look = pop()
                if ending is not None:
                    ending()
                following = node.next if stack else None
            node = following

    # Visibility

    def examine(self, attributes: Attributes) -> str:
        """Take in how an element looks; the rule that hides it with all it holds, or empty."""
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return "hidden"
        given = attributes.get("style")
        if given:
            style = styles.parse(given)
            if style.hides:
                return style.hides
            if style is not styles.NO_STYLE:
                self.dress(style)
        if "bgcolor" in attributes or "background" in attributes:
            background = colours.colour_of(attributes.get("bgcolor") or "") or UNKNOWN
            if attributes.get("background"):
                background = UNKNOWN
            if not given or styles.parse(given).background is None:
                self.wear(self.look._replace(background=background))
        return ""

    def dress(self, style: styles.Style) -> None:
        """Inherit, except for what the style sets."""
        look = self.look
        if (
            style.visible is None
            and style.readable is None
            and style.colour is None
            and style.background is None
        ):
            return
        self.wear(
            Look(
                look.visible if style.visible is None else style.visible,
                look.readable if style.readable is None else style.readable,
                look.colour if style.colour is None else style.colour,
                look.background if style.background is None else style.background,
            )
        )

    def wear(self, look: Look) -> None:
        """Set how text looks from here on."""
        rule = ""
        if not look.visible:
            rule = "visibility"
        elif not look.readable:
            rule = "font-size"
        elif look.colour is not None and colours.same(look.colour, look.background):
            rule = "colour"
        self.look = look._replace(rule=rule)

    # Text

    def lines(self, data: str) -> None:
        """Add text whose line breaks count."""
        first, *rest = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.writer.text(first)
        for line in rest:
            self.writer.line_break()
            self.writer.text(line)

    # Handlers

    def line_break(self) -> None:
        self.writer.line_break()

    def strong(self) -> Closer | None:
        if self.writer.heading:
            return None
        return self.span("**")

    def emphasis(self) -> Closer:
        return self.span("*")

    def span(self, marker: str) -> Closer:
        self.writer.open(marker, marker)
        return self.writer.close

    def code(self) -> Closer | None:
        content = self.node.text()
        if "\n" in content.strip() or self.node.css_first("a, img, br, b, i") is not None:
            return None
        longest = max((len(run) for run in re.findall("`+", content)), default=0)
        fence = "`" * (longest + 1)
        pad = " " if longest else ""
        self.writer.open(fence + pad, pad + fence)
        self.verbatim += 1
        return self.end_code

    def end_code(self) -> None:
        self.verbatim -= 1
        self.writer.close()

    def link(self) -> Closer | None:
        address = addresses.written(self.attributes.get("href"))
        if not address:
            return None
        self.writer.open("[", f"]({address})", is_link=True)
        span = self.writer.in_link
        words = self.attributes.get("aria-label") or self.attributes.get("title")
        if span is not None and words and self.node.first_child is not None:
            span.label = " ".join(words.split())
        return self.writer.close

    def image(self) -> None:
        if images.counts_opens(self.attributes):
            return
        alt = images.alt_of(self.attributes)
        address = addresses.written(images.source_of(self.attributes))
        if self.look.rule == "visibility":
            if alt:
                self.writer.hide(alt, self.look.rule)
        elif alt:
            self.writer.put(images.markdown(alt, address))
        elif address and (span := self.writer.in_link) is not None:
            span.content = span.content or f"![]({address})"

    def heading(self, level: int) -> Closer:
        self.writer.end_block()
        self.writer.heading = level
        self.writer.soft = True
        return self.writer.end_block

    def horizontal_rule(self) -> None:
        self.writer.end_block()
        self.writer.rule()

    def quote(self) -> Closer:
        self.writer.end_block()
        return partial(self.end_container, self.writer.begin_quote())

    def end_container(self, before: tuple[str, str | None]) -> None:
        self.writer.end_block()
        self.writer.end_container(before)

    def bullets(self) -> Closer:
        return self.begin_list(None)

    def numbers(self) -> Closer:
        return self.begin_list(_number(self.attributes.get("start"), 1))

    def begin_list(self, start: int | None) -> Closer:
        self.writer.end_block()
        if not self.lists:
            self.writer.gap = True
        self.lists.append(start)
        return self.end_list

    def end_list(self) -> None:
        self.writer.end_block()
        self.lists.pop()
        if not self.lists:
            self.writer.gap = True

    def item(self) -> Closer:
        self.writer.end_block()
        marker = "- "
        if self.lists and (number := self.lists[-1]) is not None:
            number = _number(self.attributes.get("value"), number)
            marker = f"{number}. "
            self.lists[-1] = number + 1
        return partial(self.end_container, self.writer.begin_item(marker))

    def cell(self) -> Closer:
        return partial(self.end_cell, self.writer.size, len(self.writer.blocks))

    def end_cell(self, size: int, blocks: int) -> None:
        writer = self.writer
        if len(writer.blocks) == blocks and writer.size - size <= SHORT:
            writer.space = True
        else:
            writer.boundary()

    def preformatted(self) -> Closer:
        self.writer.end_block()
        if self.node.css_first("a[href], img, table, p, div") is None:
            code = self.node.text().replace("\r\n", "\n").replace("\r", "\n")
            self.writer.fenced(code)
            return skip
        self.verbatim += 1
        return self.end_preformatted

    def end_preformatted(self) -> None:
        self.verbatim -= 1
        self.writer.end_block()


def skip() -> None:
    """Returned by a handler in place of a closer: what the element holds is dealt with."""


def text_of(node: LexborNode) -> str:
    """All text below a node, on one line, without that of scripts and styles."""
    if node.css_first("style, script, title") is None:
        return " ".join(node.text(separator=" ").split())
    return " ".join(
        " ".join((each.text_content or "").split())
        for each in node.traverse(include_text=True)
        if each.tag == "-text" and each.parent is not None and each.parent.tag not in _GONE
    ).strip()


def _unescape(match: re.Match[str]) -> str:
    return unescape(match[0])


def _number(value: str | None, default: int) -> int:
    """The number of a list item: CommonMark allows nine digits and no sign."""
    value = (value or "").strip()
    return int(value) if value.isdecimal() and len(value) <= 9 else default


HANDLERS: dict[str, Callable[[Walk], Closer | None]] = {
    "a": Walk.link,
    "b": Walk.strong,
    "blockquote": Walk.quote,
    "br": Walk.line_break,
    "code": Walk.code,
    "em": Walk.emphasis,
    "hr": Walk.horizontal_rule,
    "i": Walk.emphasis,
    "img": Walk.image,
    "kbd": Walk.code,
    "li": Walk.item,
    "listing": Walk.preformatted,
    "ol": Walk.numbers,
    "pre": Walk.preformatted,
    "samp": Walk.code,
    "strong": Walk.strong,
    "td": Walk.cell,
    "th": Walk.cell,
    "tt": Walk.code,
    "ul": Walk.bullets,
    "xmp": Walk.preformatted,
    **{f"h{level}": partial(Walk.heading, level=level) for level in range(1, 7)},
}
