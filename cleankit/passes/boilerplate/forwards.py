"""The headers of a letter that somebody forwarded, as mail programs write them above it.

The words are rules, in `cleankit/rules/boilerplate/forwards.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import fold

RULE = "forwarded"
"""The rule by which the line above the headers goes."""

ATTRIBUTED = "attributed"
"""The rule by which a line goes that says who wrote what stands below it."""

LONGEST = 300
"""Characters of such a line."""

FEWEST = 3
"""So many headers stand below that line, at least."""

MOST = 9
"""So many at most, with blank quoted lines among them."""

_FIELD = re.compile(r"[>\s*]*(?P<label>[^\W\d_][^\n:：]{0,30}?)[\s*]*[:：][\s*]*(?P<value>[^\n]*)")
# An hour, or an address: somebody who only tells of a letter gives neither.
_SENT = re.compile(r"\d[:.h]\d\d(?!\d)|[\w.+-]@[\w-]{1,60}\.|REDACTED|mailto:")
_LINE = re.compile(r"\s*(?P<line>[^\n]{6,120})\n")


def take(layout: Layout) -> None:
    """Cut the headers of the letter that a text is as a whole, with the line that announces them.

    Below somebody's own words such headers say whose the others are, and stay.
    """
    line = next((index for index in range(len(layout.units)) if index not in layout.cut), None)
    if line is None or line + 1 == len(layout.units):
        return
    if is_attribution(layout.content(line)) and not layout.content(line + 1).startswith(">"):
        layout.cut[line] = "header_block", ATTRIBUTED
    elif _marker().fullmatch(fold(layout.content(line))) and (fields := _fields(layout, line)):
        layout.cut.update(dict.fromkeys((line, *fields), ("header_block", RULE)))


def is_attribution(content: str) -> bool:
    """True if a mail program says in a unit who wrote the letter below, and when."""
    if len(content) > LONGEST or not content.endswith((":", "：")) or not _SENT.search(content):
        return False
    line = fold(content.rstrip(" :："))
    return _attribution().fullmatch(line) is not None


def _fields(layout: Layout, line: int) -> list[int]:
    """The units of the headers below a line; none if they are too few."""
    fields: list[int] = []
    told = 0
    for index in range(line + 1, min(line + 1 + MOST, len(layout.units))):
        lines = [each for each in layout.content(index).split("\n") if each.strip("> ")]
        if not all(_field(each)[0] for each in lines):
            break
        told += len(lines)
        fields.append(index)
    return fields if told >= FEWEST else []


def read(text: str) -> dict[str, str]:
    """The sender and the subject of the letter that a text is, if it begins with such headers.

    Args:
        text: the text without its own metadata.
    """
    first = _LINE.match(text)
    if first is None or _marker().fullmatch(fold(first["line"])) is None:
        return {}
    found: dict[str, str] = {}
    for line in text[first.end() :].split("\n", MOST)[:MOST]:
        name, value = _field(line)
        if not name:
            break
        if name in ("sender", "subject"):
            found[name] = value
    return found


def _field(line: str) -> tuple[str, str]:
    """What a line tells if it is a header, and its value; two empty texts if it is none."""
    field = _FIELD.match(line)
    name = _labels().get(field["label"].strip().lower(), "") if field else ""
    return (name, field["value"].strip()) if field and name else ("", "")


@cache
def _labels() -> dict[str, str]:
    fields = rules.named("boilerplate", "forwards", RULE).fields
    names = ("sender", "subject", "other")
    return {label: name for name in reversed(names) for label in fields[name]}


@cache
def _marker() -> re.Pattern[str]:
    return re.compile("|".join(rules.named("boilerplate", "forwards", RULE).fields["lines"]))


@cache
def _attribution() -> re.Pattern[str]:
    return re.compile("|".join(rules.named("boilerplate", "forwards", ATTRIBUTED).fields["lines"]))
