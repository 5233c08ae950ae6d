"""What Pandoc writes of a layout into its Markdown."""

from __future__ import annotations

from cleankit import clean

LETTER = "The harbour froze in January, and for nine days the ferries lay where they had stopped."


def test_fences_with_attributes_go_and_so_do_attributes() -> None:
    text = f"::: {{.letter}}\n## The ice {{#ice}}\n\n{LETTER}\n\n[Maps](https://example.org/m){{.b}}\n:::\n"
    doc = clean(text, format="markdown")
    assert doc.text == f"## The ice\n\n{LETTER}\n\n[Maps](https://example.org/m)\n"
    assert {removal.kind for removal in doc.removed} == {"debris"}


def test_fences_without_attributes_stay() -> None:
    text = f"{LETTER}\n\n:::note\nNo ferry {{.link}} today.\n:::\n"
    assert clean(text, format="markdown", passes=["boilerplate"]).text == text


def test_fences_in_code_stay() -> None:
    text = f"{LETTER}\n\n```\n::: {{.box}}\n[a](b){{.c}}\n:::\n```\n"
    assert clean(text, format="markdown", passes=["boilerplate"]).text == text
