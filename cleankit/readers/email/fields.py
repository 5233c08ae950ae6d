"""Header fields: the block at the head of a part, and the parameters of a field.

RFC 5322 (fields), RFC 2045 (parameters) and RFC 2231 (their continuations and charsets), read as
tolerantly as mail programs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from cleankit.readers import charset
from cleankit.readers.email import words

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:([^\n]*+(?:\n[ \t][^\n]*+)*+)(?:\n|\Z)")
_TECHNICAL = re.compile(
    rb"^(?:content-(?:type|transfer-encoding|disposition|id|description|location)|mime-version"
    rb"|message-id|received|return-path|dkim-signature|list-[a-z-]+|x-[!-9;-~]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_ENVELOPE = re.compile(rb">?From [^\n]*(?:\n|\Z)")
_PART_FIELD = re.compile(
    r"(?:content-|x-|list-|resent-|received|mime-version|message-id|date|from|to|cc|bcc|subject"
    r"|sender|reply-to|return-path|in-reply-to|references|importance|priority|organization|lines"
    r"|status|keywords|comments|dkim-|arc-|authentication-|user-agent|thread-|precedence|errors-to"
    r"|delivered-to|encoding|newsgroups|auto-submitted|feedback-)"
)
_PARAMETERS = re.compile(r'(?:"(?:[^"\\]|\\.){0,1000}+"|[^;])++')
_QUOTED = re.compile(r' ?"((?:[^"\\]|\\.){0,1000})"')
_NEXT_PARAMETER = re.compile(r" ([A-Za-z][A-Za-z0-9*-]*) ?=")
_MEDIA_TYPE = re.compile(r"[\s\"'<]*([\w!#$&^.+-]*)\s*/\s*([\w!#$&^.+*-]+)")
_SEGMENT = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*)?")
_BARE_TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "html": "text/html",
    "multipart": "multipart/mixed",
    "mixed": "multipart/mixed",
    "message": "message/rfc822",
}


_NOTHING = [b""]

MAX_PARAMETERS = 65_536
"""How much of a field is looked at for parameters, in bytes."""


@dataclass(slots=True)
class Fields:
    """The fields of a header: by name in lower case, their values in order, as raw bytes, unfolded.

    `charset` is what bytes beyond ASCII are likely in: a header cannot say, but a body can.
    """

    values: dict[str, list[bytes]] = field(default_factory=dict)
    charset: str | None = None

    def first(self, name: str) -> str | None:
        """The value of the first field of this name, with encoded words as they are."""
        given = self.values.get(name)
        return text(given[0], self.charset) if given else None

    def all(self, name: str) -> list[str]:
        """The values of all fields of this name."""
        return [text(value, self.charset) for value in self.values.get(name, ())]

    def raw(self, name: str) -> bytes:
        """The value of the first field of this name as it stands; empty if there is none."""
        return self.values.get(name, _NOTHING)[0]


def block(data: bytes, start: int, end: int, *, message: bool) -> tuple[Fields, int]:
    """The fields that stand in `data[start:end]`, and where the body begins if that is before.

    A line that is no field is taken for the rest of the field before it if more fields of the kind
    that programs write follow (someone folded a line without an indent); otherwise the blank line
    is missing, and the body begins there.

    Args:
        data: lines end with `\\n`.
        message: whether it is a message's header. A part's header without a single field that
            parts have is text.
    """
    items: list[tuple[bytes, list[bytes]]] = []
    position = start
    if message:
        while envelope := _ENVELOPE.match(data, position, end):
            position = envelope.end()
        while position < end and data[position] in b" \t\n":
            position += 1
    last_technical: int | None = None
    while position < end:
        found = _FIELD.match(data, position, end)
        if found is not None:
            items.append((found[1], [found[2]]))
            position = found.end()
            continue
        if message and items and (envelope := _ENVELOPE.match(data, position, end)):
            # Put in where messages were joined to a mailbox, or by a relay; fields follow.
            if _FIELD.match(data, envelope.end(), end):
                position = envelope.end()
                continue
            break
        if data.startswith(b"--", position):
            # A boundary: the blank line before it is missing.
            break
        if last_technical is None:
            technical = [match.start() for match in _TECHNICAL.finditer(data, position, end)]
            last_technical = technical[-1] if technical else -1
        if position > last_technical:
            break
        line_end = data.find(b"\n", position, end)
        line_end = end if line_end < 0 else line_end
        if items:
            items[-1][1].append(data[position:line_end])
        position = line_end + 1
    fields = Fields()
    for name, pieces in items:
        value = pieces[0] if len(pieces) == 1 else b" ".join(pieces)
        fields.values.setdefault(name.decode("ascii").lower(), []).append(_unfolded(value))
    if not message and not any(map(_PART_FIELD.match, fields.values)):
        return Fields(), start
    return fields, min(position, end)


def text(value: bytes, likely: str | None = None) -> str:
    """The value of a field as text; encoded words stay as they are.

    Args:
        value: its bytes.
        likely: the charset that bytes beyond ASCII are likely in.
    """
    return value.decode("ascii") if value.isascii() else charset.decode(value, likely).text


def _unfolded(value: bytes) -> bytes:
    return value.replace(b"\n", b"").strip(b" \t") if b"\n" in value else value.strip(b" \t")


def media_type(value: str) -> str:
    """The type and subtype of a `Content-Type` in lower case; empty if it tells none."""
    found = _MEDIA_TYPE.match(value)
    if found and found[1]:
        return f"{found[1]}/{found[2]}".lower()
    bare = re.match(r"[\s/\"']*([a-zA-Z]+)", value)
    return _BARE_TYPES.get(bare[1].lower(), "") if bare else ""


def token(value: str | None) -> str:
    """The first word of a field such as `Content-Disposition`, in lower case."""
    found = re.search(r"[\w-]+", value or "")
    return found[0].lower() if found else ""


def parameters(value: bytes) -> dict[str, str]:
    """The parameters of a field as text, by name in lower case; of one given twice the first.

    Args:
        value: a field's raw value, the main value before the parameters included.
    """
    rest = b" ".join(value[:MAX_PARAMETERS].split()).decode("latin-1")
    found: dict[str, str] = {}
    segments: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, given in _pairs(rest):
        segment = _SEGMENT.fullmatch(name)
        if segment and (segment[2] or segment[3]):
            number = int(segment[2] or 0)
            segments.setdefault(segment[1], {}).setdefault(number, (given, bool(segment[3])))
        else:
            found.setdefault(name, _parameter(name, given))
    for name, parts in segments.items():
        found[name] = _continued(parts)
    return found


def _pairs(value: str) -> Iterator[tuple[str, str]]:
    """The names (in lower case) and values of parameters; a semicolon may be missing."""
    for piece in _PARAMETERS.findall(value):
        rest = piece
        while "=" in rest:
            name, _, rest = rest.partition("=")
            words = name.split()
            quoted = _QUOTED.match(rest)
            if quoted:
                given, rest = re.sub(r'\\(["\\])', r"\1", quoted[1]), rest[quoted.end() :]
            else:
                following = _NEXT_PARAMETER.search(rest)
                end = following.start() if following else len(rest)
                given, rest = rest[:end].strip(" \"'"), rest[end:]
            if words:
                yield words[-1].lower(), given


def _parameter(name: str, given: str) -> str:
    given = text(given.encode("latin-1"))
    return given if name == "boundary" else words.decode(given)


def _continued(segments: dict[int, tuple[str, bool]]) -> str:
    """The value that RFC 2231 splits into segments, decoded."""
    declared = ""
    data = b""
    for number in sorted(segments):
        given, encoded = segments[number]
        if not encoded:
            data += given.encode("latin-1")
            continue
        if number == min(segments) and given.count("'") >= 2:
            declared, _, given = given.split("'", 2)
        data += unquote_to_bytes(given.encode("latin-1"))
    return charset.decode(data, declared or None).text
