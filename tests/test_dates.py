from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.readers.dates import iso


@pytest.mark.parametrize(
    "given, expected",
    [
        ("Sun, 18 Jan 2026 12:01:52 +0000", "2026-01-18T12:01:52+00:00"),
        ("18 Jan 2026 12:01 -0530", "2026-01-18T12:01:00-05:30"),
        ("Sun, 18 Jan 2026 12:01:52 GMT", "2026-01-18T12:01:52+00:00"),
        ("Sun, 18 Jan 2026 12:01:52 EST (New York)", "2026-01-18T12:01:52-05:00"),
        ("Sun, 18 Jan 2026 12:01:52 GMT+1", "2026-01-18T12:01:52+01:00"),
        ("Sun,18 Jan 26 12:01:52 +0100", "2026-01-18T12:01:52+01:00"),
        ("Fri, 21 Nov 97 09(comment): 55 : 06 -0600", "1997-11-21T09:55:06-06:00"),
        ("Sun Jan 18 12:01:52 2026", "2026-01-18T12:01:52"),
        ("Sun Jan 18 12:01:52 CET 2026", "2026-01-18T12:01:52+01:00"),
        ("2026-01-18", "2026-01-18"),
        ("2026-01-18T12:01:52Z", "2026-01-18T12:01:52+00:00"),
        ("2026/01/18 12:01", "2026-01-18T12:01:00"),
        ("January 18, 2026", "2026-01-18"),
        ("18 January 2026", "2026-01-18"),
        ("Jan 18th, 2026 at 1:05 PM", "2026-01-18T13:05:00"),
        ("18-Jan-2026 12:01:52", "2026-01-18T12:01:52"),
        ("18 Jan 2026 23:59:60 +0000", "2026-01-18T23:59:59+00:00"),
    ],
)
def test_a_date_is_read(given: str, expected: str) -> None:
    assert iso(given) == expected


@pytest.mark.parametrize(
    "given", ["", "yesterday", "01/02/2026", "31 Feb 2026", "Jan 2026", "<HR>", "99", "Mon, 5"]
)
def test_what_is_no_certain_day_is_no_date(given: str) -> None:
    assert iso(given) is None


@given(st.text(max_size=60) | st.from_regex(r"[\d :./+-]{0,40}(Jan|may|GMT)?[\d :+-]{0,20}"))
def test_nothing_raises(given: str) -> None:
    result = iso(given)
    assert result is None or iso(result) == result
