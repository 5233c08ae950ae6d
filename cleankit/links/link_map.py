"""Link maps: where opaque links lead, as the user knows it."""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path

from cleankit.errors import ConfigError

_FROM = ("from", "raw", "url", "source")
_TO = ("to", "target", "resolved", "destination")


def load(path: str | PathLike[str]) -> dict[str, str]:
    """Read a link map: link -> target.

    The file is UTF-8, one link a line: either two columns parted by a tab, or a JSON object with
    the link under `from` (or `raw`, `url`, `source`) and its target under `to` (or `target`,
    `resolved`, `destination`). Blank lines and lines that begin with `#` are skipped, and so is a
    heading (a first line whose first column is no address). Of two lines for a link the later one
    counts.

    Raises:
        ConfigError: the file cannot be read, or a line is neither; names the file and the line.
    """
    source = Path(path)
    try:
        content = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{source}: cannot read the link map: {error}") from None
    found: dict[str, str] = {}
    for number, line in enumerate(content.split("\n"), start=1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        pair = _from_json(line) if line.lstrip().startswith("{") else _from_columns(line)
        if pair is None:
            raise ConfigError(f"{source}, line {number}: expected a link and its target")
        if number > 1 or "://" in pair[0]:
            found[pair[0]] = pair[1]
    return found


def _from_columns(line: str) -> tuple[str, str] | None:
    link, tab, rest = line.partition("\t")
    target = rest.partition("\t")[0]
    return (link.strip(), target.strip()) if tab and link.strip() and target.strip() else None


def _from_json(line: str) -> tuple[str, str] | None:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    link = next((data[key] for key in _FROM if isinstance(data.get(key), str)), "")
    target = next((data[key] for key in _TO if isinstance(data.get(key), str)), "")
    return (link, target) if link and target else None
