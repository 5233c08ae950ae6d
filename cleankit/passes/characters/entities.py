"""HTML entities that a converter left in the text.

`&amp;`, `&nbsp;` and `&#39;` are decoded outside code, to the end: `&amp;amp;` is `&`. Only those
with their semicolon are: `&copy=1` is part of an address. Names and numbers are read as HTML does
(WHATWG HTML, section 13.2.5, named and numeric character references). In a line that speaks of
entities (words in `cleankit/rules/characters/mechanisms.toml`) one that stands alone is what its
author wrote: "`&lt;` is escaped as &amp;lt;".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.entities import html5

from cleankit.code_blocks import code_blocks
from cleankit.edits import Change
from cleankit.rules import named

CONCERN = re.compile("&")
ENTITY = re.compile(
    r"&(?:(?:amp|AMP|#0{0,6}38|#[xX]0{0,6}26);){0,16}(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});"
)
_SPAN = re.compile(r"(?<!`)(`{1,8})(?!`)([^`\n]{1,2000})(?<!`)\1(?!`)")


def changes(text: str) -> Iterator[Change]:
    """Each entity outside code and what it stands for."""
    matches = [match for match in ENTITY.finditer(text) if _is_known(match[0])]
    if not matches:
        return
    code = code_spans(text)
    starts = [start for start, _ in code]
    line_end = -1
    of_entities = False
    for match in matches:
        if match.start() > line_end:
            line_start = text.rfind("\n", 0, match.start()) + 1
            line_end = text.find("\n", match.end())
            line_end = len(text) if line_end < 0 else line_end
            of_entities = _words().search(text[line_start:line_end].lower()) is not None
        if of_entities and _stands_alone(text, *match.span()):
            continue
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or code[index][1] <= match.start():
            yield Change(*match.span(), decoded(match[0]), "entity")


def decoded(entity: str) -> str:
    """What an entity stands for, however often it was escaped."""
    for _ in range(20):
        plain = unescape(entity)
        if plain == entity:
            break
        entity = plain
    return entity


def code_spans(text: str) -> list[tuple[int, int]]:
    """Fenced code and code spans within a line, in order."""
    blocks = code_blocks(text)
    starts = [start for start, _ in blocks]
    spans = list(blocks)
    if "`" in text:
        for match in _SPAN.finditer(text):
            index = bisect_right(starts, match.start()) - 1
            if index < 0 or blocks[index][1] <= match.start():
                spans.append(match.span())
    return sorted(spans)


def _is_known(entity: str) -> bool:
    name = entity[entity.rindex(";", 0, -1) + 1 :] if ";" in entity[:-1] else entity[1:]
    return name.startswith("#") or name in html5


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether neither a letter nor another entity is right beside an entity."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum() or before == ";" or after == "&")


@cache
def _words() -> re.Pattern[str]:
    """The words of texts about entities."""
    rule = named("characters", "mechanisms", "entity")
    return re.compile("|".join(re.escape(word.lower()) for word in rule.fields["about"]))
