"""The linked items of a digest: paragraphs that begin with a linked title and run on.

They are sections like others, so that each can be reached, but their text stays as it is: a title
that runs into its paragraph makes no heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleankit.passes.sections.lines import Kind
from cleankit.passes.sections.looks import look
from cleankit.passes.sections.page import Page
from cleankit.passes.sections.titles import Found

_ITEM = re.compile(
    r"(?P<link>\[(?:[^\[\]]|\[[^\[\]]{0,80}\]){8,300}\]\((?:[^()\s]|\([^()\s]*\))++\))"
    r"[ \t]*(?:[.:,–—-]|$)"
)
_AT_LEAST = 2
_TEXT = 20
"""Most items run on for more characters than this; otherwise the links are only a list."""


def linked_items(page: Page, titles: Sequence[Found]) -> dict[int, str]:
    """The title of each linked item by the index of its line.

    Only a section that holds nothing else holds items, and at least one such section of the text
    holds two: a link at the head of a paragraph is no title where others begin otherwise.
    """
    ends = [*(title.line for title in titles[1:]), len(page.lines)]
    parts = [
        _items_between(page, title.line + 1, end) for title, end in zip(titles, ends, strict=False)
    ]
    if max(map(len, parts), default=0) < _AT_LEAST:
        return {}
    return {index: title for part in parts for index, title in part.items()}


def _items_between(page: Page, start: int, stop: int) -> dict[int, str]:
    found: dict[int, str] = {}
    with_text = 0
    for index in range(start, stop):
        line = page.lines[index]
        if line.kind not in (Kind.PROSE, Kind.SHORT):
            if line.kind in (Kind.LINK, Kind.RULE):
                continue
            return {}
        item = _ITEM.match(line.text)
        if item is None:
            return {}
        found[index] = look(item["link"]).title
        with_text += len(line.text) - item.end() > _TEXT
    return found if with_text * 2 > len(found) else {}
