"""How likely it is that text is natural language: evidence from letters and pairs of letters.

A text is priced in bits, as if it were to be compressed by someone who knows the language: what is
usual costs little (about 4 bits a letter, 9 an ideograph), what never happens costs much (a Greek
letter within a Latin word, an upper-case letter after a lower-case one, a control character, `³`
before a letter). Two readings of the same bytes are compared by their bits: each bit less doubles
the odds. That tells cp1251 from koi8-r, cp1250 from latin-1 and Mac Roman from cp850.

    >>> from cleankit.letters import reading
    >>> right, wrong = "naïve Gäste", "naïve Gäste".encode("cp1252").decode("cp850")
    >>> reading(right).bits < reading(wrong).bits
    True

Cost: the samples of the languages concerned are counted at first use (some 40 ms for all of
Latin); after that a call takes time in proportion to the text, and a few milliseconds for a
paragraph. Give it a few thousand characters of a long document, not the whole. Nothing is loaded
on import.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cleankit.letters.characters import script
from cleankit.letters.model import LANGUAGES, model, pairs_in

__all__ = ["Plausibility", "Reading", "languages_for", "pairs_of", "plausibility", "reading"]

# What a language costs for being rarer than others; in the order of LANGUAGES.
PRIORS = dict(entry for entries in LANGUAGES.values() for entry in entries)


# What a character of sound prose costs on average, measured on sentences that are no samples.
_USUAL_BITS_OF_LETTER = 3.8
_USUAL_BITS = {"th": 4.8, "ja": 8.0, "zh": 8.8, "zh-Hant": 9.0, "ko": 5.3}
# How many times that is as likely sound as not, and how fast the doubt grows.
_HALF, _STEEPNESS = 1.3, 20.0


class Reading(NamedTuple):
    """What a text costs in bits in the language that explains it best (ISO 639-1, or zh-Hant)."""

    bits: float
    language: str


class Plausibility(NamedTuple):
    """How likely a text is natural language (0 to 1), and in which language that would be."""

    score: float
    language: str


def reading(text: str, languages: Iterable[str] | None = None) -> Reading:
    """The cost of a text in bits, and the language in which it is cheapest.

    Compare it with the cost of another reading of the same bytes. Composed and decomposed letters
    cost the same.

    Args:
        text: what to price; its time is linear.
        languages: the languages to try; None for those of the text's scripts.
    """
    pairs = pairs_of(text)
    candidates = languages_for(Counter(text)) if languages is None else tuple(languages)
    keys, counts = list(pairs), list(pairs.values())
    best = Reading(float("inf"), "")
    for language in candidates:
        bits = PRIORS[language] + model(language).bits(keys, counts)
        if bits < best.bits:
            best = Reading(bits, language)
    return best


def plausibility(text: str, languages: Iterable[str] | None = None) -> Plausibility:
    """How likely it is that a text is natural language, and in which language.

    Near 1 the text costs as much a character as sound text of the language does, near 0 much more:
    a sound sentence has 0.75 and more as a rule, one whose letters are mostly wrong next to
    nothing. Where only a letter or two are wrong the score stays high, and a single word proves
    little either way. To choose between readings of the same bytes, compare `reading(...).bits`.
    """
    if not text:
        return Plausibility(1.0, "")
    bits, language = reading(text, languages)
    ratio = bits / len(text) / _USUAL_BITS.get(language, _USUAL_BITS_OF_LETTER)
    return Plausibility(1 / (1 + 2.0 ** min(60.0, _STEEPNESS * (ratio - _HALF))), language)


def pairs_of(text: str) -> Counter[str]:
    """How often each pair of neighbouring characters occurs, with a space at either end."""
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return Counter(pairs_in(f" {text} "))


def languages_for(characters: Mapping[str, int]) -> tuple[str, ...]:
    """The languages in which text of these characters may be: those of its scripts.

    Args:
        characters: how often each occurs.

    Latin letters do not count against another script, since names, addresses and markup are Latin
    everywhere; they do count where they are the greater part.
    """
    scripts: Counter[str] = Counter()
    for character, count in characters.items():
        scripts[script(character)] += count
    latin = scripts["Latin"]
    for name in ("Common", "Other", "Latin"):
        del scripts[name]
    others = sum(scripts.values())
    wanted = [name for name in LANGUAGES if scripts[name] * 4 >= others > 0]
    if latin >= others:
        wanted.append("Latin")
    return tuple(dict.fromkeys(language for name in wanted for language, _ in LANGUAGES[name]))
