"""Judging one unit by itself: what of it is boilerplate, of which kind, and how surely."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from cleankit.passes.boilerplate import debris
from cleankit.passes.boilerplate.addresses import is_address
from cleankit.passes.boilerplate.phrases import Family
from cleankit.passes.boilerplate.reading import BLANK, fold, pieces, plain, visible
from cleankit.passes.boilerplate.targets import only_social

ANCHORS = frozenset({"unsubscribe", "preferences", "reason", "legal", "web_version"})
"""Kinds that make a footer: without one of them a document's last lines are no footer."""

_PRIORITY = (
    "unsubscribe",
    "web_version",
    "reason",
    "preferences",
    "legal",
    "subscribe_cta",
    "address",
    "share",
    "social",
    "debris",
    "masthead",
)
"""Of the kinds in a unit, the one that the whole unit is given."""

MOSTLY = 0.6
"""From this share of its characters on, a unit in a footer is boilerplate as a whole."""

SHORT_WORDS = 45
"""Characters of a line that may be part of a footer without a phrase of its own."""

SHORT_LINE = 120
"""Characters of a line that may be a name or a title."""

_RULE = re.compile(r"(?:([-_*=~—–─━═#.•·+]) ?)(?:\1 ?)*|<hr ?/?>", re.IGNORECASE)
_QUOTED = (">", "“", '"', "„", "«", "‘")
_WORDY = re.compile(r"[^\W_]")


class Cut(NamedTuple):
    """Part of a unit that is boilerplate: its span in the unit, and where it is so."""

    start: int
    end: int
    kind: str
    rule: str
    where: str


class Judgement(NamedTuple):
    """What is to be said of a unit.

    Attributes:
        kind, rule: of the unit as a whole; empty if it is not boilerplate as a whole.
        anywhere: the whole unit is boilerplate wherever it stands, not only at an edge.
        cuts: its parts that are boilerplate.
        filler: `"link"` (no words), `"rule"` (a separator), `"short"` (few words), or empty.
        linked: it holds a link.
        words: how it reads, if it is short.
    """

    kind: str = ""
    rule: str = ""
    anywhere: bool = False
    cuts: tuple[Cut, ...] = ()
    filler: str = ""
    linked: bool = False
    words: str = ""


Lookup = Callable[[str], dict[Family, bool]]
"""The families that a piece may belong to; see `phrases.Phrasebook.families`."""


def judge(text: str, families: Lookup) -> Judgement:
    """Judge one unit by its text."""
    if rule := debris.rule_of(text, in_head=False):
        return Judgement("debris", rule, True)
    seen = visible(text)
    linked = seen is not text
    if not _WORDY.search(seen):
        if linked and only_social(text):
            return Judgement("social", "social-links", False, (), "link", True)
        return Judgement(
            filler="link" if linked or not _RULE.fullmatch(text) else "rule", linked=linked
        )
    if _RULE.fullmatch(text):
        return Judgement(filler="rule")
    words = (
        fold(seen) if len(seen) <= SHORT_LINE or (linked and len(plain(seen)) <= SHORT_LINE) else ""
    )
    filler = "short" if 0 < len(words) <= SHORT_WORDS and words.count(" ") < 6 else ""
    if text.startswith(_QUOTED):
        return Judgement(filler="", linked=linked, words=words)
    cuts, rest = _read(seen, families)
    if not cuts:
        return Judgement(filler=filler, linked=linked, words=words)
    main = min(cuts, key=lambda cut: _PRIORITY.index(cut.kind))
    if not rest:
        anywhere = any(cut.where == "anywhere" for cut in cuts)
        return Judgement(main.kind, main.rule, anywhere, (), filler, linked, words)
    matched = sum(len(seen[cut.start : cut.end].split()) for cut in cuts)
    if matched >= MOSTLY * (matched + rest):
        return Judgement(main.kind, main.rule, False, cuts, filler, linked, words)
    return Judgement(cuts=cuts, filler=filler, linked=linked, words=words)


def _read(seen: str, families: Lookup) -> tuple[tuple[Cut, ...], int]:
    """The parts of a unit that are boilerplate, and how many words are none."""
    if not families(seen):
        return (), 1
    spans = pieces(seen)
    if len(spans) > 1 and (whole := _cut(seen, 0, len(seen), families)):
        return (whole,), 0
    found = [_cut(seen, start, end, families) for start, end in spans]
    cuts = tuple(cut for cut in found if cut)
    own = {cut.where for cut in cuts} - {"beside"}
    if not own:
        return (), 1
    place = "anywhere" if "anywhere" in own else "edge"
    cuts = tuple(cut._replace(where=place) if cut.where == "beside" else cut for cut in cuts)
    left = (seen[start:end] for (start, end), cut in zip(spans, found, strict=True) if not cut)
    rest = sum(
        len(piece.split())
        for piece in left
        if _WORDY.search(piece) and not is_address(plain(piece))
    )
    return cuts, rest


def _cut(seen: str, start: int, end: int, families: Lookup) -> Cut | None:
    """A piece as a cut, if it is one."""
    candidates = families(seen[start:end])
    if not candidates:
        return None
    words = fold(seen[start:end])
    for family, lines_only in candidates.items():
        if family.matches(words, lines_only=lines_only):
            where = family.where
            if where == "linked":
                where = "anywhere" if BLANK in seen[start:end] else "edge"
            return Cut(start, end, family.kind, family.rule, where)
    return None
