"""Click counters that nobody has listed, told by their structure.

A counter of clicks says so in its host (`click.`, `trk.`) or its path (`/redirect`, `/ct/`), and
carries a whole web address: plain, percent-encoded, in base64, in hexadecimal, or in JSON that is
encoded so. Both must be there. `cleankit/rules/links/carriers.toml` holds the words; a page for
signing in, sharing or leaving a list that carries an address stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from cleankit.links import decoders, purposes
from cleankit.links.address import Address
from cleankit.links.identity import REDACTED
from cleankit.rules import load

RULE = "click-carrier"

_MARK = re.compile(r"(?i:https?(?::|%(?:25)?3a))|aHR0c|(?i:68747470)|eyJ|ey[A-Z]")
_PLAIN = re.compile(r"https?(?::|%(?:25)?3a)", re.IGNORECASE)
_IN_PATH = re.compile(r"/(https?(?:(?::|%3a)(?:/|%2f){1,2}).+)\Z", re.IGNORECASE)
_HEX = re.compile(r"(?:68747470|7b22)(?:[0-9a-f]{2}){8,}\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d+\Z")
_EXTENSION = re.compile(r"\.(?:php\d?|aspx?|html?|cgi|jsp|do)\Z")
_MAX_SEGMENTS = 12
_MAX_DEPTH = 3


class _Words(NamedTuple):
    labels: frozenset[str]
    segments: frozenset[str]
    parameters: frozenset[str]
    others: frozenset[str]
    weak: frozenset[str]
    fields: frozenset[str]
    purposes: frozenset[str]


def target(address: Address, checked: Callable[[str], str | None]) -> str | None:
    """The address that a counter carries; None if this is none, or no counter.

    Args:
        address: the parts of a web address.
        checked: makes an address that can stand in a text of what was decoded, or None.
    """
    rest = address.path + address.query
    if "@" in address.authority:
        return None
    if _MARK.search(rest) is None or REDACTED in rest:  # what was redacted was looked at before
        return None
    words = _words()
    segments = address.path.split("/")[1 : _MAX_SEGMENTS + 1]
    place = _place(segments, words.segments)
    named = _names_of(address.host, words.labels)
    if place is not None:
        named.add(_word(segments[place]))
    if not named:
        return None
    is_sure = not named <= words.weak or len(named) > 1 or address.query.count("&") > 0
    found = next(_targets(address, segments, place, is_sure, words, checked), None)
    if found is None or purposes.of_address(_without_payload(address)) in words.purposes:
        return None
    return found


def _without_payload(address: Address) -> Address:
    """The address up to what it carries, which says nothing of what the page itself is for."""
    path = _MARK.split(address.path, maxsplit=1)[0]
    return address._replace(path=path, query="", fragment="")


def _names_of(host: str, labels: frozenset[str]) -> set[str]:
    """The labels of a host below its domain that say that it counts clicks."""
    return {_NUMBER.sub("", part) for part in host.split(".")[:-2]} & labels


def _word(segment: str) -> str:
    return _EXTENSION.sub("", segment.lower())


def _place(segments: list[str], words: frozenset[str]) -> int | None:
    """The index of the segment that says that this is a counter."""
    for index, segment in enumerate(segments):
        if len(segment) > 40:
            continue
        word = _word(segment)
        if word in words or any(
            part in words for part in re.split(r"[-_.]", word) if len(part) > 2
        ):
            return index
    return None


def _targets(
    address: Address,
    segments: list[str],
    place: int | None,
    is_sure: bool,
    words: _Words,
    checked: Callable[[str], str | None],
) -> Iterator[str]:
    for part in address.query[1:].split("&") if address.query else ():
        name, equals, value = part.partition("=")
        name = name.lower()
        if not equals or name in words.others:
            continue
        if _PLAIN.match(value) and not (is_sure and name in words.parameters):
            continue
        yield from _decoded(value, words, checked)
    if is_sure and (whole := _IN_PATH.search(address.path)):
        found = checked(whole[1] + (address.query if ":" in whole[1][:6] else ""))
        if found is not None:
            yield found
    last = segments[-1] if segments else ""
    if (place is None or place < len(segments) - 1) and not _PLAIN.match(last):
        yield from _decoded(last, words, checked)


def _decoded(value: str, words: _Words, checked: Callable[[str], str | None]) -> Iterator[str]:
    """The address that a value stands for, if it stands for one."""
    if _PLAIN.match(value):
        text: str | None = value
        if "%25" in value[:12].lower():
            text = decoders.percent(value)
    elif _HEX.match(value):
        text = bytes.fromhex(value).decode("utf-8", "replace")
    else:
        text = decoders.base64(decoders.percent(value) or value) if len(value) >= 16 else None
    if not text:
        return
    if text[0] in "{[":
        text = _in_json(decoders.json_value(text), words.fields, _MAX_DEPTH)
    found = checked(text) if text else None
    if found is not None and "://" in found:
        yield found


def _in_json(value: Any, fields: frozenset[str], depth: int) -> str | None:
    """The first address under a field that is named for one."""
    if isinstance(value, dict) and depth:
        for key, inner in value.items():
            if isinstance(inner, str):
                if str(key).lower() in fields and _PLAIN.match(inner):
                    return inner
            elif found := _in_json(inner, fields, depth - 1):
                return found
    return None


@cache
def _words() -> _Words:
    fields = load("links", "carriers")[0].fields
    return _Words(*(frozenset(fields[name]) for name in _Words._fields))
