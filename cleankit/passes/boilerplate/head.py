"""The head of a document: the line that leads to the web, the masthead, what surrounds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from cleankit import rules
from cleankit.passes.boilerplate import debris, mastheads, tail
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.reading import fold, plain, visible
from cleankit.passes.boilerplate.targets import is_root

UNITS = 14
"""So many units can belong to a document's head."""

PREVIEW = 2
"""So many units that stay can stand above a logo: the preview of a message in a list of them."""

MENU = 3
"""The fewest ways into a site that are a menu; one more if they have no links."""

ENTRY = 4
"""Words of an entry of a menu."""

# Where a subject that begins with the name of a series goes on: `Weekly: …`, `Weekly - …`.
_SERIES_END = re.compile(r":\s|\s[-–—|•]\s")
_BANNER = re.compile(r"\b(?:banner|logo|header image)\b")
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
LONGEST_BANNER = 80
"""Characters of a line that tells the number of an issue."""

_DIVIDERS = re.compile(r"[|•·‧｜ㅣ]|\s(?:[-–—/]|//)\s")
_BARS = re.compile(r"[|•·‧｜ㅣ]|\s/\s")
# Links with words, and nothing but blanks between them.
_LINKED = re.compile(r"\[([^\[\]]{1,40})\]\([^()\s]{1,2000}\)")
_LINKS = re.compile(rf"(?:{_LINKED.pattern}\s*)+")
_NOTE = re.compile(r"\[\d{1,3}\]")
_SHOWN = re.compile(r"\[?!\[(?P<text>[^\[\]]{0,300})\]")
_WORD = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
# A line of the message's own header (RFC 5322), where a converter left it above the text.
_FIELD = re.compile(r"(?:from|to|cc|date|subject|sender|reply-to|list-id): ", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6} ")
# By what it shows, or by the name of its file.
_PICTURE = re.compile(
    r"\[?!\[[^\[\]]{0,80}(?:\b(?:logo|banner|header|masthead)\b"
    r"|\]\([^()\s]{1,300}?[/_-](?:logo|wordmark|masthead|letterhead)(?=[\W_\d])[\w-]{0,40}\."
    r"(?:png|jpe?g|gif|svg|webp)\b)",
    re.IGNORECASE,
)


def header(layout: Layout, meta: Mapping[str, Any]) -> None:
    """Cut the units at the head of a document that are its banner and its navigation."""
    limit = min(UNITS, len(layout.units))
    subject = fold(str(meta.get("subject") or ""))
    series = fold(_SERIES_END.split(str(meta.get("subject") or ""), maxsplit=1)[0])
    names = _names(meta)
    for index, found in mastheads.known(layout, names).items():
        layout.cut.setdefault(index, found)
    last = max(
        (i for i in layout.marked if i < limit and layout.judgement(i).kind == "web_version"),
        default=-1,
    )
    footer = sorted(layout.cut)[:UNITS]
    near = range(last + 3 if last >= 0 else 0)
    top = True
    for index in range(limit):
        if index in layout.cut:
            continue
        judgement = layout.judgement(index)
        # A page's title comes first, then what else its head held.
        if (top or (index == 1 and _is_title(layout.judgement(0).words, subject))) and (
            rule := debris.rule_of(layout.content(index), in_head=True)
        ):
            layout.cut[index] = "debris", rule
        elif judgement.kind and (
            judgement.anywhere or index in near or _is_beside_cut(layout, index)
        ):
            layout.cut[index] = judgement.kind, judgement.rule
        elif (
            (top or index <= last)
            and index <= max(last, 2)
            and (found := tail.row(layout, index))[0]
        ):
            layout.cut[index] = found
        elif (
            (top or index < last)
            and _ISSUE.fullmatch(judgement.words)
            and not _HEADING.match(layout.content(index))
        ):
            layout.cut[index] = "masthead", "issue-number"
        elif (top or index in near) and (
            _is_banner(judgement.words, names)
            or _is_boxed_issue(layout, index)
            or (top and judgement.words and _is_numbered(layout.content(index), names, series))
            or (judgement.words and _is_row_of_names(layout.content(index), names, series))
        ):
            layout.cut[index] = "masthead", "banner"
        elif (top or index in near or _is_beside_cut(layout, index)) and _is_menu(
            layout.content(index), alone=index not in near
        ):
            layout.cut[index] = "masthead", "menu"
        elif judgement.filler == "link" and _is_logo(
            layout.content(index),
            names,
            before=index < last,
            top=top or index in near,
            preview=index <= PREVIEW,
        ):
            layout.cut[index] = "masthead", "link-in-head"
        elif (
            (top or index <= last or index in near or judgement.linked)
            and judgement.words != subject
            and not _is_attribution(layout, index)
            and _is_name(judgement.words, names, series)
        ):
            layout.cut[index] = "masthead", "sender-name"
        elif _is_beside_cut(layout, index) and _belongs_to_name(layout, index):
            layout.cut[index] = "masthead", "link-in-head"
        elif _is_tagline(layout, index, named=top and _names_sender(judgement.words, names)):
            layout.cut[index] = "masthead", "tagline"
        elif (
            index < last
            and not judgement.linked
            and " " in judgement.words
            and judgement.words in " ".join(fold(layout.content(each)) for each in footer)
        ):
            layout.cut[index] = "masthead", "list-name"
        elif judgement.linked and (
            _BANNER.search(judgement.words)
            or (judgement.filler == "short" and top and _title_follows(layout, index, subject))
        ):
            layout.cut[index] = "masthead", "linked-name"
        elif not (top and (judgement.filler == "rule" or _FIELD.match(layout.content(index)))):
            top = False
            if index >= max(last + 1, PREVIEW) and not (
                judgement.filler == "link" and index in near
            ):
                break


def _names(meta: Mapping[str, Any]) -> list[frozenset[str]]:
    """What the sender may be called, each as a set of words."""
    front = meta.get("front_matter")
    front = front if isinstance(front, Mapping) else {}
    given = [
        str(meta.get("sender") or "").partition("<")[0],
        str(front.get("newsletter_name") or ""),
    ]
    return [frozenset(fold(name).split()) for name in given if name.strip()]


def _is_attribution(layout: Layout, index: int) -> bool:
    """True if a line says whose words are quoted below it."""
    return index + 1 < len(layout.units) and layout.content(index + 1).startswith(">")


def _is_name(words: str, names: list[frozenset[str]], series: str) -> bool:
    """True if a line is the sender's name, or what the subject begins with."""
    if words and words == series:
        return True
    own = frozenset(words.split()) - _beside_name()
    return bool(own) and any(own <= name for name in names)


@cache
def _beside_name() -> frozenset[str]:
    """The words that stand beside a sender's name in a masthead and say no more."""
    rule = rules.named("boilerplate", "structure", "sender-name")
    return frozenset(rule.fields["beside"])


def _is_tagline(layout: Layout, index: int, *, named: bool) -> bool:
    """True if a line says what the letter is, and ends its paragraph.

    Args:
        layout: the units.
        index: which of them.
        named: it names the sender; else the sender's name must stand directly above it.
    """
    if not named and not (_is_beside_cut(layout, index) and layout.cut[index - 1][0] == "masthead"):
        return False
    if index + 1 < len(layout.units) and not layout.units[index + 1].opens_block:
        return False
    words = layout.judgement(index).words
    return 0 < len(words) <= LONGEST_BANNER and _taglines().match(words) is not None


def _belongs_to_name(layout: Layout, index: int) -> bool:
    """True if a unit is a link without words below the sender's name, which has none."""
    above, judgement = layout.judgement(index - 1), layout.judgement(index)
    return (
        layout.cut[index - 1][1] == "sender-name"
        and not above.linked
        and judgement.linked
        and judgement.filler == "link"
    )


@cache
def _taglines() -> re.Pattern[str]:
    rule = rules.named("boilerplate", "structure", "tagline")
    return re.compile(rf"(?:{'|'.join(rule.fields['beginnings'])})\b[^.!?:]*\Z")


def _is_beside_cut(layout: Layout, index: int) -> bool:
    """True if the unit above is cut and no blank line stands between."""
    return index - 1 in layout.cut and not layout.units[index].opens_block


def _is_banner(words: str, names: list[frozenset[str]]) -> bool:
    """True if a line is the sender's name with an issue's date or number, and no byline."""
    if not _DIGIT.search(words):
        return False
    rest = _WHEN.sub("|", words)
    if rest == words or words.startswith("by "):
        return False
    parts = [part for part in _DIVIDERS.split(rest) if _WORD.search(part)]
    return bool(parts) and all(_is_name(part.strip(" ,.#"), names, "") for part in parts)


def _parts(content: str) -> list[str]:
    """How the parts of a row read; none if it is longer than a banner."""
    seen = visible(content)
    if len(plain(seen)) > LONGEST_BANNER:
        return []
    return [fold(part) for part in _DIVIDERS.split(seen) if _WORD.search(part)]


def _is_row_of_names(content: str, names: list[frozenset[str]], series: str) -> bool:
    """True if a line names the sender and the series, and nothing else."""
    parts = _parts(content)
    return len(parts) > 1 and all(_is_name(part, names, series) for part in parts)


def _is_numbered(content: str, names: list[frozenset[str]], series: str) -> bool:
    """True if a line of several parts tells when the issue is of and its number, or what it is, or
    who sends it."""
    if _HEADING.match(content):
        return False
    parts = _parts(content)
    told = sum(_PART.fullmatch(part) is not None for part in parts)
    if len(parts) < 2 or not told:
        return False
    return told > 1 or all(
        _PART.fullmatch(part)
        or _beside_name().issuperset(part.split())
        or _is_name(part, names, series)
        for part in parts
    )


def _is_boxed_issue(layout: Layout, index: int) -> bool:
    """True if a line between two rules tells an issue's number and its date."""
    count = len(layout.units)
    if not 0 < index < count - 1 or any(
        layout.judgement(near).filler != "rule" for near in (index - 1, index + 1)
    ):
        return False
    return sum(1 for _ in _WHEN.finditer(layout.judgement(index).words)) > 1


def _is_menu(content: str, *, alone: bool) -> bool:
    """True if a line is a row of ways into the sender's site: short names with links, or several
    without.

    Args:
        content: the line.
        alone: no line near it leads to the web, so that it must have links.
    """
    items = [plain(item) for item in _BARS.split(visible(content))]
    if len(items) == 1 and _LINKS.fullmatch(content):
        items = _LINKED.findall(content)
    if (
        len(items) < MENU
        or ":" in items[0]
        or any(not 0 < len(item.split()) <= ENTRY for item in items)
    ):
        return False
    links = content.count("://") or len(_NOTE.findall(content))
    if links:
        return links >= len(items) - 1
    return not alone and len(items) > MENU and not any(map(str.isdigit, content))


def _is_logo(
    content: str, names: list[frozenset[str]], *, before: bool, top: bool, preview: bool
) -> bool:
    """True if a link without words is none of the author's.

    Args:
        before: a line below it leads to the web.
        top: nothing but boilerplate stands above it, or a line that leads to the web.
        preview: above it stands no more than the preview of the message may be.
    """
    shown = _SHOWN.match(content)
    title = shown["text"].strip() if shown else ""
    if _PICTURE.match(content):
        return top or before or (preview and _names_sender(title, names))
    if title:
        return top and _names_sender(title, names)
    if before:
        return not content.startswith("!")
    return (top and content.startswith(("(", "<", "[", "|"))) or is_root(content)


def _names_sender(title: str, names: list[frozenset[str]]) -> bool:
    """True if the text of a picture holds the sender's name."""
    words = frozenset(fold(title).split())
    return any(name and name <= words for name in names)


def _title_follows(layout: Layout, index: int, subject: str) -> bool:
    """True if one of the next units repeats the subject, and this one does not."""
    following = range(index + 1, min(index + 4, len(layout.units)))
    return not _is_title(layout.judgement(index).words, subject) and any(
        _is_title(layout.judgement(each).words, subject) for each in following
    )


def _is_title(words: str, subject: str) -> bool:
    return bool(words) and len(words) > 3 and subject.startswith(words[:60])
