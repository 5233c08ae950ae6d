"""JSON lines (https://jsonlines.org): one record a line, UTF-8."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

# JSON allows these raw, yet `str.splitlines` and other readers of lines break at them.
_BREAKS = re.compile("[\x85\u2028\u2029]")


def encode(record: Mapping[str, Any]) -> bytes:
    """The record as one line, with its line feed; never fails.

    Characters stand as they are. A record that holds a lone surrogate, which UTF-8 cannot carry,
    is written in ASCII with escapes; numbers that JSON does not have (NaN, infinities) are null.
    """
    line = dumps(record)
    try:
        return line.encode() + b"\n"
    except UnicodeEncodeError:
        return dumps(record, ascii_only=True).encode() + b"\n"


def dumps(data: Any, *, ascii_only: bool = False) -> str:
    """The data as JSON on one line that no reader of lines will break."""
    try:
        line = _dumps(data, ascii_only)
    except (ValueError, TypeError, RecursionError):
        line = _dumps(_plain(data), ascii_only)
    if "\x85" in line or "\u2028" in line or "\u2029" in line:
        line = _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    return line


def _dumps(data: Any, ascii_only: bool) -> str:
    return json.dumps(data, ensure_ascii=ascii_only, allow_nan=False, separators=(",", ":"))


def _plain(value: Any, depth: int = 50) -> Any:
    """The value as JSON can have it; what is nested deeper than `depth` becomes its `str`."""
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if value.bit_length() < 10_000 else None
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if depth and isinstance(value, Mapping):
        return {str(key): _plain(inner, depth - 1) for key, inner in value.items()}
    if depth and isinstance(value, list | tuple):
        return [_plain(inner, depth - 1) for inner in value]
    return str(value) if not isinstance(value, Mapping | list | tuple) else None
