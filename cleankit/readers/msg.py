"""Outlook messages (`.msg`): [MS-OXMSG] property streams in an [MS-CFB] compound file.

The compound file is read by olefile (the extra `msg`). Property tags are those of [MS-OXPROPS].
"""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO
from typing import Any

from cleankit.document import Context, Document
from cleankit.errors import ReadError
from cleankit.readers import charset, html
from cleankit.readers.email import attachments, envelope, fields

_SUBJECT = 0x0037
_HEADERS = 0x007D
_SENDER_NAME = 0x0C1A
_SENDER_ADDRESSES = (0x5D01, 0x5D02, 0x0065, 0x0C1F)
_BODY = 0x1000
_HTML = 0x1013
_MESSAGE_ID = 0x1035
_RECIPIENT_ADDRESSES = (0x39FE, 0x3003)
_LONG_NAME, _SHORT_NAME, _TYPE, _CONTENT = 0x3707, 0x3704, 0x370E, 0x3701
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_CODE_PAGES = (0x3FDE, 0x3FFD)

_PROPERTIES = "__properties_version1.0"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_MAX_ENTRIES = 10_000
"""How many attachments or recipients are looked at."""


def read(data: bytes, meta: dict[str, Any], *, name: str, context: Context) -> Document:
    """A document from an Outlook message.

    Raises:
        ReadError: the extra `msg` is not installed, or the data is no Outlook message.
    """
    source = name or "input"
    try:
        olefile = import_module("olefile")
    except ImportError:
        raise ReadError(f"{source}: an Outlook message; install cleankit[msg] to read it") from None
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return _read(_Storage(file), meta, name, context)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise ReadError(f"{source}: not a sound Outlook message: {error}") from None


class _Storage:
    """One storage of a compound file, with the properties that stand in it."""

    def __init__(self, file: Any, path: tuple[str, ...] = ()) -> None:
        self.file = file
        self.path = path
        names = [entry[len(path)] for entry in file.listdir() if self._holds(entry)]
        self.names = dict.fromkeys(names)
        # The fixed header before the properties: 32 bytes in a message, 8 in what it contains.
        self.header = 8 if path else 32

    def _holds(self, entry: list[str]) -> bool:
        return len(entry) > len(self.path) and tuple(entry[: len(self.path)]) == self.path

    def inner(self, prefix: str) -> list[_Storage]:
        """The storages within this one whose names begin so."""
        found = sorted(name for name in self.names if name.startswith(prefix))
        return [_Storage(self.file, (*self.path, name)) for name in found[:_MAX_ENTRIES]]

    def binary(self, tag: int, type: int = 0x0102) -> bytes | None:
        """A property's bytes, or None."""
        name = f"__substg1.0_{tag:04X}{type:04X}"
        if name not in self.names:
            return None
        content: bytes = self.file.openstream([*self.path, name]).read()
        return content

    def size(self, tag: int) -> int:
        """How large a binary property is, in bytes; 0 if there is none."""
        name = f"__substg1.0_{tag:04X}0102"
        return int(self.file.get_size([*self.path, name])) if name in self.names else 0

    def text(self, tag: int) -> str:
        """A property's text; empty if there is none."""
        wide = self.binary(tag, 0x001F)
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self.binary(tag, 0x001E)
        return charset.decode(narrow.rstrip(b"\0"), self.code_page()).text if narrow else ""

    def number(self, tag: int) -> int | None:
        """A property of fixed size as an unsigned number, or None."""
        if _PROPERTIES not in self.names:
            return None
        table = self.file.openstream([*self.path, _PROPERTIES]).read()
        for place in range(self.header, len(table) - 15, 16):
            _, found, _, value = struct.unpack_from("<HHIQ", table, place)
            if found == tag:
                return int(value)
        return None

    def code_page(self) -> str | None:
        """The charset of text that is not UTF-16."""
        for tag in _CODE_PAGES:
            number = self.number(tag)
            if number:
                return "utf-8" if number & 0xFFFFFFFF == 65001 else f"cp{number & 0xFFFFFFFF}"
        return None


def _read(storage: _Storage, meta: dict[str, Any], name: str, context: Context) -> Document:
    head = storage.text(_HEADERS).replace("\r\n", "\n").strip().encode("utf-8", "replace")
    header, _ = fields.block(head, 0, len(head), message=True)
    told, recipients = envelope.of(header) if header.values else ({}, frozenset())
    addresses = {
        next(filter(None, map(recipient.text, _RECIPIENT_ADDRESSES)), "").lower()
        for recipient in storage.inner("__recip_version1.0_#")
    }
    addresses = {address for address in addresses if "@" in address}
    about = {
        "subject": storage.text(_SUBJECT) or None,
        "sender": _sender(storage),
        "recipients": len(addresses),
        "date": _date(storage),
        "message_id": storage.text(_MESSAGE_ID).strip("<> ") or None,
        "attachments": [_attachment(each) for each in storage.inner("__attach_version1.0_#")]
        or None,
        **told,
        **meta,
    }
    content = (storage.binary(_HTML) or b"").rstrip(b"\0")
    declared = html.declared_charset(content) or storage.code_page()
    page = charset.decode(content, declared).text if content else storage.text(_HTML)
    if page:
        about["body"] = "text/html"
        document = html.document(page, about, name=name, context=context)
    else:
        about["body"] = "text/plain"
        text = storage.text(_BODY).replace("\r\n", "\n")
        document = Document.of(text, about, name=name, context=context)
    document = document.with_meta()
    return replace(
        document,
        context=replace(context, recipients=context.recipients | recipients | addresses),
    )


def _sender(storage: _Storage) -> str | None:
    shown = storage.text(_SENDER_NAME)
    found = [storage.text(tag) for tag in _SENDER_ADDRESSES]
    address = next((address for address in found if "@" in address), "")
    if shown and address and shown != address:
        return f"{shown} <{address}>"
    return address or shown or None


def _date(storage: _Storage) -> str | None:
    """When it was sent: a FILETIME counts tenths of microseconds since 1601."""
    for tag in (_SUBMITTED, _DELIVERED):
        ticks = storage.number(tag)
        if ticks:
            try:
                return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat(timespec="seconds")
            except OverflowError:
                continue
    return None


def _attachment(storage: _Storage) -> dict[str, Any]:
    name = storage.text(_LONG_NAME) or storage.text(_SHORT_NAME)
    type = storage.text(_TYPE) or "application/octet-stream"
    return attachments.listed(name, type.lower(), storage.size(_CONTENT))
