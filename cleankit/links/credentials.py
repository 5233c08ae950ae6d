"""What in a link identifies or authorises a subscriber, and how it is taken out of sight.

`redact` puts `REDACTED` in the place of such values in one address: the link still says where it
led. `mask` hides them in the ledger, character for character, so that every position in a record
stays true.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import Any, NamedTuple

from cleankit.edits import Edit, Step
from cleankit.links import decoders, purposes
from cleankit.links.address import Address
from cleankit.rules import load

REDACTED = "REDACTED"

_DEEPEST = 4
_SHORTEST_PAYLOAD = 12
# An address (RFC 5321 in the form that senders use), not a handle such as `@name@example.org` and
# not a version such as `package@1.2.3`.
_LOCAL = r"[A-Za-z0-9!#$&'*+/=?^_`{|}~.-]"
ADDRESS = re.compile(
    r"(?<![\w@.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z][A-Za-z-]{0,22}[A-Za-z](?![\w-])"
)
_ADDRESS_BYTES = re.compile(rb"[\w.+%-]{1,64}(?:@|%40)(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_ENCODED_AT = re.compile(r"@|%(?:25){0,4}40", re.IGNORECASE)
_ENCODED_ADDRESS = re.compile(
    r"[\w.+-]{1,64}(?:%(?:25){0,4}2B[\w.+-]{1,64}){0,3}(?:@|%(?:25){0,4}40)"
    r"(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])",
    re.IGNORECASE,
)
_PAYLOAD = re.compile(r"[\w+/=~-]+")
_PARTS = re.compile(r"[.:|,!*;]|--|%7C|%3A|%2C", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){8,}")
# Keys under which payloads name the reader or hold what authorises him.
_IDENTITY_KEYS = frozenset(
    [
        "u",
        "uid",
        "user",
        "user_id",
        "userid",
        "sub",
        "email",
        "e",
        "r",
        "recipient",
        "rcpt",
        "subscriber",
        "subscriber_id",
        "subscriberid",
        "member",
        "member_id",
        "member_uuid",
        "contact",
        "contact_id",
        "lead",
        "token",
        "jwt",
        "profile",
        "profile_id",
        "customer_id",
        "account_id",
        "person_id",
        "email_id",
        "delivery_id",
        "messageid",
        "to",
    ]
)


class _Tables(NamedTuple):
    names: dict[str, str]
    purposes: frozenset[str]


def redact(address: Address) -> Address:
    """The address with `REDACTED` for every value that identifies or authorises the reader."""
    tables = _tables()
    path, query, fragment = address.path, address.query, address.fragment
    purpose: str | None = None
    if len(path) > _SHORTEST_PAYLOAD:
        segments = path.split("/")
        changed = False
        for index, segment in enumerate(segments):
            if len(segment) < 5 or segment == REDACTED:
                continue
            if tells(segment):
                segments[index] = REDACTED
                changed = True
            elif (index > 1 or len(segment) >= _SHORTEST_PAYLOAD) and random_looking(segment):
                if purpose is None:
                    purpose = purposes.of_address(address)
                if purpose in tables.purposes or purpose == "web_version":
                    segments[index] = REDACTED
                    changed = True
        if changed:
            path = "/".join(segments)
    if query:
        parts = query[1:].split("&")
        changed = False
        for index, part in enumerate(parts):
            name, equals, value = part.partition("=")
            if not equals:
                if len(name) >= _SHORTEST_PAYLOAD and tells(name):
                    parts[index] = REDACTED
                    changed = True
                continue
            if not value or value == REDACTED:
                continue
            hidden = name.lower() in tables.names or tells(value)
            if not hidden and random_looking(value):
                if purpose is None:
                    purpose = purposes.of_address(address)
                hidden = purpose in tables.purposes
            if hidden:
                parts[index] = f"{name}={REDACTED}"
                changed = True
        if changed:
            query = "?" + "&".join(parts)
    if len(fragment) > 5:
        fragment = _redacted_fragment(fragment, tables)
    authority = address.authority
    if "@" in authority:
        user, _, host = authority.rpartition("@")
        if ":" in user and user != f"{REDACTED}:{REDACTED}":
            authority = f"{REDACTED}:{REDACTED}@{host}"
    return Address(address.scheme, authority, path, query, fragment)


def _redacted_fragment(fragment: str, tables: _Tables) -> str:
    parts = re.split(r"([/?&])", fragment[1:])
    for index in range(0, len(parts), 2):
        name, equals, value = parts[index].partition("=")
        if equals:
            if value and value != REDACTED and (name.lower() in tables.names or tells(value)):
                parts[index] = f"{name}={REDACTED}"
        elif tells(name):
            parts[index] = REDACTED
    return "#" + "".join(parts)


def redact_mailto(url: str) -> str:
    """A `mailto:` link; one that leaves a list loses what names the reader in it."""
    if purposes.of_mailto(url) != "unsubscribe":
        return url
    scheme, _, rest = url.partition(":")
    address, question, query = rest.partition("?")
    local, at, domain = address.rpartition("@")
    pieces = re.split(r"([+=_.-])", local)
    pieces = [REDACTED if random_looking(piece) or tells(piece) else piece for piece in pieces]
    if "=" in pieces:
        pieces = [*pieces[: pieces.index("=") + 1], REDACTED]
    local = "".join(pieces)
    fields = query.split("&") if question else []
    for index, field in enumerate(fields):
        name, equals, value = field.partition("=")
        words = re.split(r"(%20|[:+ _,;|]|%3A|%2C)", value)
        fields[index] = (
            name
            + equals
            + "".join(REDACTED if random_looking(word) or tells(word) else word for word in words)
        )
    return f"{scheme}:{local}{at}{domain}{question}{'&'.join(fields)}"


def tells(value: str) -> bool:
    """Whether a value says who the reader is: an address, a JSON Web Token, or a payload that
    holds one of them or names the reader under a key such as `user_id`."""
    if len(value) < 5:
        return False
    if ("@" in value or "%" in value) and _ENCODED_ADDRESS.search(value) and value[0] != "@":
        return True
    return len(value) >= _SHORTEST_PAYLOAD and _tells(value, _DEEPEST)


def _tells(value: str, depth: int) -> bool:
    if depth == 0 or len(value) > decoders.MAX_CHARACTERS:
        return False
    if "%" in value:
        decoded = decoders.percent(value)
        if decoded is not None and decoded != value:
            return tells(decoded) if depth == _DEEPEST else _tells(decoded, depth - 1)
    for part in _PARTS.split(value) if not value.isalnum() else (value,):
        if len(part) < _SHORTEST_PAYLOAD:
            continue
        data = decoders.base64_bytes(part)
        if data is not None and _bytes_tell(data, depth):
            return True
        if _HEX.fullmatch(part) and _bytes_tell(bytes.fromhex(part), depth):
            return True
    return False


def _bytes_tell(data: bytes, depth: int) -> bool:
    if (b"@" in data or b"%40" in data) and _ADDRESS_BYTES.search(data):
        return True
    if data[:1] == b"\x78" or data[:2] == b"\x1f\x8b":
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            inflated = inflater.decompress(data, decoders.MAX_CHARACTERS)
        except zlib.error:
            return False
        return _bytes_tell(inflated, depth - 1) if depth else False
    if data[:1] in b"{[" and data[:1]:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            return False
        value = decoders.json_value(text)
        return _json_tells(value, depth)
    if depth > 1 and len(data) >= _SHORTEST_PAYLOAD and data.isascii():
        return _tells(data.decode("ascii"), depth - 1)
    return False


def _json_tells(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        return (
            ("alg" in value and ("typ" in value or "kid" in value or len(value) == 1))
            or not _IDENTITY_KEYS.isdisjoint(key.lower() for key in value)
            or any(_json_tells(inner, depth) for inner in value.values())
        )
    if isinstance(value, list):
        return any(_json_tells(inner, depth) for inner in value)
    return isinstance(value, str) and depth > 0 and len(value) >= 5 and _tells(value, depth - 1)


def random_looking(value: str) -> bool:
    """Whether a value looks like an identifier or a secret, not like words or a date."""
    if "%" in value:
        value = decoders.percent(value) or value
    length = len(value)
    if length < 6 or value == REDACTED or not value.isascii():
        return False
    if value.isdigit():
        return length != 8 or not value.startswith(("19", "20"))
    if _UUID.fullmatch(value):
        return True
    return any(_random_piece(piece) for piece in re.split(r"[-_.~%:|]", value)) or (
        length >= 20
        and not value.islower()
        and any(map(str.isdigit, value))
        and sum(map(str.isupper, value)) >= 3
    )


def _random_piece(piece: str) -> bool:
    if len(piece) < 8:
        return False
    digits = sum(map(str.isdigit, piece))
    if digits == len(piece):
        return True
    if digits >= 2:
        return True
    upper = sum(map(str.isupper, piece[1:]))
    return upper >= 2 and not piece.isupper() and len(piece) >= 10


@cache
def _tables() -> _Tables:
    names: dict[str, str] = {}
    acting: set[str] = set()
    for rule in load("links", "credentials"):
        names.update(dict.fromkeys(rule.fields.get("names", ()), rule.id))
        acting.update(rule.fields.get("purposes", ()))
    return _Tables(names, frozenset(acting))


_SECRET = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=[=/?&])[\w.~+-]{24,}")
_HIDDEN = re.compile(r"\w")


def mask(text: str, recipients: frozenset[str] = frozenset()) -> str:
    """The text with addresses and tokens masked; as long as it was.

    Args:
        text: any text.
        recipients: addresses that the message was sent to.
    """
    return _SECRET.sub(lambda match: _HIDDEN.sub("*", match[0]), text)


def mask_edit(edit: Edit, recipients: frozenset[str] = frozenset()) -> Edit:
    """The edit with `mask` applied to all that it says of the text before."""
    return edit._replace(
        before=mask(edit.before, recipients),
        note=mask(edit.note, recipients),
        history=tuple(
            Step(mask(step.before, recipients), mask(step.after, recipients), *step[2:])
            for step in edit.history
        ),
    )
