"""Parquet: one row a document, with a schema that is written down and never inferred.

The columns are `name`, those of `cleankit.arrow.OUTPUT` and `source`. Needs the extra `arrow`.
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from cleankit.errors import ConfigError

ROWS = 1_000
"""The rows of a row group: a few megabytes."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def schema() -> Any:
    """The schema of the table.

    Raises:
        ConfigError: pyarrow is not installed.
    """
    pa, output = _arrow(), import_module("cleankit.arrow").OUTPUT
    number, text = pa.int64(), pa.string()
    source = [("path", text), ("sha256", text), ("position", number)]
    source += [("start", number), ("end", number)]
    columns = [pa.field("name", text), *output, pa.field("source", pa.struct(source))]
    return pa.schema(columns, metadata=output.metadata)


class Table:
    """A Parquet file that is written record by record.

    Args:
        path: the file.

    Raises:
        ConfigError: pyarrow is not installed.
    """

    def __init__(self, path: Path) -> None:
        self._schema = schema()
        parquet = import_module("pyarrow.parquet")
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def add(self, line: bytes) -> None:
        """Add a record, given as a line of JSON."""
        self._rows.append(_encodable(json.loads(line)))
        if len(self._rows) >= ROWS:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the file's end."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        rows, self._rows = self._rows, []
        pa, columns = _arrow(), import_module("cleankit.arrow").columns
        arrays = [
            pa.array([row["name"] for row in rows], type=pa.string()),
            *columns(rows),
            pa.array([row["source"] for row in rows], type=self._schema.field("source").type),
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))


def _encodable(value: Any) -> Any:
    """The value with lone surrogates, which Arrow's UTF-8 cannot carry, as U+FFFD."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_encodable(key): _encodable(inner) for key, inner in value.items()}
    return [_encodable(inner) for inner in value] if isinstance(value, list) else value


def _arrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        raise ConfigError("parquet needs the extra: pip install 'cleankit[arrow]'") from None
