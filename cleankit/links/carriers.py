"""Click counters that nobody has listed, told by their structure.

A counter of clicks says so in its host (`click.`, `trk.`) or its path (`/redirect`, `/ct/`), and
carries a whole web address: plain, percent-encoded, in base64, compressed, in hexadecimal, or among
fields or in JSON that is encoded so. Both must be there. `cleankit/rules/links/carriers.toml` holds
the words; a page for signing in, sharing or leaving a list that carries an address stays what it
is, and so does one that shows something of the address.
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

# What a payload begins with: an address, plain, percent-encoded, in hexadecimal, in base64 (once or
# twice; after other fields at any of three places), in base32, rotated by thirteen letters; JSON,
# plain and in base64; what zlib and gzip packed, in base64. Each form begins with one character:
# `re` runs fast to these.
_MARK = re.compile(
    r"h[tT][tT][pP][sS]?[:%]|H[tT][tT][pP][sS]?[:%]|68747470|7[bB]22|uggcf?[:%]"
    r"|aHR0c|odHRw|h0dH[AB]|YUhSMGN|e(?:y[A-Z]|[JN][\w-]{20})|H4sI|NB2HI4|nb2hi4|%7[bB](?:%22|\")|\{(?:%22|\")"
    r"|=(?:www\.|(?:%2[fF]|/){2})"
)
_PLAIN = re.compile(r"https?(?::|%(?:25){0,3}3a)", re.IGNORECASE)
_ENCODED = re.compile(r"https?%(?:25){0,3}3a", re.IGNORECASE)
_ROTATED = re.compile(r"uggcf?(?::|%3a)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(
    r"(?:(?:%2f|/){2}|(?=www\.))[\w-]+(?:\.[\w-]+)+(?=%2f|/|\?|%3f|\Z)", re.IGNORECASE
)
_FIELD_IN_PATH = re.compile(
    r"(?<=[/;])([A-Za-z_]{1,20})[=:](https?(?::|%3a)[^/;]{3,2000})", re.IGNORECASE
)
_IN_PATH = re.compile(r"/(https?(?:(?::|%3a)(?:/|%2f){1,2}).+)\Z", re.IGNORECASE)
_PACKED = ("aHR0c", "YUhSMGN", "eyJ", "eJ", "eN", "H4sI", "68747470", "7b22", "NB2HI4", "nb2hi4")
_BASE64 = ("aHR0c", "YUhSMGN")
_SIGNED = ("ey", *_BASE64)
_HEX = re.compile(r"(?:68747470|7b22)(?:[0-9a-f]{2}){8,}\Z", re.IGNORECASE)
_FIELD = re.compile(r"[|;,\s](https?(?::|%3a)[^|;,\s]+)", re.IGNORECASE)
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|mp[34])\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d+\Z")
_NUMBER_OR_CODE = re.compile(r"(?=[^\d]*\d)[\w.:~-]{1,200}")
_BETWEEN_WORDS = re.compile(r"[-_.]")
_EXTENSION = re.compile(r"(?:\.(?:php\d?|ashx|aspx?|html?|cgi|jspa?|do|cfm|pl|hsp))?(?:;.*)?\Z")
_MAX_SEGMENTS = 12
_MAX_DEPTH = 3
_MAX_LAYERS = 4
_SHORTEST_PAYLOAD = 16


class _Words(NamedTuple):
    labels: frozenset[str]
    segments: frozenset[str]
    within: frozenset[str]
    within_segments: frozenset[str]
    beginnings: frozenset[str]
    endings: frozenset[str]
    parameters: frozenset[str]
    alone: frozenset[str]
    sure: frozenset[str]
    others: frozenset[str]
    weak: frozenset[str]
    weak_labels: frozenset[str]
    pages: frozenset[str]
    asking: frozenset[str]
    fields: frozenset[str]
    purposes: frozenset[str]


class _Evidence(NamedTuple):
    """What says that an address is a counter's.

    Attributes:
        place: the index of the segment of its path that does.
        is_counter: whether anything does; if not, what it carries has to say so.
        is_sure: whether that is enough for an address that it carries plain.
        is_strong: whether it is enough for one under any name.
    """

    place: int | None
    is_counter: bool
    is_sure: bool
    is_strong: bool


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
    evidence = _evidence(address, segments, words)
    if evidence is None:
        return None
    others = {part.partition("=")[0].lower() for part in address.query[1:].split("&")}
    if not words.asking.isdisjoint(others):
        return None
    if len(others) > 1 or not words.sure.isdisjoint(others):
        evidence = evidence._replace(is_sure=True)
    found = None
    if evidence.is_counter:
        found = next(_targets(address, segments, evidence, words, checked), None)
    if found is None:
        found = next(_encoded(address, words, checked), None)
    if found is None or purposes.of_address(_without_payload(address)) in words.purposes:
        return None
    return found


def _evidence(address: Address, segments: list[str], words: _Words) -> _Evidence | None:
    """What says that an address is a counter's; None where it is a page for another end."""
    labels = {_NUMBER.sub("", part) for part in address.host.split(".")[:-2]}
    if not words.pages.isdisjoint(segments):
        return None
    named = labels & words.labels
    place, word = _place(segments, words) or (None, "")
    if not words.pages.isdisjoint(labels) and (place is None or word in words.weak):
        return None
    if place is None and not named:
        site = address.host.rpartition(".")[0]
        if not words.pages.isdisjoint(_BETWEEN_WORDS.split(site)):
            return None
        is_counter = any(word in site for word in words.within)
        return _Evidence(None, is_counter, is_counter, False)
    is_strong = bool(named - words.weak_labels) or (place is not None and word not in words.weak)
    is_sure = is_strong or len(named | ({word} - {""})) > 1
    if place is not None and not is_sure:
        after = [
            segment
            for segment in segments[place + 1 :]
            if segment and segment not in words.segments and not _PLAIN.match(segment)
        ]
        is_sure = bool(after) and all(map(_NUMBER_OR_CODE.fullmatch, after))
    return _Evidence(place, True, is_sure, is_strong)


def _without_payload(address: Address) -> Address:
    """The address up to what it carries, which says nothing of what the page itself is for."""
    path = _MARK.split(address.path, maxsplit=1)[0]
    return address._replace(path=path, query="", fragment="")


def _place(segments: list[str], words: _Words) -> tuple[int, str] | None:
    """The index of the segment that says that this is a counter, and the word that says so."""
    for index, segment in enumerate(segments):
        if len(segment) > 40:
            continue
        word = _EXTENSION.sub("", segment.lower())
        if word in words.segments:
            return index, word
        parts = _BETWEEN_WORDS.split(word)
        if len(parts) > 1 and words.pages.isdisjoint(parts):
            joined = "".join(parts)
            found = [part for part in parts if len(part) > 2 and part in words.segments]
            if joined in words.segments or found:
                return index, joined if joined in words.segments else found[-1]
        elif len(parts) == 1 and any(each in word for each in words.within_segments):
            return index, word
    return None


def _targets(
    address: Address,
    segments: list[str],
    evidence: _Evidence,
    words: _Words,
    checked: Callable[[str], str | None],
) -> Iterator[str]:
    for part in address.query[1:].split("&") if address.query else ():
        name, _, value = part.partition("=")
        if not value.strip("="):  # the padding of a payload without a name
            name, value = "", part
        name = name.lower()
        if name in words.others:
            continue
        named = evidence.is_sure and _leads_on(name, words)
        if named and _WITHOUT_SCHEME.match(value):
            bare = (decoders.percent(value) or value).lstrip("/")
            yield from _address(f"{address.scheme}://{bare}", checked)
        if named or not _PLAIN.match(value):
            yield from _decoded(value, words, checked)
    if evidence.is_strong:
        yield from _under_any_name(address, words, checked)
    if evidence.is_sure:
        if _PLAIN.match(address.query, 1):
            yield from _address(address.query[1:], checked)
        if whole := _IN_PATH.search(address.path):
            yield from _address(whole[1] + (address.query if ":" in whole[1][:6] else ""), checked)
    if _IMAGE.search(address.path):
        return
    for index in range(0 if evidence.place is None else evidence.place + 1, len(segments)):
        segment = segments[index]
        is_last = index == len(segments) - 1
        if segment.startswith(_PACKED) or (is_last and not _PLAIN.match(segment)):
            if any(after.isalpha() and after.islower() for after in segments[index + 1 :]):
                continue  # a page, not a signature
            yield from _decoded(segment, words, checked)


def _encoded(
    address: Address, words: _Words, checked: Callable[[str], str | None]
) -> Iterator[str]:
    """What tells its target in base64, in a field of its path, or under a name for targets alone is
    a counter, whatever it is called: pages that are given an address for another end have it as it
    is, under a general name."""
    for field in _FIELD_IN_PATH.finditer(address.path):
        if _leads_on(field[1].lower(), words):
            yield from _decoded(field[2], words, checked)
    for part in address.query[1:].split("&"):
        name, _, value = part.partition("=")
        name = name.lower()
        is_alone = name in words.alone and _ENCODED.match(value)
        if is_alone or (value.startswith(_BASE64) and _leads_on(name, words)):
            yield from _decoded(value, words, checked)


def _under_any_name(
    address: Address, words: _Words, checked: Callable[[str], str | None]
) -> Iterator[str]:
    """The address that the only parameter of a counter which holds one, percent-encoded, leads to:
    whatever that is called, but for names of what leads nowhere."""
    held = [part.partition("=") for part in address.query[1:].split("&")]
    held = [each for each in held if _ENCODED.match(each[2])]
    if len(held) == 1:
        parts = {held[0][0].lower(), *_BETWEEN_WORDS.split(held[0][0].lower())}
        if parts.isdisjoint(words.others):
            yield from _decoded(held[0][2], words, checked)


def _leads_on(name: str, words: _Words) -> bool:
    """Whether a parameter of this name may hold the address that the reader is led to: it is one of
    the words, or ends in `url` or the like, and does not begin with what leads nowhere
    (`image_url`)."""
    if name in words.parameters:
        return True
    if name.lstrip("_").startswith(tuple(words.beginnings)):
        return True
    ending = next(filter(name.endswith, words.endings), None)
    return ending is not None and name.removesuffix(ending).rstrip("_-") not in words.others


def _address(text: str, checked: Callable[[str], str | None]) -> Iterator[str]:
    found = checked(text)
    if found is not None and "://" in found:
        yield found


def _decoded(value: str, words: _Words, checked: Callable[[str], str | None]) -> Iterator[str]:
    """The address that a value stands for, if it stands for one."""
    if "." in value and value.startswith(_SIGNED):  # parts of a token, the last a signature
        for part in value.split(".", 2)[:2]:
            yield from _decoded(part, words, checked)
        return
    text: str | None = value
    for _ in range(_MAX_LAYERS):
        if not text:
            return
        if _PLAIN.match(text):
            yield from _address(text, checked)
            return
        if text[0] in "{[":
            text = _in_json(decoders.json_value(text), words.fields, _MAX_DEPTH)
        elif len(text) < _SHORTEST_PAYLOAD:
            return
        else:
            text = _layer(text, words)


def _layer(text: str, words: _Words) -> str | None:
    """What is inside one layer of encoding, or an address that stands among other fields."""
    if _ROTATED.match(text):
        return decoders.rotated(decoders.percent(text) or text)
    if _HEX.match(text):
        return bytes.fromhex(text).decode("utf-8", "replace")
    if text[:6].lower() == "nb2hi4":
        return decoders.base32(text)
    if found := _FIELD.search(text):
        return found[1]
    if "=http" in text:
        for part in text.split("&"):
            name, _, value = part.partition("=")
            if name.lower() in words.parameters and _PLAIN.match(value):
                return value
    plain = decoders.percent(text) or text
    if plain[0] in "{[":
        return plain
    return decoders.base64(plain) or decoders.base64_zlib(plain)


def _in_json(value: Any, fields: frozenset[str], depth: int) -> str | None:
    """The first address under a field that is named for one, or the only one in a list."""
    if isinstance(value, list):
        held = [inner for inner in value if isinstance(inner, str) and _PLAIN.match(inner)]
        return held[0] if len(held) == 1 else None
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
