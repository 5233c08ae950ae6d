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

_HEAD = 8_192
_HTML = re.compile(
    r"(?:\ufeff|\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIELD = re.compile(r"([!-9;-~]{1,76}):[ \t]?.*(?:\r\n|\n|\r)(?:[ \t].*(?:\r\n|\n|\r))*")
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
    return "email" if data.startswith(OUTLOOK) else of_text(data[:_HEAD].decode("latin-1"))


def of_text(text: str) -> str:
    """`"email"`, `"html"` or, for anything else, `"markdown"`."""
    head = text[:_HEAD]
    if _HTML.match(head):
        return "html"
    return "email" if _is_message(head) else "markdown"


def of_name(name: str) -> str | None:
    """The format that a file's suffix promises, or None."""
    return BY_SUFFIX.get(PurePath(name).suffix.lower())


def _is_message(head: str) -> bool:
    """True if the head begins with message headers (RFC 5322, section 2.2).

    Either three of the fields that people write, or one of those that only mail software does and
    another beside it.
    """
    start = re.match(r"(?:\ufeff|\xef\xbb\xbf)?\s*(?:>?From \S+ [^\r\n]*[\r\n]+)?", head)
    position = start.end() if start else 0
    names: set[str] = set()
    while field := _FIELD.match(head, position):
        names.add(field[1].lower())
        position = field.end()
    technical, human = names & _MESSAGE_FIELDS, names & _ADDRESS_FIELDS
    return len(human) >= 3 or (bool(technical) and len(technical | human) >= 2)
