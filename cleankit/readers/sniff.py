"""What format a message is in, told from its data or its file's name.

Only what is certain is told: a text that mentions HTML is not HTML, and a text with a colon in its
first line is no e-mail.
"""

from __future__ import annotations

import re
from pathlib import PurePath

FORMATS = ("email", "html", "markdown", "text")

BY_SUFFIX = {
    ".eml": "email",
    ".emlx": "email",
    ".mht": "email",
    ".mhtml": "email",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}

OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an Outlook message begins: it is a compound file ([MS-CFB] 2.2, Header Signature)."""

_SMALLEST_OUTLOOK = 1_536
"""A compound file has a header, a table of sectors and a directory, in bytes."""

_HEAD = 8_192
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    r"(?:\ufeff|\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE = re.compile(r"(?:\ufeff|\xef\xbb\xbf)?\s*(?:>?From \S+[^\r\n]*[\r\n]+)?")
_FIELD = re.compile(
    # A line end that was made one of DOS twice over is one all the same.
    r"([!-9;-~]{1,76})[ \t]{0,9}:([^\r\n]*)(?:\r{0,2}\n|\r)(?:[ \t][^\r\n]*(?:\r{0,2}\n|\r))*"
)
_CERTAIN = re.compile(
    r"(?:content-type:\s{0,9}(?:text|multipart|message)/|mime-version:\s{0,9}1\.0"
    r"|received:\s{0,9}(?:from|by)\s|return-path:\s{0,9}<)",
    re.IGNORECASE,
)
_MESSAGE_FIELDS = frozenset(
    {
        "content-transfer-encoding",
        "content-type",
        "delivered-to",
        "dkim-signature",
        "list-id",
        "list-unsubscribe",
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "x-mailer",
    }
)
_ADDRESS_FIELDS = frozenset({"from", "to", "date", "subject", "sender", "reply-to", "cc"})


def of_data(data: str | bytes) -> str:
    """The format of a message's text or bytes; see `of_text`."""
    if isinstance(data, str):
        return of_text(data)
    if is_outlook(data):
        return "email"
    head = data[:_HEAD]
    return of_text(head.decode("utf-16" if head.startswith(_UTF_16) else "latin-1", "replace"))


def is_outlook(data: bytes) -> bool:
    """True if the data may be an Outlook message."""
    return data.startswith(OUTLOOK) and len(data) >= _SMALLEST_OUTLOOK


def of_text(text: str) -> str:
    """`"email"`, `"html"` or, for anything else, `"markdown"`."""
    head = text[:_HEAD]
    if _HTML.match(head):
        return "html"
    return "email" if _is_message(head) else "markdown"


def of_name(name: str) -> str | None:
    """The format that a file's suffix promises, or None."""
    return BY_SUFFIX.get(PurePath(name).suffix.lower())


def of_file(name: str, data: bytes) -> str | None:
    """The format that a file's suffix promises, or None.

    A mail or a page saved as `.txt` is read as what it is.
    """
    format = of_name(name)
    if format != "text":
        return format
    told = of_data(data)
    return "text" if told == "markdown" else told


def _is_message(head: str) -> bool:
    """True if the head begins with message headers (RFC 5322, section 2.2).

    It begins with a field as only software writes it, or has three of the fields that people write,
    or an address in `From` and one more, or one of those that only mail software writes and another
    beside it.
    """
    start = _BEFORE.match(head)
    position = start.end() if start else 0
    if _CERTAIN.match(head, position):
        return True
    fields: dict[str, str] = {}
    while field := _FIELD.match(head, position):
        fields.setdefault(field[1].lower(), field[2])
        position = field.end()
    technical, human = fields.keys() & _MESSAGE_FIELDS, fields.keys() & _ADDRESS_FIELDS
    if len(human) == 2:
        return "@" in fields.get("from", "") or bool(technical)
    return len(human) > 2 or (bool(technical) and len(technical | human) > 1)
