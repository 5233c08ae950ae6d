"""What is fuzzed: each reader, each pass and the whole, as functions of bytes.

A target raises whatever is a find: an AssertionError where a law is broken, or any exception that
cleankit does not promise. A `ReadError` is promised; a pass raises for no input.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

import cleankit
from cleankit import CleankitError, Document, ReadError
from cleankit.pipeline import BUILT_IN, Pipeline
from cleankit.readers import jsonlines, mbox, read_data
from cleankit.readers.sniff import OUTLOOK
from tests.fuzz.material import mosaic
from tests.laws import (
    assert_every_position_maps,
    assert_record_reads_back,
    assert_restores,
    assert_settled,
)


class Target(NamedTuple):
    """What is tried, and the endings of the files in the corpus that it begins with."""

    run: Callable[[bytes], None]
    seeds: tuple[str, ...]
    makes_texts: bool = False
    """Whether the first byte says how the others become a text; see `text_of`."""


def text_of(data: bytes) -> str:
    """After an odd byte the others as UTF-8; after an even one a text that they put together."""
    if data[:1] and data[0] % 2:
        return data[1:].decode("utf-8", "surrogateescape" if data[0] % 4 == 1 else "replace")
    return mosaic(data[1:])


def _read(format: str | None, data: bytes) -> None:
    with suppress(ReadError):
        _hold(read_data(data, format=format, name="noise"))


def _mailbox(data: bytes) -> None:
    before = 0
    for start, end in mbox.messages(io.BytesIO(data)):
        assert before <= start <= end <= len(data)
        before = end
        _read("email", mbox.unescape(data[start:end]))


def _json_lines(data: bytes) -> None:
    for start, end in jsonlines.lines(io.BytesIO(data)):
        with suppress(ReadError):
            record = jsonlines.parse(data[start:end], source="noise")
            _hold(read_data(record.text, format=record.format))


def _record(data: bytes) -> None:
    with suppress(ValueError, RecursionError):
        found = json.loads(data)
        if isinstance(found, dict):
            with suppress(CleankitError):
                Document.from_dict(found)


def _pass(name: str, data: bytes) -> None:
    def once(text: str) -> Document:
        return Pipeline([name])(read_data(text, format="markdown"))

    document = once(text_of(data))
    _hold(document)
    assert_settled(document.text, once)


def _clean(data: Any) -> None:
    with suppress(ReadError):
        document = cleankit.clean(data, name="noise")
        _hold(document)
        if document.meta["format"] == "markdown":
            assert_settled(document.text, cleankit.clean)
        else:
            # What a mail or a page shows may look like another; only the passes are run again.
            known = Document.of(document.text, document.meta, context=document.context)
            assert_settled(document.text, lambda _: Pipeline()(known))


def _url(data: bytes) -> None:
    url = data.decode("utf-8", "replace")
    came = cleankit.clean_url(url)
    assert cleankit.clean_url(came) == came


def _hold(document: Document) -> None:
    assert_restores(document)
    assert_every_position_maps(document)
    assert_record_reads_back(document)


TARGETS: dict[str, Target] = {
    "email": Target(partial(_read, "email"), (".eml",)),
    "html": Target(partial(_read, "html"), (".html",)),
    "markdown": Target(partial(_read, "markdown"), (".md",)),
    "text": Target(partial(_read, "text"), (".txt",)),
    "outlook": Target(lambda data: _read("email", OUTLOOK + data), ()),
    "mailbox": Target(_mailbox, (".mbox",)),
    "json lines": Target(_json_lines, (".jsonl",)),
    "record": Target(_record, ()),
    "url": Target(_url, ()),
    **{name: Target(partial(_pass, name), (".md", ".txt"), makes_texts=True) for name in BUILT_IN},
    "whole bytes": Target(_clean, (".eml", ".html", ".md", ".txt")),
    "whole text": Target(lambda data: _clean(text_of(data)), (".md", ".txt"), makes_texts=True),
}
"""Every target, by name."""
