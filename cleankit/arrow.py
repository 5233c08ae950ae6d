"""Arrow batches in, Arrow batches out: the one contract for engines and for Parquet.

Needs the extra `arrow` (pyarrow). Every engine that hands over `pyarrow.RecordBatch`es can run
`clean_batches`; `examples/` shows how. What comes out has the columns of `OUTPUT`; their version is
`cleankit.document.SCHEMA`, and stands in the schema's metadata under `cleankit.schema`.
`cleankit run --to parquet` writes the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

from cleankit.document import SCHEMA, Context
from cleankit.errors import CleankitError, ConfigError, reason
from cleankit.kinds import kept
from cleankit.pipeline import Pass, Pipeline
from cleankit.readers import read_data
from cleankit.writers.jsonl import dumps

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise CleankitError("cleankit.arrow needs pyarrow: pip install 'cleankit[arrow]'") from error

ROWS = 1_000
"""A batch that comes out has no more rows than this."""

BYTES = 16_000_000
"""A batch that comes out is closed when its rows held this much before cleaning."""

_SPAN = [("start", pa.int64()), ("end", pa.int64())]
_STEP = [
    ("before", pa.string()),
    ("after", pa.string()),
    ("pass_name", pa.string()),
    ("rule", pa.string()),
    ("kind", pa.string()),
    ("note", pa.string()),
]
_SECTION = [
    ("title", pa.string()),
    ("level", pa.int32()),
    *_SPAN,
    ("origin", pa.list_(pa.int64())),
    ("parent", pa.int32()),
]
_REMOVAL = [*_SPAN, ("kind", pa.string()), ("rule", pa.string())]

OUTPUT = pa.schema(
    [
        ("text", pa.string()),
        ("meta", pa.string()),
        ("sections", pa.list_(pa.struct(_SECTION))),
        ("removed", pa.list_(pa.struct(_REMOVAL))),
        (
            "edits",
            pa.list_(pa.struct([*_SPAN, *_STEP, ("history", pa.list_(pa.struct(_STEP)))])),
        ),
        ("error", pa.string()),
    ],
    metadata={"cleankit.schema": str(SCHEMA)},
)
"""The columns that come out, for each row:

- `text`: the clean text; null where there was nothing to clean or an error;
- `meta`: `doc.meta` as a JSON object;
- `sections`, `removed`, `edits`: as in `Document.to_dict`, empty strings for what an edit has not;
- `error`: why the row could not be cleaned; null if it could.
"""


def clean_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    column: str,
    format: str | None = None,
    passes: Iterable[str | Pass] | None = None,
    keep: Iterable[str] = (),
    strip: Iterable[str] = (),
    options: Mapping[str, Mapping[str, Any]] | None = None,
    keep_credentials: bool = False,
) -> Iterator[pa.RecordBatch]:
    """Clean one column of a stream of batches.

    Args:
        batches: any iterable of record batches with that column.
        column: text or bytes, of any width (`string`, `large_string`, `string_view`, `binary`,
            ...), plain or as a dictionary. It is replaced by the columns of `OUTPUT`; all others
            pass through, before them.
        format, passes, keep, strip, options: as in `cleankit.clean`.
        keep_credentials: write the ledger without masks; see `Document.to_dict`.

    Yields:
        The rows in their order, each batch in one or several, of at most `ROWS` rows and not much
        more than `BYTES`: no more than that is in the making at any time, however large the
        batches are that come in. A batch without rows gives one without rows.

    Raises:
        ConfigError: at the first batch, for a column that is missing, there twice, of another
            type, or with the name of an output column, which nothing may replace unasked. A row
            that cannot be cleaned raises nothing: it has its `error` set and all else null.
        CleankitError: at the first batch, for a pass or kind that does not exist.
    """
    pipeline = Pipeline(passes, options=options)
    context = Context(kept_kinds=kept(keep, strip))
    for batch in batches:
        index = _index(batch.schema, column)
        others = [number for number in range(batch.num_columns) if number != index]
        schema = output_schema(batch.schema, column)
        start = 0
        for values in _portions(batch.column(index)):
            rows = [_row(value, format, pipeline, context, keep_credentials) for value in values]
            passed = [batch.column(number).slice(start, len(rows)) for number in others]
            yield pa.RecordBatch.from_arrays([*passed, *_all_columns(rows)], schema=schema)
            start += len(rows)


def output_schema(schema: pa.Schema, column: str) -> pa.Schema:
    """The schema that `clean_batches` gives for batches of this schema.

    Raises:
        ConfigError: see `clean_batches`.
    """
    index = _index(schema, column)
    others = [field for number, field in enumerate(schema) if number != index]
    metadata = {**(schema.metadata or {}), **(OUTPUT.metadata or {})}
    return pa.schema([*others, *OUTPUT], metadata=metadata)


def columns(records: Sequence[Mapping[str, Any]], schema: pa.Schema = OUTPUT) -> list[pa.Array]:
    """The arrays of a schema for records as `Document.to_dict` makes them (or with an `error`).

    A lone surrogate, which Arrow's UTF-8 cannot carry, becomes U+FFFD.

    Args:
        records: what they have beyond the schema is left out, and what they have not is null.
        schema: `OUTPUT`, or one that has its columns.
    """
    arrays = []
    for field in schema:
        name = field.name
        values = [record.get(name) for record in records]
        if name == "meta":
            values = [None if value is None else dumps(value) for value in values]
        arrays.append(_array(values, field.type))
    return arrays


def _row(
    value: str | bytes | None,
    format: str | None,
    pipeline: Pipeline,
    context: Context,
    keep_credentials: bool,
) -> dict[str, Any]:
    if value is None:
        return {}
    try:
        document = pipeline(read_data(value, format=format, context=context))
        return document.to_dict(keep_credentials=keep_credentials)
    except Exception as error:
        return {"error": reason(error)}


def _all_columns(rows: Sequence[Mapping[str, Any]]) -> list[pa.Array]:
    """The arrays of `OUTPUT`; a row that Arrow cannot hold, by a pass's doing, has its error."""
    try:
        return columns(rows)
    except Exception as error:
        if len(rows) == 1:
            return columns([{"error": reason(error)}])
    single = [_all_columns([row]) for row in rows]
    return [pa.concat_arrays(arrays) for arrays in zip(*single, strict=True)]


def _portions(values: pa.Array) -> Iterator[list[str | bytes | None]]:
    """The values as Python's, in order, as many at a time as one batch of the output holds."""
    portion: list[str | bytes | None] = []
    size = 0
    for scalar in values.storage if isinstance(values, pa.ExtensionArray) else values:
        try:
            value = scalar.as_py()
        except UnicodeDecodeError:  # Arrow does not check that its text is UTF-8
            value = scalar.as_buffer().to_pybytes()
        portion.append(value)
        size += len(value or "")
        if len(portion) == ROWS or size >= BYTES:
            yield portion
            portion, size = [], 0
    if portion or not len(values):
        yield portion


_KINDS = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
)


def _index(schema: pa.Schema, column: str) -> int:
    """Where the column stands, if it is one that can be cleaned."""
    found = schema.get_all_field_indices(column)
    if len(found) != 1:
        named = "several columns" if found else "no column"
        raise ConfigError(f"{named} {column!r}; there are {', '.join(schema.names)}")
    for name in schema.names:
        if name in OUTPUT.names and name != column:
            raise ConfigError(f"the column {name!r} is in the way of the output's; rename it")
    type = schema.field(found[0]).type
    if isinstance(type, pa.BaseExtensionType):
        type = type.storage_type
    if pa.types.is_dictionary(type):
        type = type.value_type
    if not any(is_kind(type) for is_kind in _KINDS):
        raise ConfigError(f"the column {column!r} holds {type}, not text or bytes")
    index: int = found[0]
    return index


def _array(values: Sequence[Any], type: pa.DataType) -> pa.Array:
    """An array of Python values, built column by column: twice as fast as row by row.

    In a structure, a text or list that is missing is empty; records leave empty ones out.
    """
    if pa.types.is_struct(type):
        fields = []
        for field in type:
            name, inner = field.name, field.type
            missing = "" if inner == pa.string() else () if _is_list(inner) else None
            fields.append(_array([value.get(name, missing) for value in values], inner))
        return pa.StructArray.from_arrays(fields, fields=list(type))
    if _is_list(type):
        ends = accumulate((len(value or ()) for value in values), initial=0)
        places = pa.array(ends, type=pa.int32())
        lacking = pa.array([value is None for value in values], type=pa.bool_())
        items = _array(list(chain.from_iterable(filter(None, values))), type.value_type)
        return pa.ListArray.from_arrays(places, items, type=type, mask=lacking)
    try:
        return pa.array(values, type=type)
    except UnicodeEncodeError:
        sound = [None if value is None else _SURROGATE.sub("\ufffd", value) for value in values]
        return pa.array(sound, type=type)


_SURROGATE = re.compile("[\ud800-\udfff]")


def _is_list(type: pa.DataType) -> bool:
    return bool(pa.types.is_list(type))
