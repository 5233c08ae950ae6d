"""The one home of the hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from cleankit import Change, Document

any_text = st.text(st.characters(), max_size=200)
"""Every code point: lone surrogates, controls and unassigned ones included."""


@st.composite
def changes(draw: st.DrawFn, text: str) -> list[Change]:
    """Valid changes on a text: some cut, some put in, some replace, some only note."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    proposed = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        replacement = draw(st.sampled_from(["", "x", "a longer one", text[start:end]]))
        kind = draw(st.sampled_from(["", "invisible", "sponsor"]))
        note = draw(st.sampled_from(["", "a note"]))
        proposed.append(Change(start, end, replacement, f"rule-{start}", kind, note))
    return proposed


@st.composite
def edited_documents(draw: st.DrawFn) -> Document:
    """A document after several passes that changed whatever they liked."""
    document = Document.of(draw(any_text))
    for number in range(draw(st.integers(0, 5))):
        document = document.edit(draw(changes(document.text)), pass_name=f"pass-{number}")
    return document
