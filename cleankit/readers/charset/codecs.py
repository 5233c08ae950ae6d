"""From bytes to text by one codec, the way browsers do it.

The WHATWG Encoding Standard is the guide: a byte of 0x80 to 0x9F that a Windows code page leaves
undefined becomes the control character of that number, any other becomes U+FFFD, and so does a
broken sequence of a multi-byte charset.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

REPLACEMENT = "\ufffd"

# The readings of a label in the order of trial. JIS X 0208 before Microsoft's version of it, since
# the wave dash and the minus sign are those of the standard; the extensions where it fails.
_VERSIONS = {
    "shift_jis": ("shift_jis", "cp932", "shift_jis_2004"),
    "euc_jp": ("euc_jp", "euc_jis_2004"),
    "big5": ("cp950", "big5hkscs"),
}
# Codecs map what vendors left for users to private characters, which say nothing to anyone.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
MULTI_BYTE = frozenset(
    ("shift_jis", "euc_jp", "big5", "gb18030", "cp949", "johab", "hz", "iso-2022-kr")
)


def decode(data: bytes, codec: str) -> tuple[str, int]:
    """Text by one codec, and how many places in it were no valid text (each became U+FFFD).

    Args:
        data: any bytes.
        codec: a name that `labels.codec_of` gives.
    """
    table = table_of(codec)
    if table is not None:
        text = codecs.charmap_decode(data, "strict", table)[0]
        return text, text.count(REPLACEMENT) if REPLACEMENT in table else 0
    if codec == "iso-2022-jp":
        return iso_2022_jp(data)
    versions = _VERSIONS.get(codec, (codec,))
    for version in versions:
        try:
            text = data.decode(version)
        except UnicodeDecodeError:
            continue
        except (ValueError, LookupError):
            break
        return text, 0 if text.isascii() else len(_PRIVATE.findall(text))
    try:
        text = data.decode(
            versions[-1 if codec == "big5" else min(1, len(versions) - 1)], "replace"
        )
    except (ValueError, LookupError):
        return data.decode("latin-1"), len(data)
    return text, max(1, text.count(REPLACEMENT))


@cache
def table_of(codec: str) -> str | None:
    """The 256 characters of a single-byte codec, or None for one of several bytes."""
    if codec in MULTI_BYTE or codec.startswith(("utf", "iso-2022", "ascii")):
        return None
    try:
        table = bytes(range(256)).decode(codec, "replace")
    except (ValueError, LookupError):
        return None
    # Where bytes belong together, 256 of them are fewer characters; where all of the upper half
    # must, none of it means anything alone.
    if len(table) != 256 or table.count(REPLACEMENT) > 96:
        return None
    return "".join(
        chr(byte) if character == REPLACEMENT and 0x80 <= byte < 0xA0 else character
        for byte, character in enumerate(table)
    )


_ESCAPE = re.compile(rb"\x1b(\$[@AB]|\$\([@ABCDOPQ]|\$\)[ACG]|\([ABIJ]|\.[AF]|N)")
_SINGLE = {b"(B": "ascii", b"(J": "ascii", b"(I": "kana"}


def iso_2022_jp(data: bytes) -> tuple[str, int]:
    """ISO-2022-JP (RFC 1468) with what mail adds: half-width kana and Microsoft's rows."""
    try:
        return data.decode("iso2022_jp_ext"), 0
    except UnicodeDecodeError:
        pass
    parts, mode, position, errors = [], "ascii", 0, 0
    for escape in [*_ESCAPE.finditer(data), None]:
        segment = data[position : escape.start() if escape else len(data)]
        text, failed = _segment(segment, mode)
        parts.append(text)
        errors += failed
        if escape:
            mode = _SINGLE.get(escape[1], "kanji")
            position = escape.end()
    return "".join(parts), errors


def _segment(segment: bytes, mode: str) -> tuple[str, int]:
    if mode == "ascii":
        text = segment.decode("ascii", "replace")
        return text, text.count(REPLACEMENT)
    # The same code points with the eighth bit set are EUC-JP, or half-width kana in Shift JIS.
    high = bytes(byte | 0x80 if byte > 0x20 else byte for byte in segment)
    if mode == "kana":
        text = high.decode("cp932", "replace")
        return text, text.count(REPLACEMENT)
    try:
        return high.decode("euc_jp"), 0
    except UnicodeDecodeError:
        text = _shifted(high).decode("cp932", "replace")
        return text, text.count(REPLACEMENT)


def _shifted(euc: bytes) -> bytes:
    """EUC-JP bytes of two each as Shift JIS (JIS X 0208:1997, annex 1)."""
    out = bytearray()
    position = 0
    while position < len(euc):
        lead = euc[position]
        if lead < 0xA1 or position + 1 == len(euc) or euc[position + 1] < 0xA1:
            out.append(lead)
            position += 1
            continue
        row, cell = lead - 0xA1, euc[position + 1] - 0xA1
        out.append(row // 2 + (0x81 if row < 62 else 0xC1))
        out.append(cell + (0x9F if row % 2 else 0x40 if cell < 63 else 0x41))
        position += 2
    return bytes(out)
