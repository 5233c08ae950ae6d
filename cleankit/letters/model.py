"""A language as the frequencies of its letters and pairs of letters.

The frequencies are counted in a sample of the language when it is first asked for: the samples in
`samples/` are a few paragraphs each, and counting one takes about a millisecond. A pair that the
sample lacks is estimated from the second letter alone (Witten and Bell, 1991), a letter that the
language lacks from the other languages of its script.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log2
from operator import add, mul

from cleankit.letters.characters import (
    case_bits,
    fold,
    is_row,
    kind,
    placement_bits,
    row_bits,
    script,
    symbol_bits,
)

# The languages of each script, the more frequent ones first, and what a rarer language costs.
LANGUAGES = {
    "Latin": (
        ("en", 0.0), ("fr", 0.0), ("de", 0.0), ("es", 0.0), ("pt", 0.5), ("it", 0.5),
        ("nl", 1.0), ("pl", 1.0), ("cs", 1.0), ("sv", 1.0), ("hu", 1.0), ("ro", 1.0),
        ("tr", 1.0), ("da", 1.0), ("nb", 1.0), ("fi", 1.0), ("sk", 2.0), ("hr", 2.0),
        ("vi", 1.0), ("lt", 2.0), ("sl", 2.0), ("lv", 2.0), ("et", 2.0), ("ca", 2.0),
        ("is", 2.0), ("sq", 3.0),
    ),
    "Cyrillic": (("ru", 0.0), ("uk", 1.0), ("bg", 1.0), ("sr", 2.0), ("be", 3.0), ("mk", 3.0)),
    "Greek": (("el", 0.0),),
    "Hebrew": (("he", 0.0),),
    "Arabic": (("ar", 0.0), ("fa", 1.0)),
    "Thai": (("th", 0.0),),
    "Kana": (("ja", 0.0),),
    "Hangul": (("ko", 0.0),),
    "Han": (("zh", 0.0), ("zh-Hant", 0.5), ("ja", 0.5)),
}  # fmt: skip
SCRIPTS = {
    language: script for script, languages in LANGUAGES.items() for language, _ in languages
} | {"ja": "Kana"}

# Characters of these scripts stand in one word.
_TOGETHER = {
    "ja": frozenset(("Kana", "Han")),
    "ko": frozenset(("Hangul", "Han")),
    "zh": frozenset(("Han",)),
    "zh-Hant": frozenset(("Han",)),
}
# National character sets sort ideographs by use: the codec, and the lead byte that ends the common
# ones (GB 2312 level 1, Big5 level 1, JIS X 0208 level 1, the syllables of KS X 1001).
_COMMON_IDEOGRAPHS = {
    "zh": ("gb2312", 0xD8),
    "zh-Hant": ("big5", 0xC9),
    "ja": ("euc_jp", 0xD0),
    "ko": ("euc_kr", 0xC9),
}
_COMMON_IDEOGRAPH, _RARE_IDEOGRAPH, _FOREIGN_IDEOGRAPH = 12.5, 16.5, 20.0

_OTHER_SCRIPT = 16.0
_MIXED_WORD = 9.0
_FOREIGN_LETTER = 7.0
_BORROWED = 1.0
_UNSEEN_LETTER = 17.0
_UNSEEN_SYMBOL = 99.0
# What a symbol may cost beyond a mark and still be as usual as letters that are not.
_USUAL_SYMBOL = 7.0
# One language or another has these on either side of a letter.
_ANYWHERE = frozenset("“”„‚‘’«»‹›–—·")
_DIGIT, _DIGIT_AFTER_DIGIT, _LETTER_AFTER_DIGIT = 8.0, 4.0, 4.0
_MARK, _SPACE = 5.0, 1.5
_PRIOR_WEIGHT = 8.0
_MOST_PAIRS = 100_000


def pairs_in(text: str) -> Iterator[str]:
    """Each two neighbouring characters.

    As strings: they remember their hash, which tuples do not, and are looked up in many models.
    """
    return map(add, text, text[1:])


class _Folds(dict[int, str]):
    """What `str.translate` needs to fold text; fills as it is used."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold(chr(code))
        return folded


_FOLDS = _Folds()


class _Shapes(dict[str, float]):
    """The part of a pair's cost that hardly differs between languages; fills as it is used."""

    def __missing__(self, pair: str) -> float:
        if len(self) >= _MOST_PAIRS:
            self.clear()
        bits = self[pair] = _shape(*pair)
        return bits


_SHAPES = _Shapes()


def shape_bits(pairs: Sequence[str], counts: Sequence[int]) -> float:
    """What pairs of characters cost, each so many times, in whichever language is the kindest.

    About the least that any `Model` asks for them: the case of letters, scripts within a word,
    symbols and where they stand. No language is loaded.
    """
    total: float = sum(map(mul, map(_SHAPES.__getitem__, pairs), counts))
    return total


def _shape(first: str, second: str) -> float:
    before, here = kind(first), kind(second)
    if first == second and is_row(second):
        return row_bits(second)
    if here not in "luo":
        rare = max(0.0, symbol_bits(second) - _USUAL_SYMBOL)
        return rare + _shape_of_place(first, second)
    if before not in "luo":
        return case_bits(first, second) + _shape_of_place(first, second)
    together = script(first) == script(second) or any(
        script(first) in scripts and script(second) in scripts for scripts in _TOGETHER.values()
    )
    return case_bits(first, second) + (0.0 if together else _MIXED_WORD)


def _shape_of_place(first: str, second: str) -> float:
    if first in _ANYWHERE or second in _ANYWHERE:
        return 0.0
    return placement_bits(first, second)


class Model(dict[str, float]):
    """The cost in bits of a character after another one, in one language.

    A mapping from pairs of characters, as they stand in text, to bits; it fills as it is used.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.script = SCRIPTS[language]
        self.scripts = _TOGETHER.get(language, frozenset((self.script,)))
        letters, text = sample(language)
        self.text = text
        folded = f" {text} ".translate(_FOLDS)
        self.pairs: Mapping[str, float] = Counter(pairs_in(folded))
        self.after: Mapping[str, float] = Counter(folded[:-1])
        singles = Counter(folded)
        singles.update(letters)
        total = sum(singles.values())
        counts = Counter(text)
        marks = {mark: count for mark, count in counts.items() if kind(mark) == "."}
        all_marks = sum(marks.values())
        self.placed = {
            place
            for first, second in set(pairwise(text))
            if (first in marks) != (second in marks)
            for place in ((first, ""), ("", second))
            if kind(first) + kind(second) in ("l.", "u.", "o.", ".l", ".u", ".o")
        }
        # How much rarer a mark is than marks are.
        self.symbols = {mark: log2(all_marks / count) for mark, count in marks.items()}
        self.singles = {character: count / total for character, count in singles.items()}

    def __missing__(self, pair: str) -> float:
        if len(self) >= _MOST_PAIRS:
            self.clear()
        bits = self[pair] = self._bits(*pair)
        return bits

    def bits(self, pairs: Sequence[str], counts: Sequence[int]) -> float:
        """What these pairs cost together, each so many times."""
        total: float = sum(map(mul, map(self.__getitem__, pairs), counts))
        return total

    def _bits(self, first: str, second: str) -> float:
        what = kind(second)
        if first == second and is_row(second):
            return row_bits(second)
        if self.script != "Latin" and first.isascii() and second.isascii():
            # An English word or a name among words of another script.
            return model("en")[first + second] + (_BORROWED if what in "lu" else 0.0)
        if what not in "luo":
            if what == "0":
                return _DIGIT_AFTER_DIGIT if kind(first) == "0" else _DIGIT
            if second == "’" and kind(first) in "lu":
                # Not every language has apostrophes.
                known = "'" in self.singles
                bits = min(_MARK, self.folded_bits(fold(first), "'")) if known else 2 * _MARK
            elif second.isascii() or second == "’":
                bits = (
                    _SPACE if not first.isascii() else self.folded_bits(fold(first), fold(second))
                )
            else:
                bits = _MARK
            return (
                bits
                + min(symbol_bits(second), self.symbols.get(second, _UNSEEN_SYMBOL))
                + self._placement_bits(first, second)
            )
        bits = case_bits(first, second) + self._letter_bits(first, second)
        if kind(first) == "0" and what != "o":
            bits += _LETTER_AFTER_DIGIT if second.isascii() else 2 * _LETTER_AFTER_DIGIT
        if kind(first) in "luo":
            before, here = script(first), script(second)
            if before != here and not (before in self.scripts and here in self.scripts):
                bits += _MIXED_WORD
            return bits
        return bits + self._placement_bits(first, second)

    def _placement_bits(self, first: str, second: str) -> float:
        if (first, "") in self.placed and kind(second) in "luo":
            return 0.0
        if ("", second) in self.placed and kind(first) in "luo":
            return 0.0
        return placement_bits(first, second)

    def _letter_bits(self, first: str, second: str) -> float:
        before, letter = fold(first), fold(second)
        if before == "." and not first.isascii():
            before = " "
        if letter in self.singles:
            return self.folded_bits(before, letter)
        where = script(second)
        if where in ("Han", "Hangul"):
            return self._ideograph_bits(letter)
        if where == self.script:
            return _FOREIGN_LETTER + background(where).folded_bits(before, letter)
        if where == "Latin":
            return _BORROWED + background("Latin").folded_bits(before, letter)
        return _OTHER_SCRIPT

    def _ideograph_bits(self, character: str) -> float:
        codec, end = _COMMON_IDEOGRAPHS.get(self.language, ("", 0))
        if not codec:
            return _FOREIGN_IDEOGRAPH
        try:
            lead = character.encode(codec)[0]
        except UnicodeEncodeError:
            return _FOREIGN_IDEOGRAPH
        return _COMMON_IDEOGRAPH if lead < end else _RARE_IDEOGRAPH

    def folded_bits(self, first: str, second: str) -> float:
        """The bits of one character as the model counts it (see `characters.fold`)."""
        single = self.singles.get(second)
        if single is None:
            return _UNSEEN_LETTER
        count = self.pairs.get(first + second, 0)
        return -log2((count + _PRIOR_WEIGHT * single) / (self.after.get(first, 0) + _PRIOR_WEIGHT))


class Background(Model):
    """All languages of a script together: what a letter foreign to one of them costs there."""

    def __init__(self, script_name: str) -> None:
        dict.__init__(self)
        pairs: dict[str, float] = defaultdict(float)
        after: dict[str, float] = defaultdict(float)
        singles: dict[str, float] = defaultdict(float)
        whole = 0.0
        for language, rarity in LANGUAGES[script_name]:
            one = model(language)
            # Words are borrowed from the frequent languages above all.
            weight = 4.0**-rarity
            whole += weight
            for pair, count in one.pairs.items():
                pairs[pair] += weight * count
            for character, count in one.after.items():
                after[character] += weight * count
            for character, share in one.singles.items():
                singles[character] += weight * share
        self.pairs, self.after, self.symbols, self.placed = pairs, after, {}, set()
        self.singles = {character: share / whole for character, share in singles.items()}


@cache
def model(language: str) -> Model:
    """The model of a language, counted at first use."""
    return Model(language)


@cache
def background(script_name: str) -> Background:
    """What the languages of a script have in common."""
    return Background(script_name)


def sample(language: str) -> tuple[list[str], str]:
    """The language's letters where its file lists them, and the text that is counted.

    A first line of single characters lists letters, so that the rare ones are known too.
    """
    content = (files(__package__) / "samples" / f"{language}.txt").read_text(encoding="utf-8")
    head, _, rest = content.partition("\n")
    listed = head.split(" ")
    if all(len(character) == 1 for character in listed):
        return listed, rest
    return [], content
