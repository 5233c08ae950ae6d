"""The letterhead: blocks of short lines above a letter's greeting, or at the very top of a text,
that name the letter and its makers, number it, or lead to the web.

A block is one as a whole if one of its lines tells so and none is a sentence, as what stands in
one paragraph with the number of an issue belongs to it. The words are rules, in
`cleankit/rules/boilerplate/mastheads.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cleankit import rules
from cleankit.passes.boilerplate import issues, menus
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.naming import DIVIDERS, Naming, page_of
from cleankit.passes.boilerplate.reading import BLANK, URL, fold, pieces, plain, visible
from cleankit.passes.boilerplate.taglines import greets

UNITS = 14
"""Units of a head at most."""

LINES = 6
"""Lines of a block of it at most."""

LONGEST = 110
"""Visible characters of a line of it."""

PREVIEW = 160
"""The same of the preview of a message, which may stand above it."""

SENTENCE = 5
"""Words from which on what ends with a mark is a sentence."""

GREETING = 8
"""Words of a greeting that no word of its own tells."""

LEAD = 2
"""Units of a line that leads to the web, if its link stands below it."""

LONGEST_LEAD = 25
"""Words of a line that leads to the web."""

_ENDED = re.compile(r"[.!?…:;,。！？।؟،][\s\"”»)*_]*\Z")
# A title counts as it does once it is a heading, so that a second cleaning finds no more.
_MARKED = re.compile(r"(?:#{1,6} )?(?:[><\-+•]|\*\s(?!\*)|\d{1,2}[.)]\s|[A-Za-z-]{2,12}: )")
# A title behind the number of an issue.
_TITLED_NUMBER = re.compile(r"\d[:：]\s*[^\W\d]")
# A line of a box that is drawn with one mark.
_BOXED = re.compile(r"([*#|+=]) [^\n]{1,100} \1")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|年|년")
_SITE = re.compile(r"\s*(?:https?://|www\.)", re.IGNORECASE)
_COLUMNS = re.compile(r"[ \t]{3,}")
_FIELD = re.compile(r"(?:#{1,6} )?[A-Za-z-]{2,20}: ")
_GREETING_END = re.compile(r"[^\d#]{2,60}[,،，!！]\Z")
_QUESTION = re.compile(r"[?؟？]|;\s*\[")
# A title, a link by itself.
_TITLED = ("#", "[", "*")


def known(layout: Layout, naming: Naming) -> dict[int, tuple[str, str]]:
    """Kind and rule of the units of a letterhead, as the text is without what is cut already.

    Args:
        layout: the units.
        naming: what the letter and its sender are called.
    """
    blocks = _blocks(layout)
    greeted = next((n for n, block in enumerate(blocks) if _is_greeting(layout, block)), None)
    found: dict[int, tuple[str, str]] = {}
    follows = False
    for number, block in enumerate(blocks[:greeted]):
        if all(_FIELD.match(layout.content(index)) for index in block):
            continue  # the message's own headers, which a converter left
        kinds = _read(layout, block, naming, follows=follows, greeted=greeted is not None)
        if not kinds and number == 0 and _repeats_subject(layout, block, naming):
            continue
        if not kinds and (_is_text(layout, block) or (greeted is None and _is_kept(layout, block))):
            break
        found.update(kinds)
        follows = bool(kinds)
    return found


def _repeats_subject(layout: Layout, block: list[int], naming: Naming) -> bool:
    """True if a block is the subject alone: what stands below it may be the letterhead."""
    words = layout.judgement(block[0]).words
    return len(block) == 1 and len(words) > 3 and naming.subject.startswith(words)


def _is_text(layout: Layout, block: list[int]) -> bool:
    """True if a block is longer than the preview of a message may be."""
    return any(len(plain(visible(layout.content(index)))) > PREVIEW for index in block)


def _is_kept(layout: Layout, block: list[int]) -> bool:
    return any(not layout.judgement(index).kind for index in block)


def _blocks(layout: Layout) -> list[list[int]]:
    """The blocks at the head of what is not cut, each as the numbers of its units."""
    blocks: list[list[int]] = []
    opens = True
    for index in range(min(3 * UNITS, len(layout.units))):
        opens = opens or layout.units[index].opens_block
        if index in layout.cut:
            continue
        if opens:
            blocks.append([])
        blocks[-1].append(index)
        opens = False
        if sum(map(len, blocks)) == UNITS:
            break
    return blocks


def _is_greeting(layout: Layout, block: list[int]) -> bool:
    """True if a block is a greeting, or begins with one."""
    content = layout.content(block[0])
    if "://" in content:
        return False
    is_greeting = greets(layout, block[0]) or (
        len(block) == 1
        and _GREETING_END.fullmatch(content) is not None
        and len(content.split()) <= GREETING
    )
    return is_greeting and not layout.judgement(block[0]).kind


def _read(
    layout: Layout, block: list[int], naming: Naming, *, follows: bool, greeted: bool
) -> dict[int, tuple[str, str]]:
    """Kind and rule of the units of a block, if it is of a letterhead.

    Args:
        layout, block: which block.
        naming: what the letter and its sender are called.
        follows: the block above is of the letterhead.
        greeted: a greeting follows below.
    """
    first = block[0]
    if len(block) == 1 or (len(block) == LEAD and layout.judgement(block[1]).filler == "link"):
        lead = "\n".join(map(layout.content, block))
        if not layout.judgement(first).kind and (
            _leads_to_web(lead, naming, alone=follows, near=greeted or follows)
            or _leads_to_itself(lead, naming)
        ):
            return dict.fromkeys(block, ("web_version", "web-lead"))
    if len(block) == 1 and menus.is_menu(layout.content(first), alone=not (greeted and follows)):
        return {first: ("masthead", "menu")}
    if len(block) > LINES:
        return {}
    strange = [index for index in block if not layout.judgement(index).kind]
    leads = {
        index
        for index in strange
        if _leads_to_web(layout.content(index), naming, alone=False, near=greeted or follows)
    }
    lines = [index for index in strange if index not in leads]
    if not lines:
        return dict.fromkeys(leads, ("web_version", "web-lead"))
    if not all(_is_plain(layout, index) for index in lines):
        return {}
    numbered = any(issues.numbers(fold(visible(layout.content(index)))) for index in lines)
    named = any(_is_for_many(layout, index) for index in lines)
    pictured = any(
        menus.is_picture_of_name(layout.content(index), naming)
        or (greeted and len(block) > 1 and menus.is_menu(layout.content(index), alone=False))
        for index in lines
    )
    numbered = numbered or (follows and any(_has_issn(layout.content(index)) for index in lines))
    shown = [line for index in lines for line in layout.content(index).split("\n")]
    sited = block[-1] + 1 < len(layout.units) and _is_sited(shown, naming)
    given = greeted and any(fold(line) in naming.given for line in shown)
    dated = greeted and any(_dates(layout.content(index)) for index in lines)
    told = (
        numbered
        or sited
        or given
        or (len(block) > 1 and (named or pictured or dated))
        or (greeted and pictured)
    )
    if len(lines) == 1 and _TITLED_NUMBER.search(layout.content(lines[0])):
        return {}
    if not told and not (named and naming.is_told and greeted):
        return {}
    if (
        not (greeted or sited)
        and len(lines) < 2
        and not _is_dated(layout.content(lines[0]), follows)
    ):
        return {}
    titles = [i for i in lines if _is_title(layout, i, naming, numbered=numbered)]
    if titles and not numbered:
        return {}
    kinds = {index: ("masthead", "letterhead") for index in lines if index not in titles}
    kinds.update((index, ("web_version", "web-lead")) for index in leads if kinds)
    return kinds


def _is_sited(lines: Sequence[str], naming: Naming) -> bool:
    """True if one of several lines begins with the sender's front page, and none goes on with the
    one above it."""
    return (
        len(lines) > 1
        and any(_SITE.match(line) and naming.has_own_site(line, front=True) for line in lines)
        and not any(line.lstrip()[:1].islower() and not _SITE.match(line) for line in lines)
    )


def _is_dated(content: str, follows: bool) -> bool:
    """True if a numbered line alone has a year as well, or stands below a letterhead."""
    return ":" not in content and (follows or _YEAR.search(content) is not None)


def _dates(content: str) -> bool:
    """True if a part of a line, beside others, is a month and its year, or a day."""
    seen = visible(content)
    parts = DIVIDERS.split(seen)
    if len(parts) > 1 and any(issues.is_told(fold(part)) for part in parts):
        return True
    # A calendar has days first, and no years.
    last = _COLUMNS.split(seen.rstrip())
    return len(last) > 1 and _YEAR.search(last[-1]) is not None and issues.is_told(fold(last[-1]))


def _has_issn(content: str) -> bool:
    return "ISSN" in content


def _is_plain(layout: Layout, index: int) -> bool:
    """True if a unit is a short line and no sentence, item, quotation or greeting."""
    content = layout.content(index)
    if layout.judgement(index).filler in ("rule", "link"):
        return True
    if _is_marked(content) or greets(layout, index):
        return False
    lines = [plain(line) for line in visible(content).split("\n")]
    if len(lines) > LINES or any(len(line) > LONGEST for line in lines):
        return False
    return not any(_is_sentence(line) for line in lines)


def _is_marked(content: str) -> bool:
    """True if a unit is marked as an item, a quotation, a field; a number before its word is none:
    `3. tbl.`, `5. évfolyam`."""
    if _MARKED.match(content) is None or _BOXED.fullmatch(content):
        return False
    return not (content[0].isdigit() and issues.numbers(fold(visible(content))))


def _is_sentence(line: str) -> bool:
    """True if a line has some words and ends with a mark, and is not in capitals."""
    capitals = sum(map(str.isupper, line))
    return (
        _ENDED.search(line) is not None
        and len(line.split()) >= SENTENCE
        and not issues.numbers(fold(line))
        and 2 * capitals < sum(map(str.isalpha, line))
    )


def _is_title(layout: Layout, index: int, naming: Naming, *, numbered: bool) -> bool:
    """True if a line may be the title of the text: the subject has its words."""
    content = layout.content(index)
    words = layout.judgement(index).words
    if not words or naming.is_name(words) or not naming.repeats_subject(content):
        return False
    begins = numbered and naming.begins_subject(words)
    return not begins and not issues.numbers(words)


def _is_for_many(layout: Layout, index: int) -> bool:
    """True if a line has a word for a letter that goes to many, and introduces nothing."""
    content = layout.content(index)
    if ":" in plain(visible(content)):
        return False
    words = fold(visible(content))
    return any(stem in words for stem in _words("letterhead", "letters"))


def _leads_to_web(content: str, naming: Naming, *, alone: bool, near: bool) -> bool:
    """True if a line leads to the letter on the web.

    Args:
        content: the line, with its link.
        naming: what the letter is called: a title may speak of browsers.
        alone: it is a paragraph below a letterhead: any question or condition will do.
        near: it stands there or above a greeting: a question that a browser answers will.
    """
    if content.count("://") != 1 or content.startswith(("!", "[!", "#")):
        return False
    seen = visible(content)
    words = fold(seen)
    if not 0 < len(words.split()) <= LONGEST_LEAD or naming.repeats_subject(content):
        return False
    spans = pieces(seen)
    first = seen[: spans[0][1]]
    asks = _QUESTION.search(first) is not None or words.startswith(_words("web-lead", "conditions"))
    if not asks and BLANK not in first:
        return False
    lead = next((seen[start:end] for start, end in spans if BLANK in seen[start:end]), "")
    led = fold(lead)
    if any(stem in led for stem in _words("web-lead", "versions")):
        return True
    if near and asks and any(stem in led for stem in _words("web-lead", "stems")):
        return True
    return alone and asks and not content.startswith(_TITLED)


def _leads_to_itself(content: str, naming: Naming) -> bool:
    """True if a line leads to the letter's own page, and is not its title."""
    if not naming.page or content.count("://") != 1 or content.startswith(("#", "!", "[!")):
        return False
    words = fold(visible(content))
    if not 1 < len(words.split()) <= LONGEST_LEAD or naming.repeats_subject(content):
        return False
    found = URL.search(content)
    return found is not None and page_of(found.group().rstrip(")>].")) == naming.page


@cache
def _words(rule: str, field: str) -> tuple[str, ...]:
    return tuple(rules.named("boilerplate", "mastheads", rule).fields[field])
