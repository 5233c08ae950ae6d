"""cleankit turns scraped e-mails and newsletters into clean text.

    doc = cleankit.clean(data)
    doc.text, doc.meta, doc.sections, doc.removed
    cleankit.restore(doc.text, doc.edits) == doc.original

Every change is in the ledger (`doc.edits`) with its place, its pass and its rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import Any

from cleankit.document import Context, Document, Removal, Section, Title
from cleankit.edits import Change, Edit, restore
from cleankit.errors import (
    CleankitError,
    ConfigError,
    EditError,
    OutputError,
    PassError,
    ReadError,
    RuleError,
)
from cleankit.kinds import kept
from cleankit.pipeline import Pass, Pipeline

__version__ = "0.1.0"

__all__ = [
    "Change",
    "CleankitError",
    "ConfigError",
    "Document",
    "Edit",
    "EditError",
    "OutputError",
    "Pass",
    "PassError",
    "Pipeline",
    "ReadError",
    "Removal",
    "RuleError",
    "Section",
    "Title",
    "clean",
    "clean_url",
    "read",
    "restore",
]


def clean(
    data: str | bytes,
    *,
    format: str | None = None,
    passes: Iterable[str | Pass] | None = None,
    name: str | None = None,
    keep: Iterable[str] = (),
    strip: Iterable[str] = (),
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> Document:
    """Clean one message or document.

    Args:
        data: its text or its bytes.
        format: `"email"`, `"html"`, `"markdown"` or `"text"`; None to tell it from the data.
        passes: pass names or callables; None for the default pipeline, `[]` for reading alone.
        name: the source's name, for messages and records.
        keep: kinds of removal to leave in the text (noted in the ledger).
        strip: kinds to cut that are kept by default: `sponsor`, `related`, `promo`.
        options: keyword arguments for passes, by pass name.

    Returns:
        The document: `text`, `original`, `meta`, `sections`, `edits`, `removed`.

    Raises:
        CleankitError: the data cannot be read, or a pass or kind does not exist.
    """
    from cleankit.readers import read_data

    pipeline = Pipeline(passes, options=options)
    context = Context(kept_kinds=kept(keep, strip))
    return pipeline(read_data(data, format=format, name=name, context=context))


def read(path: str | PathLike[str]) -> Iterator[Document]:
    """Read the documents of a file, mailbox, Maildir or directory, not yet cleaned.

    Raises:
        ReadError: there is nothing at `path`, or it cannot be read.
    """
    from cleankit.readers.files import read as read_files

    return read_files(path)


def clean_url(url: str) -> str:
    """One URL through the link rules: unwrapped, without trackers and credentials.

    A URL that has none comes back as it is, character for character.
    """
    from cleankit.links import clean_url as clean_one

    return clean_one(url)
