"""Encoded words in header fields (RFC 2047), in one walk over the field.

Software in use breaks most of the standard's rules, so that none is relied on here: words may touch
other text, hold spaces and question marks, stand within quotes, lack padding, split a character
between two words, or be encoded twice.
"""

from __future__ import annotations

import binascii
import re

from cleankit.readers import charset

_OPENING = re.compile(r"=\?[ \t]?([!->@-~]{1,60})\?[ \t]?([bBqQ])\?")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_ROUNDS = 2
"""A word may itself hold encoded words, if a program encoded what was encoded already."""


def decode(value: str) -> str:
    """The text of a field's value, with its encoded words decoded.

    Args:
        value: the value, unfolded. What is no encoded word stays as it is.
    """
    for _ in range(_ROUNDS):
        if "=?" not in value:
            break
        decoded = _decode_once(value)
        if decoded == value:
            break
        value = decoded
    return value


def _decode_once(value: str) -> str:
    pieces: list[str] = []
    # Bytes of adjacent words in one charset are joined before they are decoded.
    pending: list[bytes] = []
    pending_charset = ""
    # A word of base64 that ends amid four digits, for the one beside it that may have the others.
    torn = ""
    position = 0
    closing = 0

    def flush() -> None:
        if pending:
            pieces.append(_text(b"".join(pending), pending_charset))
            pending.clear()

    for opening in _OPENING.finditer(value):
        if opening.start() < position:
            continue
        if 0 <= closing < opening.end():
            closing = value.find("?=", opening.end())
        content, end = _content(value, opening.end(), closing)
        if end is None:
            break
        between = value[position : opening.start()]
        declared = opening[1].partition("*")[0].lower()
        if between.strip() or not pending or declared != pending_charset:
            flush()
            if between.strip() or not pieces or not position:
                pieces.append(between)
            torn = ""
        pending_charset = declared
        is_base64 = opening[2] in "bB"
        if torn and is_base64 and len(torn + content) % 4 == 0:
            content = torn + content
            pending.pop()
        pending.append(_bytes(content, is_base64))
        torn = content if is_base64 and _is_torn(content) else ""
        position = end
    flush()
    pieces.append(value[position:])
    return "".join(pieces)


def _content(value: str, start: int, closing: int) -> tuple[str, int | None]:
    """What the word that begins before `start` holds, and where it ends; None if nowhere.

    Args:
        closing: where the next `?=` stands; -1 if there is none.
    """
    following = _OPENING.search(value, start, closing if closing >= 0 else len(value))
    if following is not None:
        return value[start : following.start()].rstrip(), following.start()
    if closing < 0:
        # The field was cut off within its last word.
        return (value[start:], len(value)) if " " not in value[start:] else ("", None)
    return value[start:closing], closing + 2


def _bytes(content: str, is_base64: bool) -> bytes:
    raw = content.encode("utf-8", "surrogatepass")
    if not is_base64:
        return binascii.a2b_qp(raw, header=True)
    # Words that were encoded apart and then joined have padding in the middle.
    return b"".join(map(_base64, re.findall(rb"[A-Za-z0-9+/]+", raw.translate(None, b" \t"))))


def _base64(digits: bytes) -> bytes:
    if len(digits) % 4 == 1:
        digits = digits[:-1]
    return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))


def _is_torn(content: str) -> bool:
    """True if base64 ends amid the bits of a byte, and not merely without its padding."""
    over = len(content) % 4
    spare = _DIGITS.find(content[-1]) % (16 if over == 2 else 4) if over and content else 0
    return over == 1 or spare > 0


def _text(data: bytes, declared: str) -> str:
    if b"\0" in data and not declared.startswith(("utf-16", "utf-32")):
        data = data.replace(b"\0", b"")
    return charset.decode(data, declared).text.replace("\r", "").replace("\n", " ")
