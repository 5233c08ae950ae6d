"""What the walk does at each element: a handler begins it, and returns what ends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from cleankit.html import addresses, colours, images, rows, tables
from cleankit.html.emphasis import emphasis, strong, struck
from cleankit.html.text import one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from cleankit.html.walk import Walk
    from cleankit.html.writer import Span

Closer: TypeAlias = Callable[[], None]

_BLOCK_NAMES = """
    address article aside audio body center col colgroup dd details dialog div dl dt fieldset
    figcaption figure footer form frameset header hgroup legend main nav noframes optgroup option p
    search select textarea section summary tbody tfoot thead video
"""
_GONE_NAMES = """
    -comment -doctype base basefont bgsound canvas datalist defs desc frame head iframe link
    meta metadata noembed param rp script source style template title track xml
"""
GONE = frozenset(_GONE_NAMES.split())
"""Nodes that show nothing."""

_UNNUMBERED = re.compile(r"list-style(?:-type)?\s{0,9}:[^;]{0,99}\bnone\b", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list\s{0,9}:[^;]{0,50}\blevel([1-9])", re.IGNORECASE)
_INDENT = "   "
"""By which the items of a list stand further in: enough below a bullet, and below a number."""
_RAISED = re.compile(r"[+\-\u2212]?[0-9]{1,3}")
_SUPERSCRIPTS = str.maketrans("0123456789+-\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_NOT_CODE = "a[href], img, table, p, div"
_NEIGHBOURS = 9
_LETTER = 8
_LEVELS = 6
_USUAL_LEVEL = 2
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight-source)-([\w+#-]{1,20})")


def gone(walk: Walk) -> None:
    """Stands for what shows nothing; the walk passes it by."""


def block(walk: Walk) -> None:
    """Stands for what only begins and ends a block (WHATWG HTML, 15.3); the walk does that."""


def dealt_with() -> None:
    """Returned in place of a closer: all that the element holds has been written."""


def line_break(walk: Walk) -> None:
    walk.writer.line_break()


def quoted(walk: Walk) -> Closer:
    inner = walk.writer.is_within("“")
    return partial(walk.writer.close, walk.writer.open(*("‘’" if inner else "“”")))


def reading(walk: Walk) -> Closer:
    """How East Asian characters are read, in brackets after them (WHATWG HTML, 4.5.12)."""
    return partial(walk.writer.close, walk.writer.open("(", ")"))


def code(walk: Walk) -> Closer | None:
    """Code in a line, between as many backticks as it takes (CommonMark 0.31, 6.1)."""
    if walk.verbatim:
        return None
    content = walk.node.text()
    if walk.node.css_first("a, img, br, b, i, p, div, table"):
        return None
    folded = "\n" in content.strip()
    first = walk.node.first_child
    if folded and (walk.look.odd or first is None or first.next is not None or first.first_child):
        return None
    fence = "`" * (_longest_run("`+", content) + 1)
    pad = " " if len(fence) > 1 else ""
    span = walk.writer.open(fence + pad, pad + fence)
    if folded:
        # A line of the source that an editor or a mailer wrapped.
        walk.writer.line(" ".join(content.split()))
        walk.writer.close(span)
        return dealt_with
    walk.verbatim += 1
    return partial(end_code, walk, span)


def end_code(walk: Walk, span: Span) -> None:
    walk.verbatim -= 1
    walk.writer.close(span)


def link(walk: Walk) -> Closer | None:
    """A link to somewhere; what leads nowhere is its text."""
    attributes, writer = walk.attributes, walk.writer
    if walk.look.rule == "colour" and "color" not in (attributes.get("style") or ""):
        walk.look = walk.look.coloured(colour=colours.UNKNOWN)
    address = addresses.written(attributes.get("href"), walk)
    if not address:
        return _note(walk)
    span = writer.open_link(address)
    title, label = attributes.get("title"), attributes.get("aria-label")
    if (title or label) and walk.node.first_child is not None:
        return partial(end_named_link, walk, span, one_line(title), one_line(label))
    return partial(writer.close, span)


def end_named_link(walk: Walk, span: Span, title: str, label: str) -> None:
    """End a link. One that shows only what a style draws is what its title or label says; an image
    without words is what the title says, which everyone can see."""
    if walk.writer.wants_content and not walk.look.rule:
        if not span.content:
            span.content = title or label
        elif title and not images.says_nothing(title):
            span.content = images.named(span.content, title)
    walk.writer.close(span)


def _note(walk: Walk) -> Closer | None:
    """A link within the page that is a number right after a word: a note's, which CSS raises."""
    parts = walk.writer.parts
    within = (walk.attributes.get("href") or "")[:1] == "#"
    return superscript(walk) if within and parts and not parts[-1][-1:].isdigit() else None


def image(walk: Walk) -> None:
    """An image by its words. One without words is shown only where a link would be empty."""
    attributes, writer = walk.attributes, walk.writer
    words = images.words_of(attributes)
    if not (words or writer.wants_content) or images.counts_opens(attributes, words):
        return
    address = addresses.written(images.source_of(attributes), walk)
    if walk.look.rule == "visibility":
        if words:
            writer.hide(words, walk.look.rule)
    elif words:
        shown = images.markdown(words, address)
        if shown is words and images.is_emoji(words):
            writer.put(shown)
        else:
            writer.image(shown, len(words))
    elif address:
        writer.offer(images.markdown("", address))


def image_of_amp(walk: Walk) -> Closer:
    """An image as AMP for Email has it; what the element holds is for readers without AMP."""
    image(walk)
    return dealt_with


def superscript(walk: Walk) -> Closer | None:
    """A raised number after a word or figure: 10⁶ is not 106, and a note's number is no digit."""
    writer = walk.writer
    number = walk.node.text().strip()
    beside = writer.parts and not writer.space and not walk.verbatim and not walk.look.rule
    if not beside or not _RAISED.fullmatch(number) or walk.node.css_first("a[href^=http]"):
        return None
    writer.put(number.translate(_SUPERSCRIPTS), len(number))
    return dealt_with


def button(walk: Walk) -> Closer:
    """A button or a drawing, apart from what stands beside it."""
    walk.writer.space = True
    return partial(end_button, walk)


def end_button(walk: Walk) -> None:
    walk.writer.space = True


def tick(walk: Walk) -> None:
    """What shows whether an item of a list is ticked; what else a form asks for is no text."""
    attributes, writer = walk.attributes, walk.writer
    if walk.lists and not writer.size and attributes.get("type") == "checkbox":
        writer.put("[x]" if "checked" in attributes else "[ ]")
        writer.space = True


def area(walk: Walk) -> None:
    """A part of an image that is a link, by its words."""
    words = images.words_of(walk.attributes)
    address = addresses.written(walk.attributes.get("href"), walk)
    if words and address:
        walk.writer.space = True
        walk.writer.put(images.link(words, address), len(words))
        walk.writer.space = True


def font(walk: Walk) -> None:
    """Text in another colour (WHATWG HTML, 16.2); what else it says shows in no text."""
    colour = colours.colour_of(walk.attributes.get("color") or "")
    if colour is not None and "color" not in (walk.attributes.get("style") or ""):
        walk.look = walk.seen_in(walk.node, walk.look.coloured(colour=colour))


def heading(walk: Walk, level: int) -> Closer:
    walk.writer.end_block()
    walk.writer.begin_heading(level)
    return walk.writer.end_heading


def heading_by_role(walk: Walk) -> Closer:
    """A heading that only says so to readers of the screen (WAI-ARIA 1.2, `heading`)."""
    level = _number(walk.attributes.get("aria-level"), _USUAL_LEVEL)
    return heading(walk, min(max(level, 1), _LEVELS))


def horizontal_rule(walk: Walk) -> None:
    walk.writer.end_block()
    walk.writer.rule()


def quote(walk: Walk) -> Closer:
    walk.writer.end_block()
    return partial(end_container, walk, walk.writer.begin_quote())


def end_container(walk: Walk, before: tuple[str, str | None]) -> None:
    walk.writer.end_block()
    walk.writer.end_container(before)


class List:
    """A list that is open: the number of its next item (None for bullets), and where it stands.

    `step` leads from one number to the next; `width` is that of its last marker, 0 before the
    first; `in_item` tells whether an item is open.
    """

    __slots__ = ("in_item", "number", "step", "width")

    def __init__(self, number: int | None, step: int) -> None:
        self.number = number
        self.step = step
        self.width = 0
        self.in_item = False


def bullets(walk: Walk) -> Closer:
    return begin_list(walk, None)


def numbers(walk: Walk) -> Closer:
    """A list whose items are numbered, unless a style leaves their numbers out."""
    attributes = walk.attributes
    if _UNNUMBERED.search(attributes.get("style") or ""):
        return begin_list(walk, None)
    if "reversed" not in attributes:
        return begin_list(walk, _number(attributes.get("start"), 1))
    items = sum(1 for each in walk.node.iter() if each.tag == "li")
    return begin_list(walk, _number(attributes.get("start"), items), -1)


def begin_list(walk: Walk, start: int | None, step: int = 1) -> Closer:
    """A list. One that stands in another but in none of its items belongs to the item before."""
    writer = walk.writer
    writer.end_block()
    before = writer.prefix, writer.lead
    if not walk.lists:
        writer.gap = True
    elif not walk.lists[-1].in_item:
        writer.indent(walk.lists[-1].width)
    walk.lists.append(List(start, step))
    return partial(end_list, walk, before)


def end_list(walk: Walk, before: tuple[str, str | None]) -> None:
    end_container(walk, before)
    walk.lists.pop()
    if not walk.lists:
        walk.writer.gap = True


def item(walk: Walk) -> Closer:
    walk.writer.end_block()
    if not walk.lists:
        return partial(end_container, walk, walk.writer.begin_item("- "))
    here = walk.lists[-1]
    marker = "- "
    if here.number is not None:
        number = _number(walk.attributes.get("value"), here.number)
        marker = f"{number}. "
        here.number = max(number + here.step, 0)
    here.width = len(marker)
    here.in_item = True
    return partial(end_item, walk, here, walk.writer.begin_item(marker))


def end_item(walk: Walk, here: List, before: tuple[str, str | None]) -> None:
    end_container(walk, before)
    here.in_item = False


def preformatted(walk: Walk) -> Closer:
    """Code as a block; a letter that was only set in fixed width keeps its lines and no more."""
    node, writer = walk.node, walk.writer
    writer.end_block()
    plain = walk.verbatim or walk.look.rule or node.css_first(_NOT_CODE) or _is_letter(walk)
    shown = None if plain else _code_of(walk)
    if shown is not None:
        language = ""
        inner = node.css_first("code")
        for each in (walk.attributes, inner.attributes if inner else {}):
            if named := _LANGUAGE.search(each.get("class") or ""):
                language = named[1]
        writer.fenced(shown.replace("\r\n", "\n").replace("\r", "\n"), language)
        return dealt_with
    walk.verbatim += 1
    return partial(end_preformatted, walk)


def _code_of(walk: Walk) -> str | None:
    """The text of preformatted code; None if any of it is hidden, which the walk must deal with.

    A block within it, as numbered lines are, stands on lines of its own.
    """
    pieces: list[str] = []
    looks = {walk.node.mem_id: walk.look}
    last = walk.node.mem_id
    blocks = {last: last}
    for each in islice(walk.node.traverse(include_text=True), 1, None):
        parent = each.parent
        if parent is None or parent.mem_id not in looks:
            continue
        if each.tag == "-text":
            data = each.text_content or ""
            line_ended = not pieces or pieces[-1][-1:] == "\n" or data.lstrip(" \t")[:1] == "\n"
            if blocks[parent.mem_id] != last and not line_ended:
                pieces.append("\n")
            last = blocks[parent.mem_id]
            pieces.append(data)
        elif each.tag == "br":
            pieces.append("\n")
        elif each.tag not in GONE:
            look = walk.seen(each, each.attributes, looks[parent.mem_id])
            if look.rule or look.hides:
                return None
            looks[each.mem_id] = look
            handler = HANDLERS.get(each.tag or "")
            is_block = handler in (block, quote) or handler in _BLOCKS or look.flow == "block"
            blocks[each.mem_id] = each.mem_id if is_block else blocks[parent.mem_id]
    return "".join(pieces)


def _is_letter(walk: Walk) -> bool:
    """True if preformatted text is a plain letter: marked so by Mozilla, or all that there is."""
    if (walk.attributes.get("class") or "").startswith("moz-"):
        return True
    node = walk.node
    if node.parent is None or node.parent.tag != "body" or node.css_first("code"):
        return False
    lines = [line for line in node.text().splitlines() if line.strip()]
    indented = sum(line[0].isspace() for line in lines)
    if len(lines) < _LETTER or indented * 4 > len(lines):
        return False
    for step in ("prev", "next"):
        beside = getattr(node, step)
        for _ in range(_NEIGHBOURS):
            if beside is None:
                break
            if beside.tag not in GONE and beside.text().strip():
                return False
            beside = getattr(beside, step)
    return True


def end_preformatted(walk: Walk) -> None:
    walk.verbatim -= 1
    walk.writer.end_block()


def table(walk: Walk) -> Closer:
    """A table: data becomes rows of cells, layout flows."""
    walk.tabled = True
    walk.writer.held = -1
    if walk.writer.parts:
        walk.writer.boundary()
    if walk.grid is not None or not tables.is_data(walk.node, walk.attributes):
        return walk.writer.boundary
    walk.writer.end_block()
    walk.writer.soft = True
    walk.grid = []
    walk.reaching = {}
    return partial(end_data_table, walk)


def in_cell(walk: Walk, handler: Callable[[Walk], Closer | None]) -> Closer | None:
    """What would be a block of its own, in a cell of data: there all stands on one line."""
    if handler not in _BLOCKS:
        return handler(walk)
    walk.writer.boundary()
    if handler is item:
        walk.writer.put("•")
        walk.writer.space = True
    return walk.writer.boundary


def end_data_table(walk: Walk) -> None:
    grid, walk.grid = walk.grid or [], None
    walk.writer.end_block()
    if text := tables.markdown(grid):
        walk.writer.block(text)


def caption(walk: Walk) -> Closer:
    walk.writer.end_paragraph()
    return walk.writer.end_paragraph


def cell(walk: Walk) -> Closer:
    """A cell of a data table; for those of layout tables see `cleankit.html.rows`."""
    walk.writer.end_paragraph()
    rows, columns = (
        min(_number(walk.attributes.get(name), 1), tables.MAX_COLUMNS)
        for name in ("rowspan", "colspan")
    )
    return partial(end_data_cell, walk, rows, columns)


def end_data_cell(walk: Walk, rows: int, columns: int) -> None:
    if walk.grid:
        line = walk.grid[-1]
        tables.leave_room(line, walk.reaching)
        if rows > 1:
            for column in range(len(line), len(line) + columns):
                walk.reaching[column] = rows - 1
        line.append(walk.writer.take())
        line.extend([""] * (columns - 1))


def end(walk: Walk) -> None:
    """The end of the page was reached; see `cleankit.html.guard.END`."""
    walk.ended = True


def typed_marker(walk: Walk, node: LexborNode, words: str) -> None:
    """Begin a list item whose marker Word typed: a number, or a glyph of a symbol font."""
    writer = walk.writer
    marker = words if words[-1] in ".)" or words[-1].isdigit() else "-"
    writer.listed = True
    if not writer.size:
        marker = _INDENT * (_level(node) - 1) + marker
    writer.put(marker)
    writer.space = True


def _level(node: LexborNode) -> int:
    """How deep a list item of Word's stands, as its paragraph says; 1 is the top."""
    for _ in range(_NEIGHBOURS):
        if (parent := node.parent) is None:
            break
        if said := _WORD_LEVEL.search(parent.attributes.get("style") or ""):
            return int(said[1])
        node = parent
    return 1


def _number(value: str | None, default: int) -> int:
    """The number of a list item: CommonMark allows nine digits and no sign."""
    value = (value or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else default


def _longest_run(pattern: str, text: str) -> int:
    return max((len(run) for run in re.findall(pattern, text)), default=0)


_HEADINGS = {f"h{level}": partial(heading, level=level) for level in range(1, _LEVELS + 1)}
_BLOCKS = frozenset({bullets, heading_by_role, horizontal_rule, item, numbers, *_HEADINGS.values()})

INLINE = frozenset({None, strong, emphasis, link, font})
"""What stands in a line, unless a style makes a block of it."""


def as_block(walk: Walk, handler: Callable[[Walk], Closer | None] | None) -> Closer:
    """What usually stands in a line, as a block."""
    walk.writer.boundary()
    return partial(end_as_block, walk, handler(walk) if handler else None)


def end_as_block(walk: Walk, close: Closer | None) -> None:
    if close is not None:
        close()
    walk.writer.boundary()


def apart(walk: Walk, handler: Callable[[Walk], Closer | None] | None) -> Closer:
    """What stands in the same line, but not right beside words."""
    walk.writer.begin_apart()
    return partial(end_apart, walk, handler(walk) if handler else None)


def end_apart(walk: Walk, close: Closer | None) -> None:
    if close is not None:
        close()
    walk.writer.end_apart()


HANDLERS: dict[str, Callable[[Walk], Closer | None]] = {
    **dict.fromkeys(GONE, gone),
    **dict.fromkeys(_BLOCK_NAMES.split(), block),
    "a": link,
    "amp-anim": image_of_amp,
    "amp-img": image_of_amp,
    "area": area,
    "b": strong,
    "blockquote": quote,
    "br": line_break,
    "button": button,
    "caption": caption,
    "code": code,
    "del": struck,
    "dir": bullets,
    "em": emphasis,
    "font": font,
    "hr": horizontal_rule,
    "i": emphasis,
    "img": image,
    "input": tick,
    "kbd": code,
    "li": item,
    "listing": preformatted,
    "menu": bullets,
    "ol": numbers,
    "pre": preformatted,
    "q": quoted,
    "rt": reading,
    "s": struck,
    "samp": code,
    "strike": struck,
    "strong": strong,
    "sup": superscript,
    "svg": button,
    "table": table,
    "td": cell,
    "th": cell,
    "tr": rows.row,
    "tt": code,
    "ul": bullets,
    "x-end": end,
    "xmp": preformatted,
    **_HEADINGS,
}
