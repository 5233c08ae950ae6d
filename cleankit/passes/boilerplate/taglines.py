"""What stands below the name of a letter and says what it is."""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.passes.boilerplate import issues
from cleankit.passes.boilerplate.alternatives import by_letter
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.naming import Naming
from cleankit.passes.boilerplate.reading import fold

# A line that is no item, no quotation, no field, and no sentence.
_SUBTITLE = re.compile(r"[^#>|\-+•\s][^\n:?!]*[^.:?!,;…\n]")
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_NAMED = frozenset({"sender-name", "banner", "issue-number", "linked-name", "tagline"})


def is_tagline(layout: Layout, index: int, naming: Naming, *, named: bool) -> bool:
    """True if a line says what the letter is, and ends its paragraph.

    Args:
        layout: the units.
        index: which of them.
        naming: what the letter and its sender are called.
        named: it names the sender; else the sender's name must stand directly above it.
    """
    words = layout.judgement(index).words
    if not 0 < len(words) <= issues.LONGEST or _goes_on(layout, index):
        return False
    beside = layout.is_beside_cut(index) and layout.cut[index - 1][0] == "masthead"
    if (named or beside) and _taglines().match(words):
        return True
    if beside and _is_subtitle(layout, index) and not naming.repeats_subject(words):
        return naming.is_told or greets(layout, index + 1) or _is_heading(layout, index + 1)
    return (
        layout.cut.get(index - 1, ("", ""))[0] == "masthead"
        and not _letters().isdisjoint(words.split())
        and _taglines().match(words) is not None
        and not naming.repeats_subject(words)
    )


def _goes_on(layout: Layout, index: int) -> bool:
    """True if a paragraph goes on below a unit, other than with the number of the issue."""
    below = index + 1
    return (
        below < len(layout.units)
        and not layout.units[below].opens_block
        and not issues.is_told(layout.judgement(below).words)
    )


def _is_subtitle(layout: Layout, index: int) -> bool:
    """True if a line below a name, in the paragraph that it opens, is neither a sentence nor a
    greeting."""
    content = layout.content(index)
    if (
        layout.cut[index - 1][1] not in _NAMED
        or layout.judgement(index).linked
        or any(map(str.isdigit, _YEAR.sub("", content)))
        or not _SUBTITLE.fullmatch(content)
    ):
        return False
    first = index - 1
    while first in layout.cut and not layout.units[first].opens_block:
        first -= 1
    return first in layout.cut and not greets(layout, index)


def _is_heading(layout: Layout, index: int) -> bool:
    """True if the highest heading follows: the text's own title."""
    return index < len(layout.units) and layout.content(index).startswith("# ")


def greets(layout: Layout, index: int) -> bool:
    """True if there is such a unit and it begins with a greeting."""
    return index < len(layout.units) and bool(_greetings().match(fold(layout.content(index)[:80])))


@cache
def _taglines() -> re.Pattern[str]:
    rule = rules.named("boilerplate", "structure", "tagline")
    return re.compile(rf"(?:{'|'.join(rule.fields['beginnings'])})\b(?:[^.!?:]|\b\w\.)*\Z")


@cache
def _letters() -> frozenset[str]:
    """The words for a letter that goes to many, and for nothing else."""
    return frozenset(rules.named("boilerplate", "structure", "tagline").fields["letters"])


@cache
def _greetings() -> re.Pattern[str]:
    rule = rules.named("sections", "greetings", "salutation")
    return re.compile(rf"(?:{by_letter(map(re.escape, rule.fields['words']))})(?!\w)")
