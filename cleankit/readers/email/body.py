"""The text of a message: which of its parts carry it, and how each is rendered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cleankit.html import Rendered, render
from cleankit.readers import charset
from cleankit.readers.email import attachments, plain, signed, transfer, words
from cleankit.readers.email.calendars import is_told, readable
from cleankit.readers.email.limits import Limits
from cleankit.readers.email.structure import Part, is_message
from cleankit.readers.html import about, declared_charset

_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT = re.compile(
    r"\s*<(?:center|div|font|h[1-6]|meta|p|span|style|table|ul)(?:\s[^<>]{0,2000})?>", re.IGNORECASE
)
_END = re.compile(r"</(?:center|div|font|h[1-6]|p|span|table|ul)\s*>\s*\Z", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_NOT_LETTERS = re.compile(r"https?://[^\s<>)\"\]]+|[\W_]+")
_REPORTED = re.compile(rb"^(action|status):[ \t]*(\S{1,40})", re.IGNORECASE | re.MULTILINE)

_TEXT_AS_DATA = frozenset(
    f"text/{subtype}"
    for subtype in (
        "css", "csv", "directory", "ecmascript", "javascript", "rfc822-headers", "rtf", "vcard",
        "x-vcard", "x-vcalendar", "xml",
    )
)  # fmt: skip
_FOR_SOME = frozenset({"text/x-amp-html", "text/watch-html"})
"""Kinds of text that only some programs show; the message where nothing else is one."""

_OTHER_NAMES = {"application/ics": "text/calendar"}
"""What some programs call kinds of text that have a name."""

_PICTURES_AND_SOUND = ("image/", "audio/", "video/", "font/")
SHARE = 0.5
"""An alternative with less than this share of the letters of another is a stub, and loses."""

_RANKS = {"text/html": 3, "text/enriched": 2, "text/richtext": 2, "text/calendar": 0}
"""Which of two alternatives is the better one; the rest, of rank 1, is plain."""


class Piece(NamedTuple):
    """Rendered text of one part, with the spans of what it hides, and the part's media type."""

    text: str
    hidden: tuple[tuple[int, int, str], ...]
    type: str


@dataclass
class Body:
    """What was found in the parts of a message."""

    limits: Limits
    notes: list[str]
    render: Callable[[str], Rendered] = render
    is_decoded: bool = False
    encoding: dict[str, Any] = field(default_factory=dict)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    alternatives: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    attached_texts: list[Part] = field(default_factory=list)
    spent: int = 0
    language: str = ""
    title: str = ""

    def read(self, part: Part) -> list[Piece]:
        """The pieces of text that a reader sees of a part, in order."""
        if part.children:
            return self._container(part)
        return self._leaf(part)

    def attached(self) -> list[Piece]:
        """The first text that came as a file or that few programs show: the message, where nothing
        else is one."""
        for part in self.attached_texts:
            pieces = self._shown(part, part.type)
            if any(map(_letters, pieces)):
                return pieces
        return []

    def _container(self, part: Part) -> list[Piece]:
        if part.type == "multipart/alternative":
            return self._alternative(part)
        if part.type == "multipart/related":
            return self._related(part)
        if part.type == "multipart/report":
            self.report = self.report or _report(part)
        if part.type in ("multipart/signed", "multipart/report"):
            return self._first_alone(part)
        if part.type == "multipart/encrypted":
            self.note("encrypted (PGP): the body was not read")
        if part.type in signed.TYPES:
            self.note("signed (S/MIME): the signature was not checked")
        if is_message(part):
            return self._message(part)
        pieces: list[Piece] = []
        for child in part.children:
            if pieces and self._is_attached_text(child):
                self._attach(child)
                continue
            following = self.read(child)
            if pieces and following and _says_the_same(pieces[-1], following[0]):
                # Some programs send alternatives as if they were to follow each other.
                pieces.pop()
            pieces += following
        return pieces

    def _alternative(self, part: Part) -> list[Piece]:
        """The alternative that carries the message: HTML unless it is a stub."""
        read = [self.read(child) for child in part.children]
        letters = [sum(map(_letters, pieces)) for pieces in read]
        ranks = [_RANKS.get(main_type(pieces), 1) for pieces in read]
        most = max((count for count, rank in zip(letters, ranks, strict=True) if rank), default=0)
        carrying = [
            (rank, count, number)
            for number, (rank, count) in enumerate(zip(ranks, letters, strict=True))
            if count and (not rank or count >= most * SHARE)
        ]
        chosen = max(carrying)[2] if carrying else -1
        for number, pieces in enumerate(read):
            type = main_type(pieces) or part.children[number].type
            entry = {"type": type, "characters": sum(len(piece.text) for piece in pieces)}
            self.alternatives.append({**entry, "chosen": True} if number == chosen else entry)
        if chosen < 0:
            return []
        told = "\n".join(piece.text for piece in read[chosen])
        events = [
            piece
            for number, pieces in enumerate(read)
            if number != chosen and not ranks[number]
            for piece in pieces
            if not is_told(piece.text, told)
        ]
        return read[chosen] + events

    def _related(self, part: Part) -> list[Piece]:
        """The root of a compound (RFC 2387); what belongs to it is listed."""
        root = _root(part)
        pieces = self.read(root)
        for child in part.children:
            if child is not root:
                if child.type.startswith("multipart/") and child.children:
                    pieces += self.read(child)
                else:
                    self._attach(child)
        return pieces

    def _first_alone(self, part: Part) -> list[Piece]:
        """What was signed or reported; the signature, status and returned message are listed."""
        pieces = self.read(part.children[0])
        for child in part.children[1:]:
            if child.type == "text/plain" and part.type == "multipart/signed":
                # List software puts its footer beside the signature.
                pieces += self.read(child)
            else:
                self._attach(child)
        return pieces

    def _message(self, part: Part) -> list[Piece]:
        """A message within the message: who wrote it, when, on what, and its text."""
        if attachments.disposition(part) == "attachment":
            self._attach(part)
        pieces: list[Piece] = []
        for child in part.children:
            lines = []
            for name in ("From", "Date", "Subject"):
                value = child.fields.first(name.lower())
                if value:
                    lines.append(f"- {name}: {' '.join(words.decode(value).split())}")
            if lines:
                pieces.append(Piece("\n".join(lines), (), "message/rfc822"))
            pieces += self.read(child)
        return pieces

    def _leaf(self, part: Part) -> list[Piece]:
        type = _OTHER_NAMES.get(part.type, part.type)
        if type == "message/external-body":
            self._attach(part)
            return []
        if type == "message/partial":
            self.note("one of several pieces of a message: the others were not read")
        if type.startswith(("multipart/", "message/")):
            type = "text/plain"
        if type in _FOR_SOME:
            self.attached_texts.append(part)
            return []
        if type in signed.TYPES:
            self.note("encrypted (S/MIME): the body was not read")
        if _is_unsaid_text(part, type):
            type = "text/plain"
        is_file = attachments.disposition(part) == "attachment" and part.depth > 0
        if not _is_text(type) or is_file:
            self._attach(part)
            if is_file and _is_text(type):
                self.attached_texts.append(part)
            return []
        return self._shown(part, type)

    def _shown(self, part: Part, type: str) -> list[Piece]:
        """What a reader sees of a part that is text of this type."""
        text = self._text(part)
        if type == "text/html" and not _TAG.search(text):
            type = "text/plain"
        elif type not in _RANKS and (_HTML.match(text) or _is_fragment(text)):
            type = "text/html"
        if type == "text/html":
            rendered = self.render(text)
            told = about(text)
            self.language = self.language or told.get("language", "")
            self.title = self.title or told.get("subject", "")
            return [Piece(rendered.text, tuple(rendered.hidden), type)]
        text = self._plain(text, type, part)
        return [Piece(text, (), type)] if text.strip() else []

    def _plain(self, text: str, type: str, part: Part) -> str:
        if type == "text/calendar":
            return readable(text)
        if type in ("text/enriched", "text/richtext"):
            return plain.unenriched(text)
        if part.parameters.get("format", "").lower() == "flowed":
            delete_space = part.parameters.get("delsp", "").lower() == "yes"
            text = plain.joined(text, delete_space=delete_space)
        unwrapped = plain.unsigned(text)
        if unwrapped is not None:
            self.note("signed (PGP): the signature was not checked")
            text = unwrapped
        text, files = plain.without_files(text)
        for name, size in files:
            self._list(attachments.listed(name, "application/octet-stream", size))
        return text

    def _text(self, part: Part) -> str:
        declared = part.parameters.get("charset")
        left = self.limits.text_bytes - self.spent
        body = part.body
        if len(body) > left * 3:
            body = body[: left * 3]
        data = transfer.decode_text(body, part.encoding, declared)
        if len(data) > left or len(body) < part.end - part.start:
            data = data[:left]
            self.note(f"more than {self.limits.text_bytes} bytes of text: cut there")
        self.spent += len(data)
        if part.type == "text/html" and declared is None:
            declared = declared_charset(data)
        if self.is_decoded and data is body:
            declared = "utf-8"
        decoded = charset.decode(data, declared)
        if not self.encoding or (len(data) and not decoded.text.isascii()):
            self.encoding = {
                "encoding": decoded.charset,
                "encoding_decided_by": decoded.decided_by,
                "encoding_confidence": round(decoded.confidence, 3),
            }
        text = decoded.text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def _is_attached_text(self, part: Part) -> bool:
        """True for a text that has a file's name, and that is not to be shown."""
        return (
            _is_text(part.type)
            and attachments.given_name(part) != ""
            and attachments.disposition(part) != "inline"
        )

    def _attach(self, part: Part) -> None:
        if part.type.startswith("multipart/") and part.children:
            for child in part.children:
                self._attach(child)
            return
        entry = attachments.entry(part)
        if attachments.is_tnef(part):
            entry["name"] = "winmail.dat"
            self.note("winmail.dat: a message in Outlook's own wrapping (TNEF), not unpacked")
        self._list(entry)

    def _list(self, entry: dict[str, Any]) -> None:
        if len(self.attachments) < self.limits.attachments:
            self.attachments.append(entry)
        else:
            self.note(f"more than {self.limits.attachments} attachments: the rest is not listed")

    def note(self, remark: str) -> None:
        if remark not in self.notes:
            self.notes.append(remark)


def _says_the_same(plain: Piece, html: Piece) -> bool:
    """True for a text and the same text in HTML."""
    if plain.type != "text/plain" or html.type != "text/html":
        return False
    shorter, longer = sorted((_bare(plain.text), _bare(html.text)), key=len)
    return len(longer) * SHARE <= len(shorter) and longer.startswith(shorter)


def _is_fragment(text: str) -> bool:
    """True for HTML without the tags that every page has: it begins and ends with a block."""
    return _FRAGMENT.match(text) is not None and _END.search(text[-200:]) is not None


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


def _is_text(type: str) -> bool:
    """True for text that a person reads; unknown kinds of text are (RFC 2046, section 4.1.4)."""
    return type.startswith("text/") and type not in _TEXT_AS_DATA


def _is_unsaid_text(part: Part, type: str) -> bool:
    """True for a message that is text and calls it something else: `plain/text`, a stream."""
    if part.depth or _is_text(type) or type.startswith(_PICTURES_AND_SOUND) or type in signed.TYPES:
        return False
    if attachments.given_name(part) or attachments.is_tnef(part):
        return False
    return transfer.is_text(transfer.decode(part.body, part.encoding))


def _root(part: Part) -> Part:
    """The part of a compound that stands for all: as declared, or else the first HTML or text."""
    start = part.parameters.get("start", "").strip("<> ")
    for child in part.children:
        if start and (child.fields.first("content-id") or "").strip("<> ") == start:
            return child
    shown = [each for each in part.children if each.children or _is_text(each.type)]
    html = [each for each in shown if each.children or each.type == "text/html"]
    return next(iter(html or shown or part.children))


def _report(part: Part) -> dict[str, Any]:
    """What a report (RFC 6522) is on, and what it says became of the message (RFC 3464)."""
    told: dict[str, list[str]] = {"action": [], "status": []}
    for child in part.children:
        if child.type.startswith("message/") and not child.children:
            for name, value in _REPORTED.findall(child.body):
                values = told[name.decode("ascii").lower()]
                if value.decode("ascii", "replace").lower() not in values:
                    values.append(value.decode("ascii", "replace").lower())
    report = {"type": part.parameters.get("report-type", "").lower(), **told}
    return {name: value for name, value in report.items() if value}


def _letters(piece: Piece) -> int:
    """How many letters and digits a reader sees of a piece, those of addresses left out."""
    hidden = sum(len(_bare(piece.text[start:end])) for start, end, _ in piece.hidden)
    return len(_bare(piece.text)) - hidden


def main_type(pieces: list[Piece]) -> str:
    """The type of the longest piece; empty if there is none."""
    return max(pieces, key=lambda piece: len(piece.text)).type if pieces else ""
