"""Plain text: joined where it was wrapped to be joined, unwrapped where something wraps it."""

from __future__ import annotations

import re

from cleankit.readers.email import transfer

_ARMOUR = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[!-9;-~]+:[^\n]*\n)*+[ \t]*\n", re.MULTILINE
)
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END = "-----END PGP SIGNATURE-----"
_DASHED = re.compile(r"^- ", re.MULTILINE)

_FILE = re.compile(
    r"^begin[ \t]+[0-7]{3,4}(?:[ \t]+([^\n]*))?\n((?:[ -`]{1,64}\n)*?)end[ \t]*$", re.MULTILINE
)

_YENC = re.compile(
    r"^=ybegin[ \t](?=[^\n]*\bsize=([0-9]{1,12}))[^\n]*\bname=([^\n]*)\n", re.MULTILINE
)
_YENC_END = re.compile(r"^=yend\b[^\n]*$", re.MULTILINE)

_PARAMETER = re.compile(r"<param>[^<]*</param>", re.IGNORECASE)
_NEW_LINE = re.compile(r" ?<(?:nl|np|/?paragraph)> ?", re.IGNORECASE)
_COMMAND = re.compile(r"<(<|/?[A-Za-z0-9-]{1,60}>)")
_BREAKS = re.compile(r"\n+")


def joined(text: str, *, delete_space: bool = False) -> str:
    """The text with its flowed lines joined: `format=flowed` (RFC 3676).

    Args:
        text: as it was sent; lines end with `\\n`.
        delete_space: `delsp=yes`: the space at the end of a flowed line is not part of the text.
    """
    paragraphs: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        quotes = len(line) - len(content)
        content = content.removeprefix(" ")
        is_signature = content == "-- "
        if pieces and (quotes != depth or is_signature):
            paragraphs.append(_paragraph(depth, pieces))
            pieces = []
        depth = quotes
        flows = content.endswith(" ") and not is_signature
        pieces.append(content[:-1] if flows and delete_space else content)
        if not flows:
            paragraphs.append(_paragraph(depth, pieces))
            pieces = []
    if pieces:
        paragraphs.append(_paragraph(depth, pieces))
    return "\n".join(paragraphs)


def _paragraph(depth: int, pieces: list[str]) -> str:
    content = "".join(pieces)
    return f"{'>' * depth} {content}" if depth else content


def unsigned(text: str) -> str | None:
    """The text of a clear-signed message (RFC 9580, section 7); None if it is none."""
    opening = _ARMOUR.search(text) if "-----BEGIN PGP SIGNED" in text else None
    if opening is None:
        return None
    signature = text.find(_SIGNATURE, opening.end())
    if signature < 0:
        return None
    end = text.find(_SIGNATURE_END, signature)
    rest = text[end + len(_SIGNATURE_END) :].lstrip("\n") if end >= 0 else ""
    return text[: opening.start()] + _DASHED.sub("", text[opening.end() : signature]) + rest


def without_files(text: str) -> tuple[str, list[tuple[str, int]]]:
    """The text without the files that stand in it, uuencoded or by yEnc; their names and sizes.

    Sizes are in bytes; that of a file in yEnc (yenc.org, draft 1.3) is the one that it declares.
    """
    files: list[tuple[str, int]] = []

    def cut(found: re.Match[str]) -> str:
        content = transfer.uuencoded(found[0].encode("latin-1", "replace"))
        files.append((found[1] or "", len(content)))
        return ""

    if "begin " in text:
        text = _FILE.sub(cut, text)
    if "=ybegin" in text:
        text = _without_yenc(text, files)
    return text, files


def _without_yenc(text: str, files: list[tuple[str, int]]) -> str:
    kept: list[str] = []
    position = 0
    while begin := _YENC.search(text, position):
        end = _YENC_END.search(text, begin.end())
        if end is None:
            break
        files.append((begin[2].strip(), int(begin[1])))
        kept.append(text[position : begin.start()])
        position = end.end()
    return "".join([*kept, text[position:]])


def unenriched(text: str) -> str:
    """The text of `text/enriched` (RFC 1896): commands out, lone line breaks are spaces.

    So is that of the older `text/richtext` (RFC 1341, 7.1.3), which has commands for line breaks.
    """
    text = _PARAMETER.sub("", text)
    text = _BREAKS.sub(lambda run: " " if len(run[0]) == 1 else run[0][1:], text)
    text = _NEW_LINE.sub("\n", text)
    return _COMMAND.sub(lambda command: "<" if command[1].lower() in ("<", "lt>") else "", text)
