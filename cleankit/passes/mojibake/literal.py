r"""Escapes of programs that were left in prose: `don\u2019t`, `It=E2=80=99s`, `caf%C3%A9`.

What is read and what is written are told apart: an escape in a line of code, in a URL or beside
words on escapes is what its author wrote. Elsewhere nobody writes one beside a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.edits import Change
from cleankit.passes.mojibake.alphabet import SCRIPTS, kind
from cleankit.passes.mojibake.codecs import CODECS
from cleankit.passes.mojibake.mentions import speaks_of_encodings, speaks_of_escapes

_UNIT = r"u[0-9A-Fa-f]{4}"
_BYTE = r"x[0-9A-Fa-f]{2}"
_QUOTED = r"(?:[C-F][0-9A-F](?:=[89AB][0-9A-F]){1,3}|[c-f][0-9a-f](?:=[89ab][0-9a-f]){1,3})"
_PERCENT = r"(?:[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3}|[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3})"
# Each way begins with a character of its own, by which the search skips to the next.
_RUN = re.compile(
    rf"\\(?<!\\\\)(?:{_UNIT}(?:\\{_UNIT})*|{_BYTE}(?:\\{_BYTE})*)"
    rf"|={_QUOTED}(?:={_QUOTED})*"
    rf"|%{_PERCENT}(?:%{_PERCENT})*"
    r"|<U\+[0-9A-F]{4,6}>(?:<U\+[0-9A-F]{4,6}>)*"
    r"|\+[A-Za-z0-9/+]{3,200}+(?:-|(?![\w/+]))"
)
_MARKS = {ord(mark): None for mark in "\\x=%"}
_HEX = re.compile("[0-9A-Fa-f]{2,6}")

_CODE = re.compile(
    r"\A(?: {4}|\t)|[`{}]|\\[dswbAZ][+*{)\]]|\[\^?\\|[/|]\\"
    r"""|[=(:,\[] ?b?r?["']|["'] ?(?:;|:|\]|\+)"""
)
"""What a line of code or of a record has, and a line of prose hardly ever."""

_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_NO_TOKEN = re.compile(r"[\s<>()\[\]]")
_REACH = 200
_OF_QUERIES = re.compile("[/?&]")
_OF_PATHS = re.compile(r"\w:?\\\w")
_OF_ADDRESSES = re.compile(r"[/?&_@#=]|:\S|\w\.\w")

_QUOTED_REST = re.compile(r"=(?:3[Dd]|20|09)|=\n(?<=[^\n]{60}=\n)")
"""What quoted-printable has near them (RFC 2045, section 6.7)."""

_RARE = frozenset({"rare", "private", "control"})
_WORD = 24
"""So many characters of escapes are more than one character, or two."""

_LETTERS = 4
"""So many letters of one script, and nothing else, no other text than UTF-7 stands for."""

_ENOUGH = 2
"""So many sequences of quoted-printable show that all of a text is."""


def repairs(text: str) -> Iterator[Change]:
    """What escapes in prose stand for."""
    if not may_hold(text):
        return
    runs = list(_RUN.finditer(text))
    if not runs:
        return
    found = [
        (run, decoded) for run in in_prose(text, runs, _RUN) if (decoded := _sound(_decoded(run)))
    ]
    if not any(_belongs(text, run) for run, _ in found):
        return
    for run, decoded in found:
        yield Change(*run.span(), decoded, "escape-left")
    if sum(run[0].startswith("=") for run, _ in found) >= _ENOUGH:
        yield from rest_of_quoted_printable(text)


def rest_of_quoted_printable(text: str) -> Iterator[Change]:
    """What ASCII octets and soft line breaks stand for, in a text that was left encoded so."""
    for rest in _QUOTED_REST.finditer(text):
        before = _NO_TOKEN.split(text[max(rest.start() - _REACH, 0) : rest.start()])[-1]
        if rest[0] == "=\n":
            yield Change(*rest.span(), "", "escape-left")
        elif rest[0].upper() == "=3D" or not _OF_QUERIES.search(before):
            yield Change(*rest.span(), chr(int(rest[0][1:], 16)), "escape-left")


def may_hold(text: str) -> bool:
    """True if a text has what such escapes begin with."""
    for mark, pattern in _BEGINNINGS.items():
        if mark in text and pattern.search(text) is not None:
            return True
    return False


_BEGINNINGS = {
    "\\": re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})"),
    "%": re.compile("%[C-Fc-f][0-9A-Fa-f]%[89ABab]"),
    "=": re.compile("=[C-Fc-f][0-9A-Fa-f]=[89ABab]"),
    "<": re.compile(r"<U\+[0-9A-F]{4}"),
    "+": re.compile(r"\+(?:[A-Za-z0-9/+]{3,16}-|[A-H][A-Za-z0-9/+]{10})"),
}


def in_prose(
    text: str, runs: list[re.Match[str]], pattern: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """Those that stand neither in code nor in an address, nor beside words on escapes.

    Args:
        text: the text.
        runs: the escapes in it, in order.
        pattern: what they are matches of.
    """
    has_fences = "```" in text or "~~~" in text
    fences = [match.start() for match in _FENCE.finditer(text)] if has_fences else []
    opened = 0
    line_end, is_prose = -1, False
    for run in runs:
        while opened < len(fences) and fences[opened] < run.start():
            opened += 1
        if opened % 2 or _is_in_address(text, run, pattern):
            continue
        if run.start() > line_end:
            line_start = text.rfind("\n", 0, run.start()) + 1
            line_end = text.find("\n", run.start())
            line_end = line_end if line_end >= 0 else len(text)
            is_prose = _is_prose(text[line_start:line_end])
        if is_prose:
            yield run


def _is_prose(line: str) -> bool:
    return not (_CODE.search(line) or speaks_of_escapes(line) or speaks_of_encodings(line))


def _is_in_address(text: str, run: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """True for what may be part of a URL, a path, or an encoded word of a header."""
    before, after = (
        text[max(run.start() - _REACH, 0) : run.start()],
        text[run.end() : run.end() + _REACH],
    )
    token = f"{_NO_TOKEN.split(before)[-1]}x{_NO_TOKEN.split(after)[0]}"
    rest = _QUOTED_REST.sub("", pattern.sub("x", token)).rstrip("?=")
    if run[0][0] in "%=":
        return _OF_ADDRESSES.search(rest) is not None
    return "\\" in rest and _OF_PATHS.search(rest) is not None


def _decoded(run: re.Match[str]) -> str:
    """What a run of escapes stands for; empty if it is none."""
    escapes = run[0]
    try:
        if escapes.startswith(("\\u", "<")):
            units = "".join(chr(int(digits, 16)) for digits in _HEX.findall(escapes))
            return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        if escapes.startswith("+"):
            decoded = escapes.encode("ascii").decode("utf-7")
            return "" if any(kind(each) == "east_asian" for each in decoded) else decoded
        return bytes.fromhex(escapes.translate(_MARKS)).decode("utf-8")
    except ValueError:
        return ""


def _sound(decoded: str) -> str:
    """What was decoded, if it is what prose has, or was before it was misread; else nothing."""
    final = decoded
    for codec in CODECS[:3]:
        final = codec.repaired(final)
    is_sound = all(each == "'" or (each > "\x9f" and kind(each) not in _RARE) for each in final)
    return decoded if is_sound else ""


def _belongs(text: str, run: re.Match[str]) -> bool:
    """True if a letter stands beside a run, or if it may be a word by itself."""
    if run[0][0] == "+" and run[0][-1] != "-":
        # UTF-7 leaves the hyphen out before a blank (RFC 2152).
        kinds = [kind(each) for each in _decoded(run)]
        return len(kinds) >= _LETTERS and kinds[0] in SCRIPTS and len(set(kinds)) == 1
    beside = text[max(run.start() - 1, 0) : run.start()] + text[run.end() : run.end() + 1]
    return any(map(str.isalpha, beside)) or len(run[0]) >= _WORD
