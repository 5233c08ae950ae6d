"""What a message carries beside its text: listed, never unpacked."""

from __future__ import annotations

import re
from typing import Any

from cleankit.readers.email import fields, transfer
from cleankit.readers.email.structure import Part

MAX_NAME = 150
"""How long the name of an attachment may be, in characters."""

_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\u061c\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]'
)
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


def disposition(part: Part) -> str:
    """`"attachment"`, `"inline"`, another word that the part gives, or nothing."""
    return fields.token(part.fields.first("content-disposition"))


def given_name(part: Part) -> str:
    """The name that the part gives for its file; empty if it gives none."""
    given = fields.parameters(part.fields.raw("content-disposition")).get("filename")
    return given or part.parameters.get("name", "")


def entry(part: Part) -> dict[str, Any]:
    """The part as `meta["attachments"]` lists it: name (made harmless), type, size in bytes."""
    return listed(given_name(part), part.type, transfer.size(part.body, part.encoding))


def listed(name: str, type: str, size: int) -> dict[str, Any]:
    """An attachment as `meta["attachments"]` lists it."""
    return {"name": harmless(name) or "unnamed", "type": type, "size": size}


def harmless(name: str) -> str:
    """A file's name that stays in its folder and shows what it is.

    Folders, control and direction characters and what systems reserve are taken out of it. The
    suffix is kept if the name must be cut.
    """
    name = name.replace("\\", "/").rstrip("/ .").rpartition("/")[2]
    name = _SPACES.sub(" ", _UNSAFE.sub("", name)).strip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    if len(name) > MAX_NAME:
        stem, dot, suffix = name.rpartition(".")
        suffix = f"{dot}{suffix}" if stem and len(suffix) <= 10 else ""
        name = name[: MAX_NAME - len(suffix)] + suffix
    return name


def is_tnef(part: Part) -> bool:
    """True for `winmail.dat`, the wrapper in which Outlook sends what only Outlook can read."""
    return part.type in ("application/ms-tnef", "application/vnd.ms-tnef") or (
        given_name(part).lower() == "winmail.dat"
    )
