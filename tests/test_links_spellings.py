"""Places of an address are found as its pattern finds them, which is not compiled for that."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleankit.links.identity import _PLAIN_RUN, _pattern, _places

ADDRESSES = (
    "bob@example.com",
    "j.smith@mail.example.co.uk",
    "a_b-c+tag@ex-ample.org",
    "a@40com.test",
    "a@b@c.test",
    "x..y@z.test",
    "_u_@w.test",
    "müller@exämple.test",
)
MARKS = ("%40", "%2540", "=40", "=", "&#64;", " at ", "[at]", "%2e", "=2e", "[dot]", "*", "\n", "_")


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """An address as a text may show it: some characters spelled in other ways."""
    address = draw(st.sampled_from(ADDRESSES))
    return "".join(
        draw(st.sampled_from((each, each, each + "\n", "\\" + each, *MARKS)))
        if not each.isalnum()
        else each
        for each in address
    )


@given(
    st.sampled_from(ADDRESSES),
    st.lists(st.one_of(spelled(), st.sampled_from((" ", "bob", "a", "<", "x", ".")))),
)
def test_places_are_those_of_the_pattern(address: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    runs = tuple(_PLAIN_RUN.findall(address))
    matches = [match.span() for match in _pattern(address).finditer(text)]
    if all(run in text for run in runs):
        assert _places(address, runs, text) == matches
    else:
        assert not matches
