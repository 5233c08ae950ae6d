"""A generated message as mail (RFC 5322): a text, a page or both, in one of many encodings."""

from __future__ import annotations

import base64
import quopri
import random
from html import escape

from benchmarks.composing import LINK, Block, Letter
from benchmarks.writing import Message

CHARSETS = {
    "ar": "windows-1256", "cs": "iso-8859-2", "de": "iso-8859-15", "el": "windows-1253",
    "en": "windows-1252", "es": "windows-1252", "fr": "iso-8859-15", "he": "windows-1255",
    "it": "iso-8859-15", "ja": "iso-2022-jp", "ko": "euc-kr", "nl": "windows-1252",
    "pl": "iso-8859-2", "pt": "windows-1252", "ru": "koi8-r", "sv": "iso-8859-15",
    "th": "windows-874", "tr": "windows-1254", "uk": "windows-1251", "zh": "gb18030",
}  # fmt: skip
"""The charset that old programs write a language in."""

_CODECS = {"windows-874": "cp874"}

_BOUNDARY = "=_part"

_PREHEADER = (
    '<div style="display:none;max-height:0;overflow:hidden">{} &#847; &zwnj; &nbsp; &#847;</div>'
)


def form_of(item: Message) -> str:
    """`plain`, `html` or `alternative`: a text that was damaged is sent as it is."""
    if item.letter is None or item.damage["codec"]:
        return "plain"
    return ("plain", "html", "alternative")[item.number % 3]


def shown(item: Message) -> list[str]:
    """The paragraphs and titles of the mail that have to stay, as they should be as Markdown."""
    if item.letter is None or form_of(item) == "plain":
        return item.clean
    links = item.letter.links
    return [
        LINK.sub(r"\1", block.text)
        if block.role == "title"
        else LINK.sub(lambda link: f"[{link[1]}]({links.get(link[2], link[2])})", block.text)
        for block in item.letter.blocks
        if not block.kind and block.role != "image"
    ]


def titles(item: Message) -> list[str]:
    """The titles of the page."""
    blocks = item.letter.blocks if item.letter else []
    return [LINK.sub(r"\1", block.text) for block in blocks if block.role == "title"]


def as_mail(item: Message) -> bytes:
    """The message as mail; its encodings are drawn from what it is."""
    draw = random.Random(f"mail/{item.number}/{item.secrets[1]}")
    form = form_of(item)
    parts = []
    if form != "html":
        parts.append(_part(draw, item, "plain", _text(item)))
    if form != "plain" and item.letter is not None:
        parts.append(_part(draw, item, "html", page(item.letter, draw)))
    header = (
        f"From: {_words(item.sender)} <post@example.com>\nTo: {item.secrets[0]}\n"
        f"Subject: {_words(item.subject)}\nDate: Sun, 04 Jan 2026 09:30:00 +0000\n"
        f"Message-ID: <{item.number}@example.com>\nMIME-Version: 1.0\n"
    ).encode()
    if len(parts) == 1:
        return header + parts[0]
    opening = f"\n--{_BOUNDARY}\n".encode()
    kind = f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"\n'.encode()
    return header + kind + opening + opening.join(parts) + f"\n--{_BOUNDARY}--\n".encode()


def _text(item: Message) -> str:
    """The text of a mail: it has no front matter, which only scrapers write."""
    start, kind = item.removed[0][1:] if item.removed else (0, "")
    text = item.text[start:] if kind == "front_matter" else item.text
    return text.replace("\r\n", "\n").lstrip("\n")


def _part(draw: random.Random, item: Message, subtype: str, text: str) -> bytes:
    charset = draw.choice(["utf-8", "utf-8", CHARSETS.get(item.language, "utf-8")])
    try:
        data = text.encode(_CODECS.get(charset, charset))
    except UnicodeEncodeError:
        charset, data = "utf-8", text.encode("utf-8", "surrogatepass")
    encoding = draw.choice(["8bit", "quoted-printable", "base64"])
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    header = f"Content-Type: text/{subtype}; charset={charset}\n"
    return f"{header}Content-Transfer-Encoding: {encoding}\n\n".encode() + data


def _words(text: str) -> str:
    """A header's words: as they are if ASCII, or else encoded (RFC 2047), one word a part."""
    if text.isascii():
        return text
    pieces = [text[start : start + 12] for start in range(0, len(text), 12)]
    words = (base64.b64encode(piece.encode()).decode() for piece in pieces)
    return "\n ".join(f"=?utf-8?b?{word}?=" for word in words)


def page(letter: Letter, draw: random.Random) -> str:
    """A letter as HTML: its blocks one below the other, or in the tables that services use."""
    tables = draw.random() < 0.7
    right_to_left = ' dir="rtl"' if letter.language in ("ar", "he") else ""
    blocks = [_html(block, tables) for block in letter.blocks if block.role != "rule"]
    if tables:
        rows = "".join(f'<tr><td style="padding:12px 24px">{block}</td></tr>' for block in blocks)
        inner = f'<table role="presentation" width="600" cellpadding="0">{rows}</table>'
        body = f'<table width="100%" border="0"><tr><td align="center">{inner}</td></tr></table>'
    else:
        body = "\n".join(blocks)
    hidden = _PREHEADER.format(escape(letter.subject)) if tables else ""
    pixel = f'<img src="https://{letter.host}/open.gif?e={letter.token}" width="1" height="1">'
    return (
        f'<!DOCTYPE html>\n<html lang="{letter.language}"{right_to_left}><head>'
        f"<title>{escape(letter.subject)}</title>"
        "<style>p{margin:0 0 16px} @media(max-width:480px){td{padding:0}}</style></head>\n"
        f"<body>{hidden}{body}{pixel}</body></html>\n"
    )


def _html(block: Block, tables: bool) -> str:
    parts, end = [], 0
    for link in LINK.finditer(block.text):
        parts.append(escape(block.text[end : link.start()], quote=False))
        style = ' style="color:#0a58ca"' if tables else ""
        parts.append(f'<a href="{escape(link[2])}"{style}>{escape(link[1], quote=False)}</a>')
        end = link.end()
    text = "".join([*parts, escape(block.text[end:], quote=False)])
    if block.role == "title":
        return f"<h{block.level + 1}>{text}</h{block.level + 1}>"
    if block.role == "item":
        return f"<ul><li>{text}</li></ul>"
    if block.role == "quote":
        return f"<blockquote>{text}</blockquote>"
    if block.role == "image":
        return f'<img src="{escape(block.text)}" alt="" width="552">'
    return f"<p>{text.replace(chr(10), '<br>')}</p>"
