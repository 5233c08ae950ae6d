"""Parquet: one row a document, with a schema that is written down here and never inferred.

Needs the extra `arrow`.
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from cleankit.errors import ConfigError

SCHEMA_VERSION = 1
"""Written into the file's metadata as `cleankit.schema`."""

ROWS = 1_000
"""The rows of a row group: a few megabytes."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def schema() -> Any:
    """The schema of the table.

    `meta` is JSON: its keys differ from document to document. All else has columns of its own, as
    in `Document.to_dict`.

    Raises:
        ConfigError: pyarrow is not installed.
    """
    arrow = _arrow()
    text, number = arrow.string(), arrow.int64()
    step = [(name, text) for name in ("before", "after", "pass_name", "rule", "kind", "note")]
    columns = [
        ("schema", arrow.int32()),
        ("name", text),
        ("text", arrow.large_string()),
        ("meta", text),
        (
            "sections",
            arrow.list_(
                arrow.struct(
                    [
                        ("title", text),
                        ("level", arrow.int32()),
                        ("start", number),
                        ("end", number),
                        ("origin", arrow.list_(number)),
                        ("parent", number),
                    ]
                )
            ),
        ),
        (
            "removed",
            arrow.list_(
                arrow.struct([("start", number), ("end", number), ("kind", text), ("rule", text)])
            ),
        ),
        (
            "edits",
            arrow.list_(
                arrow.struct(
                    [
                        ("start", number),
                        ("end", number),
                        *step,
                        ("history", arrow.list_(arrow.struct(step))),
                    ]
                )
            ),
        ),
        (
            "source",
            arrow.struct(
                [
                    ("path", text),
                    ("sha256", text),
                    ("position", number),
                    ("start", number),
                    ("end", number),
                ]
            ),
        ),
    ]
    return arrow.schema(columns, metadata={"cleankit.schema": str(SCHEMA_VERSION)})


class Table:
    """A Parquet file that is written record by record.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._schema = schema()
        parquet = import_module("pyarrow.parquet")
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def add(self, line: bytes) -> None:
        """Add a record, given as a line of JSON."""
        record = json.loads(line)
        record["meta"] = json.dumps(record["meta"], ensure_ascii=False)
        self._rows.append(_encodable(record))
        if len(self._rows) >= ROWS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the file's end."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(_arrow().Table.from_pylist(self._rows, self._schema))
            self._rows = []


def _encodable(value: Any) -> Any:
    """The value with lone surrogates, which Arrow's UTF-8 cannot carry, as U+FFFD."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _encodable(inner) for key, inner in value.items()}
    return [_encodable(inner) for inner in value] if isinstance(value, list) else value


def _arrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        raise ConfigError("parquet needs the extra: pip install 'cleankit[arrow]'") from None
