"""Characters that no reader sees: zero widths, fillers, tags, variation selectors.

They go, except where a script or an emoji needs them: joiners inside words of joining scripts and
emoji, ZERO WIDTH SPACE between letters of scripts written without spaces, a variation selector
after what it varies, the flags of England, Scotland and Wales, fillers in syllables of Old Hangul.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.edits import Change
from cleankit.passes.characters import classes
from cleankit.passes.characters.classes import one_of

_SPACE = rf" \t{classes.ODD_SPACES}"
IGNORABLE = one_of(classes.IGNORABLE)
_RUN = re.compile(rf"[{classes.IGNORABLE}]+(?:[{_SPACE}]+[{classes.IGNORABLE}]+)*")
_SPACES = re.compile(rf"[{_SPACE}]")

_JOINING = one_of(classes.JOINING_SCRIPTS)
_VIRAMA = one_of(classes.VIRAMAS)
_PICTOGRAPH = one_of(classes.PICTOGRAPHS)
_PICTOGRAPH_END = one_of(classes.PICTOGRAPHS, "\ufe0f\u20e3\U000e007f")
_WITHOUT_SPACES = one_of(classes.WRITTEN_WITHOUT_SPACES)
_JAMO = one_of("\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff")
_MARK = one_of("\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f")
_MONGOLIAN = one_of("\u1820-\u18aa")

SELECTOR = re.compile(f"[{classes.VARIATION_SELECTORS}]+")
TAG = re.compile(f"[{classes.TAGS}]+")
_FLAGS = frozenset({"gbeng\x7f", "gbsct\x7f", "gbwls\x7f"})
"""The subdivision flags that Unicode recommends (emoji-sequences.txt)."""

_STANDARD_BASES = {
    # What the variation selectors 1 to 16 may follow (StandardizedVariants.txt and
    # emoji-variation-sequences.txt), by selector.
    **dict.fromkeys(
        "\ufe00\ufe01\ufe02",
        one_of(classes.IDEOGRAPHS, "\u1000-\u109f\uaa60-\uaa7f\u2200-\u22ff\u2a00-\u2aff"),
    ),
    **dict.fromkeys("\ufe0e\ufe0f", _PICTOGRAPH),
    **dict.fromkeys("\u180b\u180c\u180d\u180f", _MONGOLIAN),
}
_IDEOGRAPH = one_of(classes.IDEOGRAPHS)


def changes(text: str) -> Iterator[Change]:
    """What goes, run by run; a run with spaces inside (a preheader's padding) leaves one space."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        run = match[0]
        before, after = text[start - 1 : start], text[end : end + 1]
        if not _SPACES.search(run):
            kept = _kept(run, before, after)
            if kept != run:
                if before == " " and not kept:
                    end = _end_of_spaces(text, end)
                yield Change(start, end, kept, _rule(run), "" if kept else "invisible")
            continue
        if before == " ":
            end = _end_of_spaces(text, end)
        glues = before.strip() and after.strip()
        yield Change(start, end, " " if glues else "", "padding", "invisible")


def selector_changes(text: str) -> Iterator[Change]:
    """Variation selectors that vary nothing; what they spell, if anything, is in the note."""
    for match in SELECTOR.finditer(text):
        start, end = match.span()
        if _varies(text[start - 1 : start], text[start], text[start + 1 : start + 2]):
            start += 1
        if start < end:
            note = _hidden(bytes(map(_byte_of, text[start:end]))) if end - start > 1 else ""
            rule = "hidden-message" if note else "variation-selector"
            yield Change(start, end, "", rule, "invisible", note)


def tag_changes(text: str) -> Iterator[Change]:
    """Tag characters, except those that make a flag; what they spell is in the note."""
    for match in TAG.finditer(text):
        start, end = match.span()
        message = "".join(chr(ord(tag) - 0xE0000) for tag in match[0])
        if text[start - 1 : start] == "\N{WAVING BLACK FLAG}" and message[:6] in _FLAGS:
            start += 6
            message = message[6:]
        if start < end:
            yield Change(
                start, end, "", "hidden-message", "invisible", _hidden(message.encode("latin-1"))
            )


def _kept(run: str, before: str, after: str) -> str:
    """What of a run without spaces must stay."""
    if run[0] in classes.FILLERS[:2] and (_JAMO.match(before) or _JAMO.match(after)):
        return run[0]
    for character in run:
        if character == "\u200c" and _JOINING.match(before):
            if _JOINING.match(after) or _VIRAMA.match(before):
                return character
        elif character == "\u200d":
            if _JOINING.match(before) or (
                _PICTOGRAPH_END.match(before) and _PICTOGRAPH.match(after)
            ):
                return character
        elif character == classes.ZERO_WIDTH_SPACE:
            if _WITHOUT_SPACES.match(before) and _WITHOUT_SPACES.match(after):
                return character
        elif (
            character == classes.COMBINING_GRAPHEME_JOINER
            and _MARK.match(before)
            and _MARK.match(after)
        ):
            return character
    return ""


def _rule(run: str) -> str:
    if run == "\u00ad":
        return "soft-hyphen"
    return "filler" if run[0] in classes.FILLERS else "zero-width"


def _end_of_spaces(text: str, place: int) -> int:
    while text[place : place + 1] == " ":
        place += 1
    return place


def _varies(base: str, selector: str, after: str) -> bool:
    """True if the selector may follow the base."""
    if not base:
        return False
    if selector == "\ufe0f" and after == "\u20e3":
        return base in "0123456789#*"
    standard = _STANDARD_BASES.get(selector)
    if standard is not None:
        return standard.match(base) is not None
    return selector >= "\U000e0100" and _IDEOGRAPH.match(base) is not None


def _byte_of(selector: str) -> int:
    """The byte that a variation selector stands for in smuggled text (VS1 is 0, VS256 is 255)."""
    number = ord(selector)
    if number >= 0xE0100:
        return number - 0xE0100 + 16
    return max(number - 0xFE00, 0)


def _hidden(message: bytes) -> str:
    return f"hidden message: {message.decode('utf-8', 'backslashreplace')}"
