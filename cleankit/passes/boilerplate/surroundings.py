"""What a unit at the tail is for the sake of the units around it, without a phrase of its own."""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules
from cleankit.links import purpose
from cleankit.passes.boilerplate import imprints, list_servers, networks, places
from cleankit.passes.boilerplate.addresses import evidence, is_block
from cleankit.passes.boilerplate.alternatives import at_word
from cleankit.passes.boilerplate.judging import ANCHORS, SHORT_LINE
from cleankit.passes.boilerplate.layout import Layout
from cleankit.passes.boilerplate.postscripts import is_postscript
from cleankit.passes.boilerplate.reading import URL, fold, plain, visible

LONGEST = 6_000
"""Characters of a unit that is looked at, with its URLs."""

BLOCK = 10
"""Lines of a block that may be one address."""

LONGEST_LINE = 80
"""Characters of a line of it."""

NEAR = 8
"""Units above one that are looked at to learn what the text speaks of."""

PROSE = 12
"""Words from which on a unit says something."""

PLACED = 2
"""Parts of an address of which a unit with two numbers of registers has more, if it is an imprint.
"""

LAWFUL = 2
"""Words of the law in a unit whose text speaks of the law."""

SENTENCE = 5
"""Words from which on what ends with a full stop is a sentence."""

CAPTION = 5
"""Words above a row of networks."""

WEAK = ("register-numbers", "legal-words", "statement-", "offer-")
"""How rules begin by which a unit is boilerplate beside a footer, and makes none."""

SIGNATURE = "--"
"""The line above a signature (RFC 3676, 4.3)."""

# A row of networks, or of links without words, which are pictures of networks most often.
_ROWS = frozenset({"social", "debris"})
# Headings, quotations, rows of tables.
_NO_FOOTER = ("#", ">", "|")
_TITLE = re.compile(r"#{1,6} |(\*\*|__).{1,80}\1\Z")
_SENTENCE_END = re.compile(r"[.!?…。！？][\s\"”»)]*\Z")
_FIRST = re.compile(r"[^,|•·]*")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)[^.]{0,40}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.{0,40}©", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_SIGNED = re.compile(r"[^\d]*,\Z")
# Words that lead to numbers to call: `Or call our office on:`.
_LEADS = re.compile(r"\w (?:\S{1,30} ){2,}\S{1,30}[:：]\Z")
_PHONE = re.compile(r"\+?\d[\d /.-]{5,24}[^\d\n]{0,40}")
# What an address to write to is for: `Questions on boats: quay@example.org`.
_LABELLED = re.compile(
    r"[^\W\d][^.!?:@\n]{1,70}: ?<?[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}>?"
)
_DASHES = ("-", "–", "—", "~")


def kind_of(layout: Layout, index: int, blocks: dict[int, tuple[str, str]]) -> tuple[str, str]:
    """Kind and rule of a unit that is of a footer by what it holds, or two blanks.

    Args:
        layout: the units.
        index: which of them.
        blocks: lines that are known to be of an address, to which those of this block are added.
    """
    content = layout.content(index)
    if content.startswith("|") and "://" in content and len(content) <= LONGEST:
        found = layout.edge_kind(index)
        return found if found[1] == "link-target" else ("", "")
    if len(content) > LONGEST or content.startswith(_NO_FOOTER):
        return "", ""
    seen = visible(content)
    if imprints.is_imprint(seen):
        return "legal", "imprint"
    found = layout.edge_kind(index)
    if found[0] == "address" and _is_nameless(plain(seen)):
        _is_block(layout, index, blocks)
    if found[0]:
        return found
    if _is_list_page(layout, index) and not _is_announced(layout, index):
        return "preferences", "list-page"
    if rule := networks.row_kind(content):
        return "social", rule
    if is_icon(layout, index):
        return "social", "link-target"
    if networks.is_mark(content):
        return "masthead", "service-mark"
    if _is_block(layout, index, blocks):
        return blocks[index]
    if imprints.is_register(seen):
        return "legal", "register-numbers"
    if imprints.asks_for_word(seen):
        return "unsubscribe", "leaving-by-word"
    weight = imprints.weigh(seen)
    if weight.registers > 1 and (weight.is_sure or evidence(plain(seen)) > PLACED):
        return "legal", "imprint"
    if weight.is_dense and (weight.registers or not _speaks_of_law(layout, index)):
        return "legal", "legal-words"
    return "", ""


def _is_list_page(layout: Layout, index: int) -> bool:
    """True if a unit leads to the page of a list, and at most says whose it is."""
    content = layout.content(index)
    if "://" not in content:
        return False
    below_rule = (
        index > 0
        and not layout.units[index].opens_block
        and layout.judgement(index - 1).filler == "rule"
    )
    return list_servers.is_page(content, below_rule=below_rule)


def _is_announced(layout: Layout, index: int) -> bool:
    """True if the unit above ends with a colon."""
    return index > 0 and layout.content(index - 1).endswith((":", "："))


def is_anchor(layout: Layout, index: int, kind: str, rule: str) -> bool:
    """True if a unit of a footer makes it one."""
    if kind != "legal":
        return kind in ANCHORS
    return not rule.startswith(WEAK) and not may_be_authors(layout, index, rule)


def may_be_authors(layout: Layout, index: int, rule: str) -> bool:
    """True if a unit in the words of the law may be the author's text on it.

    It has a little of them in many others, or speaks of registers or rights, and not of the
    message, nor in which year who holds the rights.
    """
    judgement = layout.judgement(index)
    if judgement.linked and (rule.startswith(WEAK) or layout.speaks_of(index, "unsubscribe")):
        return False
    seen = visible(layout.content(index))
    if rule == "legal-words":
        weight = imprints.weigh(seen)
        return not (weight.registers or weight.is_sure or imprints.speaks_of_list(seen))
    if rule.startswith(WEAK) or not (imprints.names_register(seen) or seen.startswith("©")):
        return False
    weight = imprints.weigh(seen)
    if weight.words < PROSE or weight.is_sure:
        return False
    if imprints.is_imprint(seen) or imprints.is_register(seen):
        return False
    if weight.registers and evidence(plain(seen)) > 2:
        return False
    return _RIGHTS.search(seen) is None


def holds_rights(layout: Layout, index: int) -> bool:
    """True if a unit says who holds the rights, and since when."""
    return _RIGHTS.match(visible(layout.content(index)).lstrip("*_ ")) is not None


def is_sentence(layout: Layout, index: int) -> bool:
    """True if a short line is a sentence that does not speak of the list."""
    content = layout.content(index)
    if layout.judgement(index).linked or not _SENTENCE_END.search(content):
        return False
    return imprints.count(content) >= SENTENCE and not imprints.speaks_of_list(content)


def is_underlined(layout: Layout, index: int) -> bool:
    """True if a unit is a title with a rule directly below it."""
    below = index + 1
    return (
        layout.judgement(index).filler == "short"
        and below < len(layout.units)
        and not layout.units[below].opens_block
        and layout.judgement(below).filler == "rule"
    )


def _is_block(layout: Layout, index: int, blocks: dict[int, tuple[str, str]]) -> bool:
    """True if a unit is the last line of an address that is written over several."""
    units = layout.units
    first = index
    while not units[first].opens_block and index - first < BLOCK - 1:
        first -= 1
    if first == index or not _DIGIT.search(layout.text, units[first].start, units[index].end):
        return False
    lines: list[str] = []
    each = index
    while each >= 0 and len(lines) < BLOCK:
        content = layout.content(each)
        if len(content) > LONGEST_LINE and "://" not in content:
            break
        line = plain(visible(content))
        if lines and _SIGNED.match(content):
            return False
        if len(line) > LONGEST_LINE or layout.judgement(each).kind or places.TIME.search(line):
            break
        if len(line.split()) >= PROSE or content.startswith(_NO_FOOTER):
            break
        lines.append(line)
        if layout.units[each].opens_block:
            each -= 1
            break
        each -= 1
    if len(lines) < 2 or (each >= 0 and _TITLE.match(layout.content(each))):
        return False
    if not is_block(lines[::-1]) or (_LEADS.search(lines[-1]) and all(map(_is_phone, lines[:-1]))):
        return False
    blocks.update((index - place, ("address", "address")) for place in range(len(lines)))
    return True


def _is_phone(line: str) -> bool:
    """True if a line is the number of a telephone, and at most says of where it is."""
    return _PHONE.fullmatch(line) is not None


def _is_nameless(address: str) -> bool:
    """True if an address begins with its street or its number: whose it is stands above."""
    first = _FIRST.match(address)
    return first is not None and (bool(_DIGIT.search(first[0])) or evidence(first[0]) > 0)


def _speaks_of_law(layout: Layout, index: int) -> bool:
    """True if the text above a unit speaks of the law as well, so that it may be the subject."""
    for each in range(index - 1, max(index - 1 - NEAR, -1), -1):
        judgement = layout.judgement(each)
        if judgement.kind or judgement.filler:
            continue
        weight = imprints.weigh(visible(layout.content(each)))
        if weight.words >= PROSE and not weight.is_dense:
            return weight.legal >= LAWFUL
    return True


def is_personal(content: str) -> bool:
    """True if a unit is a postscript, or somebody speaks of himself in it."""
    alone, within = _speaker()
    return (
        is_postscript(content)
        or alone.search(content) is not None
        or (not content.isascii() and within.search(content) is not None)
    )


@cache
def _speaker() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words for oneself, and those of scripts without spaces, where they are parts of words."""
    rule = rules.named("boilerplate", "structure", "footer-words")
    alone = rf"{at_word(rule.fields['speaker'])}\b"
    return re.compile(alone), re.compile("|".join(rule.fields["speaker_within"]))


def is_contact(layout: Layout, index: int) -> bool:
    """True if a unit is nothing but ways to reach somebody."""
    content = layout.content(index)
    if content.startswith(_NO_FOOTER):
        return False
    return _LABELLED.fullmatch(content) is not None or imprints.is_contact(visible(content))


def is_network(layout: Layout, index: int) -> bool:
    """True if a unit is a link without words to somebody's page on a network."""
    judgement = layout.judgement(index)
    if judgement.filler != "link" or not judgement.linked:
        return False
    found = URL.search(layout.content(index))
    return found is not None and purpose(found.group()) == "social"


def is_icon(layout: Layout, index: int) -> bool:
    """True if a unit leads to a network without words, and one beside it to another."""
    if not is_network(layout, index):
        return False
    host = _host(layout.content(index))
    return any(
        0 <= near < len(layout.units)
        and is_network(layout, near)
        and _host(layout.content(near)) != host
        for near in (index - 1, index + 1)
    )


def _host(content: str) -> str:
    """The host of the first URL of a text that has one."""
    return content.partition("://")[2].partition("/")[0]


def is_caption(layout: Layout, index: int, kind: str) -> bool:
    """True if a unit stands above a row of networks or a notice, in its paragraph, and is no name.

    Args:
        kind: of the unit below.
    """
    content = layout.content(index)
    words = plain(content).split()
    if kind in _ROWS and not layout.judgement(index).linked and _follows(content):
        return True
    if layout.units[index + 1].opens_block or not 0 < len(words) <= CAPTION:
        return False
    if content.startswith(_DASHES) or layout.judgement(index).linked:
        return False
    if len(words) > 1 and kind in ANCHORS and " ".join(words).isupper():
        return True
    if kind == "address":
        return words[-1].endswith((":", "：")) and places.is_senders(content)
    if kind == "social":
        clear = words[-1].endswith((":", "：")) or words[0].isupper()
        return clear or any(word[0].islower() for word in words[1:])
    return kind == "legal" and imprints.weigh(content).legal > 0


def _follows(content: str) -> bool:
    """True if a line asks the reader to follow somebody, and says no more."""
    words = fold(content)
    return len(words) <= LONGEST_LINE and _calls().match(words) is not None


@cache
def _calls() -> re.Pattern[str]:
    rule = rules.named("boilerplate", "networks", "network-caption")
    return re.compile(rf"(?:{'|'.join(rule.fields['calls'])})(?!\w)[^.!?]*\Z")


def is_addressee(layout: Layout, index: int, kind: str) -> bool:
    """True if a unit is a name directly above an address, in its block."""
    judgement = layout.judgement(index)
    return (
        kind == "address"
        and not layout.units[index + 1].opens_block
        and judgement.filler == "short"
        and not judgement.linked
        and not _SENTENCE_END.search(layout.content(index))
        and _is_nameless(plain(visible(layout.content(index + 1))))
    )


def ends_letter(layout: Layout, index: int) -> bool:
    """True if a unit is the line above a signature (RFC 3676, 4.3), or closes a letter."""
    content = layout.content(index)
    if content == SIGNATURE:
        after = index + 1
        return after < len(layout.units) and not (
            layout.units[after].opens_block or layout.judgement(after).kind
        )
    seen = visible(content)
    # A look at the length, or at the words, spares judging a unit.
    if len(content) > SHORT_LINE and seen == content:
        return False
    if len(plain(seen)) > SHORT_LINE or fold(seen) not in _closings():
        return False
    return layout.judgement(index).words in _closings()


def spare_signature(layout: Layout, index: int, zone: dict[int, tuple[str, str]]) -> None:
    """Take the author's signature out of a footer: it stands directly below the closing.

    A name comes first, unless both are one block.

    Args:
        layout: the units.
        index: the first unit above the footer that is none of it.
        zone: the footer, by the numbers of its units.
    """
    if index < 0:
        return
    content = layout.content(index)
    if not (ends_letter(layout, index) or (_SIGNED.match(content) and len(content) <= 60)):
        return
    below = layout.units[index + 1 : index + 2]
    if below and below[0].opens_block and _DIGIT.search(layout.content(index + 1)):
        return
    for each in range(index + 1, len(layout.units)):
        judgement = layout.judgement(each)
        if judgement.kind or judgement.filler == "rule":
            break
        if each > index + 1 and layout.units[each].opens_block:
            break
        zone.pop(each, None)


@cache
def _closings() -> frozenset[str]:
    """What ends a letter on a line of its own, in many languages."""
    rule = rules.named("sections", "letters", "closing-alone")
    return frozenset(fold(word) for word in rule.fields["words"])
