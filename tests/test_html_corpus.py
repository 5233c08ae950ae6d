"""Newsletters as senders' tools make them: what they read like, and that nothing is lost.

Beside each page stands what it must read like. To write those files anew after a change that is
meant, run `CLEANKIT_WRITE_EXPECTED=1 pytest tests/test_html_corpus.py`, and read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import html2text
import pytest

import cleankit
from cleankit.html import render

PAGES = sorted((Path(__file__).parent.parent / "corpus" / "messages" / "html").glob("*.html"))
WORD = re.compile(r"[^\W_]+")
TARGET = re.compile(r"\]\(<?[^)\s]*>?(?: \"[^\"]*\")?\)|https?://\S+")
ARTEFACTS = {
    "broken-off": {"p"},  # a tag in a comment that is never closed
    "developer-digest": {"5"},  # an item's number: `value` is not read
    "grid-of-cards": {"onewarm"},  # a heading and a paragraph glued in a link
    "market-table": {"pixel", "wooltraders"},  # a tracker, and words glued around hidden text
    "order-receipt": {"amp", "8217"},  # references that were escaped twice
}
"""What html2text shows that no reader would."""
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u034f\u200b\u200c\u200d\ufeff"))

pages = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def words(text: str) -> set[str]:
    return set(WORD.findall(TARGET.sub("] ", text).translate(INVISIBLE).lower()))


def test_there_is_a_corpus() -> None:
    assert len(PAGES) >= 12


@pages
def test_it_reads_as_expected(path: Path) -> None:
    document = cleankit.clean(read(path), format="html", passes=[])
    hidden = [
        f"<!-- {removal.rule}: {document.original[removal.start : removal.end].strip()} -->\n"
        for removal in document.removed
    ]
    result = document.text + "\n\n" + "".join(hidden)
    expected = path.with_suffix(".md")
    if os.environ.get("CLEANKIT_WRITE_EXPECTED"):
        expected.write_text(result, encoding="utf-8")
    assert result == expected.read_text(encoding="utf-8")


@pages
def test_no_word_that_html2text_shows_is_missing(path: Path) -> None:
    converter = html2text.HTML2Text()
    converter.body_width = 0
    converter.unicode_snob = True
    shown = words(converter.handle(read(path))) - ARTEFACTS.get(path.stem, set())
    text, hidden = render(read(path))
    concealed = " ".join(text[start:end] for start, end, _ in hidden)
    assert shown - words(text) - words(concealed) == set()


@pages
def test_clean_again_as_markdown_it_is_unchanged(path: Path) -> None:
    passes = ["characters", "whitespace"]
    document = cleankit.clean(read(path), format="html", passes=passes)
    again = cleankit.clean(document.text, format="markdown", passes=passes)
    assert again.text == document.text


@pages
def test_the_original_comes_back(path: Path) -> None:
    document = cleankit.clean(read(path), format="html")
    assert cleankit.restore(document.text, document.edits) == document.original
