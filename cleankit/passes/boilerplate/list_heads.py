"""The head of a list's digest: where to post, to join, to leave, and who keeps the list.

It is told by its addresses: one of them is of those by which lists are served (RFC 2142, section 6,
and what Mailman, ezmlm and Sympa call theirs), and most of its lines are a label and an address.
"""

from __future__ import annotations

import re

from cleankit.passes.boilerplate.layout import Layout

RULE = "list-head"
"""The rule by which the block goes."""

BLOCKS = 2
"""So many blocks at the head of a text are looked at."""

LINES = 9
"""Units of such a block at most."""

FEWEST = 2
"""Lines with an address that it has at least."""

LONGEST = 200
"""Characters of a unit of it."""

_SERVED = re.compile(
    r"[\w.+]-(?:owner|request|admin|subscribe|unsubscribe|join|leave|help|bounces)@[\w-]{1,60}\."
)
_LABELLED = re.compile(
    r"[^\n@:]{2,50}(?::|\s)\s*<?(?:[\w.+-]{1,60}@[\w.-]{3,80}|https?://\S{4,200}?)>?"
)
_ASIDE = ("(", "[")


def take(layout: Layout) -> None:
    """Cut the block at the head of a text that says how a list is served."""
    count = 0
    for index, unit in enumerate(layout.units):
        if index in layout.cut:
            continue
        if unit.opens_block or not count:
            count += 1
            if count > BLOCKS:
                return
            if block := _block(layout, index):
                layout.cut.update((each, ("preferences", RULE)) for each in block)
                if _LABELLED.fullmatch(layout.content(index)) is None:
                    layout.cut[index] = "masthead", RULE
                return


def _block(layout: Layout, first: int) -> range:
    """The units of a block that says how a list is served; none if it says other things."""
    end = first + 1
    while end < len(layout.units) and not layout.units[end].opens_block:
        end += 1
    block = range(first, end)
    if len(block) > LINES:
        return range(0)
    contents = [layout.content(index) for index in block]
    if not any("@" in content and _SERVED.search(content) for content in contents):
        return range(0)
    labelled = [_LABELLED.fullmatch(content) is not None for content in contents]
    asides = [content.startswith(_ASIDE) for content in contents]
    strange = sum(not told and not aside for told, aside in zip(labelled, asides, strict=True))
    # The name of the digest may stand above.
    if sum(labelled) < FEWEST or strange > 1 or (strange and labelled[0]):
        return range(0)
    return block if all(len(content) <= LONGEST for content in contents) else range(0)
