"""From bytes to text: which charset it is, how that was decided, and how sure it is.

In order: a byte order mark; escape sequences (ISO-2022-JP, ISO-2022-KR, HZ); NUL bytes where UTF-16
and UTF-32 have them; valid UTF-8, or nearly valid, or with lines of another charset; what is
declared, if the bytes can be that; and else the charset in which the bytes read best as a natural
language. A wrong declaration over valid UTF-8 is thus ignored, and no declaration makes mojibake.
"""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

from cleankit.readers.charset import codecs, labels, unicode


class Decoded(NamedTuple):
    """Text from bytes, the charset (Python's name), how it was decided, how sure (0 to 1).

    `decided_by` is `"mark"` (a byte order mark), `"escapes"`, `"nulls"`, `"valid"` (UTF-8),
    `"nearly_valid"` (UTF-8 with a few bytes that are not), `"mixed"` (UTF-8 with lines of another
    charset), `"declared"`, `"detected"`, or
    `"fallback"` where nothing fits.
    """

    text: str
    charset: str
    decided_by: str
    confidence: float


# How many bits better another reading must be before a declaration is not believed: so many in
# all, and so many for each byte that is not ASCII. Wrong labels cost some 8 bits a byte.
_DISBELIEF, _DISBELIEF_EACH = 30.0, 2.5
# And the bytes must show more than a symbol or two that may well be mistakes.
_DISBELIEF_LETTERS = 4
_ASCII = bytes(range(0x80))
# Labels that software writes without looking, so that they are worth checking.
_CARELESS = frozenset(("cp1252", "ascii"))


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes to text; never raises.

    Args:
        data: the bytes of one body or document.
        declared: the charset that a header or a `<meta>` claims, if one does.
    """
    codec = labels.codec_of(declared) if declared else None
    if codec == "utf-7" and b"+" in data and data.isascii():
        text, errors = codecs.decode(data, codec)
        if not errors:
            return Decoded(text, codec, "declared", 0.9)
    # One byte is found faster than a sequence.
    if data.isascii() and b"\x1b" not in data and b"\0" not in data and b"~" not in data:
        return Decoded(data.decode("ascii"), "utf-8", "valid", 1.0)
    found = _plainly(data, codec)
    if found:
        return found
    if codec is not None and codec not in ("utf-8", "ascii"):
        text, errors = codecs.decode(data, codec)
        if codec not in _CARELESS and not codec.startswith("utf-") and errors * 100 <= len(text):
            return Decoded(text, codec, "declared", 0.95 if not errors else 0.7)
    return _detected(data, codec)


def _plainly(data: bytes, codec: str | None) -> Decoded | None:
    """What the bytes themselves prove."""
    marked = unicode.marked(data)
    if marked:
        return Decoded(*marked, "mark", 1.0)
    if b"\x1b" in data or b"~" in data:
        escaped = _escaped(data, codec)
        if escaped:
            return escaped
    if b"\0" in data:
        unmarked = unicode.unmarked(data)
        if unmarked:
            return Decoded(*unmarked, "nulls", 0.95)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # Two bytes of another charset may happen to be a letter of UTF-8, but not within a word.
        if len(data) - len(text) > 2 or codec == "utf-8" or not unicode.is_accidental(text):
            return Decoded(text, "utf-8", "valid", 1.0)
        return None
    joined = unicode.without_surrogates(data)
    if joined is not data:
        try:
            return Decoded(joined.decode("utf-8"), "utf-8", "nearly_valid", 0.95)
        except UnicodeDecodeError:
            data = joined
    mixed = _mixed(data, codec)
    if mixed:
        return mixed
    nearly = unicode.nearly_utf8(data, certain=codec == "utf-8")
    return None if nearly is None else Decoded(nearly, "utf-8", "nearly_valid", 0.9)


def _mixed(data: bytes, codec: str | None) -> Decoded | None:
    """Lines of UTF-8 among lines of another charset, each decoded as what it is."""
    foreign = unicode.foreign_lines(data)
    if not foreign:
        return None
    lines = data.split(b"\n")
    other = _detected(b"\n".join(lines[number] for number in foreign), codec)
    read = dict(zip(foreign, other.text.split("\n"), strict=False))
    if len(read) != len(foreign):
        return None
    text = "\n".join(
        read[number] if number in read else _nearly(line) for number, line in enumerate(lines)
    )
    return Decoded(text, "utf-8", "mixed", min(0.8, other.confidence))


def _nearly(line: bytes) -> str:
    """A line of UTF-8, whatever of it is broken."""
    if line.isascii():
        return line.decode("ascii")
    return unicode.nearly_utf8(line, certain=True) or line.decode("utf-8", "replace")


_JAPANESE = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\(I)")
_HZ = re.compile(rb"~\{((?:[\x21-\x77][\x21-\x7e]){1,200})~\}")


def _escaped(data: bytes, codec: str | None) -> Decoded | None:
    """Text in a charset of seven bits that switches by escape sequences."""
    if b"\x1b$)C" in data:
        text, errors = codecs.decode(data, "iso-2022-kr")
        if not errors:
            return Decoded(text, "iso-2022-kr", "escapes", 1.0)
    if _JAPANESE.search(data):
        text, errors = codecs.iso_2022_jp(data)
        if errors * 50 <= len(text):
            return Decoded(text, "iso-2022-jp", "escapes", 1.0 if not errors else 0.8)
    if b"~{" in data and data.isascii():
        runs = b"".join(_HZ.findall(data))
        # Rows 16 to 55 of GB 2312 are its common ideographs, row 3 and 1 letters and punctuation.
        common = sum(0x30 <= lead < 0x58 or lead in (0x21, 0x23) for lead in runs[::2])
        if runs and (codec == "hz" or (len(runs) >= 8 and common * 20 >= len(runs) // 2 * 19)):
            text, errors = codecs.decode(data, "hz")
            if not errors:
                return Decoded(text, "hz", "escapes", 0.95)
    return None


def _detected(data: bytes, codec: str | None) -> Decoded:
    from cleankit.readers.charset.detection import fits, rank

    claimed = "cp1252" if codec == "ascii" else None if codec == "utf-8" else codec
    if claimed == "cp1252":
        # Too little to disbelieve it, or nothing that is not usual.
        shown = len(set(data.translate(None, _ASCII)))
        if shown < _DISBELIEF_LETTERS or fits(data, claimed):
            return Decoded(codecs.decode(data, claimed)[0], claimed, "declared", 0.95)
    ranked, high = rank(data, claimed)
    claim = next((guess for guess in ranked if guess.charset == claimed), None)
    certain = claim and claim.bits - ranked[0].bits > _DISBELIEF + _DISBELIEF_EACH * high
    if claim and not (certain and len(claim.shows) >= _DISBELIEF_LETTERS):
        text, errors = codecs.decode(data, claim.charset)
        if errors * 20 <= len(text):
            return Decoded(text, claim.charset, "declared", 0.9)
    for guess in ranked:
        text, errors = codecs.decode(data, guess.charset)
        if errors * 20 <= len(text):
            rivals = (other.bits for other in ranked if other.shows != guess.shows)
            margin = next(rivals, guess.bits + 8.0) - guess.bits
            return Decoded(text, guess.charset, "detected", _confidence(margin))
    return Decoded(codecs.decode(data, "cp1252")[0], "cp1252", "fallback", 0.1)


def _confidence(margin: float) -> float:
    """Odds from bits; a quarter of them since neighbouring letters are no independent witnesses."""
    return 1.0 / (1.0 + math.pow(2.0, -max(-40.0, min(40.0, margin / 4))))


def text_of(data: str | bytes, declared: str | None = None) -> tuple[str, dict[str, Any]]:
    """The text of some data, and what `Document.meta` should say of its encoding."""
    if isinstance(data, str):
        return data, {}
    decoded = decode(data, declared)
    return decoded.text, {
        "encoding": decoded.charset,
        "encoding_decided_by": decoded.decided_by,
        "encoding_confidence": round(decoded.confidence, 3),
    }
