"""One codec taken for another: `Ïðèâåò` for `Привет`, `pøíli¹` for `příliš`, `ÄãºÃ` for `你好`.

Every character stands for one byte, and every reading is possible; only the language tells. What
text costs as natural language (`cleankit.letters`) decides, and only where it is far cheaper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from cleankit.edits import Change
from cleankit.passes.mojibake.codecs import table
from cleankit.passes.mojibake.mentions import speaks_of_encodings

_WESTERN = ("cp1252", "latin-1")
_PAIRS = (
    *((wrong, right) for wrong in _WESTERN for right in (
        "cp1251", "koi8-r", "cp1250", "iso8859-2", "cp1253", "cp1254", "cp1255", "cp1256",
        "cp1257", "cp866", "cp874", "mac_roman", "cp850", "cp437", "cp852", "mac_cyrillic",
    )),
    ("cp1251", "koi8-r"),
    ("cp1251", "cp866"),
    ("cp1251", "cp1252"),
    ("cp1251", "mac_cyrillic"),
    ("koi8-r", "cp1251"),
    ("cp866", "cp1251"),
    ("mac_roman", "cp1252"),
    ("cp437", "cp1252"),
    ("cp850", "cp1252"),
    ("cp1250", "cp1252"),
    ("cp1250", "iso8859-2"),
    ("cp1254", "cp1252"),
    ("iso8859-2", "cp1250"),
    ("mac_cyrillic", "cp1251"),
    ("cp1251", "cp1250"),
    ("cp1251", "cp1254"),
    ("cp1251", "mac_roman"),
    ("mac_roman", "cp850"),
    ("mac_roman", "cp1250"),
    ("mac_roman", "cp1251"),
    ("cp437", "cp1250"),
    ("cp437", "cp1251"),
    ("cp437", "koi8-r"),
    ("cp850", "cp1250"),
    ("cp1250", "cp1251"),
    ("cp1250", "cp1254"),
    ("iso8859-2", "cp1252"),
    ("mac_roman", "koi8-r"),
    ("koi8-r", "cp1252"),
    ("koi8-r", "cp866"),
    ("cp1250", "koi8-r"),
    ("iso8859-2", "cp1251"),
    ("iso8859-2", "koi8-r"),
    ("cp1250", "cp866"),
)  # fmt: skip
"""Which codec a text was read with, and which it was written in."""

_EAST_ASIAN = ("gb18030", "cp932", "big5hkscs", "cp949", "euc_jp")
"""Those in which two bytes are a character, by the widest codec of each family."""

_EAST_ASIAN_PAIRS = tuple(
    (wrong, right) for wrong in (*_WESTERN, "cp1251") for right in _EAST_ASIAN
)

_SWAPPED = tuple(
    (wrong, right) for wrong in (*_EAST_ASIAN, "big5") for right in _EAST_ASIAN if wrong != right
)
"""Big5 has its kana elsewhere with the characters of Hong Kong than without."""

_EAST_ASIAN_LETTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff61-\uff9f]")
_KANA = re.compile("[\u3040-\u30ff]")
_LEAST_LETTERS = 12
_NO_LANGUAGE = 0.1
"""So many East Asian letters, no more than half of them kana, that are less plausible than this may
be those of another codec ..."""

_LEAST_GAIN_EACH_EAST_ASIAN = 5.0
"""... if they read so many bits better each, ..."""

_SOUND_EAST_ASIAN = 0.98
"""... and are natural language then as surely: any common ideographs are so more or less."""

_LOOKED_AT = 300

_LEGIBLE = 0.8
"""So many of the lines must be well-formed in one of them."""

_ALPHABETS = tuple(
    frozenset(letters + letters.upper())
    for letters in (
        "äöüßéàœ",  # German
        "àâæçéèêëîïôœùûüÿ",  # French
        "áéíñóúüçªº¡¿",  # Spanish
        "áàâãçéêíóôõúüªº",  # Portuguese
        "àèéìíòóùúîº",  # Italian
        "àçéèíïóòúü·ŀ",  # Catalan
        "åäöéüàæøáóš",  # Swedish, Danish, Norwegian, Finnish
        "áðéíóúýþæöü",  # Icelandic
        "áéëïíóöúüèê",  # Dutch
        "áäčďéíĺľňóôŕšťúýžěřůöüłàèçñ",  # Czech, Slovak
        "ąćęłńóśźżéöüß",  # Polish
        "áéíóöőúüűä",  # Hungarian
        "ăâîșțşţáéöü",  # Romanian
        "çğıöşüâîûİ",  # Turkish
        "čćđšžéáöüëâ",  # Croatian, Bosnian, Slovene, Albanian
        "āčēģīķļņšūžõö",  # Latvian
        "ąčęėįšųūž",  # Lithuanian
        "äöõüšž",  # Estonian
        "ʻāēīōūñ",  # Hawaiian, Māori; Japanese names
    )
)
"""The letters beyond ASCII that languages use; text in one of these alphabets is sound."""

_VIETNAMESE = frozenset("àáâãèéêìíòóôõùúýăđĩũơưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ")
_OF_VIETNAMESE = re.compile("[\u1ea0-\u1ef9]")
"""So is text in this one where such letters stand, which none of these codecs has."""

_LEADS = frozenset("ÂÃâÄÅ")
"""What is left of UTF-8 read as windows-1252 once the rest of its sequences is lost ..."""

_LEFT = 0.7
"""... if it is this share of all letters beyond ASCII."""

_SYMBOLS = frozenset("¡¢£¤¥¦§¨ª¬¯°±²³´µ¶·¸¹º¼½¾¿‚ƒ„†‡ˆ‰‹•˜›") | frozenset(
    map(chr, (*range(0x80, 0xA0), *range(0x2500, 0x25A0)))
)
_LATIN = frozenset(map(chr, range(0xC0, 0x250))) - {"×", "÷"}
_FOREIGN = r"\u0370-\u045f\u2500-\u25a0∞≡±≥≤∙√ⁿ²"
_ODD = r"¡¢£¤¥¦§¨ª«¬¯°±²³´µ¶¸¹º»¼½¾¿‚ƒ„†‡ˆ‰‹“”•˜›\x80-\x9f"
# Each begins with a character beyond ASCII, by which the search skips to the next.
_MIXED = re.compile(
    "[^\x00-\x7f](?:"
    # two scripts in a word
    rf"(?<=[A-Za-z][{_FOREIGN}])[{_FOREIGN}]{{0,7}}[a-z]"
    r"|(?<=[a-z][\u0430-\u045f])(?![\u0400-\u045f])"
    r"|(?<=[\u0430-\u045f])(?<![\u0400-\u045f].)[a-z]{2}"
    # a control, a symbol or a quotation mark in a word, or a symbol at its end
    rf"|(?<=[\x80-\x9f])|(?<=[A-Za-zà-ÿ][{_ODD}])[{_ODD}]?[a-zà-ÿ]"
    r"|(?<=[a-z][¡¿±¼¾¶‚„‡ƒˆ˜¢£¤¥¦ª¬¯])(?![A-Za-z])"
    # small and capital Cyrillic letters swapped, or all of them capitals
    r"|(?<=[\u0430-\u045f])[\u0400-\u042f](?:[\u0400-\u042f]|[\u0430-\u045f\u0490])"
    r"|(?<=[\u0430-\u045f])\u0490|(?<=[\u0400-\u042f])[\u0400-\u042f]{4}"
    r"|(?<=[\u0400-\u045f])[¢£¤¥§¨ª«¬\xad®¯°±µ¶·»\u2500-\u25a0]{1,3}[\u0400-\u045f]"
    ")"
)
_CAPITALS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŠŽŒ")
_ELIDED = re.compile(r"í(?:t(?<=nít)|re|ve|ll)\b|ì(?=[A-Z])(?<![^\s(]ì)")
"""An English apostrophe, and an opening quotation mark, read as Mac Roman."""

_MAY_MIX = _SYMBOLS | frozenset(map(chr, range(0x370, 0x460)))
_SMALL = re.compile("[a-z]")
_WORD = re.compile(r"[^\x00-\x7f]+")

_ENOUGH = 4
"""So many letters of no common alphabet make a text suspect, ..."""

_ENOUGH_MIXED = 3
"""... and so many mixed words, ..."""

_RARITY = 100
"""... if there is one for so many characters of the text: fewer are names."""

_SAMPLE = 1_500
_LEAST_GAIN = 30.0
"""Bits: how much better the text must read in all."""

_LEAST_GAIN_EACH = 2.0
"""Bits: how much better it must read for each character that changes."""

_LEAST_DIFFERENT = 3
"""So many different characters must change; twice as many where no word is plain ASCII."""

_SURE = 60.0
_SURE_EACH = 10.0
"""Bits: two will do where it reads so much better in all and for each character that changes."""

_LEAST_WORD = 3
"""So many letters a word has on average."""

_SOUND = 0.6
"""The repaired text must be natural language at least as surely (see `letters.plausibility`)."""


class Confusion(NamedTuple):
    """The codec that a text was read with, the one that it was written in, and its language."""

    wrong: str
    right: str
    language: str


def repairs(text: str, words: str) -> Iterator[Change]:
    """The words beyond ASCII in the codec that they were written in, if the language tells it."""
    if not _is_suspect(text, words):
        return
    lines = [line for line in text.split("\n") if not line.isascii()]
    sample = "\n".join(lines)[:_SAMPLE]
    found = None if speaks_of_encodings(sample) else _confusion(sample)
    if found is not None:
        yield from _translated(text, found)


def _is_suspect(text: str, words: str) -> bool:
    """True if the letters are those of no language: a quick look before the long one."""
    characters = set(words)
    if _EAST_ASIAN_LETTER.search(words) and _is_no_east_asian_language(text):
        return True
    head = text[:20_000]
    mixed = _capitals_after_small(head, characters & _CAPITALS)
    if "í" in characters:
        mixed += len(_ELIDED.findall(head))
    if len(characters & _MAY_MIX) > 1:
        mixed += len(_MIXED.findall(head))
    if mixed >= _ENOUGH_MIXED and mixed * _RARITY >= len(head):
        return True
    latin = characters & _LATIN
    if not latin or any(latin <= alphabet for alphabet in _ALPHABETS):
        return False
    if latin <= _VIETNAMESE and _OF_VIETNAMESE.search(words):
        return False
    counts = {character: text.count(character) for character in sorted(latin)[:60]}
    total = sum(counts.values())
    if total < _ENOUGH or total * _RARITY < len(text):
        return False
    if sum(counts.get(lead, 0) for lead in _LEADS) >= _LEFT * total:
        return False
    if len(characters & _SYMBOLS) > 1:
        return True
    known = max(
        sum(count for letter, count in counts.items() if letter in alphabet)
        for alphabet in _ALPHABETS
    )
    return known < 0.95 * total


def _is_no_east_asian_language(text: str) -> bool:
    """True if the East Asian words at the head of a text are no language."""
    from cleankit.letters import plausibility

    sample = " ".join(_WORD.findall(text[: 10 * _LOOKED_AT]))[:_LOOKED_AT]
    letters = len(_EAST_ASIAN_LETTER.findall(sample))
    if letters < max(_LEAST_LETTERS, 2 * len(_KANA.findall(sample))):
        return False
    return plausibility(sample).score < _NO_LANGUAGE


def _capitals_after_small(text: str, capitals: Iterable[str]) -> int:
    """How often one of these stands right after a small letter, where none belongs."""
    count = 0
    for capital in capitals:
        place = text.find(capital, 1)
        while place > 0:
            count += text[place - 1].islower()
            place = text.find(capital, place + 1)
    return count


def _translated(text: str, found: Confusion) -> Iterator[Change]:
    """Every line that reads better so, word by word."""
    from cleankit.letters import reading

    rule = f"{found.wrong}-for-{found.right}"
    languages = [found.language]
    place = 0
    for line in text.split("\n"):
        if not line.isascii():
            repaired = _read_as(line, found.wrong, found.right)
            if reading(repaired, languages).bits < reading(line, languages).bits:
                yield from _changes(line, repaired, place, rule)
        place += len(line) + 1


def _changes(line: str, repaired: str, place: int, rule: str) -> Iterator[Change]:
    """What makes a line that begins at a place another one."""
    if len(line) == len(repaired):
        for match in _WORD.finditer(line):
            word = repaired[match.start() : match.end()]
            yield Change(place + match.start(), place + match.end(), word, rule)
        return
    first = _WORD.search(line)
    start = first.start() if first else 0
    end = len(line)
    # Two bytes may be a character of which the second one is a letter of ASCII.
    while line[end - 1] == repaired[end - 1 - len(line)] and line[end - 1] <= "\x7f":
        end -= 1
    yield Change(place + start, place + end, repaired[start : end - len(line) or None], rule)


def _confusion(sample: str) -> Confusion | None:
    """The pair of codecs that makes by far the best sense of the sample, if one does."""
    from cleankit.letters import plausibility, reading

    beyond = {character for character in sample if character > "\x7f"}
    before = reading(sample).bits
    best = before
    found: Confusion | None = None
    seen: set[str] = set()
    is_east_asian = _EAST_ASIAN_LETTER.search(sample) is not None
    for wrong, right in _SWAPPED if is_east_asian else _PAIRS + _EAST_ASIAN_PAIRS:
        if not is_east_asian and not all(ord(each) in _byte_of(wrong) for each in beyond):
            continue
        repaired = _sample_read_as(sample, wrong, right)
        if not repaired or repaired in seen:
            continue
        seen.add(repaired)
        bits, language = reading(repaired)
        if bits < best:
            best, found = bits, Confusion(wrong, right, language)
    if found is None:
        return None
    repaired = _sample_read_as(sample, found.wrong, found.right)
    if len(repaired) == len(sample):
        changed = [new for old, new in zip(sample, repaired, strict=True) if old != new]
    else:
        changed = [new for new in repaired if new > "\x7f"]
    least_each = _LEAST_GAIN_EACH_EAST_ASIAN if is_east_asian else _LEAST_GAIN_EACH
    if before - best < max(_LEAST_GAIN, least_each * len(changed)):
        return None
    # An alphabet or a row of cries is no language, whatever it is read with.
    letters = sum(map(str.isalpha, repaired))
    least = _LEAST_DIFFERENT if _SMALL.search(sample) else 2 * _LEAST_DIFFERENT
    if before - best >= max(_SURE, _SURE_EACH * len(changed)):
        # An English text may have nothing but apostrophes.
        least = 1 if set(changed) == {"’"} else least - 1
    least_word = 1 if found.right in _EAST_ASIAN else _LEAST_WORD
    if len(set(changed)) < least or letters < least_word * len(repaired.split()):
        return None
    least_sound = _SOUND_EAST_ASIAN if is_east_asian else _SOUND
    return found if plausibility(repaired).score >= least_sound else None


def _sample_read_as(sample: str, wrong: str, right: str) -> str:
    """The sample in the codec that it was written in; empty if it cannot be in that."""
    if right not in _EAST_ASIAN:
        return sample.translate(_translation(wrong, right))
    lines = sample.split("\n")
    # The last line may have been cut within a character.
    read = [_read_as(line, wrong, right) for line in lines[:-1] or lines]
    legible = sum(old != new for old, new in zip(lines, read, strict=False))
    return "\n".join(read) if legible >= _LEGIBLE * len(read) else ""


def _read_as(line: str, wrong: str, right: str) -> str:
    """A line in the codec that it was written in, or as it is if it cannot be in that."""
    if right not in _EAST_ASIAN:
        return line.translate(_translation(wrong, right))
    try:
        if (wrong, right) in _SWAPPED:
            return line.encode(wrong).decode(right)
        return line.translate(_byte_of(wrong)).encode("latin-1").decode(right)
    except UnicodeError:
        return line


@cache
def _byte_of(wrong: str) -> dict[int, int]:
    """From each character beyond ASCII to its byte."""
    return {ord(character): byte for byte, character in enumerate(table(wrong)) if byte > 0x7F}


@cache
def _translation(wrong: str, right: str) -> dict[int, str]:
    """From each character beyond ASCII of the wrong codec to that of the right one."""
    read, written = table(wrong), table(right)
    return {ord(read[byte]): written[byte] for byte in range(0x80, 0x100)}
