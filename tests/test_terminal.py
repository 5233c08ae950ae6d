"""What goes to a terminal."""

from __future__ import annotations

import io

import pytest
from hypothesis import given

from cleankit.terminal import coloured, escape, one_line, paint, spell
from tests.strategies import any_text


@given(any_text)
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = escape(text)
    assert all(character.isprintable() or ord(character) >= 0xA0 for character in shown)
    assert not set(shown) & set("\x1b\x07\x9b\r\n\u202e\u2066\u200f\u2028")


@pytest.mark.parametrize(
    "text, shown",
    [
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("a\u202eb", "a\\u202eb"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff.txt", "\\udcff.txt"),
        ("Größe 漢字 🚀 שלום", "Größe 漢字 🚀 שלום"),
    ],
)
def test_what_steers_is_spelled_out(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_lines_stay_lines_where_asked() -> None:
    assert escape("a\n\tb\x1b", lines=True) == "a\n\tb\\x1b"


def test_what_shows_nothing_can_be_spelled_out() -> None:
    assert spell("a\u200bb \u2003\u00ad☀\ufe0f\n") == "a\\u200bb \\u2003\\xad☀\\ufe0f\\n"


def test_one_line_is_one_line_of_limited_length() -> None:
    assert one_line("a\n  b", 10) == "a b"
    assert one_line("x" * 50, 10) == "x" * 9 + "…"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_whose_owner_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured(Terminal())
    assert not coloured(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured(Terminal())
    monkeypatch.setenv("NO_COLOR", "")
    assert coloured(Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert not coloured(Terminal())


def test_paint_adds_nothing_when_off() -> None:
    assert paint("x", "red", on=False) == "x"
    assert paint("x", "red", "bold") == "\x1b[31;1mx\x1b[0m"
