"""Invented links of all sorts, and what should come of each (`corpus/cases/links`)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cleankit import clean_url

CASES = Path(__file__).parent.parent / "corpus" / "cases" / "links"


def cases(name: str) -> list[list[str]]:
    """The pairs of a file: a link, and what should come of it."""
    listed = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["cases"]
    return [[case, case] if isinstance(case, str) else case for case in listed]


@pytest.mark.parametrize("link, target", cases("unwrap-shapes"))
def test_a_counter_that_nobody_lists_is_unwrapped(link: str, target: str) -> None:
    assert clean_url(link) == target


@pytest.mark.parametrize("link, target", cases("unwrap-services"))
def test_the_link_of_a_service_is_unwrapped(link: str, target: str) -> None:
    assert clean_url(link) == target


@pytest.mark.parametrize("link, stripped", cases("strip"))
def test_what_only_counts_is_stripped(link: str, stripped: str) -> None:
    assert clean_url(link) == stripped


@pytest.mark.parametrize("link, same", cases("keep"))
def test_what_a_page_needs_stays(link: str, same: str) -> None:
    assert clean_url(link) == same


@pytest.mark.parametrize("link, redacted", cases("redact"))
def test_what_gives_a_subscriber_away_is_redacted(link: str, redacted: str) -> None:
    assert clean_url(link) == redacted
