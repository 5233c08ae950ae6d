"""E-mail: from a message's bytes to a document.

The parts are told by `structure`, the header by `envelope`, the text by `body`. Python's own
`email` package is not used: its parser and its decoder of header fields take more than linear time,
and recurse.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from cleankit.document import Context, Document
from cleankit.html import renderer
from cleankit.readers import sniff
from cleankit.readers.email import envelope, structure
from cleankit.readers.email.body import Body, Piece, main_type
from cleankit.readers.email.limits import Limits

__all__ = ["Limits", "read"]

_LENGTH = re.compile(rb"(\d{1,10})[ \t]*\n(?=[!-9;-~]{1,76}:)")
_LEADING = re.compile(rb"(?:\xef\xbb\xbf|[ \t]*\n)+")


def read(
    data: str | bytes,
    meta: dict[str, Any],
    *,
    name: str,
    context: Context,
    limits: Limits | None = None,
) -> Document:
    """A document from a message (RFC 5322 and MIME, or an Outlook message).

    Args:
        data: the message.
        meta: what is known of it before it is read.
        name: its name, for messages and records.
        context: what the passes may know; the addresses it was sent to are added.
        limits: how much of it is read; see `Limits`.

    Returns:
        A document whose `original` is the text as a mail program shows it, with what it hides. What
        is hidden is cut (kind `hidden`).
    """
    if isinstance(data, bytes) and sniff.is_outlook(data):
        from cleankit.readers import msg

        return msg.read(data, meta, name=name, context=context)
    limits = limits or Limits()
    notes: list[str] = []
    root = structure.parse(_prepared(data), limits, notes)
    body = Body(limits, notes, renderer(context.html_renderer), is_decoded=isinstance(data, str))
    pieces = body.read(root)
    if not any(piece.text.strip() for piece in pieces):
        pieces = body.attached()
    root.fields.charset = body.encoding.get("encoding")
    found, recipients = envelope.of(root.fields)
    text, hidden = _joined(pieces)
    document = Document.of(text, name=name, context=context).with_meta(
        **{"subject": body.title or None, "language": body.language or None, **found},
        body=main_type(pieces) or None,
        alternatives=body.alternatives or None,
        attachments=body.attachments or None,
        report=body.report or None,
        notes=notes or None,
        **body.encoding,
        **meta,
    )
    document = document.edit(
        [(start, end, "", rule, "hidden") for start, end, rule in hidden], pass_name="html"
    )
    return replace(document, context=replace(context, recipients=context.recipients | recipients))


def _prepared(data: str | bytes) -> bytes:
    """The message's bytes, each line ended by `\\n`, without what may stand before its header."""
    if isinstance(data, str):
        try:
            raw = data.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            raw = data.encode("utf-8", "replace")
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = data.decode("utf-16", "replace").encode("utf-8", "replace")
    else:
        raw = data
    length = _LENGTH.match(raw)
    if length:
        # Apple Mail (`.emlx`) puts the message's length before it, and its own notes after it.
        raw = raw[length.end() : length.end() + int(length[1])]
    raw = structure.normalized(raw)
    leading = _LEADING.match(raw)
    return raw[leading.end() :] if leading else raw


def _joined(pieces: list[Piece]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of all pieces, a blank line between two, and the spans of what they hide."""
    texts: list[str] = []
    hidden: list[tuple[int, int, str]] = []
    position = 0
    for piece in pieces:
        if not piece.text.strip():
            continue
        text = piece.text
        if texts:
            texts.append("\n\n")
            position += 2
        hidden += ((position + start, position + end, rule) for start, end, rule in piece.hidden)
        texts.append(text)
        position += len(text)
    return "".join(texts), hidden
