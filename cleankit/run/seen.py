"""What was seen before: a table of digests that costs a few dozen bytes each."""

from __future__ import annotations

from array import array


class Seen:
    """Remembers 128-bit digests, each with the number that it was first seen with.

    An open-addressing table with linear probing over three arrays of 64-bit integers, at most two
    thirds full: 36 to 72 bytes an entry, where a dictionary of bytes takes some 200.
    """

    def __init__(self) -> None:
        self._count = 0
        self._allocate(1 << 10)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, digest: bytes) -> bool:
        return bool(self._numbers[self._slot(*_halves(digest))])

    def first(self, digest: bytes, number: int) -> int:
        """The number that this digest was first seen with: `number` itself if it is new.

        Args:
            digest: at least 16 bytes of a cryptographic hash.
            number: from 0 to 2**64 - 2.
        """
        high, low = _halves(digest)
        slot = self._slot(high, low)
        if self._numbers[slot]:
            return self._numbers[slot] - 1
        self._high[slot], self._low[slot], self._numbers[slot] = high, low, number + 1
        self._count += 1
        if self._count * 3 > len(self._numbers) * 2:
            self._grow()
        return number

    def _allocate(self, size: int) -> None:
        self._high, self._low, self._numbers = (array("Q", bytes(8 * size)) for _ in range(3))

    def _slot(self, high: int, low: int) -> int:
        mask = len(self._numbers) - 1
        slot = low & mask
        while self._numbers[slot] and (self._high[slot] != high or self._low[slot] != low):
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        entries = zip(self._high, self._low, self._numbers, strict=True)
        self._allocate(2 * len(self._numbers))
        for high, low, number in entries:
            if number:
                slot = self._slot(high, low)
                self._high[slot], self._low[slot], self._numbers[slot] = high, low, number


def _halves(digest: bytes) -> tuple[int, int]:
    return int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big")
