"""How likely it is that a run of characters is damage, and not what its author wrote.

A score weighs two readings of a run against each other: as it stands, and as the codec undoes it.
It counts in favour of damage what no author writes (a symbol inside a word, a capital after a small
letter, letters of two scripts side by side), and what the repair gives if that is frequent in prose
or belongs to the word around it. It counts against damage what hardly occurs (a lone letter of
another script inside a word). The weights are rounded guesses at logarithms of probabilities;
the cases in `corpus/cases/mojibake` hold them in place.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from cleankit.passes.mojibake.alphabet import SCRIPTS, kind
from cleankit.passes.mojibake.codecs import CODECS, Codec

CERTAIN = 2.5
"""From this score on a run is damage, whatever else the document holds."""

SUPPORTED = 0.4
"""From this score on, if the rest of the document shows damage by the same codec."""

MOST_BESIDE = 5.0
"""What stands beside a run adds no more than this to its score."""

_UNNATURAL = 2.0
_NATURAL = 0.4

_CLOSING = frozenset("’”“‘»›«‹…–—™®©·•\N{NO-BREAK SPACE}")
"""What stands right after a letter in sound text."""

_OPENING = frozenset("√“‘„‚«»‹›¿¡–—…·•©®™\N{NO-BREAK SPACE}’")
"""What stands right before a letter in sound text."""

_LOOSE = frozenset("‘’‚“”„‹›«»…–—•·™®©°±×÷→€£¥∑∏∫∂∞≈≠≤≥∆Ω\N{NO-BREAK SPACE}")
"""What stands beside its own kind in sound text."""

_QUOTES = "“”„‘’‚«»‹›"

_APART = frozenset("‘“”„‹›«»…™©®•")
"""What does not stand between two letters."""

_ACCENT_PAIRS_BY_LANGUAGE = {
    "Portuguese": "çã çõ",
    "French": "éé éâ",
    "Hungarian": "áé íá ió őí",
    "German, Finnish, Swedish": "ää öö äö öä åä äå åö öå",
    "Danish, Norwegian": "åø øå æø øæ åæ æå",
    "Icelandic": "áð öð íð þý þæ æð",
    "Turkish": "üş çü üç üğ ığ ğı şı ış çı ıç öğ",
    "Czech, Slovak": "ří žá áž čá áč íš ší áš šá ež žé éž íž ží řá ář ěž áň ňů ůž éš éť íť úž úš "
    "ěš šť ěť ůš",
    "Polish": "źć ść ąż żą łó ół ęż ćą śń",
    "Romanian": "ăş ăţ ăș ăț",
    "Latvian": "ūž ūš ūķ ēš ēž āž āš īš īž šā šē šī šū žā žē žī",
    "Lithuanian": "šė žė šč čė ąž ęž ėž ųž",
}
"""Two letters beyond ASCII side by side, where a language often writes such a pair."""

_ACCENT_PAIRS = frozenset(" ".join(_ACCENT_PAIRS_BY_LANGUAGE.values()).split())

_ONE_LETTER_WORDS = frozenset("ÀÉÈÓÁÍÚÝÖÅàéèóáíúýöåőîŐÎØøÆæįĮВИСКУОАЯІЗЙвискуоаяізйєЄїοηήόώαΟΗΉΌ")

_COMMON_LETTERS = frozenset("áâãäåæçèéêíñóôõöøüÿßčćďěęąğıłńňőřśšşșťțůűźžżăāėēīįķļņūųđ")
"""Letters of national alphabets that prose in them is full of."""

_COMMON_MARKS = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328"
)

_OKINA = frozenset("ʻʼ")
"""Apostrophes that are letters: `Hawaiʻi`."""

_USUAL_LETTERS = _COMMON_LETTERS | frozenset("àëìîïðòùúûýþœŵŷģįľĺŕġħċơưẽ")
"""These, and the rarer letters of national alphabets."""


_LATIN_1 = next(codec for codec in CODECS if codec.name == "latin-1")

_SAMPLE = 240
"""Of a longer run, its beginning is judged, and the rest taken to be like it."""


_DRAWN = re.compile("[\u2500-\u259f]+")
"""Lines, corners and blocks (Unicode: Box Drawing, Block Elements): together a picture."""

_SOUND = -10.0
"""The score of what is no damage, whatever it may be decoded to."""


class Verdict(NamedTuple):
    """How likely a run is damage (see `CERTAIN`), and what it would be repaired to."""

    score: float
    repaired: str


def judge(codec: Codec, before: str, run: str, after: str) -> Verdict:
    """Weigh one run.

    Args:
        codec: the codec that is thought to have read UTF-8.
        before, after: the characters beside the run; empty at the ends of the text.
        run: characters that `codec.sequences` matches whole.
    """
    if len(run) <= _SAMPLE:
        return _judge(codec, before, run, after)
    sample = codec.sequences.match(run, 0, _SAMPLE)
    assert sample is not None
    score = _judge(codec, before, sample[0], run[sample.end()]).score
    return Verdict(score * len(run) / sample.end(), codec.decode(run))


@lru_cache(maxsize=16384)
def _judge(codec: Codec, before: str, run: str, after: str) -> Verdict:
    repaired = codec.decode(run)
    if _DRAWN.fullmatch(run) and _DRAWN.search(before + after):
        return Verdict(_SOUND, repaired)
    if before > "\x7f" and (
        _is_quoted_letter(before, run, after) or _is_in_row(codec, before, after)
    ):
        return Verdict(_SOUND, repaired)
    final, likelihood = _likeliest(codec, before, repaired, after)
    if len(final) > 2 and likelihood < -0.5 * len(final):
        return Verdict(likelihood, repaired)
    return Verdict(_strangeness(before, run, after, final) + likelihood, repaired)


def _is_quoted_letter(before: str, run: str, after: str) -> bool:
    """True if a run is a letter and the quotation mark that closes what is opened before it."""
    return (
        len(run) == 2
        and run[1] in _QUOTES
        and before in _QUOTES
        and kind(run[0]) in SCRIPTS
        and kind(after or " ") not in SCRIPTS
    )


def _likeliest(codec: Codec, before: str, decoded: str, after: str) -> tuple[str, float]:
    """What the decoded text stands for if more layers are undone, and how well that fits.

    Sound letters may happen to be well-formed once more: then they are left.
    """
    final = _decode_all_layers(codec, decoded)
    likelihood = _likelihood(before, final, after)
    if final != decoded:
        once = _likelihood(before, decoded, after)
        if once > likelihood:
            final, likelihood = decoded, once
    if len(decoded) > 1 and likelihood < 0:
        for inner in CODECS:
            if inner.sequences.fullmatch(decoded):
                twice = inner.decode(decoded)
                fit = _likelihood(before, twice, after)
                if fit > likelihood:
                    final, likelihood = twice, fit
    return final, likelihood


def _is_in_row(codec: Codec, before: str, after: str) -> bool:
    """True if more of the codec's characters stand on both sides, where no sequence ends or begins:
    a row of symbols, as of the option keys, `Ω≈ç√∫˜µ`."""
    others = _others(codec)
    return before in others and after in others and not (before + after).isalpha()


@cache
def _others(codec: Codec) -> frozenset[str]:
    return codec.characters - codec.leads - _CLOSING - _OPENING


@lru_cache(maxsize=4096)
def _decode_all_layers(codec: Codec, decoded: str) -> str:
    """What the text stands for if it is itself damage, by the same codec or the most usual ones."""
    for inner in (codec, codec, codec, CODECS[0], _LATIN_1):
        decoded = inner.repaired(decoded)
    return decoded


def _strangeness(before: str, run: str, after: str, decoded: str) -> float:
    """How unlike sound text the characters of the run follow each other."""
    total = _strangeness_within(run)
    # The steps from one sequence to the next say less than those inside a sequence.
    total -= 0.5 * (len(decoded) - 1)
    total += _strangeness_beside(before, run[0]) + _strangeness_beside(run[-1], after)
    letter_follows = kind(after or " ") in SCRIPTS
    if letter_follows and run[-1] in _APART:
        total += 1.5
    if len(run) == 2 and kind(run[0]) == "latin" and kind(before or " ") not in SCRIPTS:
        is_range = run[1] in "–—" and (after.isupper() or after.isdigit())
        total += 0.0 if run[1] == "’" or is_range or kind(run[1]) in SCRIPTS else 1.2
    elif _is_no_word(before, run):
        total += 1.2
    if run[-1] == "\N{NO-BREAK SPACE}" and letter_follows and after.islower():
        total += 1.2
    return total


@lru_cache(maxsize=4096)
def _strangeness_within(run: str) -> float:
    total = 0.0
    for first, second in pairwise(run):
        total += _NATURAL if natural(first, second) else _UNNATURAL
    return total


def _is_no_word(before: str, run: str) -> bool:
    """True if a run begins with a letter by itself that is no word in any language."""
    return (
        len(run) > 2
        and kind(run[0]) in SCRIPTS
        and kind(before or " ") not in SCRIPTS
        and run[0] not in _ONE_LETTER_WORDS
        and all(kind(character) not in SCRIPTS for character in run[1:])
    )


def _strangeness_beside(first: str, second: str) -> float:
    """How strange the step into the run or out of it is.

    A letter beyond ASCII that is no part of a sequence is a sign that the sequence is none.
    """
    if not first or not second:
        return 0.0
    if kind(first) in SCRIPTS and kind(second) in SCRIPTS and min(first, second) > "\x7f":
        return -2.0
    return 0.0 if natural(first, second) else 1.5


def is_usual(character: str) -> bool:
    """True unless it is a Latin letter that national alphabets have not."""
    return (
        kind(character) != "latin"
        or character < "\x80"
        or "\u1e00" <= character <= "\u1eff"
        or character.lower() in _USUAL_LETTERS
    )


@lru_cache(maxsize=16384)
def natural(first: str, second: str) -> bool:
    """True if sound text has the two characters side by side."""
    left, right = kind(first), kind(second)
    if left in ("space", "ascii", "digit") or right in ("space", "ascii", "digit"):
        return left != "control" and right != "control"
    if first == second:
        return True
    if left in SCRIPTS and right in SCRIPTS:
        if left != right or (first.islower() and second.isupper()):
            return False
        if left == "latin" and first > "\x7f" and second > "\x7f":
            return first.lower() == second.lower() or (first + second).lower() in _ACCENT_PAIRS
        return True
    if left in SCRIPTS:
        if second in "®©·" and first in "ÂÃĂВГΒΓĀĆ":
            return False
        return second in _CLOSING
    if right in SCRIPTS:
        # A root is taken of Greek letters, and of plain ones.
        return first in _OPENING and (first != "√" or right != "latin")
    return first in _LOOSE and second in _LOOSE


def _likelihood(before: str, decoded: str, after: str) -> float:
    """How well the repaired characters fit each other and what stands beside them."""
    total = 0.0
    around = before + decoded + after
    shift = len(before)
    kinds = [kind(character) for character in around]
    for place in range(shift, shift + len(decoded)):
        total += _fit(around, kinds, place, shift)
    return total


_WEIGHTS = {
    "frequent": 2.0,
    "punctuation": 1.0,
    "symbol": 1.0,
    "emoji": 1.8,
    "mark": -1.0,
    "modifier": -1.0,
    "control": -2.0,
    "private": -0.5,
    "rare": -3.0,
}


def _fit(around: str, kinds: list[str], place: int, start: int) -> float:
    own = kinds[place]
    left = kinds[place - 1] if place else "space"
    right = kinds[place + 1] if place + 1 < len(kinds) else "space"
    if own not in SCRIPTS:
        if own == "mark" and left in SCRIPTS:
            return 0.5 if around[place] in _COMMON_MARKS else -1.0
        # Spaces beyond ASCII are typographic, or keep words together.
        weight = 2.2 if around[place].isspace() else _WEIGHTS.get(own, 0.0)
        if own in ("symbol", "emoji") and left == right and left in SCRIPTS:
            # inside a word, where nothing but the middle dot stands: `col·laborar`, `ami·e`
            return weight + 1.0 if around[place] == "·" else weight - 1.5
        if around[place] in _OKINA and right in SCRIPTS:
            return 1.0
        if own == "private" and left not in SCRIPTS and right not in SCRIPTS:
            return 0.5  # an icon of a web font, which stands apart
        return weight
    same = (left == own) + (right == own)
    foreign = sum(side in SCRIPTS and side != own for side in (left, right))
    if foreign and own != "east_asian":
        return -3.0 if not same else -1.0
    if same:
        return 1.0 if own != "latin" else _fit_of_latin(around, place, start)
    if "mark" in (left, right) or "rare" in (left, right):
        return 0.0
    if foreign:
        return -3.0
    if around[place] in _ONE_LETTER_WORDS:
        return 1.0
    return -0.4 if own in ("greek", "east_asian") else -1.0


def _fit_of_latin(around: str, place: int, start: int) -> float:
    """How well a letter goes with the letters beside it: its alphabet and its case."""
    character = around[place]
    small = character.lower()
    fit = 1.2 if small in _COMMON_LETTERS else 1.0 if small in _USUAL_LETTERS else 0.7
    if "\u1e00" <= character <= "\u1eff":
        fit = 1.0
    if place != start or not place:
        return fit
    before, after = around[place - 1], around[place + 1 : place + 2]
    if character.islower():
        # `ß` has no capital in common use.
        among_capitals = before.isupper() and not after.islower() and character != "ß"
        return fit - 1.0 if among_capitals else fit
    if before.islower():
        return fit - 1.0
    return fit - 0.1 if after.islower() else fit
