"""Arrow batches in, Arrow batches out: the one contract for engines and for Parquet.

Needs the extra `arrow` (pyarrow). Every engine that hands over `pyarrow.RecordBatch`es can run
`clean_batches`. What comes out has the columns of `OUTPUT`; their version is
`cleankit.document.SCHEMA`, and stands in the schema's metadata under `cleankit.schema`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cleankit.document import SCHEMA, Context
from cleankit.errors import CleankitError, ConfigError
from cleankit.kinds import kept
from cleankit.pipeline import Pass, Pipeline
from cleankit.readers import read_data

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise CleankitError("cleankit.arrow needs pyarrow: pip install 'cleankit[arrow]'") from error

_SPAN = [("start", pa.int64()), ("end", pa.int64())]
_STEP = [
    ("before", pa.string()),
    ("after", pa.string()),
    ("pass_name", pa.string()),
    ("rule", pa.string()),
    ("kind", pa.string()),
    ("note", pa.string()),
]

OUTPUT = pa.schema(
    [
        ("text", pa.string()),
        ("meta", pa.string()),
        (
            "sections",
            pa.list_(
                pa.struct(
                    [
                        ("title", pa.string()),
                        ("level", pa.int32()),
                        *_SPAN,
                        ("origin", pa.list_(pa.int64())),
                        ("parent", pa.int32()),
                    ]
                )
            ),
        ),
        ("removed", pa.list_(pa.struct([*_SPAN, ("kind", pa.string()), ("rule", pa.string())]))),
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
    """Clean one column of a stream of batches, one batch at a time.

    Args:
        batches: any iterable of record batches with that column.
        column: text or bytes: (large_)string, (large_)binary, or a dictionary of them. It is
            replaced by the columns of `OUTPUT`; all others pass through, before them.
        format, passes, keep, strip, options: as in `cleankit.clean`.
        keep_credentials: write the ledger without masks; see `Document.to_dict`.

    Yields:
        A batch for each batch, row for row.

    Raises:
        CleankitError: at the first batch, for a column that is missing, of another type, or in the
            way of an output column. A row that cannot be cleaned has its `error` set instead.
    """
    pipeline = Pipeline(passes, options=options)
    context = Context(kept_kinds=kept(keep, strip))
    for batch in batches:
        values = _column(batch, column)
        others = [name for name in batch.schema.names if name != column]
        rows = [
            _row(value, f"row {number}", format, pipeline, context, keep_credentials)
            for number, value in enumerate(values.to_pylist())
        ]
        yield pa.RecordBatch.from_arrays(
            [*(batch.column(name) for name in others), *columns(rows)],
            schema=output_schema(batch.schema, column),
        )


def output_schema(schema: pa.Schema, column: str) -> pa.Schema:
    """The schema that `clean_batches` gives for batches of this schema."""
    others = [field for field in schema if field.name != column]
    metadata = {**(schema.metadata or {}), **(OUTPUT.metadata or {})}
    return pa.schema([*others, *OUTPUT], metadata=metadata)


def columns(records: Sequence[Mapping[str, Any]]) -> list[pa.Array]:
    """The arrays of `OUTPUT` for records as `Document.to_dict` makes them (or with an `error`)."""
    return [
        pa.array(
            [_value(name, record.get(name)) for record in records], type=OUTPUT.field(name).type
        )
        for name in OUTPUT.names
    ]


def _row(
    value: str | bytes | None,
    name: str,
    format: str | None,
    pipeline: Pipeline,
    context: Context,
    keep_credentials: bool,
) -> dict[str, Any]:
    if value is None:
        return {}
    try:
        document = pipeline(read_data(value, format=format, name=name, context=context))
        return document.to_dict(keep_credentials=keep_credentials)
    except CleankitError as error:
        return {"error": str(error)}
    except RecursionError:
        return {"error": f"{name}: nested too deeply"}


def _column(batch: pa.RecordBatch, column: str) -> pa.Array:
    if column not in batch.schema.names:
        raise ConfigError(f"no column {column!r}; there are {', '.join(batch.schema.names)}")
    for name in batch.schema.names:
        if name in OUTPUT.names and name != column:
            raise ConfigError(f"the column {name!r} is in the way of the output's; rename it")
    values = batch.column(column)
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary)
    if not any(is_kind(values.type) for is_kind in (*kinds, pa.types.is_large_binary)):
        raise ConfigError(f"the column {column!r} holds {values.type}, not text or bytes")
    return values


def _value(name: str, value: Any) -> Any:
    """A value of a record as Arrow takes it: no lone surrogates, meta as JSON, no field missing."""
    if value is None:
        return None
    if name == "meta":
        return json.dumps(value, sort_keys=True)
    if name == "edits":
        return [
            _step(edit, history=[_step(step) for step in edit.get("history", ())]) for edit in value
        ]
    return _sound(value)


def _step(step: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "", "note": "", **{key: _sound(value) for key, value in step.items()}, **more}


def _sound(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value
