"""Parquet: one row a document, with a schema that is written down and never inferred.

The columns are `name`, those of `cleankit.arrow.OUTPUT` and `source`. Needs the extra `arrow`.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from cleankit.errors import ConfigError

ROWS = 1_000
"""The rows of a row group: a few megabytes."""

BYTES = 64_000_000
"""A row group is closed when its records are this large as JSON, so that memory is bounded."""


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
        self._size = 0

    def add(self, line: bytes) -> None:
        """Add a record, given as a line of JSON."""
        self._rows.append(json.loads(line))
        self._size += len(line)
        if len(self._rows) >= ROWS or self._size >= BYTES:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the file's end."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        rows, self._rows, self._size = self._rows, [], 0
        arrays = import_module("cleankit.arrow").columns(rows, self._schema)
        self._writer.write_table(_arrow().Table.from_arrays(arrays, schema=self._schema))


def _arrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        raise ConfigError("parquet needs the extra: pip install 'cleankit[arrow]'") from None
