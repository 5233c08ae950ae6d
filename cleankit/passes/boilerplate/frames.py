"""Footers of plain-text mail that stand between rules, each judged as a whole.

Mail without markup divides its parts by rows of dashes, stars, underlines. A part near the end of
which much speaks of the list, and that holds a way out of it, is a footer with all that it says:
steps of a command, the name of the list, who runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cleankit import rules
from cleankit.passes.boilerplate import imprints, list_servers, surroundings
from cleankit.passes.boilerplate.dividers import divides
from cleankit.passes.boilerplate.judging import WAYS_OUT
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import fold, visible

COMMANDS = 2
"""Units that lead in or out in a paragraph that is a footer without rules."""

NEAR = 30
"""Units at the end of a text among which such paragraphs are looked for."""

WITHIN = 120
"""Units at the end of a text among which its parts are looked for."""

UNITS = 24
"""Units of such a part at most."""

SHARE = 0.5
"""The share of its characters that are known to be of a footer."""

NAMED = 0.3
"""The same of a part whose title says that it is one."""

STRANGE = 300
"""Characters of a unit of it that says nothing of a list."""

QUOTED = 16
"""Characters from which on a line with an arrow before it may be quoted."""

SHORTEST_RULE = 2
"""Characters of a rule: what begins a signature is one."""

LONGEST_TITLE = 90
"""Characters of a part's title."""

BEGINNING = 0.3
"""The share of a text's characters that stands above its first footer, unless that is the last."""

_STEP = re.compile(r"[-*+•>] |\d{1,2}[.)] |(?:or|oder|ou|o)\b")
# Lines of a program or of a patch.
_CODE = re.compile(r"[;{}]\Z|\A(?:@@ |\+\+\+ |--- |diff |#include )")
# Letters drawn apart are no words.
_SPACED = re.compile(r"(?:\b[A-Z] ){2,}[A-Z]\b")
_ENDED = (".", "!", "?")


class _Part(NamedTuple):
    """The units between two rules, half-open."""

    first: int
    end: int

    @property
    def units(self) -> range:
        """Their numbers."""
        return range(self.first, self.end)


def known(layout: Layout) -> dict[int, tuple[str, str]]:
    """Kind and rule of the units of footers between rules, or of blocks that are all commands."""
    found: dict[int, tuple[str, str]] = {}
    if not layout.wrapped:
        return found
    last = True
    for part in _parts(layout):
        told = _footer(layout, part, last=last)
        found.update(told)
        if part.first in told:
            title = part.first - 1
            # The row above may hold the title.
            if title > 0 and layout.judgement(title).filler != "rule":
                found[title] = found[part.first][0], "framed-footer"
        elif part.end + 1 in found and _is_boxed_title(layout, part):
            found[part.first] = found[part.end + 1][0], "framed-footer"
        last = last and bool(told)
    for part in _blocks(layout):
        if part.first not in found:
            found.update(_footer(layout, part, last=False, commands=COMMANDS))
    return found


def _is_boxed_title(layout: Layout, part: _Part) -> bool:
    """True if a part is a title of footers between rules of its own: a name may be signed there."""
    if part.end != part.first + 1 or not _is_title(layout, part.first):
        return False
    return _titles().fullmatch(fold(layout.content(part.first))) is not None


def _parts(layout: Layout) -> Iterator[_Part]:
    """The parts of a text below its rules, from the last one upwards."""
    end = len(layout.units)
    for index in range(end - 1, max(end - 1 - WITHIN, -1), -1):
        if not divides(layout, index, shortest=SHORTEST_RULE):
            continue
        first = index + 1
        title = index - 1
        # A title may be underlined by the rule.
        underlined = (
            title >= 0
            and layout.units[title].opens_block
            and not layout.units[index].opens_block
            and _is_title(layout, title)
        )
        if first < end:
            yield _Part(first, end)
        if underlined and first < end:
            yield _Part(title, index)
            end = title
        else:
            end = index


def _blocks(layout: Layout) -> Iterator[_Part]:
    """The paragraphs of several lines near the end of a text, from the last one upwards.

    A rule divides a paragraph as well.
    """
    end = len(layout.units)
    for index in range(end - 1, max(end - 1 - NEAR, 0), -1):
        is_rule = divides(layout, index, shortest=SHORTEST_RULE)
        if is_rule or layout.units[index].opens_block:
            first = index + is_rule
            if end - first > COMMANDS:
                yield _Part(first, end)
            end = index


def _is_title(layout: Layout, index: int) -> bool:
    content = layout.content(index)
    return len(content) <= LONGEST_TITLE and "\n" not in content and not content.endswith(_ENDED)


def _footer(
    layout: Layout, part: _Part, *, last: bool, commands: int = 1
) -> dict[int, tuple[str, str]]:
    """Kind and rule of the units of a part, if it is a footer.

    Args:
        layout, part: which part.
        last: nothing but footers stands below it.
        commands: so many units of it lead into the list or out of it.
    """
    units = layout.units
    if part.end - part.first > UNITS or part.first == 0:
        return {}
    if not last and units[part.first].start < BEGINNING * len(layout.text):
        return {}
    named = _names_footer(layout, part)
    if not named and not any(_leads_out(layout, index) for index in part.units):
        return {}
    told = _told(layout, part)
    ways = [kind for kind in told.values() if kind in WAYS_OUT]
    if named:
        ways = ways or [kind for kind in told.values() if kind == "legal"]
    if not ways:
        return {}
    # What stands above the first line of a footer is its title, or none of it.
    first = min(told)
    if named or commands > 1 or (first == part.first + 1 and _is_title(layout, part.first)):
        first = part.first
    whole = range(first, part.end)
    size = sum(units[index].end - units[index].start for index in whole)
    said = sum(_said(layout, index, index in told) for index in whole)
    joining = sum(kind == "subscribe_cta" for kind in told.values())
    if len(ways) + joining < commands or said < (NAMED if named else SHARE) * size:
        return {}
    if any(
        _CODE.search(layout.content(index)) or (index not in told and _is_authors(layout, index))
        for index in whole
    ):
        return {}
    return {index: (told.get(index) or ways[0], "framed-footer") for index in whole}


def _leads_out(layout: Layout, index: int) -> bool:
    """True if a unit may be a way out of the list: soon told, as most parts have none."""
    if layout.holds(index, WAYS_OUT):
        judgement = layout.judgement(index)
        if judgement.kind in WAYS_OUT or any(cut.kind in WAYS_OUT for cut in judgement.cuts):
            return True
    content = layout.content(index)
    if "://" in content and (
        list_servers.is_page(content) or layout.edge_kind(index)[0] in WAYS_OUT
    ):
        return True
    return imprints.asks_for_word(visible(content))


def _told(layout: Layout, part: _Part) -> dict[int, str]:
    """The kinds of the units of a part that are of a footer by themselves, or a step of one."""
    told: dict[int, str] = {}
    for index in part.units:
        kind = _kind(layout, index)
        if not kind and told.get(index - 1) in WAYS_OUT and _is_step(layout, index):
            kind = told[index - 1]
        if kind:
            told[index] = kind
    return told


def _kind(layout: Layout, index: int) -> str:
    """The kind of a unit that is of a footer, or of the first phrase in it that is."""
    judgement = layout.judgement(index)
    if judgement.kind:
        return judgement.kind
    ways = [cut.kind for cut in judgement.cuts if cut.kind in WAYS_OUT]
    if ways or judgement.cuts:
        return (ways or [judgement.cuts[0].kind])[0]
    return surroundings.kind_of(layout, index, {})[0]


def _names_footer(layout: Layout, part: _Part) -> bool:
    """True if a part has a title of footers: in its first line, in the row above it, or between
    rules above it."""
    first = part.first
    titles = [first]
    if first > 0 and layout.judgement(first - 1).filler != "rule":
        titles.append(first - 1)
    elif first > 2 and divides(layout, first - 3, shortest=SHORTEST_RULE):
        titles.append(first - 2)
    return any(
        len(title) <= LONGEST_TITLE and _titles().fullmatch(fold(title)) is not None
        for title in map(layout.content, titles)
    )


@cache
def _titles() -> re.Pattern[str]:
    rule = rules.named("boilerplate", "structure", "framed-title")
    return re.compile("|".join(rule.fields["titles"]))


def _is_step(layout: Layout, index: int) -> bool:
    """True if a unit is one of the steps that the line above it begins."""
    return not layout.units[index].opens_block and _STEP.match(layout.content(index)) is not None


def _said(layout: Layout, index: int, told: bool) -> int:
    """How many characters of a unit are known to be of a footer."""
    judgement = layout.judgement(index)
    content = layout.content(index)
    if judgement.kind or judgement.filler == "link" or surroundings.is_contact(layout, index):
        return len(content)
    if judgement.cuts:
        return sum(cut.end - cut.start for cut in judgement.cuts)
    return len(content) if told else 0


def _is_authors(layout: Layout, index: int) -> bool:
    """True if somebody greets, quotes or speaks of himself in a unit, or says much."""
    content = layout.content(index)
    if (content.startswith(("> ", ">>")) and len(content) > QUOTED) or content.endswith(
        (",", "，")
    ):
        return True
    if len(content) > STRANGE:
        return True
    return surroundings.is_personal(_SPACED.sub("", content))
