"""Progress while a run is under way: one line on a terminal, or JSON lines for a machine."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from threading import Thread
from time import monotonic
from typing import IO

from cleankit.run.inputs import Input, Inputs
from cleankit.run.totals import Totals
from cleankit.terminal import escape, one_line

EVERY = {"line": 0.1, "json": 1.0}
"""How often each is told, in seconds."""


MOST_LINES = 100
"""How many inputs are told of that are skipped, and that are set aside."""


class Progress:
    """Tells how far a run is; call it with the totals so far.

    Args:
        stream: where to.
        mode: `"line"`, `"json"` or `"none"`.
        inputs: the inputs, whose sizes are summed up meanwhile to tell what remains.
    """

    def __init__(self, stream: IO[str], mode: str, inputs: Inputs) -> None:
        self.totals: Totals = {}
        self._stream, self._mode, self._inputs = stream, mode, inputs
        self._began = monotonic()
        self._told = 0.0
        self._said: Counter[str] = Counter()
        self._all_bytes: int | None = None
        if mode != "none":
            Thread(target=self._measure, daemon=True).start()

    def __call__(self, totals: Totals) -> None:
        """Note the totals so far, and tell them if it is time."""
        self.totals = totals
        if self._mode != "none" and monotonic() - self._told >= EVERY[self._mode]:
            self._told = monotonic()
            self._tell()

    def say(self, what: str, name: str, why: str) -> None:
        """A line about one input; after a hundred of a kind, no more."""
        self._said[what] += 1
        if self._said[what] > MOST_LINES:
            return
        more = " (further ones are not told)" if self._said[what] == MOST_LINES else ""
        clear = "\r\x1b[K" if self._mode == "line" else ""
        self._stream.write(f"{clear}{what}: {escape(name)}: {one_line(why, 300)}{more}\n")

    def end(self) -> None:
        """Tell the last state to a machine; take the line off a terminal."""
        if self._mode == "json":
            self._tell()
        elif self._mode == "line":
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _tell(self) -> None:
        seconds = monotonic() - self._began
        read, size = self.totals.get("read", 0), self.totals.get("bytes", 0)
        aside = sum(self.totals.get("set_aside", {}).values())
        remaining = self._remaining(size, seconds)
        if self._mode == "json":
            state = {
                "documents": read,
                "bytes": size,
                "of_bytes": self._all_bytes,
                "seconds": round(seconds, 1),
                "remaining_seconds": None if remaining is None else round(remaining, 1),
                "set_aside": aside,
            }
            self._stream.write(json.dumps(state) + "\n")
        else:
            line = f"{read:,} documents, {size / 1e6:,.1f} MB, {read / max(seconds, 0.1):,.0f}/s"
            line += f", {_clock(remaining)} left" if remaining is not None else ""
            line += f", {aside:,} set aside" if aside else ""
            width = shutil.get_terminal_size().columns - 1
            self._stream.write(f"\r{line[:width]}\x1b[K")
        self._stream.flush()

    def _remaining(self, size: int, seconds: float) -> float | None:
        if not self._all_bytes or not size:
            return None
        return max(self._all_bytes - size, 0) * seconds / size

    def _measure(self) -> None:
        self._all_bytes = sum(each.size for each in self._inputs if isinstance(each, Input))


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
