"""What strangers wrote, made safe for a terminal; and colour, where it is wanted.

Text from a message may hold escape sequences that move the cursor, retitle the window or worse
(CWE-150), and bidirectional controls that show one thing and say another. Nothing untrusted goes
to a terminal but through `escape`.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import IO

# C0 and C1 controls, DEL, the bidirectional controls (UAX #9), the line and paragraph separators,
# the byte order mark, lone surrogates and tag characters.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)

_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


def escape(text: object, *, lines: bool = False) -> str:
    """The text with everything that could steer a terminal spelled out, as `\\x1b` or `\\u202e`.

    Args:
        text: anything; its `str` is taken.
        lines: leave line feeds and tabs as they are.
    """
    return _UNSAFE.sub(
        lambda found: found[0] if lines and found[0] in "\n\t" else _spelled(found[0]), str(text)
    )


def spell(text: object) -> str:
    """The text on one line, with everything spelled out that shows nothing of itself.

    Those are, beside what `escape` spells out, odd spaces, characters of format (joiners, zero
    widths, soft hyphens) and variation selectors.
    """
    return "".join(
        _spelled(character)
        if (character != " " and unicodedata.category(character) in _INVISIBLE)
        or "\ufe00" <= character <= "\ufe0f"
        else character
        for character in escape(text)
    )


def one_line(text: object, limit: int = 100) -> str:
    """The text on one line of at most `limit` characters, safe for a terminal."""
    shown = escape(" ".join(str(text).split()) if len(str(text)) < 10_000 else str(text)[:limit])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def coloured(stream: IO[str]) -> bool:
    """True if a stream is a terminal that takes colour, and nobody asked for none.

    `NO_COLOR` is as on https://no-color.org: any value but an empty one means no colour.
    """
    return (
        not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and getattr(stream, "isatty", lambda: False)()
    )


def paint(text: str, *styles: str, on: bool = True) -> str:
    """The text in these styles (`bold`, `dim`, `red`, `green`, `yellow`, `cyan`), if `on`."""
    if not on or not text:
        return text
    codes = ";".join(_STYLES[style] for style in styles)
    return f"\x1b[{codes}m{text}\x1b[0m"


def _spelled(character: str) -> str:
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if short:
        return short
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
