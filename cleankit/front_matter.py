"""Metadata at the head of a document: YAML front matter, and the message's headers repeated.

Front matter is data from strangers. It is parsed by a safe loader, within limits; what is broken,
too large, or no mapping is content, and stays where it is.

Positions are offsets in characters, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

MAX_CHARACTERS = 64_000
"""Front matter longer than this is content: real ones are a few kilobytes."""

MAX_VALUES = 2_000
"""More values than this, counted after aliases are followed, are an attack (a "YAML bomb")."""

MAX_NESTING = 50
"""Brackets and indents deeper than this are no front matter."""

MAX_BRACKETS = 500
"""Text with more opening brackets of one kind is not even parsed: the parser may recurse."""

_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
# The closing fence, alone on its line or glued to the text that follows (`---### Top News`): a
# generator that forgets the line break after the fence is common among static site tools.
_CLOSING = re.compile(r"^(?:---(?=[^-\s])|(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z))", re.MULTILINE)
_BLANK = re.compile(r"(?:[ \t]*\r?\n)*")
_HEADING = re.compile(r"#{1,2}[ \t]+(?P<subject>[^\r\n]+)\r?\n")
_FIELD = re.compile(
    r"\*\*(?P<name>From|To|Date|Source|Subject|Sender|Newsletter|URL|Link):\*\*[ \t]*"
    r"(?P<value>[^\r\n]*)(?:\r?\n|\Z)"
)
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})[ \t]*(?:\r?\n|\Z)")
# A line that YAML 1.1 can only read as a key and a number, or a text: that one is in plain double
# quotes, or of letters, digits and harmless signs that make no number, no date and no `yes`.
_PLAIN_LINE = re.compile(
    r"(?P<key>(?!(?:y|n|yes|no|on|off|true|false|null):)[A-Za-z_][\w-]*): +"
    r"(?:\"(?P<quoted>[^\"\\\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*)\""
    r"|(?P<number>[1-9][0-9]{0,8})"
    r"|(?P<plain>(?!(?:y|n|yes|no|on|off|true|false|null)$)"
    r"(?:[A-Za-z](?:[\w /().,+-]|:(?=\d))*|[1-9][0-9]*[A-Za-wyzA-WYZ][0-9A-Za-z]*)(?<! )))",
    re.IGNORECASE | re.ASCII,
)
# To YAML a remark. But a title between two rules is one of the text's; and where a line that is no
# YAML becomes a heading, what was none must not turn into metadata.
_TITLE_WITHIN = re.compile(r"\n#{2,6}[ \t]")
_LOOSE_LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,39}):[ \t]+(?P<value>\S(?:.*\S)?)[ \t]*")
_NAMES = frozenset({"subject", "title", "date", "from", "sender", "author", "newsletter_name"})
LEAST_NAMES = 2
"""So many keys of broken YAML must have names that the metadata of messages have."""

_LINK = re.compile(r"\[[^\]]*\]\((?P<url>[^()\s]+)\)")


class Matter(NamedTuple):
    """Metadata found in a text: its span, its kind of removal, and what it says."""

    start: int
    end: int
    kind: str
    values: Mapping[str, Any]


def find(text: str) -> Iterator[Matter]:
    """The front matter and header block at the head of a text, one after another.

    The same document is often scraped twice over, so several blocks may follow each other.
    """
    position = 0
    while True:
        start = _BLANK.match(text, position).end()  # type: ignore[union-attr]
        matter = _front_matter(text, start) or _header_block(text, start)
        if matter is None:
            return
        yield matter
        position = matter.end


def meta(blocks: list[Matter]) -> dict[str, Any]:
    """What the blocks tell, under the names of `Document.meta`."""
    front: dict[str, Any] = {}
    header: dict[str, Any] = {}
    for block in blocks:
        target = front if block.kind == "front_matter" else header
        for key, value in block.values.items():
            target.setdefault(key, value)
    fronts, headers = _lowered(front), _lowered(header)
    found = {
        "subject": _first(fronts, "subject", "title") or _first(headers, "subject"),
        "sender": _first(fronts, "from", "sender", "author")
        or _first(headers, "from", "sender", "newsletter")
        or _first(fronts, "newsletter_name", "newsletter"),
        "date_as_given": _first(fronts, "date", "published", "pubdate") or _first(headers, "date"),
        "url": _first(fronts, "source_url", "url", "link", "canonical_url", "redirect")
        or _first(headers, "source", "url", "link"),
        "front_matter": front or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _front_matter(text: str, start: int) -> Matter | None:
    opening = _OPENING.match(text, start)
    if opening is None:
        return None
    closing = _CLOSING.search(text, opening.end(), opening.end() + MAX_CHARACTERS)
    if closing is None or _TITLE_WITHIN.search(text, opening.end() - 1, closing.start()):
        return None
    values = _parse(text[opening.end() : closing.start()])
    return Matter(start, closing.end(), "front_matter", values) if values else None


def _parse(content: str) -> dict[str, Any] | None:
    """The mapping that the YAML holds as JSON-ready data, or None if it is no sound mapping."""
    data = _load(content)
    if not isinstance(data, dict):
        return None
    budget = [MAX_VALUES]
    try:
        return {str(key): _plain(value, budget, MAX_NESTING) for key, value in data.items()}
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


@lru_cache(maxsize=4)
def _load(content: str) -> Any:
    """What the YAML holds, or None if it is broken. It is shared: to be read, not to be changed.

    A document's reader and its boilerplate pass both ask for it, one soon after the other.
    """
    plain = _plain_mapping(content)
    if plain is not None:
        return plain
    import yaml

    if max(content.count("["), content.count("{")) > MAX_BRACKETS:
        return None
    try:
        return yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return _loose_mapping(content)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _plain_mapping(content: str) -> dict[str, str | int] | None:
    """What YAML holds that is nothing but keys with plain values, as most front matter is.

    None if it is anything else.

    It comes to the same as the parser, at a twentieth of its time.
    """
    values: dict[str, str | int] = {}
    for line in content.removesuffix("\n").split("\n"):
        found = _PLAIN_LINE.fullmatch(line)
        if found is None:
            return None
        number = found["number"]
        values[found["key"]] = int(number) if number else found["plain"] or found["quoted"] or ""
    return values


def _loose_mapping(content: str) -> dict[str, str] | None:
    """The keys and texts of front matter that was written without regard to YAML's quotes.

    A subject with quotation marks or a colon in it breaks it. Only lines of a key with a value,
    several of them with names that a message's metadata have, are that for sure; else None.
    """
    values: dict[str, str] = {}
    for line in filter(str.strip, content.splitlines()):
        found = _LOOSE_LINE.fullmatch(line)
        if found is None:
            return None
        value = found["value"]
        if len(value) > 1 and value[0] == value[-1] in "\"'":
            value = value[1:-1]
        values[found["key"]] = value
    known = sum(key.lower() in _NAMES for key in values)
    return values if known >= LEAST_NAMES else None


def _plain(value: Any, budget: list[int], depth: int) -> Any:
    """A YAML value as JSON-ready data.

    Raises:
        ValueError: more values or deeper nesting than any honest document has.
    """
    budget[0] -= 1
    if budget[0] < 0 or depth < 0:
        raise ValueError("too many values")
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, budget, depth - 1) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner, budget, depth - 1) for inner in value]
    return value.isoformat() if isinstance(value, date) else str(value)


def _header_block(text: str, start: int) -> Matter | None:
    """`# Subject`, at least two of `**From:** …`, `**Date:** …`, `**Source:** …`, a rule."""
    values: dict[str, Any] = {}
    position = start
    heading = _HEADING.match(text, position)
    if heading:
        values["subject"] = heading["subject"].strip()
        position = _BLANK.match(text, heading.end()).end()  # type: ignore[union-attr]
    fields = 0
    while field := _FIELD.match(text, position):
        link = _LINK.search(field["value"])
        values.setdefault(field["name"].lower(), link["url"] if link else field["value"].strip())
        position = field.end()
        fields += 1
    if fields < 2:
        return None
    after = _BLANK.match(text, position).end()  # type: ignore[union-attr]
    rule = _RULE.match(text, after)
    return Matter(start, rule.end() if rule else position, "header_block", values)


def _lowered(values: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name).lower(): value for name, value in values.items()}


def _first(values: Mapping[str, Any], *names: str) -> Any:
    return next((str(values[name]) for name in names if values.get(name)), None)
