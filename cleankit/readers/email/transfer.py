"""Transfer encodings (RFC 2045, section 6): decoded as declared, unless the body shows otherwise.

Nothing here raises: what cannot be decoded stays as it is.
"""

from __future__ import annotations

import binascii
import re
import zlib

PLAIN = frozenset({"", "7bit", "8bit", "binary"})
"""Encodings by which the body stands as it is; an empty one is unknown."""

MAX_UNPACKED = 10_000_000
"""How much compressed text is unpacked, in bytes."""

_NAMES = (
    ("quoted", "quoted-printable"),
    ("qp", "quoted-printable"),
    ("base", "base64"),
    ("b64", "base64"),
    ("x-gzip64", "gzip64"),
    ("x-uu", "uuencode"),
    ("uu", "uuencode"),
    ("7", "7bit"),
    ("8", "8bit"),
    ("binary", "binary"),
)
_NOT_BASE64_LINE = re.compile(rb"^(?![ \t]*[A-Za-z0-9+/]*={0,2}[ \t]*$)", re.MULTILINE)
_FOOTER = re.compile(rb"(?:_{5,}|-{2,}|={5,})[ \t]*\n")
"""How list software sets its footer apart."""

_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_DIGITS + b"=-_"))
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_WHITE = b" \t\r\n\v\f"
_NO_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]{0,80}(?:\n|\Z))")
_SOFT_BREAK = re.compile(rb"=\n(?<=[^\n]{60}=\n)")
_MULTIBYTE = re.compile(rb"=[C-F][0-9A-F]=[89AB][0-9A-F]")
_PADDED_BREAK = re.compile(rb"=[ \t]{1,80}\n")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_UU_BEGIN = re.compile(rb"^begin[ \t]+[0-7]{3,4}(?:[ \t][^\n]*)?\n", re.MULTILINE)
_SHORTEST_BASE64 = 16
"""Undeclared base64 shorter than this, in bytes, is a word."""


def named(value: str | None) -> str:
    """The encoding that a `Content-Transfer-Encoding` means; empty if it means none."""
    given = (value or "").strip(" \t\"'").lower()
    return next((name for start, name in _NAMES if given.startswith(start)), "")


def decode(body: bytes, encoding: str) -> bytes:
    """The body, decoded as declared.

    Args:
        body: lines end with `\\n`.
        encoding: by its name as `named` gives it.
    """
    if encoding == "quoted-printable":
        return quoted_printable(body)
    if encoding == "base64":
        return base64(body)
    if encoding == "uuencode":
        return uuencoded(body)
    return gzip64(body) if encoding == "gzip64" else body


def decode_text(body: bytes, encoding: str, charset: str | None = None) -> bytes:
    """The body of a text part, decoded; a declaration that the body belies is not followed.

    Args:
        body: lines end with `\\n`.
        encoding: as declared, by its name as `named` gives it.
        charset: as declared; tells whether what looks like base64 decodes to text.
    """
    if encoding == "base64":
        return _declared_base64(body, charset)
    if is_base64(body, charset):
        return base64(body)
    if encoding == "quoted-printable":
        return quoted_printable(body) if _is_quoted_printable(body, declared=True) else body
    if encoding in ("uuencode", "gzip64"):
        return decode(body, encoding)
    return quoted_printable(body) if _is_quoted_printable(body, declared=False) else body


def size(body: bytes, encoding: str) -> int:
    """How large the decoded body is, in bytes."""
    if encoding == "base64":
        digits = len(body.translate(None, _WHITE).rstrip(b"="))
        return digits * 3 // 4
    return len(decode(body, encoding))


def quoted_printable(body: bytes) -> bytes:
    """Quoted-printable decoded; an `=` that escapes nothing stays."""
    if b"= " in body or b"=\t" in body:
        body = _PADDED_BREAK.sub(b"=\n", body)
    return binascii.a2b_qp(body)


def base64(body: bytes) -> bytes:
    """Base64 decoded, whatever stands between its digits; padding may stand in the middle."""
    digits = body.translate(_URL_SAFE, _NOT_BASE64)
    if b"=" not in digits.rstrip(b"="):
        return _base64_digits(digits.rstrip(b"="))
    return b"".join(_base64_digits(run) for run in re.split(rb"=+", digits))


def gzip64(body: bytes) -> bytes:
    """Base64 of what gzip made, up to `MAX_UNPACKED` bytes; or what base64 alone decodes."""
    packed = base64(body)
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, MAX_UNPACKED)
    except zlib.error:
        return packed


def uuencoded(body: bytes) -> bytes:
    """The content of the first uuencoded file in the body, or the body if it has none."""
    begin = _UU_BEGIN.search(body)
    if begin is None:
        return body
    lines = []
    for line in body[begin.end() :].split(b"\n"):
        if line.rstrip() == b"end":
            break
        try:
            lines.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders count wrongly: as many digits as the length asks for are read.
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                lines.append(binascii.a2b_uu(line[:wanted]))
            except binascii.Error:
                continue
    return b"".join(lines)


def is_base64(body: bytes, charset: str | None = None) -> bool:
    """True if a body that does not say so is base64 of text, and nothing else."""
    if len(body) < _SHORTEST_BASE64 or b" " in body[:80].strip():
        return False
    stripped = body.strip()
    if b" " in stripped or stripped.rstrip(b"=").translate(None, _DIGITS + b"\n"):
        return False
    lines = stripped.split()
    if len({len(line) for line in lines[:-1]}) > 1 or sum(map(len, lines)) % 4:
        return False
    return len(stripped) >= _SHORTEST_BASE64 and _is_text(base64(stripped), charset)


def _declared_base64(body: bytes, charset: str | None) -> bytes:
    """A text that is said to be base64: decoded, with the plain text that may follow it.

    List software puts its footer after the encoded text without regard to the encoding. And some
    programs declare base64 and send plain text.
    """
    other = _NOT_BASE64_LINE.search(body)
    if other is None:
        return base64(body)
    head, rest = body[: other.start()], body[other.start() :].strip()
    if rest.count(b" ") * 40 < len(rest) and _FOOTER.match(rest) is None:
        return base64(body)
    if not head.strip() or not _is_text(base64(head), charset):
        return body
    return base64(head).rstrip() + b"\n\n" + rest + b"\n"


def _base64_digits(digits: bytes) -> bytes:
    if len(digits) % 4 == 1:
        digits = digits[:-1]
    return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))


def is_text(data: bytes) -> bool:
    """True for bytes that are not blank, with no control that text has not."""
    return bool(data.strip()) and len(data) == len(data.translate(None, _CONTROLS))


def _is_text(data: bytes, charset: str | None) -> bool:
    if not is_text(data):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return bool(charset) and len(data) >= 48
    return True


def _is_quoted_printable(body: bytes, *, declared: bool) -> bool:
    """True if the escapes in the body are those of quoted-printable.

    An encoder leaves no `=` that escapes nothing. Where it was not declared more must speak for it
    than that: a soft line break where an encoder puts one, an escaped `=`, or UTF-8.
    """
    total = body.count(b"=")
    if not total:
        return declared
    if declared:
        return (
            b"=3D" in body
            or _SOFT_BREAK.search(body) is not None
            or 2 * sum(1 for _ in _NO_ESCAPE.finditer(body)) <= total
        )
    return _NO_ESCAPE.search(body) is None and (
        b"=3D" in body
        or _SOFT_BREAK.search(body) is not None
        or _MULTIBYTE.search(body) is not None
    )
