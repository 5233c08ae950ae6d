"""Markdown with YAML front matter.

The front matter is written in the part of YAML that is JSON: every string in double quotes, so
that no value from a message can be taken for anything else, whichever parser reads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cleankit.writers import jsonl, text

SUFFIX = ".md"

MAX_KEY = 200
"""YAML allows a simple key 1,024 characters; entries with longer ones than this are left out."""

# What YAML (1.2, production 1, c-printable) does not allow raw, and line breaks of YAML 1.1.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_EXPONENT = re.compile(r"^(-?\d+)(e)", re.IGNORECASE)


def encode(record: Mapping[str, Any]) -> bytes:
    """The record as Markdown: its meta and source as front matter, then its text."""
    meta = {**record["meta"], **({"source": record["source"]} if "source" in record else {})}
    return text.utf8(f"---\n{front_matter(meta)}---\n\n{record['text']}")


def front_matter(meta: Mapping[str, Any]) -> str:
    """The lines of YAML that say what `meta` says."""
    return "".join(
        f"{_key(str(key))}: {_flow(value)}\n"
        for key, value in meta.items()
        if len(str(key)) <= MAX_KEY
    )


def _key(key: str) -> str:
    return key if _PLAIN.fullmatch(key) and key not in _WORDS else _flow(key)


def _flow(value: Any) -> str:
    """The value in YAML's flow style, which differs from JSON in details alone."""
    if isinstance(value, Mapping):
        entries = (
            f"{_flow(str(key))}: {_flow(inner)}"
            for key, inner in value.items()
            if len(str(key)) <= MAX_KEY
        )
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    line = jsonl.dumps(value)
    if isinstance(value, float):
        # YAML 1.1 takes `1e+16` for a string: there must be a point.
        line = _EXPONENT.sub(r"\1.0\2", line)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


_PLAIN = re.compile(r"[a-z_][a-z0-9_]{0,40}")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
