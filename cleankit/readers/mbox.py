"""Mailboxes in one file: where each message begins and ends, found while streaming.

The family (mboxo, mboxrd, mboxcl) is described in RFC 4155 and in qmail's mbox(5): each message
follows a line `From sender date`, and body lines that begin with `From ` are written `>From `.

Positions are offsets in bytes, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

CHUNK = 1 << 20
"""How much is read at once, in bytes: memory stays at a few of these, whatever the mailbox."""

MAX_LINE = 2_000
"""A `From ` line longer than this, in bytes, is text."""

_NEWLINE = 0x0A
_LOOK_AHEAD = MAX_LINE + 100
_SEPARATOR = re.compile(
    rb"From (?P<rest>[^\r\n]{0,%d})(?:\r?\n)(?P<next>[!-9;-~]{1,76}[ \t]?:|>From )?(?P<text>\S)?"
    % MAX_LINE
)
_MARK = b"\xef\xbb\xbf"
_DATE = re.compile(
    rb"\b\d{1,2}:\d\d\b.{0,60}?\b\d{4}\b|\b\d{4}\b.{0,60}?\b\d{1,2}:\d\d\b", re.DOTALL
)
_MAIL_FIELD = re.compile(
    rb"(?:from|to|subject|date|received|return-path|message-id|delivered-to|mime-version|reply-to"
    rb"|content-type|x-[!-9;-~]+):",
    re.IGNORECASE,
)
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)


class Separator(NamedTuple):
    """A `From ` line with its line end, and the length of the blank line before it."""

    start: int
    end: int
    blank: int


def messages(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each message stands, without its `From ` line and the blank line after it.

    What stands before the first `From ` line is passed over.

    Args:
        stream: the mailbox, at its beginning; it is read forward, once.
    """
    begin: int | None = None
    for separator in separators(stream):
        if begin is not None:
            yield begin, max(begin, separator.start - separator.blank)
        begin = separator.end
    if begin is not None:
        yield begin, stream.tell()


def separators(stream: BinaryIO) -> Iterator[Separator]:
    """The `From ` lines that separate messages; body lines that merely look alike are not told.

    A separator bears a date, stands after a blank line or before a header field, and before no
    other text. One without a date (some programs write none) stands between a blank line and a
    field that mail begins with.
    """
    offset = looked_at = 0
    window = b""
    while True:
        chunk = stream.read(CHUNK)
        window += chunk
        # A line near the end may be cut off: it is looked at when more has been read.
        limit = len(window) - (_LOOK_AHEAD if chunk else 0)
        for found in _SEPARATOR.finditer(window, looked_at):
            if found.start() >= limit:
                break
            first = offset == 0 and window[: found.start()] in (b"", _MARK)
            if not first and window[found.start() - 1] != _NEWLINE:
                continue
            blank = _blank_before(window, found.start())
            if _is_separator(found, window, after_blank=bool(blank) or first):
                yield Separator(offset + found.start(), offset + _line_end(found), blank)
        if not chunk:
            return
        looked_at = max(limit, looked_at)
        passed = max(looked_at - 4, 0)
        window = window[passed:]
        offset += passed
        looked_at -= passed


def is_mailbox(head: bytes) -> bool:
    """True if a file that begins like this is a mailbox."""
    found = _begin(head)
    return found is not None and _is_separator(found, head, after_blank=True)


def begins_with_field(head: bytes) -> bool:
    """True if a mailbox that begins like this does so with a header field, as no prose does."""
    found = _begin(head)
    return found is not None and found["next"] is not None


def _begin(head: bytes) -> re.Match[bytes] | None:
    return _SEPARATOR.match(head, len(_MARK) if head.startswith(_MARK) else 0)


def unescape(message: bytes) -> bytes:
    """The message without the `>` that the mailbox put before lines that begin with `From `."""
    return _ESCAPED.sub(b"", message) if b"\n>" in message else message


def _line_end(found: re.Match[bytes]) -> int:
    return next((found.start(name) for name in ("next", "text") if found[name]), found.end())


def _blank_before(window: bytes, start: int) -> int:
    """The length of the blank line that ends at `start`; 0 if the line before is not blank."""
    for blank in (b"\r\n", b"\n"):
        before = start - len(blank)
        if window[max(before, 0) : start] == blank and window[max(before - 1, 0) : before] in (
            b"\n",
            b"",
        ):
            return len(blank)
    return 0


def _is_separator(found: re.Match[bytes], window: bytes, *, after_blank: bool) -> bool:
    has_field = found["next"] is not None
    if _DATE.search(found["rest"]):
        return has_field or (after_blank and not found["text"])
    return (
        after_blank
        and has_field
        and (_MAIL_FIELD.match(window, found.start("next")) is not None)
        and len(found["rest"].split()) <= 2
    )
