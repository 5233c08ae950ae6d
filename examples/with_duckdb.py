"""Clean a column of a DuckDB query, a batch at a time."""

import duckdb
import pyarrow as pa

from cleankit.arrow import clean_batches, output_schema


def clean_query(database: duckdb.DuckDBPyConnection, sql: str, column: str) -> pa.RecordBatchReader:
    """The query's result with `column` cleaned: DuckDB can query it by its name, once."""
    reader = database.cursor().sql(sql).to_arrow_reader(1_000)
    batches = clean_batches(reader, column=column)
    return pa.RecordBatchReader.from_batches(output_schema(reader.schema, column), batches)
