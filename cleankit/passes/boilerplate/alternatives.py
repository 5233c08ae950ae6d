"""Regular expressions for one of many words that `re` finds fast."""

from __future__ import annotations

from collections.abc import Iterable


def by_letter(words: Iterable[str]) -> str:
    """Alternatives, grouped by their first letters: `re` tries one after another, and so passes
    over those of a letter at once.

    Args:
        words: patterns; what does not begin with a letter is tried at every place.
    """
    return "|".join(f"{letter}(?:{rests})" for letter, rests in _rests(words).items())


def at_word(words: Iterable[str]) -> str:
    """Alternatives where a word begins, their first letters before all else: `re` is quick to find
    one of several characters.

    Args:
        words: patterns that begin with a letter each.
    """
    rests = _rests(words)
    behind = "|".join(f"(?<={letter})(?:{rest})" for letter, rest in rests.items())
    return rf"[{''.join(rests)}](?<!\w.)(?:{behind})"


def _rests(words: Iterable[str]) -> dict[str, str]:
    """What follows each first letter, as alternatives."""
    rests: dict[str, list[str]] = {}
    for word in words:
        letter = word[0] if word[0].isalnum() else ""
        rests.setdefault(letter, []).append(word[len(letter) :])
    return {letter: "|".join(rest) for letter, rest in rests.items()}
