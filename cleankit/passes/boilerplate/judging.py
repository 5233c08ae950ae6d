"""Judging one unit by itself: what of it is boilerplate, of which kind, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleankit.passes.boilerplate import social
from cleankit.passes.boilerplate.addresses import is_address
from cleankit.passes.boilerplate.phrases import Family
from cleankit.passes.boilerplate.reading import Piece, fold, pieces, visible

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
MOSTLY = 0.6
"""From this share of its characters on, a unit in a footer is boilerplate as a whole."""

LONGEST_MIXED = 900
_RULE = re.compile(r"(?:([-_*=~—–─━═#.•·+]) ?)(?:\1 ?)*|<hr ?/?>", re.IGNORECASE)
_QUOTED = (">", "“", '"', "„", "«", "‘")
_WORDY = re.compile(r"[^\W_]")


class Cut(NamedTuple):
    """Part of a unit that is boilerplate: its span in the unit, and whether it is so anywhere."""

    start: int
    end: int
    kind: str
    rule: str
    anywhere: bool


class Judgement(NamedTuple):
    """What is to be said of a unit.

    Attributes:
        kind, rule: of the unit as a whole; empty if it is not boilerplate as a whole.
        anywhere: the whole unit is boilerplate wherever it stands, not only at an edge.
        cuts: its parts that are boilerplate, if it is not as a whole.
        filler: `"link"` (no words, or an image), `"rule"`, `"short"`, or `""`.
        linked: it holds a link.
    """

    kind: str = ""
    rule: str = ""
    anywhere: bool = False
    cuts: tuple[Cut, ...] = ()
    filler: str = ""
    linked: bool = False
    words: str = ""


def judge(text: str, families: Sequence[Family]) -> Judgement:
    """Judge the text of one unit."""
    seen = visible(text)
    linked = seen is not text
    if not _WORDY.search(seen):
        if linked:
            network = social.only_social(text)
            if network:
                return Judgement("social", "social-links", False, (), "link", True)
            return Judgement(filler="link", linked=True)
        return Judgement(filler="rule" if _RULE.fullmatch(text) else "link")
    if _RULE.fullmatch(text):
        return Judgement(filler="rule")
    if text.startswith(_QUOTED):
        return Judgement(linked=linked, words=fold(seen))
    words = fold(seen)
    filler = "short" if len(words) <= 45 and words.count(" ") < 6 else ""
    if social.is_row(words):
        return Judgement("social", "social-row", False, (), filler, linked, words)
    found: list[tuple[Piece, Family | None]] = []
    parts = pieces(text)
    whole = _family(words, families) if len(parts) > 1 else None
    if whole is not None:
        found = [(Piece(0, len(text), words), whole)]
    else:
        found = [(part, _family(part.words, families)) for part in parts]
    hits = [(part, family) for part, family in found if family is not None]
    if not hits:
        if is_address(seen):
            return Judgement("address", "address", False, (), filler, linked, words)
        return Judgement(filler=filler, linked=linked, words=words)
    rest = [
        part
        for part, family in found
        if family is None and len(part.words) > 1 and not is_address(seen[part.start : part.end])
    ]
    cuts = tuple(
        Cut(part.start, part.end, family.kind, family.rule, _anywhere(part, family, text))
        for part, family in hits
    )
    main = min(cuts, key=lambda cut: _PRIORITY.index(cut.kind))
    anywhere = any(cut.anywhere for cut in cuts)
    if not rest:
        return Judgement(main.kind, main.rule, anywhere, (), filler, linked, words)
    matched = sum(len(part.words) for part, _ in hits)
    left = sum(len(part.words) for part in rest)
    if matched >= MOSTLY * (matched + left) and len(text) <= LONGEST_MIXED * 3:
        return Judgement(main.kind, main.rule, False, cuts, filler, linked, words)
    return Judgement(cuts=cuts, filler=filler, linked=linked, words=words)


def _family(words: str, families: Sequence[Family]) -> Family | None:
    if len(words) < 2:
        return None
    return next((family for family in families if family.matches(words)), None)


def _anywhere(part: Piece, family: Family, text: str) -> bool:
    if family.where == "linked":
        return "://" in text[part.start : part.end] or "mailto:" in text[part.start : part.end]
    return family.where == "anywhere"
