"""Reading one message: which format it is in, and what is not readable at all."""

from __future__ import annotations

import pytest

import cleankit
from cleankit import ReadError
from cleankit.readers import sniff

MESSAGE = "From: a@example.com\nTo: b@example.com\nSubject: Hi\nDate: today\n\nBody\n"


@pytest.mark.parametrize(
    "text, format",
    [
        ("<!DOCTYPE html><html><body>x</body></html>", "html"),
        ("\ufeff  <html lang=en>", "html"),
        ("<!-- saved --><HTML>", "html"),
        ('<?xml version="1.0"?>\n<html>', "html"),
        (MESSAGE, "email"),
        ("Received: from x\nMIME-Version: 1.0\n\nBody", "email"),
        ("From nobody Mon Jan  1 00:00:00 2026\n" + MESSAGE, "email"),
        ("\n\n" + MESSAGE, "email"),
        ("Content-Type: multipart/mixed; boundary=b\n\n--b\n", "email"),
        ("From: Ada <ada@example.com>\nSubject: Tea\n\nHello", "email"),
        ("From ada@example.com\rFrom: a@example.com\rTo: b\r\rHello", "email"),
        ("From: Ada\r\r\nTo: b@example.org\r\r\nSubject: Tea\r\r\n\r\r\nHello", "email"),
        ("# Title\n\nText", "markdown"),
        ("From: the editor\nTo: my readers\n\nText", "markdown"),
        ("Content-Type: what it is\n\nText", "markdown"),
        ("", "markdown"),
        ("Note: this is prose.\nAlso: this.\n", "markdown"),
        ("Subject: a letter\n\nDear all", "markdown"),
        ("The <html> tag begins a page.", "markdown"),
        ("<htmlx>", "markdown"),
        ("To: whom it may concern\nSubject: prose\n\nText", "markdown"),
    ],
)
def test_the_format_is_told_from_the_data(text: str, format: str) -> None:
    assert sniff.of_data(text) == format
    assert sniff.of_data(text.encode()) == format


@pytest.mark.parametrize(
    "name, format",
    [("a/b.EML", "email"), ("x.htm", "html"), ("x.md", "markdown"), ("x.txt", "text"), ("x", None)],
)
def test_the_format_is_told_from_the_suffix(name: str, format: str | None) -> None:
    assert sniff.of_name(name) == format


@pytest.mark.parametrize(
    "data, format",
    [(MESSAGE.encode(), "email"), (b"<html><body>x</body></html>", "html"), (b"# Title", "text")],
)
def test_a_mail_or_page_saved_as_text_is_read_as_what_it_is(data: bytes, format: str) -> None:
    assert sniff.of_file("saved.txt", data) == format


def test_an_unknown_format_is_an_error_with_the_source() -> None:
    with pytest.raises(ReadError, match=r"letter\.txt: unknown format 'pdf'"):
        cleankit.clean("x", format="pdf", name="letter.txt", passes=[])


def test_what_is_neither_text_nor_bytes_is_an_error() -> None:
    with pytest.raises(ReadError, match="expected str or bytes, not int"):
        cleankit.clean(7, passes=[])  # type: ignore[arg-type]


def test_the_source_is_told_by_its_hash() -> None:
    as_text = cleankit.clean("Grüße", passes=[])
    as_bytes = cleankit.clean("Grüße".encode(), passes=[])
    assert as_text.meta["sha256"] == as_bytes.meta["sha256"]
    assert as_bytes.meta["encoding"] == "utf-8"


def test_lone_surrogates_are_read() -> None:
    assert cleankit.clean("a\ud83d", passes=[]).text == "a\ud83d"
