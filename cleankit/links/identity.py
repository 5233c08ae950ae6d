"""Whether a value says who the reader is, or lets whoever holds it act for him.

Nothing is known of a value but itself: an address may stand in it plain, percent-encoded, in
base64, hexadecimal, compressed, in JSON or in a token, or in several of these at once.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64encode, urlsafe_b64encode
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5, sha1, sha256, sha512
from html import unescape
from itertools import accumulate
from string import ascii_letters, digits
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from cleankit.links import decoders
from cleankit.spans import apart

SHORTEST_PAYLOAD = 12
"""Shorter than this no payload holds an address: `a@bc.de` is ten characters of base64."""

REDACTED = "REDACTED"
"""What stands in the place of a value that was taken out of sight."""

MOST_SPELLED = 64
"""Of so many recipients an address is known however it is spelled; of more, only as it is."""

_DEEPEST = 4
_LONGEST_LOCAL_PART = 64  # RFC 5321, section 4.5.3.1.1
# Of the characters that RFC 5322 allows, those that senders use.
_LOCAL = ascii_letters + digits + "._+-'"
_LOCAL_ENCODED = _LOCAL + "%"
_AT = re.compile("@")
_ENCODED_AT = re.compile(r"%(?:25){0,4}40|&#(?:64|[xX]40);")
# The last label is letters: `package@1.2.3` is a version.
_DOMAIN = re.compile(
    r"[^\W_](?:[\w-]{0,62}(?:\.|%(?:25){0,4}2[eE])){1,8}"
    r"(?!\d)(?:[^\W\d_]{2,24}|xn--[A-Za-z0-9-]{2,59})(?![^\W_]|-\w)"
)
# `icon@2x.png` is a picture for a screen of many dots.
_OF_PICTURE = re.compile(r"[1-9](?:\.\d)?x\.(?:png|jpe?g|gif|webp|avif|svg|heic)\b", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_SEPARATORS = re.compile(r"[.:|,!*;]|--|%(?:7[Cc]|3[Aa]|2[Cc])")
_DELIMITERS = re.compile(r"[/?&#=;]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){6,}")
_BASE32 = re.compile(r"(?:[A-Z2-7]{16,}|[a-z2-7]{16,})={0,6}")
# Brackets and quotation marks may be encoded, and divide what stands beside them all the same.
_RUNS = re.compile(r"(?:(?<=%)(?:2[789]|5[BDbd]))?([A-Za-z0-9]+)").findall
_PLAIN_RUN = re.compile(r"[a-z0-9]+")
_SHORTEST_NUMBER = 6
_WINDOW = 48
_TWO_DIGITS = re.compile(r"\d[A-Za-z]*\d")
_MIXED_CASE = re.compile(r"[a-z][A-Z].*[a-z][A-Z]|[A-Z]{2}[a-z].*[A-Z]")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
# Keys under which payloads name the reader or hold what authorises him.
_KEYS = frozenset(
    {
        *("u", "uid", "user", "user_id", "userid", "sub", "email", "e", "r", "to", "lead"),
        *("recipient", "rcpt", "subscriber", "subscriber_id", "subscriberid", "member", "jwt"),
        *("member_id", "member_uuid", "contact", "contact_id", "token", "profile", "profile_id"),
        *("customer_id", "account_id", "person_id", "email_id", "delivery_id", "messageid"),
    }
)


# The same in payloads that are no JSON, or no longer: query strings, PHP's serialisation, a payload
# that was cut off.
_NAMED = re.compile(
    rb"(?:\A|[&?;,{\"' ])(?:user_?id|uid|e-?mail(?:_address)?|recipient|subscriber(?:_?id)?|lead|"
    rb"contact_?id|member_?id|token|jwt)(?:\"[:;]|'[:;]|=)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Recipients:
    """The addresses that a message was sent to, in the forms in which links hold them.

    Attributes:
        runs: each address with its plain letters and digits between marks: they all stand in a
            text, in lower case, where the address does, however it is spelled.
        values: the addresses and their hashes as links encode them, in lower case.
        others: addresses beyond `MOST_SPELLED`: each one's spelling and hash is another scan.
    """

    runs: tuple[tuple[str, tuple[str, ...]], ...]
    values: tuple[str, ...]
    others: frozenset[str] = frozenset()

    @staticmethod
    @lru_cache(256)
    def of(addresses: frozenset[str]) -> Recipients:
        """The forms of these addresses; what has no `@` is none."""
        known = sorted(
            spelled
            for address in {address.strip().lower() for address in addresses}
            if "@" in address[1:]
            for spelled in _in_every_alphabet(address)
        )
        values = [
            value
            for address in known[:MOST_SPELLED]
            for value in _encoded(address)
            if len(value) >= SHORTEST_PAYLOAD
        ]
        if not known:
            return NOBODY
        return Recipients(
            tuple(
                (address, tuple(_PLAIN_RUN.findall(address))) for address in known[:MOST_SPELLED]
            ),
            tuple(values),
            frozenset(known[MOST_SPELLED:]),
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the addresses stand in a text, in order, without overlap."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
        if "=\n" in lower or ("\r" in lower and "=\r\n" in lower):
            # A line that ends in `=` may go on, or end there.
            shown = Shown.of(lower, _SOFT_BREAK)
            joined = (shown.origin(*span) for span in self._spans(shown.text))
            return apart([*joined, *self._spans(lower)])
        return apart(self._spans(lower))

    def _spans(self, lower: str) -> list[tuple[int, int]]:
        found = [
            (start, end)
            for address, runs in self.runs
            if all(map(lower.__contains__, runs))
            for start, end in _places(address, runs, lower)
            if not start
            or not lower[start - 1].isalnum()
            or _ESCAPE.match(lower, max(start - 3, 0), start)
        ]
        for value in filter(lower.__contains__, self.values):
            start = lower.find(value)
            while start >= 0:
                found.append((start, start + len(value)))
                start = lower.find(value, start + len(value))
        if self.others:
            found += [span for span in addresses(lower) if lower[slice(*span)] in self.others]
        return found

    def named_in(self, text: str) -> bool:
        """Whether a text holds one of the addresses, or the hash of one."""
        if "\n" in text or self.others:
            return bool(self.spans(text))
        lower = text.lower()
        holds = lower.__contains__
        if any(map(holds, self.values)):
            return True
        for _, runs in self.runs:
            if all(map(holds, runs)):
                return bool(self.spans(text))
        return False


NOBODY = Recipients((), ())
"""A message that is not known to have been sent to anyone."""


def _in_every_alphabet(address: str) -> set[str]:
    """An address with its domain as people write it and as DNS does (RFC 3490)."""
    local, _, domain = address.rpartition("@")
    spelled = {address}
    try:
        if not domain.isascii():
            spelled.add(f"{local}@{domain.encode('idna').decode('ascii')}")
        elif "xn--" in domain:
            spelled.add(f"{local}@{domain.encode('ascii').decode('idna')}")
    except UnicodeError:
        pass
    return spelled


def _encoded(address: str) -> Iterator[str]:
    """An address and its hashes in base64 and hexadecimal, in lower case.

    Of base64 what stands for whole groups of three bytes: the rest depends on what follows.
    """
    data = address.encode("utf-8", "replace")
    yield data.hex()
    # The sender's own address as a server writes it that passes it on (Sender Rewriting Scheme).
    local, _, domain = address.rpartition("@")
    yield f"{domain}={local}"
    payloads = [data[: len(data) // 3 * 3]]
    for function in (md5, sha1, sha256, sha512):
        digest = function(data, usedforsecurity=False).digest()
        yield digest.hex()
        yield function(
            address.upper().encode("utf-8", "replace"), usedforsecurity=False
        ).hexdigest()
        payloads.append(digest[: len(digest) // 3 * 3])
    for payload in payloads:
        spelled = {b64encode(payload).decode("ascii"), urlsafe_b64encode(payload).decode("ascii")}
        for each in sorted(spelled | set(map(quote_plus, spelled))):
            yield each.lower()


class Shown(NamedTuple):
    """A text as it reads without what is not seen.

    Attributes:
        text: how it reads.
        starts: where each of its stretches begins in `text`.
        origins: the span behind each stretch. One that is not as long as its stretch stands behind
            a single character.
    """

    text: str
    starts: list[int]
    origins: list[tuple[int, int]]

    @staticmethod
    def of(text: str, hidden: re.Pattern[str]) -> Shown:
        """The text without what a pattern finds, but with characters for their references."""
        pieces: list[str] = []
        origins: list[tuple[int, int]] = []
        position = 0
        for match in hidden.finditer(text):
            start, end = match.span()
            if start > position:
                pieces.append(text[position:start])
                origins.append((position, start))
            if match[0][0] == "&" and len(character := unescape(match[0])) == 1:
                pieces.append(character)
                origins.append((start, end))
            position = end
        pieces.append(text[position:])
        origins.append((position, len(text)))
        starts = list(accumulate(map(len, pieces[:-1]), initial=0))
        return Shown("".join(pieces), starts, origins)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span behind a span of `text` that is not empty."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        begin = self.origins[first][0] + start - self.starts[first]
        if last + 1 < len(self.starts) and end == self.starts[last + 1]:
            return begin, self.origins[last][1]
        return begin, self.origins[last][0] + end - self.starts[last]


# What stands around the marks of an address: emphasis, the end of a line, blanks beside the `@`.
_EMPHASIS = r"[*_]{0,3}"
_BREAK = r"[*_]{0,3}\r?\n?[*_]{0,3}"
# Signs in the place of the `@`: encoded, or spelled out against collectors of addresses.
_SIGN = (
    r"(?:\\?[@\uff20]|=40|=|%(?:25){0,4}40|[%\\]u0040|&#(?:64|x40);"
    r"|[\[({<~_-]{1,2}[ ]?at[ ]?[\])}>~_-]{1,2}|(?<=[ \u00a0])at(?=[ \u00a0]))"
)
_AT_SIGN = rf"{_BREAK}[ \u00a0]?{_SIGN}[ \u00a0]?{_BREAK}"
_DOT = r"|[ ]?[\[({][ ]?dot[ ]?[\])}][ ]?|[ ]dot[ ]|[_-]dot[_-]"


def _places(address: str, runs: tuple[str, ...], lower: str) -> list[tuple[int, int]]:
    """Where an address stands in a text in lower case: plain, or with its marks encoded.

    As its pattern finds it. That takes a millisecond to compile, and each message may have another
    reader, but what stands between the runs is much the same in all: only where that may be read in
    more than one way is the pattern asked.
    """
    between = _PLAIN_RUN.split(address)
    if between[0] or between[-1] or address.count("@") > 1:
        return [match.span() for match in _pattern(address).finditer(lower)]
    found: list[tuple[int, int]] = []
    start = lower.find(runs[0])
    while start >= 0:
        end = start + len(runs[0])
        for marks, run in zip(between[1:-1], runs[1:], strict=True):
            match = _marks(marks).match(lower, end)
            if match is None:
                break
            end = match.end() + len(run)
            if not lower.startswith(run, match.end()):
                return [match.span() for match in _pattern(address).finditer(lower)]
        else:
            if lower[end : end + 1].isalnum():
                return [match.span() for match in _pattern(address).finditer(lower)]
            found.append((start, end))
        start = lower.find(runs[0], max(start + 1, found[-1][1] if found else 0))
    return found


@lru_cache(256)
def _pattern(address: str) -> re.Pattern[str]:
    local, _, domain = address.rpartition("@")
    return re.compile(f"{_spelled(local)}{_AT_SIGN}{_spelled(domain)}(?![^\\W_])")


@lru_cache(256)
def _marks(marks: str) -> re.Pattern[str]:
    """A pattern for what stands between two runs of an address."""
    local, sign, domain = marks.rpartition("@")
    return re.compile(_spelled(local) + (_AT_SIGN if sign else "") + _spelled(domain))


def _spelled(part: str) -> str:
    """A pattern for a part of an address: marks may be escaped, or percent-encoded, and words
    emphasised; after a mark a line may end."""
    return "".join(
        char
        if char.isascii() and char.isalnum()
        else _letter(char)
        if char.isalnum()
        else _mark(char)
        for char in part
    )


def _letter(char: str) -> str:
    """A pattern for a letter beyond ASCII: itself, percent-encoded or quoted-printable."""
    data = char.encode("utf-8", "replace")
    percent = "".join(f"%(?:25){{0,4}}{byte:02x}" for byte in data)
    return f"(?:{re.escape(char)}|{percent}|{''.join(f'={byte:02x}' for byte in data)})"


def _mark(char: str) -> str:
    code = f"{ord(char):02x}"
    spelled = _DOT if char == "." else ""
    return rf"{_EMPHASIS}(?:\\?{re.escape(char)}|%(?:25){{0,4}}{code}|={code}{spelled}){_BREAK}"


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where mail addresses stand in a text: spans, half-open, in order.

    The `@` may be percent-encoded several times over, or be a character reference. A handle
    (`@name@example.org`) is no address.
    """
    last = 0
    signs = [*_AT.finditer(text)]
    if "%40" in text or "%25" in text or ("&" in text and "&#" in text):
        # One scan for both would be slower than two: each begins with one character.
        signs = sorted([*signs, *_ENCODED_AT.finditer(text)], key=re.Match.start)
    for at in signs:
        domain = _DOMAIN.match(text, at.end())
        if domain is None or _OF_PICTURE.match(text, at.end()):
            continue
        sign = at.start()
        local = text[max(last, sign - _LONGEST_LOCAL_PART) : sign]
        start = sign - len(local) + len(local.rstrip(_LOCAL if at[0] == "@" else _LOCAL_ENCODED))
        if start == sign or (start and text[start - 1] == "@"):
            continue
        last = domain.end()
        yield start, last


def may_tell(text: str) -> bool:
    """Whether a text may hold a value that `tells`: a quick look that finds most texts innocent.

    Base64 of text has letters of both cases; in hexadecimal and percent-encoding `@` is 40.
    """
    return not text.islower() or "@" in text or "40" in text


def tells(value: str, recipients: Recipients = NOBODY) -> bool:
    """Whether a value says who the reader is: an address, a JSON Web Token, or a payload that
    holds one of them or names the reader under a key such as `user_id`."""
    if ("@" in value or "%" in value or "&#" in value) and next(addresses(value), None):
        return True
    if recipients.runs and recipients.named_in(value):
        return True
    return len(value) >= SHORTEST_PAYLOAD and _payload_tells(value, _DEEPEST)


def _payload_tells(value: str, depth: int) -> bool:
    if depth == 0 or len(value) > decoders.MAX_CHARACTERS:
        return False
    if "%" in value:
        decoded = decoders.percent(value)
        if decoded is not None and decoded != value:
            if next(addresses(decoded), None):
                return True
            if decoded.startswith(("{", "[")):
                return _json_tells(decoders.json_value(decoded), depth)
            if "://" in decoded:
                return _address_tells(decoded, depth)
            return _payload_tells(decoded, depth - 1)
    # Base64 of text has letters of both cases; a value in one case is words or hexadecimal.
    if value.islower() or value.isupper() or value.isdigit():
        if _BASE32.fullmatch(value) and (text := decoders.base32(value)):
            return _bytes_tell(text.encode(), depth)
        return any(
            _bytes_tell(bytes.fromhex(part), depth)
            for part in _SEPARATORS.split(value)
            if _HEX.fullmatch(part)
        )
    data = decoders.base64_bytes(value)
    if data is not None:
        if _bytes_tell(data, depth):
            return True
        if value.isalnum() or "--" not in value:
            return _HEX.fullmatch(value) is not None and _bytes_tell(bytes.fromhex(value), depth)
    parts = _SEPARATORS.split(value)
    return len(parts) > 1 and any(
        len(part) >= SHORTEST_PAYLOAD and _payload_tells(part, depth) for part in parts[:16]
    )


def _address_tells(url: str, depth: int) -> bool:
    """Whether one of the values of an address tells who the reader is."""
    return any(
        len(part) >= SHORTEST_PAYLOAD and _payload_tells(part, depth - 1)
        for part in _DELIMITERS.split(url)[:64]
    )


def _bytes_tell(data: bytes, depth: int) -> bool:
    if b"@\0" in data:
        data = data.replace(b"\0", b"")  # UTF-16
    if b"@" in data or b"%40" in data:
        text = data.decode("latin-1")
        if next(addresses(text), None):
            return True
    inflated = _inflated(data)
    if inflated is not None:
        return depth > 0 and _bytes_tell(inflated, depth - 1)
    first = data[:1]
    if first in (b"{", b"["):
        value = decoders.json_value(data.decode("utf-8", "replace"))
        if value is not None:
            return _json_tells(value, depth)
    if not data.isascii():
        return False
    if _NAMED.search(data) is not None:
        return True
    return (
        depth > 1
        and len(data) >= SHORTEST_PAYLOAD
        and _payload_tells(data.decode("ascii"), depth - 1)
    )


def _inflated(data: bytes) -> bytes | None:
    """What is packed in the data, or None: RFC 1950, 1952, or a single block of 1951 without a
    header, which random data looks like one time in four and which ends in an error then."""
    if data[:1] == b"\x78" or data[:2] == b"\x1f\x8b":
        window = zlib.MAX_WBITS | 32
    elif data and data[0] & 7 in (3, 5) and not data.isascii():
        window = -zlib.MAX_WBITS
    else:
        return None
    inflater = zlib.decompressobj(window)
    try:
        inflated = inflater.decompress(data, decoders.MAX_CHARACTERS)
    except zlib.error:
        return None
    return inflated if inflater.eof or window > 0 else None


def _json_tells(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        return (
            ("alg" in value and len(value) <= 4)
            or not _KEYS.isdisjoint(key.lower() for key in value)
            or any(_json_tells(inner, depth) for inner in value.values())
        )
    if isinstance(value, list):
        return any(_json_tells(inner, depth) for inner in value)
    return (
        isinstance(value, str)
        and depth > 0
        and len(value) >= SHORTEST_PAYLOAD
        and _payload_tells(value, depth - 1)
    )


def random_looking(value: str) -> bool:
    """Whether a value looks like an identifier or a secret, not like words or a date.

    Numbers of six digits and more do (but for dates), and so do runs of eight letters and digits
    mixed, and of ten letters in mixed case.
    """
    for run in _RUNS(value):
        if len(run) < _SHORTEST_NUMBER:
            continue
        if run.isdigit():
            if _DATE.fullmatch(run) is None:
                return True
        elif run.isalpha():
            if len(run) >= 10 and not run.islower() and _MIXED_CASE.search(run, 0, _WINDOW):
                return True
        elif len(run) >= 12 or (len(run) >= 8 and _TWO_DIGITS.search(run) is not None):
            return True
    return False
