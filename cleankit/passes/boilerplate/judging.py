"""Judging one unit by itself: what of it is boilerplate, of which kind, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleankit.passes.boilerplate import debris
from cleankit.passes.boilerplate.addresses import is_address
from cleankit.passes.boilerplate.phrases import Held, families, notice
from cleankit.passes.boilerplate.reading import BLANK, finer_pieces, fold, pieces, plain, visible

ANCHORS = frozenset({"unsubscribe", "preferences", "reason", "legal", "web_version"})
"""Kinds that make a footer: without one of them a document's last lines are no footer."""

WAYS_OUT = frozenset({"unsubscribe", "preferences"})
"""Kinds that lead out of the list, or to what it sends."""

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

APART = 0.35
"""The share of a pitch's words that may stand in sentences that do not speak of subscribing."""

WHOLE = 0.8
"""The share of a unit of several pieces that a phrase covers if the unit is that phrase."""

SHORT_UNIT = 400
"""Characters of a unit of several pieces that may be one phrase nevertheless."""

MOSTLY = 0.6
"""From this share of its characters on, a unit in a footer is boilerplate as a whole."""

SHORT_WORDS = 45
"""Characters of a line that may be part of a footer without a phrase of its own."""

LONGEST_FOOTER = 4_000
"""Characters at the end of a unit among which its footer is looked for."""

SHORT_LINKED = 100
"""The same for a line with a link."""

SHORT_LINE = 120
"""Characters of a line that may be a name or a title."""

_RULE = re.compile(
    r"(?:([-_*=~—–―─━═#.•·+ー－＝＿～〜＊]) ?)(?:\1 ?)*|[-=*~_+#^.:<>|/\\ ]{5,}|<hr ?/?>",
    re.IGNORECASE,
)
_SPEECH = re.compile('[“„«"][^“”„«»"]{1,200}[”“»"] \\w')
"""Somebody's words with the sentence going on behind them: a notice is mentioned, not given."""

_MENTION = re.compile("[「『][^「」『』]{1,200}[」』](?:と|って|の一)")
"""The same in Japanese, whose particle of quoting comes behind the words."""

_QUOTED = (">", "“", '"', "„", "«", "‘", "「", "『")
# How a line of a program ends.
_PROGRAM = (");", "{", "};")
_DIGIT = re.compile(r"\d")
_GAP = "   "
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


def is_rule(text: str) -> bool:
    """True if a unit is a separator and nothing else."""
    return _RULE.fullmatch(text) is not None


def judge(text: str, held: Sequence[Held]) -> Judgement:
    """Judge one unit by its text and the triggers that it holds."""
    if rule := debris.rule_of(text, in_head=False):
        return Judgement("debris", rule, True)
    seen = visible(text)
    linked = seen != text
    if not _WORDY.search(seen):
        return Judgement(
            filler="link" if linked or not _RULE.fullmatch(text) else "rule", linked=linked
        )
    if _RULE.fullmatch(text):
        return Judgement(filler="rule")
    words = (
        fold(seen) if len(seen) <= SHORT_LINE or (linked and len(plain(seen)) <= SHORT_LINE) else ""
    )
    short = 0 < len(words) <= (SHORT_LINKED if linked else SHORT_WORDS)
    # Hello and goodbye end with a comma, and have no number.
    is_greeting = text.endswith(",") and not _DIGIT.search(text)
    filler = "short" if short and not is_greeting else ""
    if text.startswith(_QUOTED) or text.endswith(_PROGRAM):
        return Judgement(filler="", linked=linked, words=words)
    cuts, rest = _read(seen, held)
    if not cuts:
        return Judgement(filler=filler, linked=linked, words=words)
    main = min(cuts, key=lambda cut: _PRIORITY.index(cut.kind))
    if not rest:
        anywhere = any(cut.where == "anywhere" for cut in cuts)
        return Judgement(main.kind, main.rule, anywhere, (), filler, linked, words)
    matched = sum(len(seen[cut.start : cut.end].split()) for cut in cuts)
    if matched >= MOSTLY * (matched + rest) and not _follows_sentence(main, seen, cuts):
        return Judgement(main.kind, main.rule, False, cuts, filler, linked, words)
    return Judgement(cuts=cuts, filler=filler, linked=linked, words=words)


def _follows_sentence(main: Cut, seen: str, cuts: Sequence[Cut]) -> bool:
    """True if a call to share stands behind a sentence of something else."""
    first = min(cut.start for cut in cuts)
    before = seen[:first].rstrip()
    return (
        main.kind == "share"
        and main.where == "anywhere"
        and before.endswith((".", "!", "?", "。", "！", "？"))
        and _WORDY.search(before) is not None
    )


def footer_within(text: str, held: Sequence[Held]) -> Cut | None:
    """The footer at the end of a unit that a converter made of a whole message, if there is one.

    Its pieces are judged like the units of a footer: from the last one upwards.
    """
    if text.startswith(">") or all(ANCHORS.isdisjoint(each.trigger.kinds) for each in held):
        return None
    offset = max(len(text) - LONGEST_FOOTER, 0)
    text = text[offset:]
    seen = visible(text)
    held = [Held(start - offset, end - offset, each) for start, end, each in held]
    found = _footer_of(finer_pieces(text, seen), seen, held)
    if found is None and _GAP in text:
        # A second cleaning would find the gaps closed.
        found = _footer_of(finer_pieces(text, seen, at_gaps=False), seen, held)
    return found and found._replace(start=offset + found.start, end=offset + found.end)


def _footer_of(spans: list[tuple[int, int]], seen: str, held: Sequence[Held]) -> Cut | None:
    """The last of the pieces of a unit as one cut, if they are a footer."""
    start = len(seen)
    found: list[Cut] = []
    gap = 0
    for first, last in reversed(spans):
        cut = _cut(seen, first, last, held)
        piece = plain(seen[first:last])
        if cut is not None and cut.where != "beside":
            found.append(cut)
            start, gap = first, 0
        elif found and is_address(piece):
            start, gap = first, 0
        elif len(piece) > SHORT_WORDS or gap == 2:
            break
        else:
            gap += bool(_WORDY.search(piece))
    if not ANCHORS.intersection(cut.kind for cut in found):
        return None
    main = min(found, key=lambda cut: _PRIORITY.index(cut.kind))
    return main._replace(start=start, end=len(seen))


def _read(seen: str, held: Sequence[Held]) -> tuple[tuple[Cut, ...], int]:
    """The parts of a unit that are boilerplate, and how many words are none."""
    if BLANK in seen:
        held = [each for each in held if BLANK not in seen[each.start : each.end]]
    if not held:
        return (), 1
    if family := notice(held, seen):
        return (Cut(0, len(seen), family.kind, family.rule, family.where),), 0
    spans = pieces(seen)
    if (
        len(spans) > 1
        and len(seen) - seen.count(BLANK) <= SHORT_UNIT
        and (whole := _cut(seen, 0, len(seen), held, least=WHOLE))
        and whole.where in ("anywhere", "edge")
    ):
        return (whole,), 0
    found = [_cut(seen, start, end, held) for start, end in spans]
    around = [cut is not None and cut.where == "around" for cut in found]
    cuts = tuple(cut for cut in found if cut and cut.where != "around")
    own = {cut.where for cut in cuts} - {"beside"}
    if not own:
        return (), 1
    if _is_pitch(found):
        return (cuts[0]._replace(end=len(seen)),), 0
    place = "anywhere" if "anywhere" in own else "edge"
    cuts = tuple(cut._replace(where=place) if cut.where == "beside" else cut for cut in cuts)
    left = (seen[start:end] for (start, end), cut in zip(spans, found, strict=True) if not cut)
    rest = sum(
        len(piece.split())
        for piece in left
        if _WORDY.search(piece) and not is_address(plain(piece), in_row=True)
    )
    if not any(around):
        return cuts, rest
    if rest <= APART * len(seen.split()) and place == "anywhere":
        return (_whole_of(cuts, len(seen)),), 0
    return cuts, rest + sum(
        len(seen[start:end].split())
        for (start, end), each in zip(spans, around, strict=True)
        if each
    )


def _is_quoted(piece: str) -> bool:
    return piece.lstrip().startswith(_QUOTED)


def _whole_of(cuts: tuple[Cut, ...], length: int) -> Cut:
    """The cut of a whole paragraph for the sake of what it calls for."""
    main = min(cuts, key=lambda cut: (cut.where != "anywhere", cut.start))
    return main._replace(start=0, end=length)


def _is_pitch(found: list[Cut | None]) -> bool:
    """True if a paragraph begins with a call to subscribe and goes on with what that gives."""
    if len(found) < 2 or found[0] is None or found[1] is None:
        return False
    return found[0].kind == "subscribe_cta" and (found[0].where, found[1].where) == (
        "anywhere",
        "beside",
    )


def _cut(
    seen: str, start: int, end: int, held: Sequence[Held], *, least: float = 0.0
) -> Cut | None:
    """A piece as a cut, if it is one; see `Family.matches` for `least`."""
    words = ""
    for family, lines_only in families(held, start, end):
        words = words or fold(seen[start:end])
        if family.matches(words, lines_only=lines_only, least=least):
            if family.kind == "legal" and _SPEECH.search(seen, start, end):
                continue
            if _MENTION.search(seen, start, end):
                continue
            linked = BLANK in seen[start:end]
            if family.where == "closing" and (not linked or _is_quoted(seen[start:end])):
                continue
            where = family.place(words, linked=linked)
            return Cut(start, end, family.kind, family.rule, where)
    return None
