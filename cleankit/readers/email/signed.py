"""What an S/MIME message signs: the content within a `SignedData` (RFC 5652, RFC 8551).

The message is unwrapped, no signature is checked, and nothing is decrypted.
"""

from __future__ import annotations

TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})

_SEQUENCE, _SET, _INTEGER, _IDENTIFIER, _EXPLICIT = 0x30, 0x31, 0x02, 0x06, 0xA0
_OCTETS, _OCTETS_IN_PIECES = 0x04, 0x24
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")


def content(data: bytes) -> bytes | None:
    """The message that was signed; None if the data is no `SignedData` with its content.

    Args:
        data: the decoded body, in DER or BER (X.690).
    """
    try:
        place = _enter(data, 0, _SEQUENCE)
        start, end = _element(data, place, _IDENTIFIER)
        if data[start:end] != _SIGNED_DATA:
            return None
        place = _enter(data, _enter(data, end, _EXPLICIT), _SEQUENCE)
        _, place = _element(data, place, _INTEGER)
        _, place = _element(data, place, _SET)
        place = _enter(data, place, _SEQUENCE)
        _, place = _element(data, place, _IDENTIFIER)
        place = _enter(data, place, _EXPLICIT)
        if data[place] == _OCTETS_IN_PIECES:
            return b"".join(_pieces(data, _enter(data, place, _OCTETS_IN_PIECES)))
        start, end = _element(data, place, _OCTETS)
        return data[start:end]
    except (ValueError, IndexError):
        return None


def _pieces(data: bytes, place: int) -> list[bytes]:
    pieces = []
    while place < len(data) and data[place] == _OCTETS:
        start, place = _element(data, place, _OCTETS)
        pieces.append(data[start:place])
    return pieces


def _enter(data: bytes, place: int, tag: int) -> int:
    """Where the content of the element at `place` begins."""
    start, _ = _length(data, place, tag)
    return start


def _element(data: bytes, place: int, tag: int) -> tuple[int, int]:
    """Where the content of the element at `place` begins and ends."""
    start, length = _length(data, place, tag)
    if length is None or start + length > len(data):
        raise ValueError("no such length")
    return start, start + length


def _length(data: bytes, place: int, tag: int) -> tuple[int, int | None]:
    """Where the content begins, and how long it is; None if its end is marked instead."""
    if data[place] != tag:
        raise ValueError("another element")
    first = data[place + 1]
    if first < 0x80:
        return place + 2, first
    size = first & 0x7F
    if size > 4:
        raise ValueError("no such length")
    start = place + 2 + size
    return start, int.from_bytes(data[place + 2 : start], "big") if size else None
