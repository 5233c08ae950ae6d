"""Markdown, written piece by piece: inline text into blocks, blocks into a text.

White space is collapsed as pieces arrive, and what opens a span (`**`, `[`) is written only when
its first text arrives. So emphasis never stands around blanks, and an empty link never shows.

Hidden text is set aside and leaves a mark of its place, which changes nothing of what stands
around it. `finish` puts it back: taking the hidden spans out of the text gives exactly what would
have been written without them.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category

from cleankit.html.addresses import balanced

MAX_PREFIX = 24
"""The longest prefix of a line in characters: about eight levels of lists or quotes."""

MAX_INDENT = 12
FIRST_INDENT = 3
"""How far in a line may begin, in blanks: below another one, and as the first of its block, where
more would make code of it (CommonMark 0.31, 4.4)."""

MAX_PIECES = 20
"""A paragraph with more pieces of hidden text before it than this is left alone."""

MAX_HEADING = 200
"""Markup that makes a heading of more than this is broken: the rest is ordinary text."""

_MARK = re.compile("\0(\\d+)\0")
_ITEM = re.compile(r"(?:[-*+•‣◦▪]|\d{1,3}[.)])\s")
_FILLER = (
    "\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060"
    "\u2061\u2062\u2063\u2064\u2800\u3000\u3164\ufeff\uffa0 "
)
"""Characters that senders repeat to push the text after a preheader out of sight."""

_LONG_FILLER = 3
_SEPARATORS = ("|", "∙", "/", "~", "⋅", "…", ":", "‖", "¦")
"""What stands between two things in a row, and is no label of the second."""
_EMPHASIS = ("*", "**", "~~")
_PAIRS = dict(zip("([{«‹“‘„「『（【《〈", ")]}»›”’“」』）】》〉", strict=True))
_RULERS = "-=_*"
_BULLETS = "•·‣▪◦●"
_MARKUP = "#|-" + _BULLETS
"""What text begins with that may be markup, or doubles it."""
_FAR = -1_000_000


class Rendered(NamedTuple):
    """A text, and the spans of it that its reader does not see: start, end, rule."""

    text: str
    hidden: list[tuple[int, int, str]]


class Span:
    """Something open around text: what it is written as before and after, and whether it was."""

    __slots__ = ("after", "before", "content", "state")

    def __init__(self, before: str, after: str) -> None:
        self.before = before
        self.after = after
        self.state = WAITING
        self.content = ""


WAITING, WRITTEN, OVER = range(3)


class Writer:
    """Collects a document.

    Attributes:
        blocks: what has been written, with what stands between the blocks.
        prefix: what begins every line.
        lead: what begins the next block instead: a list marker. None if it is no list item's first.
        heading: the level of the heading that is open, or 0.
        listed: the block is a list item whose marker was typed.
        soft: blocks that begin or end now are only spaces: in a heading, in a cell of data.
        parts: the block that is being written, in pieces.
        size: how many characters of it are seen.
        cell: its size where the cell that is open began; far below 0 if that was an earlier block.
        broken: its size where its last line began; -1 if it is one line.
        held: the size at which the block does not end: what comes next stands on its line.
        spans: what is open around text, the innermost last.
        space: white space stands before what comes next.
        gap: the next block is no continuation of the list before.
    """

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.prefix = ""
        self.lead: str | None = None
        self.heading = 0
        self.listed = False
        self.soft = False
        self.parts: list[str] = []
        self.size = 0
        self.cell = _FAR
        self.broken = -1
        self.held = -1
        self.space = False
        self.gap = True
        self._breaks = 0
        self.spans: list[Span] = []
        self._waiting = 0
        self._link: Span | None = None
        self._hidden: list[tuple[str, str]] = []
        self._carried: list[str] = []
        self._rule: str | None = None
        self._after_item = False
        self._before = False, True
        self._fresh = True
        self._closer = self._image = -1

    # Inline

    def text(self, data: str) -> None:
        """Add text as it stands in the source; white space collapses."""
        ascii_only = data.isascii()
        if ascii_only:
            data = data.replace("\n", " ")
            plain = "\t" not in data and "  " not in data
        else:
            # All white space but a plain blank counts as not printable.
            plain = data.isprintable() and "  " not in data
        line = data.strip() if plain else _collapsed(data, ascii_only)
        if not line:
            self.space = True
            return
        if not ascii_only and line[0] in _FILLER and not line.strip(_FILLER):
            self.space = self.space or data[0].isspace()
            self.hide(line, "filler")
            self.space = self.space or data[-1].isspace()
            return
        if line is data:
            self.put(line)
            return
        if data[0].isspace():
            self.space = True
        self.put(line)
        if data[-1].isspace():
            self.space = True

    def line(self, data: str) -> None:
        """Add a line, or a piece of one, with the white space within it.

        An item of a list that was typed keeps its indentation, which says how deep it stands.
        """
        inner = data.strip()
        self.space = self.space or data[:1].isspace()
        if inner:
            begins = (self._fresh or self._breaks) and not self.soft and self.lead is None
            if begins and data[0].isspace() and _ITEM.match(inner):
                depth = len(data[: data.index(inner[0])].expandtabs(4))
                most = MAX_INDENT if self._breaks == 1 and self.size else FIRST_INDENT
                inner = " " * min(depth, most) + inner
            self.put(inner.replace("\t", " "))
            self.space = data[-1].isspace()

    def put(self, data: str, size: int | None = None) -> None:
        """Add something visible as it is to be written, and how many characters of it are seen."""
        if self._breaks:
            self._break(data)
        if self._fresh:
            self.space = False
            if data[0] in _MARKUP and not self._in_code():
                data = _begun(data, is_item=self.lead is not None and not self.size)
                if not data:
                    if self.parts and self.parts[-1] == "\n":  # no line begins here yet
                        self.parts.pop()
                        self._breaks = 1
                    return
            self._fresh = False
        elif self.space:
            self.space = False
            self._closer = -1
            self.parts.append(" ")
        elif self._closer >= 0:
            self._after_closer(data)
        if self._link is not None and ("[" in data or "]" in data):
            data = _bracketed(data)
        if self._waiting:
            data = self._open_spans(data)
        self._closer = -1
        self.parts.append(data)
        self.size += len(data) if size is None else size

    def image(self, data: str, size: int) -> None:
        """Add an image, or the words that stand for it, apart from words and images beside it."""
        if self.parts and (last := self.parts[-1]) and (last[-1].isalnum() or last[-1] == ")"):
            self.space = True
        self.put(data, size)
        self._closer = self._image = len(self.parts) - 1

    def begin_apart(self) -> None:
        """What comes next stands apart from a word before it."""
        if self.parts and (self.parts[-1][-1:].isalnum() or self._closer >= 0):
            self.space = True

    def end_apart(self) -> None:
        """What came stands apart from a word after it, though not from punctuation."""
        if self.parts and not self.space:
            self._closer = len(self.parts)
            self.parts.append("")

    @property
    def shows_image(self) -> bool:
        """True if there is an image in the block so far."""
        return self._image >= 0

    def line_break(self) -> None:
        """End a line; two end a paragraph."""
        self._breaks += 1

    def open(self, before: str, after: str) -> Span:
        """Begin a span; nothing is written until there is text in it."""
        span = Span(before, after)
        for outer in self.spans:
            if outer.before == before:
                span.state = OVER
                return span
        self._waiting += 1
        self.spans.append(span)
        return span

    def open_link(self, address: str) -> Span:
        """Begin a link. A link within a link ends the outer one."""
        if self._link is not None:
            self._close_spans()
            self._end_link()
        span = self._link = Span("[", f"]({address})")
        self._waiting += 1
        self.spans.append(span)
        return span

    def close(self, span: Span) -> None:
        """End a span."""
        if span.state == WAITING and span.content:
            self.image(span.content, 1)
        if span.state != OVER:
            if span.state == WRITTEN:
                self._closer = len(self.parts)
                self.parts.append(span.after)
            else:
                self._waiting -= 1
            if self.spans[-1] is span:
                self.spans.pop()
            else:
                self.spans.remove(span)
            span.state = OVER
        if span is self._link:
            self._link = None

    def leave(self, before: str) -> Span | None:
        """End the innermost span for a while, if it begins like this; `resume` goes on with it."""
        span = self.spans[-1] if self.spans else None
        if span is None or span.before != before:
            return None
        if span.state == WRITTEN:
            self._closer = len(self.parts)
            self.parts.append(span.after)
        else:
            self._waiting -= 1
        self.spans.pop()
        return span

    def resume(self, span: Span) -> None:
        """Go on with a span; nothing is written until there is text in it."""
        span.state = WAITING
        self._waiting += 1
        self.spans.append(span)

    def is_within(self, before: str) -> bool:
        """True if a span is open that begins like this."""
        return any(span.before == before for span in self.spans)

    def _in_code(self) -> bool:
        return any(span.before[0] == "`" for span in self.spans)

    @property
    def wants_content(self) -> bool:
        """True if a link is open that holds nothing yet."""
        return self._link is not None and self._link.state == WAITING

    def offer(self, data: str) -> None:
        """Something to be shown if the link that is open turns out to hold nothing else."""
        if self._link is not None and not self._link.content:
            self._link.content = data

    def words(self) -> str:
        """What is seen in the block so far."""
        return _MARK.sub("", "".join(self.parts)).strip()

    def drop(self) -> None:
        """Take back what is seen in the block so far."""
        kept = "".join(f"\0{mark}\0" for mark in _MARK.findall("".join(self.parts)))
        self.parts.clear()
        if kept:
            self._carried.append(kept)
        self._begin_block()

    def hide(self, data: str, rule: str) -> None:
        """Add text that the reader does not see, and the rule by which it is hidden."""
        self.parts.append(f"\0{len(self._hidden)}\0")
        self._hidden.append((data, rule))

    # Blocks

    def boundary(self) -> None:
        """Between two blocks."""
        if self.soft and not (self.heading and self.size > MAX_HEADING):
            self.space = True
        elif self.parts:
            if self.size == self.held:
                self.space = True
            else:
                self.end_block()

    def end_block(self) -> None:
        """Write the block so far, if there is anything to see in it."""
        if text := self.take():
            if self.heading:
                text = "#" * self.heading + " " + text
            if text[0] in _RULERS and len(text) > 2 and not text.strip(_RULERS):
                self.rule()
            else:
                self.block(text)
        self.heading = 0
        self.soft = False

    def take(self) -> str:
        """The inline text so far, with its spans closed, to begin anew; empty if none is seen."""
        visible = self.size > 0
        if visible and self.spans:
            self._close_spans()
        text = "".join(self.parts)
        self.parts.clear()
        self._begin_block()
        if visible and not text.isascii() and text[-1] in _FILLER:
            text, visible = self._without_filler(text)
        if visible:
            return text
        if text:
            self._carried.append(text)
        return ""

    def reopen(self, start: int, longest: int, longest_label: int) -> str:
        """Take back the only block since `blocks` had `start` pieces, to go on on its line.

        Only a paragraph of one line, no longer than `longest` in characters, or `longest_label` if
        it ends with a colon. Returns it, or nothing if there is no such paragraph.
        """
        occupied = self._waiting or self.lead is not None or self._rule is not None
        text = "" if occupied else self.line_since(start)
        if not text or text in _SEPARATORS:
            return ""
        if len(text) > (longest_label if text.endswith((":", ":**")) else longest):
            return ""
        *before, block = self.blocks[start:]
        hidden = self.parts[:]
        self._carried[:0] = [piece for piece in before if piece[0] == "\0"]
        del self.blocks[start:]
        self._after_item, self.gap = self._before
        self.parts.clear()
        self.put(block, len(text))
        self.parts += hidden
        return text

    def line_since(self, start: int) -> str:
        """What was written since `blocks` had `start` pieces, as it is seen, if that is one
        paragraph of one line; otherwise nothing."""
        if not 0 < len(self.blocks) - start <= MAX_PIECES:
            return ""
        *before, text = self.blocks[start:]
        if any(piece != "\n\n" and piece[:1] != "\0" for piece in before):
            return ""
        text = _MARK.sub("", text).strip() if "\0" in text else text
        return "" if text[:1] in ("", "#", "|", "`", ">") or "\n" in text else text

    def _begin_block(self) -> None:
        self.cell = _FAR
        self.broken = self.held = -1
        self.size = self._breaks = 0
        self.space = False
        self._fresh = True
        self._closer = self._image = -1

    def begin_heading(self, level: int) -> None:
        """What follows, up to the end of the block, is a heading on one line."""
        self.heading = level
        self.soft = True

    def end_heading(self) -> None:
        """End a heading; text of several lines that only has a heading's size is a paragraph."""
        if self.size > MAX_HEADING:
            self.heading = 0
        self.end_block()

    def end_paragraph(self) -> None:
        """Write what stands between the parts of a table as a block of its own."""
        if text := self.take():
            self.block(text)

    def block(self, text: str) -> None:
        """Add a block of one or more lines."""
        prefix, lead, blocks = self.prefix, self.lead, self.blocks
        if prefix and "\n" in text:
            lines = text.split("\n")
            text = "\n".join([lines[0], *((prefix + line).rstrip() for line in lines[1:])])
        first = prefix if lead is None else lead
        is_item = self.listed or lead is not None
        if self._rule is not None:
            if blocks:
                blocks += ("\n\n", self._rule + "---")
                self._after_item = False
            self._rule = None
        if blocks:
            tight = is_item and self._after_item and not self.gap
            blocks.append("\n" if tight else "\n\n")
        self._before = self._after_item, self.gap
        self._after_item = is_item
        self.listed = self.gap = False
        self.lead = None
        if self._carried:
            blocks += self._carried
            self._carried.clear()
        if first:
            blocks.append(first)
        blocks.append(text)

    def fenced(self, code: str, language: str = "") -> None:
        """Add a block of code, verbatim."""
        code = "\n".join(line.rstrip() for line in code.split("\n")).strip("\n")
        if code:
            longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
            fence = "`" * (longest + 1)
            self.block(f"{fence}{language}\n{code}\n{fence}")

    def rule(self) -> None:
        """Add a line across the page, unless it would stand first, last or beside another."""
        if self._rule is None:
            self._rule = self.prefix

    def begin_item(self, marker: str) -> tuple[str, str | None]:
        """Begin a list item; returns what `end_container` needs to end it."""
        before = self.prefix, self.lead
        if len(self.prefix) < MAX_PREFIX:
            self.lead = (self.prefix if self.lead is None else self.lead) + marker
            self.prefix += " " * len(marker)
        else:
            self.lead = self.prefix + marker
        return before

    def begin_quote(self) -> tuple[str, str | None]:
        """Begin a quotation; returns what `end_container` needs to end it."""
        before = self.prefix, self.lead
        if len(self.prefix) < MAX_PREFIX:
            self.prefix += "> "
            if self.lead is not None:
                self.lead += "> "
        return before

    def indent(self, width: int) -> None:
        """Begin the lines that follow further in."""
        if len(self.prefix) < MAX_PREFIX:
            self.prefix += " " * width

    def end_container(self, before: tuple[str, str | None]) -> None:
        """End a quotation or list item. A marker that found no block to mark is dropped."""
        self.prefix, lead = before
        if self.lead is not None:
            self.lead = lead

    # The end

    def finish(self) -> Rendered:
        """The text, with what is hidden in its place."""
        self.soft = False
        self.end_block()
        text = "".join((*self.blocks, *self._carried))
        if not self._hidden:
            return Rendered(text, [])
        return self._with_hidden(text)

    def _with_hidden(self, text: str) -> Rendered:
        pieces: list[str] = []
        spans: list[tuple[int, int, str]] = []
        length = 0
        last = "\n"
        ahead = text.split("\0")
        for index in range(0, len(ahead), 2):
            visible = ahead[index]
            if visible:
                pieces.append(visible)
                length += len(visible)
                last = visible[-1]
            if index + 1 == len(ahead):
                break
            data, rule = self._hidden[int(ahead[index + 1])]
            following = ahead[index + 2]
            at_end = index + 3 == len(ahead) and not following
            if at_end:
                data = ("\n\n" if length else "") + data
            elif last == "\n":
                data += "\n\n"
            else:
                data = ("" if last.isspace() else " ") + data
                data += "" if following[:1].isspace() else " "
            pieces.append(data)
            spans.append((length, length + len(data), rule))
            length += len(data)
            last = last if not at_end else data[-1:]
        return Rendered("".join(pieces), spans)

    # Spans

    def _open_spans(self, data: str) -> str:
        """Write what opens before some text, and return what of the text is then to be written.

        A span that goes on where one like it has just ended is one with it.
        """
        parts = self.parts
        written = False
        for span in self.spans:
            if span.state == WAITING:
                closer = parts[self._closer] if self._closer >= 0 else ""
                if written and closer[:2] == "](":
                    closer = ""
                if closer and closer == (span.before if span.before in _EMPHASIS else span.after):
                    parts[self._closer] = ""
                    self._closer -= 1
                else:
                    if closer[:2] == "](" and span is self._link:
                        parts.append(" ")
                    elif span.before in _EMPHASIS and not data[0].isalnum():
                        data = self._punctuation_first(data)
                    parts.append(span.before)
                    written = True
                span.state = WRITTEN
        self._waiting = 0
        return data

    def _punctuation_first(self, data: str) -> str:
        """Write the punctuation that text in emphasis begins with before the emphasis.

        `word**(text)**` is no emphasis (CommonMark 0.31, 6.2); `word(**text**)` is. And a bullet
        that was typed is to be seen at the beginning of its line.
        """
        if not _is_punctuation(data[0]):
            return data
        last = self.parts[-1][-1:] if self.parts else "\n"
        if last == "\n" and data[0] in _BULLETS and data[1:2] == " " and data[2:]:
            self.parts.append(data[:2])
            return data[2:]
        if not last.isalnum():
            return data
        length = 0
        while length < len(data) and _is_punctuation(data[length]):
            length += 1
        if length < len(data) and data[length].isalnum():
            self.parts.append(data[:length])
            return data[length:]
        return data

    def _close_spans(self) -> None:
        """Close what is open for the end of a block. Emphasis goes on in the next, a link does not:
        a link around many blocks is written once."""
        for span in self.spans[::-1]:
            if span.state == WRITTEN:
                self.parts.append(span.after)
                span.state = WAITING
                self._waiting += 1
                if span is self._link:
                    self._end_link()

    def _end_link(self) -> None:
        """The link that is open takes no more text."""
        if self._link is not None:
            self._waiting -= 1
            self.spans.remove(self._link)
            self._link.state = OVER
            self._link = None

    def _after_closer(self, data: str) -> None:
        """See to what stands right before text: the end of a span, or an image."""
        parts, closer = self.parts, self._closer
        marker = parts[closer]
        if marker == "~~" and (data[0].isdigit() or category(data[0]) == "Sc"):
            # A price that no longer holds, and the one that does.
            parts.append(" ")
        elif not marker:
            if data[0].isalnum() or data.startswith(("[", "![")):
                parts.append(" ")
        elif data[0].isalnum():
            if self._image == (closer - 1 if marker[:2] == "](" else closer):
                parts.append(" ")
            elif not self._waiting and marker in _EMPHASIS:
                self._free_punctuation(marker)
                return
            else:
                return
        else:
            return
        self._closer = -1

    def _free_punctuation(self, marker: str) -> None:
        """Let punctuation out of emphasis that a word follows.

        `**Note:**text` is no emphasis (CommonMark 0.31, 6.2); `**Note**:text` is. Of brackets and
        quotes around all of it both go.
        """
        parts, closer = self.parts, self._closer
        inner = parts[closer - 1]
        if inner[-1:] in ("", "\0", "*", "~") or inner[:2] == "](":
            return
        length = len(inner)
        while length and _is_punctuation(inner[length - 1]):
            length -= 1
        if not 0 < length < len(inner):
            return
        start = 0
        if closer > 1 and parts[closer - 2] == marker and _PAIRS.get(inner[0]) == inner[length]:
            parts[closer - 2] = inner[0] + marker
            start = 1
        parts[closer - 1] = inner[start:length]
        parts[closer] = marker + inner[length:]

    def _break(self, data: str) -> None:
        breaks, self._breaks = self._breaks, 0
        if not self.size:
            return
        if self.soft or (self._link is not None and self._link.state == WRITTEN):
            self.space = True
        elif breaks > 1 or not data.strip("-="):
            self.end_block()
        else:
            self.space = False
            self._fresh = True
            self._closer = -1
            self.broken = self.size
            self.parts.append("\n")

    def _without_filler(self, text: str) -> tuple[str, bool]:
        """Set the filler at the end of a block aside; say whether anything is left."""
        left = text.rstrip(_FILLER)
        filler = text[len(left) :]
        if left and len(filler) < _LONG_FILLER:
            return text, True
        mark = f"\0{len(self._hidden)}\0"
        self._hidden.append((filler, "filler"))
        return left + mark, bool(left)


def _collapsed(data: str, ascii_only: bool) -> str:
    """Text with its white space collapsed; East Asian full-width blanks within it are letters of
    their own."""
    if ascii_only or "\u3000" not in data:
        return " ".join(data.split())
    pieces = [" ".join(piece.split()) for piece in data.split("\u3000")]
    return "\u3000".join(pieces).strip()


def _is_punctuation(character: str) -> bool:
    """Punctuation and symbols as CommonMark has them; what is markup here is none."""
    return character not in "[!`*~\0<" and category(character)[0] in "PS"


def _begun(data: str, *, is_item: bool) -> str:
    """Text as it begins a line.

    A bar that separates nothing is dropped, and so is a bullet that was typed in an item of a list
    (`is_item`). What would become a heading by accident (`# 1 in sales`) is escaped. Nothing else
    is: a list or a quotation typed by hand is one.
    """
    if is_item and data[0] not in "#|" and data[1:2] == " ":
        return data[2:].lstrip()
    if data[0] == "|":
        data = data.lstrip("| ")
    if data[:1] == "#":
        rest = data.lstrip("#")
        if rest[:1] in ("", " ") and len(data) - len(rest) <= 6:
            return "\\" + data
    return data


def _bracketed(data: str) -> str:
    """Text as it stands in a link: brackets that do not pair would end it."""
    return data if balanced(data, "[", "]") else data.replace("[", "\\[").replace("]", "\\]")
