"""Clean a column of a DuckDB query."""

import duckdb
import pyarrow as pa

from cleankit.arrow import clean_batches


def clean_query(database: duckdb.DuckDBPyConnection, query: str, column: str) -> pa.Table:
    """The query's result with `column` cleaned: a table that DuckDB can query by its name."""
    batches = database.sql(query).to_arrow_reader(1_000)
    return pa.Table.from_batches(clean_batches(batches, column=column))
