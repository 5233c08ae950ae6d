"""Decoders: how link wrappers write the address of their target.

Each takes what a rule cut out of a link and returns what it stands for, or None if it is nothing of
the kind. Rules chain them by name; a name may carry an argument (`json:url`). A decoder never
raises for bad data, and never gives out more than `MAX_CHARACTERS`.
"""

from __future__ import annotations

import codecs
import json
import re
import zlib
from base64 import b32decode
from binascii import a2b_base64
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes

from cleankit.errors import RuleError

Decoder: TypeAlias = Callable[[str], str | None]

MAX_CHARACTERS = 16_384
"""A longer payload or target is no link: browsers and mail gateways refuse far shorter ones."""

_MAX_FIELDS = 64
_RUN_LENGTHS = {
    letter: length
    for length, letter in enumerate(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", start=2
    )
}


def percent(text: str) -> str | None:
    """Percent-decode once; bytes that are no UTF-8 stay encoded (RFC 3986, section 2).

    So do all but ASCII beside lone surrogates, which have no UTF-8 to go with.
    """
    if "%" not in text:
        return text
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeError:
        return re.sub(r"%[0-7][0-9A-Fa-f]", lambda match: chr(int(match[0][1:], 16)), text)


def base64(text: str) -> str | None:
    """Decode base64 of either alphabet, padded by `=` or `~` or not at all (RFC 4648)."""
    data = base64_bytes(text)
    if data is None:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def base64_bytes(text: str) -> bytes | None:
    """The bytes that base64 stands for; see `base64`."""
    if len(text) > MAX_CHARACTERS:
        return None
    text = text.replace("-", "+").replace("_", "/").replace("~", "=")
    if missing := -len(text) % 4:
        text += "=" * missing
    try:
        return a2b_base64(text, strict_mode=True)
    except ValueError:
        return None


def base32(text: str) -> str | None:
    """Decode base32 in either case, padded or not (RFC 4648, section 6)."""
    if len(text) > MAX_CHARACTERS:
        return None
    try:
        return b32decode(text + "=" * (-len(text) % 8), casefold=True).decode("utf-8")
    except ValueError:
        return None


def rotated(text: str) -> str | None:
    """Rotate letters by thirteen places."""
    return codecs.decode(text, "rot13")


def base64_zlib(text: str) -> str | None:
    """Decode base64, then inflate (RFC 1950, or 1952: gzip), to at most `MAX_CHARACTERS`."""
    data = base64_bytes(text)
    if data is None:
        return None
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        return inflater.decompress(data, MAX_CHARACTERS).decode("utf-8")
    except (zlib.error, UnicodeDecodeError):
        return None


def json_field(text: str, name: str) -> str | None:
    """The text under `name` in a JSON object; a name with dots goes down into objects."""
    value = json_value(text)
    for part in name.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value if isinstance(value, str) else None


def json_value(text: str) -> Any:
    """The value of a JSON text that is no deeper than honest ones are, or None."""
    if text.count("[") + text.count("{") > _MAX_FIELDS:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def jwt_payload(text: str) -> str | None:
    """The payload of a JSON Web Token (RFC 7519): the second of its three parts, not verified."""
    parts = text.split(".", 3)
    return base64(parts[1]) if len(parts) >= 2 else None


def query_field(text: str, name: str) -> str | None:
    """The value of a parameter in a query string, percent-decoded once."""
    value = parameter(text, name)
    return percent(value.replace("+", " ")) if value is not None else None


def parameter(query: str, name: str) -> str | None:
    """The value of the first parameter of that name in a query string, as it is written."""
    for part in query.split("&"):
        key, equals, value = part.partition("=")
        if equals and key == name:
            return value
    return None


def part_of(text: str, argument: str) -> str | None:
    """One part of a text: `|2` is the third of those that `|` parts."""
    parts = text.split(argument[0])
    index = int(argument[1:])
    return parts[index] if index < len(parts) else None


def with_scheme(text: str) -> str | None:
    """An address that was written without its scheme."""
    return text if text.startswith(("http://", "https://")) else "https://" + text


def mend_slashes(text: str) -> str | None:
    """An address whose `//` a gateway on the way took for an empty path segment."""
    return re.sub(r"\A(https?):/{1,3}(?=[^/])", r"\1://", text)


def tagged(text: str, tag: str) -> str | None:
    """The target in a payload of fields: a tag, a length and that many bytes, again and again.

    SparkPost writes so (tag `D`), and Google's Protocol Buffers do (tag `"`: field 4). Only the
    field that holds the address is looked for: others are partly encrypted. A length is one byte,
    or two as a base-128 number with the low part first.
    """
    data = base64_bytes(text)
    if data is None:
        return None
    start = data.find(b"http")
    for size in (1, 2):
        if start <= size or data[start - size - 1 : start - size] != tag.encode():
            continue
        length = data[start - size]
        if size == 2:
            length = (length & 0x7F) | data[start - 1] << 7
        target = data[start : start + length]
        if len(target) == length:
            try:
                return target.decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None


def proofpoint_v2(text: str) -> str | None:
    """Proofpoint URL Defense, version 2: `-` stands for `%`, and `_` for `/`."""
    return percent(text.translate({ord("-"): "%", ord("_"): "/"}))


def proofpoint_v3(text: str) -> str | None:
    """Proofpoint URL Defense, version 3.

    `url__;characters` where each `*` of the address stands for one of the characters, which follow
    in base64, and `**x` for a run of them, whose length the letter x tells (A is 2).
    """
    address, separator, encoded = text.partition("__;")
    if not separator:
        return None
    characters = base64(encoded) if encoded else ""
    if characters is None:
        return None
    position = 0
    pieces: list[str] = []
    rest = address
    while True:
        before, star, rest = rest.partition("*")
        pieces.append(before)
        if not star:
            break
        length = 1
        if rest[:1] == "*" and rest[1:2] in _RUN_LENGTHS:
            length = _RUN_LENGTHS[rest[1]]
            rest = rest[2:]
        pieces.append(characters[position : position + length])
        position += length
    return mend_slashes("".join(pieces)) if position <= len(characters) else None


_PLAIN: dict[str, Decoder] = {
    "percent": percent,
    "base64": base64,
    "base64-zlib": base64_zlib,
    "jwt": jwt_payload,
    "scheme": with_scheme,
    "slashes": mend_slashes,
    "proofpoint-v2": proofpoint_v2,
    "proofpoint-v3": proofpoint_v3,
}
_WITH_ARGUMENT: dict[str, Callable[[str, str], str | None]] = {
    "json": json_field,
    "query": query_field,
    "part": part_of,
    "tagged": tagged,
}


def named(name: str) -> Decoder:
    """The decoder of that name, as rules write it: `base64`, `json:url`.

    Raises:
        RuleError: there is none.
    """
    if name in _PLAIN:
        return _PLAIN[name]
    function, colon, argument = name.partition(":")
    if colon and argument and function in _WITH_ARGUMENT:
        decoder = _WITH_ARGUMENT[function]
        return lambda text: decoder(text, argument)
    raise RuleError(f"links: no decoder {name!r}")


def chained(steps: tuple[Decoder, ...], text: str) -> str | None:
    """What the decoders make of a text, one after another, or None where one gives up."""
    for step in steps:
        decoded = step(text)
        if decoded is None:
            return None
        text = decoded
    return text
