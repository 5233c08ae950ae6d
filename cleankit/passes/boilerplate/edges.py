"""Position: what stands at the head and at the tail of a document, and beside what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cleankit.edits import Change
from cleankit.passes.boilerplate import units
from cleankit.passes.boilerplate.judging import ANCHORS, Judgement, judge
from cleankit.passes.boilerplate.phrases import Family
from cleankit.passes.boilerplate.reading import fold

HEAD = 14
"""So many units can belong to a document's head."""

GAP = 3
"""So many units without a phrase of their own can stand between two units of a footer."""

_REFERENCE = re.compile(r"\[\d{1,4}\]:?\s+\S+\s*\Z|\d{1,4}\. https?://\S+\s*\Z|Links:\s*\Z")
_TRAILING = re.compile(r"v?\d{1,4}(?:\.\d{1,4}){0,2}\Z")


def changes(text: str, families: Sequence[Family], meta: Mapping[str, Any]) -> list[Change]:
    """What to cut from a text."""
    found = list(units.split(text))
    anywhere = [family for family in families if family.where != "edge"]
    triggers = {trigger for family in anywhere for trigger in family.triggers}
    judged: dict[int, Judgement] = {}

    def look(index: int) -> Judgement:
        if index not in judged:
            unit = found[index]
            judged[index] = judge(text[unit.start : unit.end], families)
        return judged[index]

    cut: dict[int, tuple[str, str]] = {}
    _tail(len(found), look, cut, text, found)
    _head(found, look, cut, meta)
    parts: list[Change] = []
    for index, unit in enumerate(found):
        if index in cut:
            continue
        lowered = text[unit.start : unit.end].lower()
        if not any(trigger in lowered for trigger in triggers):
            continue
        judgement = look(index)
        if judgement.kind and judgement.anywhere:
            cut[index] = judgement.kind, judgement.rule
        else:
            parts += [
                Change(unit.start + part.start, unit.start + part.end, "", part.rule, part.kind)
                for part in judgement.cuts
                if part.anywhere
            ]
    _neighbours(found, look, cut, text)
    whole = [_whole(text, found[index], *cut[index]) for index in sorted(cut)]
    return sorted(whole + parts)


def _whole(text: str, unit: units.Unit, kind: str, rule: str) -> Change:
    """The cut of a unit with the lines that it stands on."""
    start = text.rfind("\n", 0, unit.start) + 1
    end = text.find("\n", unit.end)
    return Change(start, len(text) if end < 0 else end + 1, "", rule, kind)


def _tail(count: int, look: Any, cut: dict[int, tuple[str, str]], text: str, found: Any) -> None:
    index = count - 1
    while index >= 0 and _REFERENCE.match(text[found[index].start : found[index].end]):
        index -= 1
    zone: dict[int, tuple[str, str]] = {}
    pending: list[int] = []
    anchored = False
    while index >= 0:
        judgement = look(index)
        if judgement.kind and judgement.kind != "debris":
            if not zone and any(not _may_trail(look(each)) for each in pending):
                pending = []
            for each in pending:
                zone[each] = ("masthead", "footer")
            pending = []
            zone[index] = judgement.kind, judgement.rule
            anchored = anchored or judgement.kind in ANCHORS
        elif judgement.filler and len(pending) < GAP:
            pending.append(index)
        else:
            break
        index -= 1
    if anchored:
        for each in pending[:1]:
            if look(each).filler == "rule":
                zone[each] = ("debris", "rule")
        cut.update(zone)


def _may_trail(judgement: Judgement) -> bool:
    return judgement.filler in ("link", "rule") or bool(_TRAILING.match(judgement.words))


def _head(found: Any, look: Any, cut: dict[int, tuple[str, str]], meta: Any) -> None:
    names = {fold(str(meta.get(key) or "").split("<")[0]) for key in ("sender",)}
    front = meta.get("front_matter")
    if isinstance(front, Mapping):
        names |= {fold(str(front.get("newsletter_name") or ""))}
    names.discard("")
    last = -1
    limit = min(HEAD, len(found))
    for index in range(limit):
        if index in cut:
            return
        if look(index).kind == "web_version":
            last = index
    index = 0
    while index < limit:
        judgement = look(index)
        if judgement.kind and (judgement.anywhere or index <= last + 2):
            cut[index] = judgement.kind, judgement.rule
        elif judgement.filler == "link" and (index < last or index == len(cut)):
            cut[index] = "masthead", "head-link"
        elif judgement.words in names:
            cut[index] = "masthead", "sender-name"
        elif index > last:
            break
        index += 1


def _neighbours(found: Any, look: Any, cut: dict[int, tuple[str, str]], text: str) -> None:
    """Links and rules that belong to what is cut beside them."""
    for index in sorted(cut):
        kind, _ = cut[index]
        after = index + 1
        if (
            kind in ("share", "web_version", "unsubscribe", "subscribe_cta")
            and after < len(found)
            and after not in cut
            and not look(index).linked
            and look(after).filler == "link"
            and look(after).linked
        ):
            cut[after] = kind, "link-of-" + kind
    for index in range(len(found)):
        if index in cut or look_is_text(text, found[index]) or look(index).filler != "rule":
            continue
        before = index == 0 or index - 1 in cut
        after_cut = index + 1 == len(found) or index + 1 in cut
        if before and after_cut and len(found) > 1:
            cut[index] = "debris", "rule"


def look_is_text(text: str, unit: units.Unit) -> bool:
    return text[unit.start].isalnum()
