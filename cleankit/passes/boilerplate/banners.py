"""The lines of a masthead, each by itself and by what stands beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cleankit.passes.boilerplate import given_names, issues, menus, taglines
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.naming import DIVIDERS, Naming, says_no_more
from cleankit.passes.boilerplate.reading import UNITS, fold, plain, visible

PREVIEW = 2
"""So many units that stay can stand above a logo: the preview of a message in a list of them."""

NAME = 3
"""Words of a letter's name that nothing else tells."""

# An issue's number, with or without its date.
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = r"[^\W\d]{3,10}\.?"
_OF = r"(?:de |d['’])?"
_DATE = rf"(?:[^\W\d]{{3,10}},? )?(?:{_MONTH} {_DAY}|{_DAY}\.? {_OF}{_MONTH}),? {_OF}\d{{4}}"
_ISSUE = re.compile(
    r"(?<!\w)(?:issue|edition|vol|volume|no|number|nr|ausgabe|n|num[ée]ro|número|numer|nummer|№|выпуск|номер"
    r"|випуск|брой|τεύχος|sayı|szám|číslo|numărul|số)[.º°]? ?#?\d{1,4}"
    rf"(?:[\s,|–—-]{{1,5}}{_DATE})?|#?\d{{1,4}}[\s,|–—-]{{1,5}}{_DATE}"
)
# When an issue is of, beside the name of its sender.
_WHEN = re.compile(
    rf"{_ISSUE.pattern}|{_DATE}|(?:[^\W\d_]{{3,10}},? )?(?:{_DAY}\.? {_MONTH}|{_MONTH} {_DAY})"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    r"|第 ?\d{1,4} ?[号期回號]|\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?"
    r"|제? ?\d{1,4} ?[호회]|\d{4} ?년 ?\d{1,2} ?월(?: ?\d{1,2} ?일)?|\d{1,4}\. (?:sayı|szám|číslo)"
    rf"|\d{{4}}\. {_MONTH}(?: {_DAY}\.?)?"
)
# A part of a line that tells a month or an issue's number.
_PART = re.compile(
    rf"{_WHEN.pattern}|{_MONTH} (?:de |del )?(?:19|20)\d\d"
    r"|(?:núm|num|año|anno|année|jahrgang|jg|rok|årgang|årgång|mailing|mailout|brief)\.? ?"
    r"(?:\d{1,4}|[ivxlc]{1,6})"
)
_WORD = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_BOLD_AND_ITALIC = re.compile(r"\*\*[^*\n]{2,40}\*\*\s+([*_])[^*_\n]{4,80}[^*_\n.!?]\1")
_HEADING = re.compile(r"#{1,6} ")


class Place(NamedTuple):
    """Where a unit of the head stands.

    Attributes:
        top: all above it is cut, but for a preview above the line that leads to the web.
        near: that line stands below it, or directly above.
        before: that line stands below it.
        last: the number of that line; -1 if there is none.
    """

    top: bool
    near: bool
    before: bool
    last: int


def rule_of(layout: Layout, index: int, naming: Naming, place: Place) -> str:
    """The rule by which a unit is of a masthead, or an empty text."""
    judgement, content = layout.judgement(index), layout.content(index)
    words, top = judgement.words, place.top
    placed = top or place.near
    heading = _HEADING.match(content)
    if not heading and (
        ((top or place.before) and _ISSUE.fullmatch(words))
        or (placed and issues.is_told(words) and _is_of_masthead(layout, index, naming))
    ):
        return "issue-number"
    if (
        placed
        and words
        and (
            _is_banner(words, naming)
            or _is_boxed_issue(layout, index)
            or (top and _is_numbered(content, naming))
            or _is_row_of_names(content, naming)
            or naming.is_titled(content)
            or (index - 1 in layout.cut and _is_set_apart(content, naming))
            or naming.is_shouted(content)
            or (top and _is_numbered_name(layout, index))
        )
    ):
        return "banner"
    beside = layout.is_beside_cut(index)
    if (placed or beside) and menus.is_menu(
        content, alone=not place.near, beside=beside and layout.cut[index - 1][0] == "web_version"
    ):
        return "menu"
    if judgement.filler == "link" and menus.is_logo(
        content,
        naming,
        before=place.before,
        home=top and given_names.leads_home(layout, content),
        top=placed,
        below=place.near and index - 1 in layout.cut,
        preview=index <= PREVIEW,
    ):
        return "link-in-head"
    if (
        (placed or index == place.last or judgement.linked)
        and words != naming.subject
        and not _is_attribution(layout, index)
        and naming.is_name(words)
    ):
        return "sender-name"
    if beside and _belongs_to_name(layout, index):
        return "link-in-head"
    if taglines.is_tagline(layout, index, naming, named=top and naming.names_sender(words)):
        return "tagline"
    return ""


def _is_attribution(layout: Layout, index: int) -> bool:
    """True if a line says whose words are quoted below it."""
    return index + 1 < len(layout.units) and layout.content(index + 1).startswith(">")


def _is_of_masthead(layout: Layout, index: int, naming: Naming) -> bool:
    """True if a line that tells of the issue stands by a masthead, or by the line that leads to
    the web: in the same paragraph, as a day alone may be the letter's."""
    above = layout.cut.get(index - 1, ("", ""))[0] in ("masthead", "web_version")
    if above and not layout.units[index].opens_block:
        return True
    if issues.is_numbered(layout.judgement(index).words) and above:
        return True
    below = index + 1
    return (
        below < len(layout.units)
        and not layout.units[below].opens_block
        and naming.is_name(layout.judgement(below).words)
    )


def _belongs_to_name(layout: Layout, index: int) -> bool:
    """True if a unit is a link without words below the sender's name, which has none."""
    above, judgement = layout.judgement(index - 1), layout.judgement(index)
    return (
        layout.cut[index - 1][1] == "sender-name"
        and not above.linked
        and judgement.linked
        and judgement.filler == "link"
    )


def _is_banner(words: str, naming: Naming) -> bool:
    """True if a line is the sender's name with an issue's date or number, and no byline."""
    if not _DIGIT.search(words):
        return False
    rest = _WHEN.sub("|", words)
    if rest == words or words.startswith("by "):
        return False
    parts = [part for part in DIVIDERS.split(rest) if _WORD.search(part)]
    return bool(parts) and all(naming.is_name(part.strip(" ,.#")) for part in parts)


@lru_cache(maxsize=UNITS)
def _parts(content: str) -> tuple[str, ...]:
    """How the parts of a row read; none if it is longer than a banner."""
    seen = visible(content)
    if len(plain(seen)) > issues.LONGEST:
        return ()
    return tuple(fold(part) for part in DIVIDERS.split(seen) if _WORD.search(part))


def _is_set_apart(content: str, naming: Naming) -> bool:
    """True if a line is a name in bold and what the letter is in italics, and no title."""
    return _BOLD_AND_ITALIC.fullmatch(content) is not None and not naming.repeats_subject(content)


def _is_numbered_name(layout: Layout, index: int) -> bool:
    """True if a line is a few words with the number of an issue, above a line that dates it."""
    below = index + 1
    name = issues.without_number(layout.judgement(index).words)
    return (
        0 < len(name.split()) <= NAME
        and below < len(layout.units)
        and not layout.units[below].opens_block
        and issues.is_told(layout.judgement(below).words)
    )


def _is_row_of_names(content: str, naming: Naming) -> bool:
    """True if a line names the sender and the series, and nothing else."""
    parts = _parts(content)
    return len(parts) > 1 and all(naming.is_name(part) for part in parts)


def _is_numbered(content: str, naming: Naming) -> bool:
    """True if a line of several parts tells when the issue is of and its number, or what it is, or
    who sends it."""
    if _HEADING.match(content):
        return False
    parts = _parts(content)
    told = sum(_PART.fullmatch(part) is not None for part in parts)
    if len(parts) < 2 or not told:
        return False
    return told > 1 or all(
        _PART.fullmatch(part) or says_no_more(part) or naming.is_name(part) for part in parts
    )


def _is_boxed_issue(layout: Layout, index: int) -> bool:
    """True if a line between two rules tells an issue's number and its date."""
    count = len(layout.units)
    if not 0 < index < count - 1 or any(
        layout.judgement(near).filler != "rule" for near in (index - 1, index + 1)
    ):
        return False
    return sum(1 for _ in _WHEN.finditer(layout.judgement(index).words)) > 1
