"""Linked lines: buttons, and the titles of cards."""

from __future__ import annotations

from cleankit.passes.sections.lines import SHORTS, Kind
from cleankit.passes.sections.looks import ends_sentence
from cleankit.passes.sections.setting import Setting
from cleankit.passes.sections.words import says

_BUTTON, _LONG_BUTTON = 5, 8
"""The most words on a button, and on one that is written like a sentence."""
_CARD = 40
"""The text of a card has more characters than this."""
_POINTERS = "→►▶»➤➜⟶⇒↗›"


def is_button(setting: Setting, index: int) -> bool:
    """Whether a line has a button's text: a linked line of few words that asks the reader to
    do something, an arrow at its end, or what buttons alone say."""
    seen = setting.look(index)
    if says("buttons", seen.title) and seen.size <= _BUTTON:
        return True
    last = setting.lines[index].text[-1]
    if last in _POINTERS and not (last == "»" and "«" in seen.title):
        return True
    if not setting.is_item(index) or seen.size > _LONG_BUTTON:
        return False
    longest = _BUTTON if (seen.capital or 0) >= 0.5 else _LONG_BUTTON
    return seen.size <= longest and says("actions", seen.title)


def titles_of_cards(setting: Setting) -> set[int]:
    """Linked lines of a word or more that stand apart above a paragraph, two at least: they are
    the titles of cards, where one alone may be any link."""
    found = {
        index
        for index in range(len(setting.lines) - 1)
        if _heads_card(setting, index) and not is_button(setting, index)
    }
    return found if len(found) > 1 else set()


def _heads_card(setting: Setting, index: int) -> bool:
    line, below = setting.lines[index : index + 2]
    if " · " in below.text and index + 2 < len(setting.lines):
        below = setting.lines[index + 2]
    return (
        line.kind in SHORTS
        and line.gap
        and "http" in line.text
        and below.kind in (Kind.PROSE, Kind.SHORT)
        and len(below.text) > _CARD
        and ends_sentence(below.text)
        and setting.look(index).linked
    )
