"""From bytes to the tree of parts (RFC 2046), in one walk over the lines that begin with `--`.

The walk keeps the boundaries that are open in a dictionary, so that its time does not depend on how
deep parts nest, and calls nothing recursively. It never fails: a multipart whose boundary is
missing, or never appears, is given the one that stands in its body, and is text if none does.
"""

from __future__ import annotations

import re
from array import array
from bisect import insort
from dataclasses import dataclass, field
from functools import cached_property

from cleankit.readers.email import fields, signed, transfer
from cleankit.readers.email.fields import Fields
from cleankit.readers.email.limits import Limits
from cleankit.readers.email.transfer import PLAIN

_CANDIDATE = re.compile(rb"\n--")
_FIELD_LINE = re.compile(rb"\n[!-9;-~]{1,76}:")
_UNSAID_MULTIPART = re.compile(rb"\s*^--[^\n]+\ncontent-type:", re.I | re.M)
_REST_OF_LINE = re.compile(rb"(--)?[ \t]{0,99}(?:\n|\Z)")
_GUESSES = 20
"""Among how many lines that begin with `--` a missing boundary is looked for."""

_GLUED_IN = 20
_GLUED = 100
"""In how many multiparts, and how often in each, a delimiter is looked for amid lines of text."""

_REPARSED = 5
"""How often a message may stand encoded in an encoded message."""


@dataclass(slots=True)
class Part:
    """A part of a message, or the message itself.

    Attributes:
        fields: its header.
        type: its media type in lower case, as far as it is told, else the default of its place.
        parameters: those of its `Content-Type`.
        encoding: its transfer encoding in its standard name; empty if it is unknown.
        data, start, end: its body is `data[start:end]`, still in its transfer encoding.
        children: its parts; of a `message/rfc822` the message.
        depth: how many parts contain it.
    """

    fields: Fields
    type: str
    parameters: dict[str, str]
    encoding: str
    data: bytes
    start: int
    end: int
    depth: int = 0
    children: list[Part] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """The body as it stands, still in its transfer encoding."""
        return self.data[self.start : self.end]


@dataclass(slots=True, eq=False)
class _Open:
    """A part whose end has not been seen, the delimiter of its parts, and who gets those parts."""

    part: Part
    delimiter: bytes | None
    container: Part
    closed: bool = False


def parse(data: bytes, limits: Limits, notes: list[str]) -> Part:
    """The tree of parts of a message.

    Args:
        data: the message; its lines end with `\\n`.
        limits: how much of it is read.
        notes: gets a remark for each cap that is hit.
    """
    root = _Walk(data, limits, notes, depth=0).walk()
    waiting = [(root, 0)]
    while waiting:
        part, times = waiting.pop()
        if not part.children and times < _REPARSED:
            part.children = _encoded_children(part, limits, notes)
            times += bool(part.children)
        waiting += ((child, times) for child in part.children)
    return root


def _encoded_children(part: Part, limits: Limits, notes: list[str]) -> list[Part]:
    """The parts of a message or multipart that was encoded or signed as a whole."""
    if part.type in signed.TYPES:
        content = signed.content(transfer.decode(part.body, part.encoding))
        if content is None:
            return []
        return [_Walk(normalized(content), limits, notes, depth=part.depth + 1).walk()]
    if part.encoding in PLAIN:
        return []
    if is_message(part):
        data = normalized(transfer.decode(part.body, part.encoding))
        return [_Walk(data, limits, notes, depth=part.depth + 1).walk()]
    if part.type.startswith("multipart/") and part.parameters.get("boundary"):
        data = normalized(transfer.decode(part.body, part.encoding))
        boundary = part.parameters["boundary"].encode("utf-8", "replace")
        if b"--" + boundary in data:
            head = b"Content-Type: " + part.fields.raw("content-type") + b"\n\n"
            return _Walk(head + data, limits, notes, depth=part.depth).walk().children
    return []


def _content_type(head: Fields) -> bytes:
    """The `Content-Type`: of several the first, but one that tells a boundary goes before it."""
    given = head.values.get("content-type", [])
    return next((each for each in given[1:] if b"boundary" in each), head.raw("content-type"))


def is_message(part: Part) -> bool:
    """True if the part is said to be a message."""
    return part.type in ("message/rfc822", "message/global", "message/news")


def normalized(data: bytes) -> bytes:
    """The data with every line ended by `\\n`, whatever ended it before."""
    if b"\r" not in data:
        return data
    return data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


class _Walk:
    """The state of one walk over a message."""

    def __init__(self, data: bytes, limits: Limits, notes: list[str], *, depth: int) -> None:
        self.data = data
        self.limits = limits
        self.notes = notes
        self.depth = depth
        self.line = 0
        self.blank = -1
        self.count = 0
        self.stack: list[_Open] = []
        self.delimiters: dict[bytes, list[_Open]] = {}

    @cached_property
    def lines(self) -> array[int]:
        """Where the lines begin that may delimit parts; told when first needed."""
        first = [0] if self.data.startswith(b"--") else []
        return array("Q", [*first, *(each.start() + 1 for each in _CANDIDATE.finditer(self.data))])

    @cached_property
    def last(self) -> dict[bytes, int]:
        """Where each of these lines stands last."""
        return {self.text(start): start for start in self.lines}

    def text(self, start: int) -> bytes:
        """The line that begins at `start`, without space at its end."""
        end = self.data.find(b"\n", start)
        return self.data[start : len(self.data) if end < 0 else end].rstrip(b" \t")

    def walk(self) -> Part:
        """The message's tree."""
        root = self.open(0, None)
        while self.delimiters and self.line < len(self.lines):
            start = self.lines[self.line]
            self.line += 1
            found = self.delimiter(self.text(start), start)
            if found is None:
                continue
            entry, closes = found
            self.close(entry, start)
            if closes:
                entry.closed = True
                entry.part.end = max(start, entry.part.start)
                self.forget(entry)
                continue
            if self.count >= self.limits.parts:
                self.stop()
                return root
            entry.closed = False
            line_end = self.data.find(b"\n", start)
            self.open(len(self.data) if line_end < 0 else line_end + 1, entry.container)
        return root

    def stop(self) -> None:
        """Read no further: what still waits for its parts stays without."""
        self.note(f"more than {self.limits.parts} parts: the rest was not read")
        self.line = len(self.lines)
        for entry in self.stack:
            if is_message(entry.part) or entry.delimiter is not None:
                entry.part.end = entry.part.start

    def delimiter(self, line: bytes, start: int) -> tuple[_Open, bool] | None:
        """The open multipart that a line delimits, and whether the line closes it."""
        delimiters = self.delimiters
        # What follows the boundary after a space is not looked at (RFC 2046, section 5.1.1).
        for key in (line, line.split(None, 1)[0]) if b" " in line or b"\t" in line else (line,):
            if delimiters.get(key):
                return delimiters[key][-1], False
            if key.endswith(b"--") and delimiters.get(key[:-2].rstrip(b" \t")):
                return delimiters[key[:-2].rstrip(b" \t")][-1], True
        return self.reopened(line, start) if line in delimiters else None

    def reopened(self, line: bytes, start: int) -> tuple[_Open, bool] | None:
        """A multipart that was closed too early: another of its parts follows."""
        for entry in reversed(self.stack[-3:]):
            if entry.closed and entry.delimiter == line and self.is_before_field(start):
                self.delimiters[line].append(entry)
                return entry, False
        return None

    def is_before_field(self, start: int) -> bool:
        """Whether a header field follows the line that begins at `start`."""
        end = self.data.find(b"\n", start)
        return end >= 0 and _FIELD_LINE.match(self.data, end) is not None

    def open(self, start: int, container: Part | None) -> Part:
        """Begin a part at `start`, with the message within if it is one; gives the outermost."""
        first = part = self.part(start, container)
        while is_message(part) and part.encoding in PLAIN:
            self.stack.append(_Open(part, None, part))
            if self.count >= self.limits.parts:
                self.stop()
                return first
            container = self.within(part, container)
            part = self.part(part.start, container)
        entry = _Open(part, None, part)
        self.stack.append(entry)
        if part.type.startswith("multipart/") or self.is_unsaid_multipart(part):
            entry.delimiter = self.boundary(part)
        if entry.delimiter is not None:
            self.delimiters.setdefault(entry.delimiter, []).append(entry)
            entry.container = self.within(part, container)
        return first

    def is_unsaid_multipart(self, part: Part) -> bool:
        """True if a message that tells no type begins as a multipart does."""
        return not part.fields.raw("content-type") and bool(
            _UNSAID_MULTIPART.match(self.data, part.start)
        )

    def within(self, part: Part, container: Part | None) -> Part:
        """Who gets what stands within a part: the part itself, unless it stands too deep."""
        if part.depth < self.limits.depth or container is None:
            return part
        self.note(
            f"parts nested more than {self.limits.depth} deep: "
            "the deeper ones were read as if they stood side by side"
        )
        container.children.pop()
        return container

    def part(self, start: int, container: Part | None) -> Part:
        """The part whose header begins at `start`."""
        data = self.data
        message = container is None or is_message(container)
        while message and data[start : start + 1] == b"\n":
            start += 1
        limit = len(data) if container is None else self.next_line(start)
        if data[start : start + 1] == b"\n":
            head, body = Fields(), start + 1
        else:
            blank = self.next_blank(start)
            stop = min(blank, limit)
            cut = min(stop, start + self.limits.header_bytes)
            if cut < stop:
                self.note(f"a header of more than {self.limits.header_bytes} bytes: cut there")
            head, body = fields.block(data, start, cut, message=message)
            if body == cut:
                body = stop + 2 if stop == blank and blank < len(data) else stop
        given = _content_type(head)
        type = fields.media_type(given.decode("latin-1"))
        if not type:
            is_digest = container is not None and container.type == "multipart/digest"
            type = "message/rfc822" if is_digest and not given else "text/plain"
        part = Part(
            head,
            type,
            fields.parameters(given) if given else {},
            transfer.named(head.first("content-transfer-encoding")),
            data,
            body,
            len(data),
            depth=self.depth if container is None else container.depth + 1,
        )
        self.count += 1
        if container is not None:
            container.children.append(part)
        return part

    def next_line(self, start: int) -> int:
        """Go on to the first of `lines` from `start` on; gives where it stands, or the end."""
        while self.line < len(self.lines) and self.lines[self.line] < start:
            self.line += 1
        return self.lines[self.line] if self.line < len(self.lines) else len(self.data)

    def next_blank(self, start: int) -> int:
        """Where the next blank line's line end before it stands; the end if there is none."""
        if self.blank < start:
            found = self.data.find(b"\n\n", start)
            self.blank = len(self.data) if found < 0 else found
        return self.blank

    def boundary(self, part: Part) -> bytes | None:
        """The line that delimits the parts of a multipart: as declared, else as its body shows."""
        self.next_line(part.start)
        declared = part.parameters.get("boundary", "").encode("utf-8", "replace").rstrip(b" \t")
        if declared:
            line = b"--" + declared
            if self.count <= _GLUED_IN:
                self.add_glued(line, part.start)
            if self.last.get(line, -1) >= part.start or line + b"--" in self.last:
                return line
        lines = [(each, self.text(each)) for each in self.lines[self.line : self.line + _GUESSES]]
        if declared:
            # It may stand with something after it, or be quoted or cut off wrongly.
            for _, line in lines:
                if line.startswith(b"--" + declared + b" "):
                    return b"--" + declared
        for start, line in lines:
            if self.delimiters.get(line) or self.delimiters.get(line.removesuffix(b"--")):
                return None
            if len(line) > 2 and (
                self.is_before_field(start) or self.last.get(line + b"--", -1) > start
            ):
                return line
        return None

    def add_glued(self, line: bytes, start: int) -> None:
        """Add where a delimiter stands at the end of a line: programs that put messages together
        by hand forget to end the text before it."""
        data = self.data
        place = data.find(line, start)
        for _ in range(_GLUED):
            if place < 0:
                break
            rest = _REST_OF_LINE.match(data, place + len(line))
            glued = not data[place - 1 : place].isspace()
            if rest and glued and (rest[1] or self.is_before_field(place)):
                found = line + (rest[1] or b"")
                insort(self.lines, place)
                self.last[found] = max(place, self.last.get(found, -1))
            place = data.find(line, place + len(line))

    def close(self, entry: _Open, place: int) -> None:
        """End every part that stands within an open multipart before the line at `place`."""
        end = place - 1 if place and self.data[place - 1 : place] == b"\n" else place
        while self.stack[-1] is not entry:
            inner = self.stack.pop()
            if inner.closed:
                continue
            inner.part.end = max(end, inner.part.start)
            self.forget(inner)

    def forget(self, entry: _Open) -> None:
        """Look no more for the delimiter of a multipart, of those that share it the innermost."""
        if entry.delimiter is not None:
            self.delimiters[entry.delimiter].pop()

    def note(self, remark: str) -> None:
        if remark not in self.notes:
            self.notes.append(remark)
