"""The errors that cleankit raises: one family, so that a caller can catch it whole."""

from __future__ import annotations


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
