"""The errors that cleankit raises: one family, so that a caller can catch it whole."""

from __future__ import annotations

import re


class CleankitError(Exception):
    """The base of every error that cleankit raises on purpose.

    The message is one line and names the source (a file, a record, a pass) that it speaks of.
    """


class EditError(CleankitError, ValueError):
    """An edit that cannot be applied: out of range, overlapping another, or of the wrong shape."""


class PassError(CleankitError):
    """A pass that failed, or a name that no pass has."""


class ReadError(CleankitError):
    """An input that cannot be read as what it was said to be."""


class RuleError(CleankitError):
    """A rule file that does not say what its mechanism needs."""


class ConfigError(CleankitError):
    """A configuration with an unknown key or a value of the wrong kind."""


class OutputError(CleankitError):
    """An output that cannot be written: no place, no right, or another run at work."""


def reason(error: BaseException, name: str = "") -> str:
    """What went wrong with one document, in one sentence that is the same on every run.

    Args:
        error: as it was caught.
        name: that of the document, which stands beside the sentence and is left out of it.
    """
    message = _ADDRESS.sub("0x…", str(error).removeprefix(f"{name}: "))[:_LONGEST]
    return message or type(error).__name__


_ADDRESS = re.compile(r"0x[0-9a-f]{6,16}")
_LONGEST = 1_000
