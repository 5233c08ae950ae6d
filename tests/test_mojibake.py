"""The mojibake pass: what it repairs, what it leaves alone, and that it stays linear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleankit
from cleankit.passes.mojibake import mojibake
from cleankit.passes.mojibake.codecs import NAMES, table
from tests.strategies import any_text


def damage(text: str, codec: str) -> str:
    """UTF-8 read with the wrong codec, as a browser would."""
    characters = table(codec)
    return "".join(characters[byte] for byte in text.encode())


def repaired(text: str) -> str:
    return cleankit.clean(text, format="text", passes=["mojibake"]).text


@pytest.mark.parametrize("codec", NAMES)
def test_a_document_is_repaired_whole(codec: str) -> None:
    text = "“It’s naïve,” she said — 5 × 3 €…\n\nCafé, señor, Straße 🚀"
    assert repaired(damage(text, codec)) == text


@pytest.mark.parametrize("codec", NAMES)
def test_double_damage_is_undone(codec: str) -> None:
    text = "“It’s naïve,” she said — and it’s fine…"
    assert repaired(damage(damage(text, codec), codec)) == text


@pytest.mark.parametrize("codec", NAMES)
def test_sound_lines_among_damaged_ones_stay(codec: str) -> None:
    damaged = damage("Don’t — it’s “damaged”", codec)
    sound = "你好，世界 🚀 — it’s fine"
    assert repaired(f"{damaged}\n{sound}\n{damaged}").splitlines()[1] == sound


def test_ascii_comes_back_as_the_same_document() -> None:
    document = cleankit.Document.of("plain ASCII", {"subject": "x"})
    assert mojibake(document) is document


def test_metadata_is_repaired_with_the_evidence_of_the_text() -> None:
    document = cleankit.Document.of("canâ€™t, wonâ€™t, donâ€™t", {"subject": "JOSÃ‰ canâ€™t"})
    assert mojibake(document).meta["subject"] == "JOSÉ can’t"


@given(any_text)
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


@given(st.text("Ãâ€™‚Äô©\x83Â\u00a0Ð°├┬", max_size=60))
def test_pieces_of_damage_in_any_order_settle(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once
