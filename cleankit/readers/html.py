"""HTML: a page or the HTML body of a message, rendered to Markdown."""

from __future__ import annotations

import binascii
import re
from html import unescape
from typing import Any

from cleankit.document import Context, Document
from cleankit.edits import Change
from cleankit.html import renderer
from cleankit.readers import charset

_HEAD = 65_536
_BARE_HEAD = 8_192
"""How far a page is looked at for what it tells of itself, in characters; and one that does not say
where its head ends."""

_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})", re.I)
_XML_ENCODING = re.compile(
    rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w:.-]{1,40})"
)
_TITLE = re.compile(r"<title[^>]{0,500}>([^<]{1,1000})</title", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<html[^>]{0,1000}?\slang\s{0,9}=\s{0,9}[\"']?([A-Za-z-]{2,20})", re.IGNORECASE
)
_CANONICAL = re.compile(
    r"<link\s[^>]{0,2000}\brel\s{0,9}=\s{0,9}[\"']?canonical\b[^>]{0,2000}>", re.I
)
_HREF = re.compile(
    r"\bhref\s{0,9}=\s{0,9}[\"']?\s{0,9}(https?://[^\s\"'<>]{1,2000})", re.IGNORECASE
)
_NO_TITLE = re.compile(r"(?:untitled|no title|email|newsletter|document|title|mailing|\W*)", re.I)
_TEMPLATE = re.compile(r"[{%*|]{2}|\*\|")


def read(data: str | bytes, meta: dict[str, Any], *, name: str, context: Context) -> Document:
    """A document from a page; `meta` holds what is known of it before it is read."""
    data = _unescaped(data)
    declared = declared_charset(data) if isinstance(data, bytes) else None
    html, encoding = charset.text_of(data, declared)
    return document(html, {**about(html), **meta, **encoding}, name=name, context=context)


def document(html: str, meta: dict[str, Any], *, name: str, context: Context) -> Document:
    """A document from decoded HTML: `original` is all that it says, `text` what it shows."""
    rendered = renderer(context.html_renderer)(html)
    whole = Document.of(rendered.text, meta, name=name, context=context)
    return whole.edit(
        [Change(start, end, "", rule, "hidden") for start, end, rule in rendered.hidden],
        pass_name="html",
    )


def _unescaped(data: str | bytes) -> str | bytes:
    """The page, decoded if it was cut out of a raw message as quoted-printable (RFC 2045, 6.7)."""
    if isinstance(data, str):
        head = data[:_HEAD]
        if '="' in head or '=3D"' not in head or not data.isascii():
            return data
        data = data.encode("ascii")
    elif b'="' in data[:_HEAD] or b'=3D"' not in data[:_HEAD]:
        return data
    return binascii.a2b_qp(data)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page declares of itself (WHATWG HTML, 13.2.3.2, with a wider window)."""
    head = data[:_HEAD]
    found = _XML_ENCODING.match(head) or _CHARSET.search(head)
    return found[1].decode("ascii", "replace") if found else None


def about(html: str) -> dict[str, Any]:
    """What a page tells of itself: `subject`, `language`, `url`; only what is there."""
    end = html.find("<body", 0, _HEAD)
    if end < 0:
        end = html.find("</head", 0, _HEAD)
    head = html[: end if end >= 0 else _BARE_HEAD]
    lower = head if "<html" in head and "<title" in head else head.lower()
    found: dict[str, Any] = {}
    if (place := lower.find("<title")) >= 0 and (title := _TITLE.match(head, place)):
        subject = " ".join(unescape(title[1]).split())
        if not _NO_TITLE.fullmatch(subject) and not _TEMPLATE.search(subject):
            found["subject"] = subject
    if (place := lower.find("<html")) >= 0 and (language := _LANGUAGE.match(head, place)):
        found["language"] = language[1]
    if (
        "canonical" in lower
        and (link := _CANONICAL.search(head))
        and (address := _HREF.search(link[0]))
    ):
        found["url"] = unescape(address[1])
    return found
