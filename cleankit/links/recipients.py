"""Whom a text says that it was sent to: by fields of a header, by words, by links for leaving."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from cleankit.links import credentials, decoders, identity, purpose
from cleankit.rules import load

_HEAD = 4_000
_LONGEST_PHRASE = 48
_LONGEST_LEAVING = 1_000
_LONGEST_LINE = 1_000
_MARKS = " \t\r\n*_[](<>:\"'„“«:：\u200b"
# A field as mail, quotations, lists and tables show it, or with parameters (RFC 5545, section 3.1).
_FIELD = re.compile(
    r"[>|\s*_#\\•+-]*(?P<name>[^\W\d_][\w\ufffd-]{0,60}(?: [^\W\d_]{1,12})?)"
    r"(?:;[^:\n]{1,200})?[*_]*[ \u00a0]?[*_]*[:：|]"
)
# `X-Some-To`, but for the fields that say whom to answer; the name may be damaged.
_OF_DELIVERY = re.compile(r"(?!.*(?:reply|follow|error|report|notification|abuse|post)).+-to")
_FOLDED = re.compile(r"(?<!\S)([A-Za-z][A-Za-z-]{1,40}) ?:[^@:]{0,40}\Z")
# A line of such a field that holds addresses alone, and what may follow one in angle brackets.
_ALONE = re.compile(
    r"[^\w\n]{0,20}\w{2,3}[^\w\n:]{0,6}:[\s*_<(\[]*+(?:mailto:)?[^\s@,;<>()\[\]]+@[^\s@,;<>()\[\]]+[>)\]*_]*"
    r"(?:[ \t]*[,;][\s<]*[^\s@,;<>]+@[^\s@,;<>]+>?)*[ \t]*(?:\r?\n|\Z)"
)
_CLOSED = re.compile(r">[ \t]*(?:[,;\r\n]|\Z)")
_CONTINUED = (" ", "\t")
_MOST_CONTINUED = 8
_FEW_LINES = 4
_FEW_CHARACTERS = 600
# What may stand above and between such lines however long it is: fields, front matter, links.
_OF_HEAD = re.compile(r"[ \t]*(?:- |(?:\*\*)?[\w-]{1,40}:)|  |.*?(?:://|\]\()")
_LONGEST_TITLE = 240
_TO_KEYS = frozenset({"to", "cc", "delivered_to", "delivered-to", "recipient", "recipients"})
_TAG = re.compile(r"(?<=.)\+[^@]*@")
_PARAMETER = re.compile(r"[?&;]([\w-]{1,24})=\Z")
# A variable envelope return path: `bounces-17-bob=example.org@example.com` tells `bob@example.org`.
_RETURN_PATH = re.compile(r"(?<![?&;\w.])[\w.]{1,64}=\Z")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,20}@")
_DELIVERY, _TO, _OTHER_TO, _LABEL = range(1, 5)


class Told(NamedTuple):
    """What a text says of its recipients.

    Attributes:
        addresses: those of its readers, in lower case: they are theirs wherever they stand.
        spans: addresses in the header of some message that the text shows, in order. Whosever they
            are, they are recipients there.
        is_open: whether a line looks like a field of recipients and is perhaps none.
    """

    addresses: frozenset[str]
    spans: list[tuple[int, int]]
    is_open: bool


class _Words(NamedTuple):
    before: tuple[str, ...]
    after: tuple[str, ...]
    fields: dict[str, int]
    beside: frozenset[str]


def told(text: str, meta: Mapping[str, Any], known: Iterable[str]) -> Told:
    """The addresses that a text says it was sent to.

    Those in lines like `To:` at its head and under such keys in `meta`, those after words such as
    "was sent to" or labels such as "Account:", those that its links carry in parameters named for
    the reader's address, or to leave the list by, and those in return paths. The sender's own
    address and that of a mailing list are none of them.

    Args:
        text: any text.
        meta: what its source tells of itself.
        known: addresses that it is known to have been sent to.
    """
    sender = frozenset(_addresses(str(meta.get("sender", ""))))
    found = {address.lower() for address in known}
    for key, value in _strings(meta, ""):
        if "@" in value:
            found.update(_addresses(value) if key in _TO_KEYS else _in_fields(value))
    found -= sender
    spans: list[tuple[int, int]] = []
    is_open = False
    if "@" in text or "%40" in text:
        head = -1
        for start, end in identity.addresses(text):
            address = text[start:end].lower()
            if address in found or identity.REDACTED in text[start:end]:
                continue
            if kind := _field(text, start):
                if head < 0:
                    head = _head(text)
                is_readers = start < head or kind == _LABEL
                if is_readers and address not in sender:
                    found.add(address)
                if is_readers or kind == _DELIVERY or _is_of_header(text, start, end, kind):
                    spans.append((start, end))
                else:
                    is_open = True
            elif _is_told(text, start, end):
                found.add(decoders.percent(address) or address)
            elif span := _in_return_path(text, start, end):
                spans.append(span)
                reader = text[slice(*span)].lower().replace("=", "@")
                if reader not in sender:
                    found.add(reader)
    if found:
        # `reader+letters@…` is delivered to `reader@…` (RFC 5233).
        found |= {_TAG.sub("@", address) for address in found if "+" in address}
        found -= sender
        # A message to a mailing list (RFC 2919) names the list, not a reader.
        list_id = str(meta.get("list_id", "")).lower()
        found = {address for address in found if address.replace("@", ".") not in list_id}
    return Told(frozenset(found), spans, is_open)


def _is_told(text: str, start: int, end: int) -> bool:
    """Whether words, the name of a parameter or a link for leaving say whose address this is."""
    before = text[max(0, start - _LONGEST_PHRASE) : start]
    if start < _LONGEST_PHRASE:
        before = f"\n{before}"
    if before.endswith(("=", "/")):
        name = _PARAMETER.search(before)
        told = name is not None and credentials.names_reader(name[1])
        return told or _is_for_leaving(text, start)
    if before.endswith("for <") and text[end : end + 2] in (">;", ">\n", ">\r"):
        return True  # RFC 5321, section 4.4: the `for` of a line that says who received it
    words = _words()
    if before.casefold().rstrip(_MARKS).endswith(words.before):
        return True
    following = text[end : end + _LONGEST_PHRASE].casefold().lstrip(f"{_MARKS})")
    return following.startswith(words.after)


def _in_return_path(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the reader's address in a return path."""
    if text[start - 1 : start] != "=" or _DOMAIN.match(text, start, end) is None:
        return None
    local = _RETURN_PATH.search(text, max(0, start - _LONGEST_PHRASE), start)
    return None if local is None else (local.start(), text.index("@", start))


def _is_for_leaving(text: str, place: int) -> bool:
    """Whether a place stands in the address of a page where the reader leaves the list."""
    start = text.rfind("http", max(0, place - _LONGEST_LEAVING), place)
    address = text[start:place]
    if start < 0 or len(address.split(None, 1)) != 1:
        return False
    return purpose(address) in ("unsubscribe", "preferences")


def _field(text: str, place: int) -> int:
    """What field of recipients a place stands in, or 0; a field may go on over lines."""
    start = place
    first = max(0, place - _LONGEST_LINE)
    for _ in range(_MOST_CONTINUED):
        start = text.rfind("\n", first, start) + 1
        if not start and first:
            break
        if field := _FIELD.match(text, start, place):
            return _kind(field["name"].casefold())
        if start < 1 or not text.startswith(_CONTINUED, start):
            break
        start -= 1
    return 0


def _kind(name: str) -> int:
    """What field of recipients has this name, or 0."""
    known = _words().fields.get(name, 0)
    return known or (_DELIVERY if _OF_DELIVERY.fullmatch(name) else 0)


def _is_of_header(text: str, start: int, end: int, kind: int) -> bool:
    """Whether a line that looks like a field of recipients stands in a header.

    It holds addresses alone, or a name before one in angle brackets, or another line near it says
    from whom or when. `An: redaktion@…` with a subject below it is an address to write to.
    """
    if kind == _TO:
        line = text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
        if _ALONE.match(text, line) or (text[start - 1] == "<" and _CLOSED.match(text, end)):
            return True
    words = _words().beside
    above = text[max(0, start - _FEW_CHARACTERS) : start].splitlines()
    below = text[end : end + _FEW_CHARACTERS].splitlines()
    near = [line for line in above if line.strip(_MARKS)][-_FEW_LINES - 1 : -1]
    near += [line for line in below if line.strip(_MARKS)][: _FEW_LINES + 1]
    fields = (_FIELD.match(line) for line in near)
    return any(field is not None and field["name"].casefold() in words for field in fields)


def _head(text: str) -> int:
    """Where the head of a text ends: at its first sentence.

    A title counts as it does once it is a heading, so that a second cleaning finds no more.
    """
    place = 0
    for line in text[:_HEAD].splitlines(keepends=True):
        bare = line.strip("#*_ \t\r\n")
        is_sentence = len(bare) > _LONGEST_TITLE or bare.endswith((".", "。"))
        if is_sentence and not _OF_HEAD.match(line):
            break
        place += len(line)
    return place


@cache
def _words() -> _Words:
    """The words before a recipient's address and after it, the fields that hold one, and those
    that stand in a header beside them."""
    rules = load("links", "recipients")
    before = [words.casefold() for rule in rules for words in rule.fields.get("before", ())]
    after = [words.casefold() for rule in rules for words in rule.fields.get("after", ())]
    fields = {
        name: kind
        for key, kind in (
            ("delivery", _DELIVERY),
            ("to", _TO),
            ("to_others", _OTHER_TO),
            ("labels", _LABEL),
        )
        for rule in rules
        for name in rule.fields.get(key, ())
    }
    beside = frozenset(name for rule in rules for name in rule.fields.get("beside", ()))
    return _Words(tuple(before), tuple(after), fields, beside)


def _addresses(text: str) -> Iterator[str]:
    return (text[start:end].lower() for start, end in identity.addresses(text))


def _in_fields(value: str) -> Iterator[str]:
    """The addresses after the names of fields that were folded into the value of another."""
    for start, end in identity.addresses(value):
        field = _FOLDED.search(value, max(0, start - _LONGEST_PHRASE), start)
        if field is not None and _kind(field[1].lower()):
            yield value[start:end].lower()


def _strings(meta: Any, key: str) -> Iterator[tuple[str, str]]:
    """The strings in `meta` with the keys that they stand under, however deep."""
    if isinstance(meta, Mapping):
        for name, inner in meta.items():
            yield from _strings(inner, str(name).lower())
    elif isinstance(meta, list):
        for inner in meta:
            yield from _strings(inner, key)
    elif isinstance(meta, str):
        yield key, meta
