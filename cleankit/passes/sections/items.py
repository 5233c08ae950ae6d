"""The linked items of a digest: paragraphs that begin with a linked title and run on.

They are sections like others, so that each can be reached, but their text stays as it is: a title
that runs into its paragraph makes no heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleankit.passes.sections.lines import Kind
from cleankit.passes.sections.looks import Look
from cleankit.passes.sections.page import Page
from cleankit.passes.sections.titles import Found

_ITEM = re.compile(
    r"(?P<link>\[(?:[^\[\]]|\[[^\[\]]{0,80}\]){8,300}\]\((?:[^()\s]|\([^()\s]*\))++\))"
    r"[ \t]*(?:[.:,–—-]|$)"
)
_AT_LEAST = 2
_TEXT = 20
"""An item with more characters than this after its link has a text of its own."""


class _Item(NamedTuple):
    line: int
    title: str
    has_text: bool


def linked_items(page: Page, titles: Sequence[Found]) -> dict[int, str]:
    """The title of each linked item by the index of its line.

    Only a section that holds nothing else holds items, and at least one such section of the text
    holds two: a link at the head of a paragraph is no title where others begin otherwise. Where
    few items have a text, they are a list of links.
    """
    ends = [*(title.line for title in titles[1:]), len(page.lines)]
    parts = [
        _items_between(page, title.line + 1, end) for title, end in zip(titles, ends, strict=False)
    ]
    items = [item for part in parts for item in part]
    if max(map(len, parts), default=0) < _AT_LEAST:
        return {}
    if sum(item.has_text for item in items) * 3 < len(items):
        return {}
    return {item.line: item.title for item in items}


def _items_between(page: Page, start: int, stop: int) -> list[_Item]:
    found: list[_Item] = []
    for index in range(start, stop):
        line = page.lines[index]
        if line.kind in (Kind.LINK, Kind.RULE):
            continue
        item = _ITEM.match(line.text) if line.kind in (Kind.PROSE, Kind.SHORT) else None
        if item is None:
            return []
        has_text = len(line.text) - item.end() > _TEXT
        found.append(_Item(index, Look(item["link"]).title, has_text))
    return found
