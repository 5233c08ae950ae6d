"""Reading e-mail: the hard cases of MIME, each in its smallest form."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleankit
from cleankit import CleankitError, Document
from cleankit.document import Context
from cleankit.readers import read_data
from cleankit.readers.email import Limits, read
from tests.growth import assert_linear

HEADER = b"From: Ada <ada@example.com>\nTo: Bob <bob@example.org>\nSubject: A note\n"


def message(data: str | bytes) -> Document:
    return cleankit.clean(data, format="email", passes=[])


def text(data: str | bytes) -> str:
    return message(data).text.strip()


def part(body: bytes, type: bytes = b"text/plain; charset=utf-8", *more: bytes) -> bytes:
    return b"\n".join([b"Content-Type: " + type, *more, b"", body])


def multipart(*parts: bytes, type: bytes = b"mixed", boundary: bytes = b"b1") -> bytes:
    head = b'Content-Type: multipart/%s; boundary="%s"\n\n' % (type, boundary)
    lines = b"".join(b"--%s\n%s\n" % (boundary, each) for each in parts)
    return head + lines + b"--%s--\n" % boundary


def subject(value: bytes) -> str:
    return str(message(b"From: a@example.com\nSubject: " + value + b"\n\nbody").meta["subject"])


def content_type(value: bytes, body: bytes = b"Gr\xc3\xbc\xc3\x9fe") -> str:
    return text(HEADER + b"Content-Type: " + value + b"\n\n" + body)


# Header fields


@pytest.mark.parametrize(
    "given, expected",
    [
        (b"plain", "plain"),
        (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?UTF-8?b?R3LDvMOfZQ==?=", "Grüße"),
        (b"=?UTF-8?B?R3LDvMOfZQ?=", "Grüße"),
        (b"=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
        (b"=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
        (b"x=?utf-8?Q?a?=y", "xay"),
        (b"=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
        (b"=?utf-8?Q?a_b c?=", "a b c"),
        (b"=?utf-8?Q?Gr=C3?=\n =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        (b"=?utf-8?B?w7zDnw==w7w=?=", "üßü"),
        (b"=?utf-8?B?R3LDv?= =?utf-8?B?MOfZQ==?=", "Grüße"),
        (b"=?utf-8?B?R3LDvM?= =?utf-8?B?OfZQ==?=", "Grüße"),
        (b"=?utf-8?B?YWJjZA?= =?utf-8?B?YWJjZA?=", "abcdabcd"),
        (b"=?utf-8?Q?=3D=3Futf-8=3FQ=3FGr=C3=BC=C3=9Fe=3F=3D?=", "Grüße"),
        (b"=?iso-8859-1?Q?Andr=E9?=", "André"),
        (b"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        (b"=?utf-8?Q?cut_o", "cut o"),
        (b"=?utf-8?Q?one =?utf-8?Q?_two?=", "one two"),
        (b"what =? this", "what =? this"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"Gr\xc3\xbc\xc3\x9fe", "Grüße"),
        (b"Andr\xe9 \x96 caf\xe9", "André – café"),
        (b"long\n\tfolded\n  line", "long folded line"),
        (b'"=?utf-8?Q?quoted?="', '"quoted"'),
        (b"=?utf-8?B?R3LD\n vMOfZQ==?=", "Grüße"),
        (b"a=?utf-8?Q?=00=0Ab?=\x07", "a b"),
    ],
)
def test_a_subject_is_decoded(given: bytes, expected: str) -> None:
    assert subject(given) == expected


@pytest.mark.parametrize(
    "given, expected",
    [
        (b"Ada <ada@example.com>", "Ada <ada@example.com>"),
        (b"ada@example.com", "ada@example.com"),
        (b"ada@example.com (Ada L.)", "Ada L. <ada@example.com>"),
        (b'"L., Ada" <ada@example.com>', "L., Ada <ada@example.com>"),
        (b"=?utf-8?Q?L=2C_Ad=C3=A1?= <ada@example.com>", "L, Adá <ada@example.com>"),
        (b'"=?utf-8?Q?Ad=C3=A1?=" <ada@example.com>', "Adá <ada@example.com>"),
        (b"Ada ada@example.com", "Ada <ada@example.com>"),
        (b"<ada@example.com>", "ada@example.com"),
        (b"<@relay.example,@other.example:ada@example.com>", "ada@example.com"),
        (b"Ada (a \\) friend) <ada(work)@example.com>", "Ada <ada@example.com>"),
        (b"a@example.com, b@example.com", "a@example.com, b@example.com"),
        (b'"unclosed <ada@example.com>', "unclosed <ada@example.com>"),
        (b"'Ada' <ada@example.com>", "Ada <ada@example.com>"),
        (b"'Ada L.' via Boats <boats@example.com>", "Ada L. via Boats <boats@example.com>"),
        (b"Ada O'Hara <ada@example.com>", "Ada O'Hara <ada@example.com>"),
    ],
)
def test_a_sender_is_told(given: bytes, expected: str) -> None:
    assert message(b"From: " + given + b"\nSubject: x\n\nbody").meta["sender"] == expected


def test_the_header_tells_what_there_is() -> None:
    meta = message(
        HEADER + b"Date: Sun, 18 Jan 2026 12:01:52 +0000\nMessage-ID: <1@example.com>\n"
        b'List-Id: "News" <news.example.com>\nList-Unsubscribe: <https://example.com/u?e=bob>\n'
        b"X-Mailer: Writer 1.0\nX-SG-EID: x\nContent-Language: en-GB\n\nbody"
    ).meta
    assert meta["date"] == "2026-01-18T12:01:52+00:00"
    assert meta["date_as_given"] == "Sun, 18 Jan 2026 12:01:52 +0000"
    assert meta["message_id"] == "1@example.com"
    assert meta["list_id"] == "news.example.com"
    assert meta["list_unsubscribe"] is True
    assert meta["mailer"] == "Writer 1.0"
    assert meta["esp"] == "SendGrid"
    assert meta["language"] == "en-GB"
    assert meta["recipients"] == 1


def test_recipients_are_counted_and_told_to_passes_alone() -> None:
    document = message(
        b"From: ada@example.com\nTo: Friends: Bob <BOB@example.org>, cy@example.org;\n"
        b"Cc: undisclosed-recipients:;\nDelivered-To: list+bob@example.org\n"
        b"Received: from a by b for <eve@example.org>; Sun, 18 Jan 2026 12:01:52 +0000\n"
        b"Message-ID: <bounce-bob=example.org-cy@example.org@example.net>\n\nbody"
    )
    assert document.meta["recipients"] == 2
    assert document.context.recipients == {
        "bob@example.org",
        "cy@example.org",
        "list+bob@example.org",
        "eve@example.org",
    }
    assert "example.org" not in repr(dict(document.meta))
    assert "example.net" in document.meta["message_id"]


@pytest.mark.parametrize(
    "path, recipients",
    [
        (b"bounces-17-bob=example.org@example.com", {"bob@example.org"}),
        (b"bounces+17.bob=mail.example.org@example.com", {"17.bob@mail.example.org"}),
        (b"prvs=17ab=ada@example.com", set()),
        (b"SRS0=ab=17=example.org=bob@example.com", set()),
        (b"ada@example.com", set()),
    ],
)
def test_a_return_path_may_tell_the_recipient(path: bytes, recipients: set[str]) -> None:
    document = message(b"Return-Path: <" + path + b">\nFrom: ada@example.com\n\nbody")
    assert document.context.recipients == recipients


def test_who_writes_to_oneself_is_still_the_sender() -> None:
    document = message(b"From: ada@example.com\nTo: ada@example.com\nSubject: x\n\nbody")
    assert document.meta["sender"] == "ada@example.com"
    assert document.context.recipients == frozenset()


# Where the header ends, and what stands before it


@pytest.mark.parametrize(
    "before",
    [
        b"\n\n",
        b" \r\n\r\n",
        b"\xef\xbb\xbf",
        b"From ada@example.com Mon Jan  5 10:00:00 2026\n",
        b">From ada@example.com Mon Jan  5 10:00:00 2026\n",
        b" ",
    ],
)
def test_what_stands_before_the_header_is_passed_over(before: bytes) -> None:
    document = message(before + HEADER + b"\nHello")
    assert (document.text.strip(), document.meta["subject"]) == ("Hello", "A note")


def test_a_line_of_a_mailbox_within_the_header_is_passed_over() -> None:
    line = b"From ada@example.com Mon Jan  5 10:00:00 2026\n"
    document = message(b"Received: by example.com\n" + line + HEADER + b"\nHello")
    assert (document.text.strip(), document.meta["subject"]) == ("Hello", "A note")


def test_a_sentence_right_below_a_field_begins_the_body() -> None:
    assert message(HEADER + b"From here on we walk\nhome").text == "From here on we walk\nhome"


@pytest.mark.parametrize("line_end", [b"\r\n", b"\r", b"\n", b"\r\r\n"])
def test_every_line_end_is_understood(line_end: bytes) -> None:
    data = HEADER + multipart(part(b"one\ntwo"), part(b"three"))
    assert text(data.replace(b"\n", line_end)) == "one\ntwo\n\nthree"


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: s\n \nHello there",
        b"Subject: s\nHello there",
        b"Hello there",
        b"Subject: s\nContent-Type: text/plain;\ncharset=utf-8\nMIME-Version: 1.0\n\nHello there",
        b"Subject : s\n\nHello there",
    ],
)
def test_a_header_that_ends_oddly_hides_no_text(header: bytes) -> None:
    assert text(header) == "Hello there"


def test_a_message_of_apple_mail_is_read() -> None:
    inner = HEADER + b"\nHello"
    assert text(b"%d      \n" % len(inner) + inner + b'<?xml version="1.0"?>') == "Hello"


def test_a_web_archive_is_read() -> None:
    page = b"<h1>News</h1>"
    data = multipart(part(page, b"text/html"), part(b"x", b"image/gif"), type=b"related")
    assert cleankit.clean(b"From: <Saved>\nMIME-Version: 1.0\n" + data, passes=[]).text == "# News"


def test_utf_16_is_read() -> None:
    assert text("Subject: x\n\nGrüße".encode("utf-16")) == "Grüße"


def test_text_is_read_as_well_as_bytes() -> None:
    data = HEADER.decode() + "Content-Type: text/plain; charset=iso-8859-1\n\nGrüße 日本"
    assert text(data) == "Grüße 日本"


# Content types


@pytest.mark.parametrize(
    "value",
    [
        b"text/plain; charset=utf-8",
        b'text/plain; charset="utf-8',
        b"text/plain; charset='utf-8'",
        b"text/plain;; charset=utf-8;",
        b"text/plain charset=utf-8",
        b"TEXT/Plain; CHARSET=UTF-8",
        b"text/plain text/plain; charset=utf-8",
        b"text; charset=utf-8",
        b"text/plain; charset*=us-ascii'en'utf-8",
        b"text/plain; charset=utf-8; charset=latin-1",
        b"text/plain; charset=unknown-8bit",
        b"text/plain; charset=no-such-charset",
        b"text/plain; charset=",
        b"plain",
        b"",
        b";",
    ],
)
def test_a_content_type_is_understood(value: bytes) -> None:
    assert content_type(value) == "Grüße"


def test_a_declared_charset_is_used() -> None:
    assert content_type(b"text/plain; charset=koi8-r", "Привет".encode("koi8-r")) == "Привет"


def test_html_without_a_content_type_is_html() -> None:
    assert text(HEADER + b"\n<html><body><p>Hello <b>you</b></p></body></html>") == "Hello **you**"


def test_a_page_that_is_called_plain_text_is_a_page() -> None:
    page = b'<div dir="ltr"><p>Tugs &amp; tides</p><p>Second</p></div>\n'
    assert content_type(b"text/plain", page) == "Tugs & tides\n\nSecond"


@pytest.mark.parametrize(
    "body", [b"<p> is a paragraph, and </p> ends it.", b"<3 from the quay</p>", b"<div> is a block"]
)
def test_plain_text_about_tags_is_plain_text(body: bytes) -> None:
    assert content_type(b"text/plain", body) == body.decode()


def test_a_message_without_a_subject_has_its_title() -> None:
    page = b"<html><head><title>Tugs and tides</title></head><body>Hi</body></html>"
    head = b"From: ada@example.com\nContent-Type: text/html\n"
    assert message(head + b"\n" + page).meta["subject"] == "Tugs and tides"
    assert message(head + b"Subject: Boats\n\n" + page).meta["subject"] == "Boats"


def test_a_date_that_can_be_read_goes_before_one_that_cannot() -> None:
    dates = b"Date: soon\nDate: Sun, 18 Jan 2026 12:01:52 +0000\n"
    meta = message(HEADER + dates + b"\nbody").meta
    assert meta["date"] == "2026-01-18T12:01:52+00:00"
    assert message(HEADER + b"Date: soon\n\nbody").meta["date_as_given"] == "soon"


def test_plain_text_that_is_called_html_keeps_its_lines() -> None:
    assert content_type(b"text/html", b"one\ntwo") == "one\ntwo"


def test_the_charset_that_html_declares_is_used() -> None:
    body = '<meta charset="windows-1251"><p>Привет, мир</p>'.encode("cp1251")
    assert content_type(b"text/html", body) == "Привет, мир"


# Transfer encodings

LONG = "Grüße aus dem Süden, wo es heute so schön warm ist. " * 4
IN_BASE64 = base64.encodebytes(LONG.encode())
IN_QUOTED_PRINTABLE = quopri.encodestring(LONG.encode())


@pytest.mark.parametrize(
    "encoding, body",
    [
        (b"base64", IN_BASE64),
        (b"BASE64", IN_BASE64),
        (b'"base64"', IN_BASE64),
        (b"base64;", IN_BASE64),
        (b"base-64", IN_BASE64),
        (b"7bit", IN_BASE64),
        (b"quoted-printable", IN_BASE64),
        (b"", IN_BASE64),
        (b"base64", IN_BASE64.replace(b"\n", b"")),
        (b"base64", IN_BASE64.replace(b"\n", b" \n\n ")),
        (b"base64", IN_BASE64.rstrip(b"=\n")),
        (b"base64", b"!" + IN_BASE64[:20] + b"*" + IN_BASE64[20:]),
        (b"base64", LONG.encode()),
        (b"quoted-printable", IN_QUOTED_PRINTABLE),
        (b"quoted printable", IN_QUOTED_PRINTABLE),
        (b"Quoted-Printable;", IN_QUOTED_PRINTABLE),
        (b"quoted-printable", IN_QUOTED_PRINTABLE.replace(b"=\n", b"= \t\n")),
        (b"quoted-printable", IN_QUOTED_PRINTABLE.lower().replace(b"gr", b"Gr")),
        (b"8bit", IN_QUOTED_PRINTABLE),
        (b"x-nonsense", IN_QUOTED_PRINTABLE),
        (b"quoted-printable", LONG.encode()),
        (b"8bits", LONG.encode()),
        (b"binary", LONG.encode()),
        (b"text/plain", LONG.encode()),
    ],
)
def test_a_transfer_encoding_is_undone_whatever_is_declared(encoding: bytes, body: bytes) -> None:
    found = text(
        HEADER
        + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
        + encoding
        + b"\n\n"
        + body
    )
    assert found.lower() == LONG.strip().lower()


def test_base64_whose_parts_were_padded_is_decoded_whole() -> None:
    body = base64.b64encode(b"one, ") + b"\n" + base64.b64encode(b"two and three") + b"\n"
    assert text(HEADER + b"Content-Transfer-Encoding: base64\n\n" + body) == "one, two and three"


def test_base64_that_is_indented_is_decoded() -> None:
    body = b"  SGVsbG8g\n  d29ybGQ=\n"
    assert text(HEADER + b"Content-Transfer-Encoding: base64\n\n" + body) == "Hello world"


def test_a_footer_in_plain_text_after_base64_is_kept() -> None:
    footer = b"_______________\nTo leave the list write to list@example.com\n"
    found = text(HEADER + b"Content-Transfer-Encoding: base64\n\n" + IN_BASE64 + footer)
    assert found.startswith("Grüße")
    assert found.endswith(footer.decode().strip())


@pytest.mark.parametrize("rule", [b"_" * 47, b"--", b"-----"])
def test_a_footer_of_few_words_after_base64_is_told_by_its_rule(rule: bytes) -> None:
    body = b"R3LDvMOfZSBhbiBhbGxlIQo=\n" + rule + b"\nlist mailing list\nlist@example.org\n"
    shown = text(HEADER + b"Content-Transfer-Encoding: base64\n\n" + body)
    assert "Grüße an alle!" in shown
    assert "list@example.org" in shown


@pytest.mark.parametrize(
    "body",
    [
        "See https://example.com/?id=20&page=3D4 and x=y.",
        "a = b, and c = d; 1+1=20.",
        "VersionControl",
        "-----BEGIN KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END KEY-----",
        "0123456789abcdef0123456789abcdef",
    ],
)
def test_text_that_merely_looks_encoded_stays(body: str) -> None:
    assert text(HEADER + b"\n" + body.encode()) == body


def test_a_url_in_text_wrongly_called_quoted_printable_stays() -> None:
    body = b'<a href="https://example.com/?id=20&x=1&y=2">Read</a>'
    found = text(
        HEADER + b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n" + body
    )
    assert "id=20&x=1&y=2" in found


def test_uuencoded_text_is_decoded() -> None:
    body = b"begin 644 a.txt\n.2&5L;&\\L('=O<FQD(0H \n \nend\n"
    assert text(HEADER + b"Content-Transfer-Encoding: x-uuencode\n\n" + body) == "Hello, world!"


def test_a_uuencoded_file_within_text_is_an_attachment() -> None:
    body = b"Look:\n\nbegin 644 a.gif\n.2&5L;&\\L('=O<FQD(0H \n`\nend\n\nBye"
    document = message(HEADER + b"\n" + body)
    assert document.text.split() == ["Look:", "Bye"]
    assert [entry["name"] for entry in document.meta["attachments"]] == ["a.gif"]


def test_a_file_in_yenc_within_text_is_an_attachment() -> None:
    body = (
        b"Look:\n\n=ybegin line=128 size=5 name=a b.gif\n\x92\x8f\x96\x96\x99\n=yend size=5\n\nBye"
    )
    document = message(HEADER + b"\n" + body)
    assert document.text.split() == ["Look:", "Bye"]
    assert document.meta["attachments"][0]["name"] == "a b.gif"
    assert document.meta["attachments"][0]["size"] == 5


@pytest.mark.parametrize(
    "body", [b"=ybegin is how yEnc starts", b"=ybegin line=1 size=2 name=a\nHi"]
)
def test_what_only_begins_like_yenc_stays(body: bytes) -> None:
    assert text(HEADER + b"\n" + body) == body.decode()


# Wrapped paragraphs


@pytest.mark.parametrize(
    "parameters, body, expected",
    [
        (b"", b"one \ntwo\nthree", "one two\nthree"),
        (b"; delsp=yes", b"one \ntwo\nthree", "onetwo\nthree"),
        (b"", b">one \n>two\n>>three", "> one two\n>> three"),
        (b"", b" From here\n >quoted", "From here\n>quoted"),
        (b"", b"one \n-- \nAda", "one \n-- \nAda"),
        (b"", b"one\n\ntwo \n\nthree", "one\n\ntwo \nthree"),
    ],
)
def test_flowed_lines_are_joined(parameters: bytes, body: bytes, expected: str) -> None:
    assert content_type(b"text/plain; format=flowed" + parameters, body) == expected


# Multiparts


def test_parts_follow_each_other() -> None:
    assert text(HEADER + multipart(part(b"one"), part(b"two"))) == "one\n\ntwo"


def test_preamble_and_epilogue_are_not_shown() -> None:
    data = (
        multipart(part(b"one")).replace(b"\n\n--b1", b"\n\nA preamble.\n--b1", 1) + b"An epilogue"
    )
    assert text(HEADER + data) == "one"


BROKEN = {
    "no end": multipart(part(b"one"), part(b"two")).replace(b"--b1--\n", b""),
    "the end is no end": multipart(part(b"one"), part(b"two")).replace(b"--b1--", b"--b1"),
    "no boundary declared": multipart(part(b"one"), part(b"two")).replace(b'; boundary="b1"', b""),
    "another boundary": multipart(part(b"one"), part(b"two")).replace(b'"b1"', b'"other"'),
    "an empty boundary": multipart(part(b"one"), part(b"two")).replace(b'"b1"', b'""'),
    "an unquoted boundary": multipart(part(b"one"), part(b"two"), boundary=b"=_b?1:x").replace(
        b'"', b""
    ),
    "a boundary in segments": multipart(part(b"one"), part(b"two")).replace(
        b'boundary="b1"', b'boundary*0="b"; boundary*1="1"'
    ),
    "space after the boundary": multipart(part(b"one"), part(b"two")).replace(
        b"--b1\n", b"--b1 \t\n"
    ),
    "a boundary that ends in space": multipart(part(b"one"), part(b"two")).replace(
        b'"b1"', b'"b1  "'
    ),
    "words after the boundary": multipart(part(b"one"), part(b"two")).replace(
        b"--b1\n", b"--b1 x\n"
    ),
    "an end too early": multipart(part(b"one"), part(b"two")).replace(
        b"one\n--b1\n", b"one\n--b1--\n--b1\n"
    ),
    "parts without a header": multipart(b"\none", b"\ntwo"),
    "parts without header or blank line": multipart(b"one", b"two"),
    "no blank line before the first part": multipart(part(b"one"), part(b"two")).replace(
        b"\n\n--b1", b"\n--b1", 1
    ),
    "an encoding of the whole": multipart(part(b"one"), part(b"two")).replace(
        b"\n\n--b1", b"\nContent-Transfer-Encoding: base64\n\n--b1", 1
    ),
    "encoded as a whole": b'Content-Type: multipart/mixed; boundary="b1"\n'
    b"Content-Transfer-Encoding: base64\n\n"
    + base64.encodebytes(multipart(part(b"one"), part(b"two")).split(b"\n\n", 1)[1]),
    "a similar boundary": multipart(part(b"one"), multipart(part(b"two"), boundary=b"b1-x")),
    "the same boundary within": multipart(part(b"one"), multipart(part(b"two"))),
    "an inner part without end": multipart(
        part(b"one"), multipart(part(b"two"), boundary=b"b2").replace(b"--b2--\n", b"")
    ),
    "an inner boundary that never appears": multipart(
        part(b"one"), part(b"two", b"multipart/alternative; boundary=zz")
    ),
    "an inner boundary that only ends": multipart(
        part(b"one"), part(b"two\n--zz--", b"multipart/alternative; boundary=zz")
    ),
    "two types": multipart(part(b"one"), part(b"two")).replace(
        b"Content-Type: multipart", b"Content-Type: text/plain\nContent-Type: multipart", 1
    ),
    "a bare type": multipart(part(b"one"), part(b"two")).replace(b"multipart/mixed", b"multipart"),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_broken_multiparts_are_read(data: bytes) -> None:
    assert text(HEADER + data) == "one\n\ntwo"


def test_a_multipart_without_any_parts_is_text() -> None:
    assert text(HEADER + b"Content-Type: multipart/report;\n\nJust text") == "Just text"


def test_dashes_in_text_are_no_boundary() -> None:
    body = b"one\n--\nAda\n--b\n--b10\n---- b1\n --b1"
    assert text(HEADER + multipart(part(body))) == body.decode()


def test_a_multipart_whose_header_is_lost_is_read() -> None:
    body = multipart(part(b"one"), part(b"two")).split(b"\n\n", 1)[1]
    assert text(HEADER + b"\n" + body) == "one\n\ntwo"


def test_the_same_text_twice_is_shown_once() -> None:
    data = multipart(part(b"Hello, you.\n"), part(b"<p>Hello, <b>you</b>.</p>", b"text/html"))
    assert text(HEADER + data) == "Hello, **you**."


@pytest.mark.parametrize("html_first", [True, False])
def test_html_is_the_better_alternative(html_first: bool) -> None:
    parts = [part(b"<h1>News</h1><p>All is well.</p>", b"text/html"), part(b"News\n\nAll is well.")]
    document = message(
        HEADER + multipart(*(parts if html_first else parts[::-1]), type=b"alternative")
    )
    assert document.text.startswith("# News")
    assert [entry["type"] for entry in document.meta["alternatives"] if entry.get("chosen")] == [
        "text/html"
    ]
    assert len(document.meta["alternatives"]) == 2


@pytest.mark.parametrize(
    "html",
    [b"", b"<p></p>", b"<p>Your program shows no HTML.</p>", b"<img src=x.gif>", b"<html><body>"],
)
def test_plain_text_is_better_than_a_stub_in_html(html: bytes) -> None:
    plain = b"This is the news, at the length that it deserves, in a few sentences and more."
    data = multipart(part(plain), part(html, b"text/html"), type=b"alternative")
    assert text(HEADER + data) == plain.decode()


def test_html_is_better_than_a_stub_in_plain_text() -> None:
    plain = b"View this message in a browser: https://example.com/" + b"x" * 500
    html = b"<p>" + b"This is the news, at the length that it deserves. " * 3 + b"</p>"
    data = multipart(part(plain), part(html, b"text/html"), type=b"alternative")
    assert text(HEADER + data).startswith("This is the news")


def test_amp_is_never_the_message() -> None:
    data = multipart(
        part(b"Hello"),
        part(b"<html amp4email>" + b"x " * 99, b"text/x-amp-html"),
        type=b"alternative",
    )
    assert text(HEADER + data) == "Hello"


def test_the_root_of_a_compound_is_the_text() -> None:
    data = multipart(
        part(b"GIF89a", b"image/gif; name=a.gif", b"Content-ID: <i>"),
        part(b"<p>Hello</p>", b"text/html", b"Content-ID: <root>"),
        type=b'related; start="<root>"',
    )
    document = message(HEADER + data)
    assert document.text.strip() == "Hello"
    assert [entry["name"] for entry in document.meta["attachments"]] == ["a.gif"]


def test_alternatives_that_are_called_related_are_alternatives() -> None:
    data = multipart(part(b"Hello"), part(b"<p><b>Hello</b></p>", b"text/html"), type=b"related")
    assert text(HEADER + data) == "**Hello**"


def test_hidden_text_carries_no_message() -> None:
    plain = b"This is the news, at the length that it deserves."
    html = b'<div style="display:none">%s</div><p>Hello</p>' % plain
    data = multipart(part(plain), part(html, b"text/html"), type=b"alternative")
    assert text(HEADER + data) == plain.decode()


def test_hidden_text_of_html_is_cut_and_told() -> None:
    html = b'<div style="display:none">Preheader</div><p>Hello</p>'
    document = message(HEADER + multipart(part(b"Before"), part(html, b"text/html")))
    assert "Preheader" in document.original
    assert "Preheader" not in document.text
    assert [removal.kind for removal in document.removed] == ["hidden"]
    assert cleankit.restore(document.text, document.edits) == document.original


# Messages within messages

INNER = b"From: Eve <eve@example.net>\nSubject: =?utf-8?Q?Inn=C3=A9r?=\n\nInner text"


@pytest.mark.parametrize(
    "inner",
    [
        part(INNER, b"message/rfc822"),
        part(INNER, b"message/rfc822", b"Content-Disposition: attachment; filename=a.eml"),
        part(base64.encodebytes(INNER), b"message/rfc822", b"Content-Transfer-Encoding: base64"),
        part(b"\n" + INNER, b"message/rfc822"),
        part(b"From eve Mon Jan  5 10:00:00 2026\n" + INNER, b"message/rfc822"),
    ],
)
def test_a_message_within_a_message_is_shown_with_its_header(inner: bytes) -> None:
    document = message(HEADER + multipart(part(b"Look:"), inner))
    assert document.text.split("\n\n") == [
        "Look:",
        "- From: Eve <eve@example.net>\n- Subject: Innér",
        "Inner text",
    ]
    assert document.meta["subject"] == "A note"


def test_a_forwarded_message_alone_is_not_taken_for_mail_once_it_is_clean() -> None:
    data = HEADER + multipart(part(INNER, b"message/rfc822"))
    text = cleankit.clean(data).text
    assert text.startswith("- From: Eve")
    assert cleankit.clean(text).text == text


def test_a_digest_holds_messages() -> None:
    data = multipart(b"\n" + INNER, b"\n" + INNER, type=b"digest")
    assert text(HEADER + data).count("Inner text") == 2


def test_a_bounce_shows_what_it_says_and_lists_what_it_returns() -> None:
    data = multipart(
        part(b"It could not be delivered."),
        part(
            b"Reporting-MTA: dns; example.com\n\nAction: failed\nStatus: 5.1.1",
            b"message/delivery-status",
        ),
        part(INNER, b"message/rfc822"),
        type=b"report; report-type=delivery-status",
    )
    document = message(HEADER + data)
    assert document.text.strip() == "It could not be delivered."
    assert [entry["type"] for entry in document.meta["attachments"]] == [
        "message/delivery-status",
        "message/rfc822",
    ]
    assert document.meta["report"] == {
        "type": "delivery-status",
        "action": ["failed"],
        "status": ["5.1.1"],
    }


# Attachments


def attachment(*head: bytes) -> dict[str, object]:
    document = message(HEADER + multipart(part(b"Hello"), b"\n".join([*head, b"", b"AAAA"])))
    [entry] = document.meta["attachments"]
    return dict(entry)


@pytest.mark.parametrize(
    "head, expected",
    [
        (b"Content-Disposition: attachment; filename=a.pdf", "a.pdf"),
        (b'Content-Disposition: attachment; filename="a b.pdf"', "a b.pdf"),
        (b"Content-Disposition: attachment; filename=a b.pdf", "a b.pdf"),
        (b'Content-Disposition: attachment; filename="a;b.pdf"', "a;b.pdf"),
        (b"Content-Disposition: attachment; filename*=utf-8''%C3%BC.pdf", "ü.pdf"),
        (b"Content-Disposition: attachment; filename*0=a; filename*1=b.pdf", "ab.pdf"),
        (b"Content-Disposition: attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
        (
            b"Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1*=%BC.pdf",
            "ü.pdf",
        ),
        (b'Content-Disposition: attachment; filename="=?utf-8?Q?=C3=BC.pdf?="', "ü.pdf"),
        (b'Content-Disposition: attachment; filename="\xc3\xbc.pdf"', "ü.pdf"),
        (b'Content-Disposition: attachment; filename="..\\..\\a.pdf"', "a.pdf"),
        (b'Content-Disposition: attachment; filename="/etc/../a.pdf"', "a.pdf"),
        (b'Content-Disposition: attachment; filename="a\xe2\x80\xaefdp.exe"', "afdp.exe"),
        (b'Content-Disposition: attachment; filename=".."', "unnamed"),
        (b'Content-Disposition: attachment; filename="con.txt"', "_con.txt"),
        (b"Content-Disposition: attachment", "unnamed"),
    ],
)
def test_the_name_of_an_attachment_is_told_and_harmless(head: bytes, expected: str) -> None:
    assert attachment(b"Content-Type: application/pdf", head)["name"] == expected


def test_an_attachment_is_listed_with_its_type_and_size() -> None:
    assert attachment(
        b"Content-Type: Application/PDF; name=a.pdf", b"Content-Transfer-Encoding: base64"
    ) == {"name": "a.pdf", "type": "application/pdf", "size": 3}


def test_attached_text_is_not_the_message() -> None:
    data = multipart(
        part(b"Hello"),
        part(b"log", b"text/plain; name=a.log"),
        part(b"csv", b"text/csv"),
        part(b"more", b"text/plain", b"Content-Disposition: attachment; filename=b.txt"),
        part(b"Bye", b"text/plain; name=c.txt", b"Content-Disposition: inline"),
    )
    document = message(HEADER + data)
    assert document.text == "Hello\n\nBye"
    assert len(document.meta["attachments"]) == 3


def test_attached_text_is_the_message_where_there_is_no_other() -> None:
    letter = part(b"<p>Hello</p>", b"text/html", b"Content-Disposition: attachment; filename=a.htm")
    document = message(HEADER + multipart(part(b" "), letter))
    assert document.text == "Hello"
    assert len(document.meta["attachments"]) == 1


@pytest.mark.parametrize(
    "type, expected",
    [
        (b"plain/text", "Hello"),
        (b"application/octet-stream", "Hello"),
        (b"application/octet-stream; name=a.bin", ""),
        (b"image/svg", ""),
    ],
)
def test_a_message_of_an_unknown_kind_is_text_if_it_reads_as_text(
    type: bytes, expected: str
) -> None:
    assert text(HEADER + b"Content-Type: " + type + b"\n\nHello") == expected


def test_a_message_of_an_unknown_kind_that_is_no_text_is_an_attachment() -> None:
    data = HEADER + b"Content-Type: application/octet-stream\n\n\x00\x01\x02PK"
    assert text(data) == ""


def test_a_message_that_is_an_attachment_is_its_text() -> None:
    assert text(HEADER + b"Content-Disposition: attachment; filename=a.txt\n\nHello") == "Hello"


def test_winmail_dat_is_named() -> None:
    document = message(HEADER + multipart(part(b"Hello"), part(b"x", b"application/ms-tnef")))
    assert document.meta["attachments"][0]["name"] == "winmail.dat"
    assert any("winmail.dat" in note for note in document.meta["notes"])


# Other kinds of text

CALENDAR = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY;LANGUAGE=en:Tea\\, and cake
DTSTART;TZID=Europe/London:20260105T150000
DTEND:20260105T160000Z
ORGANIZER;CN="Ada L.":mailto:ada@example.com
LOCATION:The gar
 den
DESCRIPTION:Bring\\nspoons
BEGIN:VALARM
DESCRIPTION:no
END:VALARM
END:VEVENT
END:VCALENDAR"""


def test_a_calendar_is_readable() -> None:
    assert content_type(b"text/calendar; method=REQUEST", CALENDAR) == (
        "Tea, and cake\nStart: 2026-01-05 15:00 Europe/London\nEnd: 2026-01-05 16:00 UTC\n"
        "Location: The garden\nOrganizer: Ada L.\n\nBring\nspoons"
    )


def test_an_invitation_in_words_is_better_than_its_calendar() -> None:
    words = b"Come to tea and cake"
    data = multipart(part(words), part(CALENDAR, b"text/calendar"), type=b"alternative")
    assert text(HEADER + data) == "Come to tea and cake"


def test_an_invitation_that_tells_no_event_is_followed_by_it() -> None:
    data = multipart(part(b"Hi there!"), part(CALENDAR, b"text/calendar"), type=b"alternative")
    assert text(HEADER + data).startswith("Hi there!\n\nTea, and cake\nStart: 2026-01-05 15:00")


def test_a_calendar_by_another_name_is_readable() -> None:
    assert content_type(b"application/ics", CALENDAR).startswith("Tea, and cake\nStart: ")


def test_enriched_text_is_plain() -> None:
    body = (
        b"<bold>Now</bold> is\nthe time.\n\n<fixed>1 << 2</fixed><color><param>red</param>x</color>"
    )
    assert content_type(b"text/enriched", body) == "Now is the time.\n1 < 2x"


def test_a_boundary_at_the_end_of_a_line_is_one() -> None:
    body = (
        b'Content-Type: multipart/alternative; boundary="b1"\n\n--b1\nContent-Type: text/plain\n\n'
        b"Tea--b1 \nContent-Type: text/html\n\n<p>Tea and <b>cake</b>--b1--"
    )
    assert message(HEADER + body).text == "Tea and **cake**"


def test_a_boundary_that_words_follow_is_text() -> None:
    assert message(HEADER + multipart(part(b"Tea --b1 and --b1x"))).text == "Tea --b1 and --b1x"


@pytest.mark.parametrize("kind", [b"text/x-amp-html", b"text/watch-html"])
def test_what_few_programs_show_is_the_message_where_nothing_else_is(kind: bytes) -> None:
    page = part(b"<html><body><p>Tea", kind)
    assert message(HEADER + multipart(page, type=b"alternative")).text == "Tea"
    other = part(b"<p>Cake", b"text/html")
    assert message(HEADER + multipart(other, page, type=b"alternative")).text == "Cake"


def test_the_older_rich_text_breaks_its_lines_by_commands() -> None:
    body = b"<bold>Now</bold> is<nl>\nthe time<np>1 <lt> 2"
    assert content_type(b"text/richtext", body) == "Now is\nthe time\n1 < 2"


def test_clear_signed_text_is_unwrapped_with_a_note() -> None:
    body = (
        b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n- -- \nAda\n"
        b"-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n"
    )
    document = message(HEADER + b"\n" + body)
    assert document.text.strip() == "Hello\n-- \nAda"
    assert any("PGP" in note for note in document.meta["notes"])


def test_signed_mail_shows_what_was_signed() -> None:
    data = multipart(
        part(b"Hello"), part(b"AAAA", b"application/pgp-signature; name=s.asc"), type=b"signed"
    )
    document = message(HEADER + data)
    assert document.text.strip() == "Hello"
    assert document.meta["attachments"][0]["name"] == "s.asc"


def element(tag: int, content: bytes) -> bytes:
    length = len(content).to_bytes(3, "big")
    return bytes([tag, 0x83]) + length + content


def signed_data(*octets: bytes) -> bytes:
    identifier = element(0x06, bytes.fromhex("2a864886f70d010702"))
    data = element(0x06, bytes.fromhex("2a864886f70d010701"))
    inner = element(0xA0, b"".join(octets))
    content = element(0x30, data + inner)
    version = element(0x02, b"\1") + element(0x31, b"")
    return element(0x30, identifier + element(0xA0, element(0x30, version + content)))


@pytest.mark.parametrize(
    "octets",
    [
        element(0x04, b"Content-Type: text/plain\r\n\r\nHello"),
        b"\x24\x80" + element(0x04, b"Content-Type: text/plain\r\n\r\nHe") + element(0x04, b"llo"),
    ],
)
def test_what_smime_signs_is_read_with_a_note(octets: bytes) -> None:
    body = base64.encodebytes(signed_data(octets))
    document = message(
        HEADER + b"Content-Type: application/pkcs7-mime; smime-type=signed-data\n"
        b"Content-Transfer-Encoding: base64\n\n" + body
    )
    assert document.text == "Hello"
    assert document.meta["notes"] == ["signed (S/MIME): the signature was not checked"]


@pytest.mark.parametrize(
    "data",
    [
        multipart(
            part(b"Version: 1", b"application/pgp-encrypted"),
            part(b"-----BEGIN PGP", b"application/octet-stream"),
            type=b"encrypted",
        ),
        part(b"AAAA", b"application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"),
    ],
)
def test_encrypted_mail_is_said_to_be(data: bytes) -> None:
    document = message(HEADER + data)
    assert any("encrypted" in note for note in document.meta["notes"])


# Limits


def nested(depth: int, kind: str = "multipart") -> bytes:
    if kind == "message":
        return HEADER + b"Content-Type: message/rfc822\n\n" * depth + b"Subject: x\n\ninnermost"
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    closing = b"".join(b"--b%d--\n" % n for n in reversed(range(depth)))
    return HEADER + opening + b"\ninnermost\n" + closing


@pytest.mark.parametrize("kind", ["multipart", "message"])
def test_deep_nesting_is_read_with_a_note(kind: str) -> None:
    document = message(nested(2_000, kind))
    assert document.text.strip().endswith("innermost")
    assert any("100 deep" in note for note in document.meta["notes"])


@pytest.mark.parametrize("kind", ["multipart", "message"])
def test_very_deep_nesting_is_survived_and_noted(kind: str) -> None:
    assert any("10000 parts" in note for note in message(nested(50_000, kind)).meta["notes"])


def limited(data: bytes, **limits: int) -> Document:
    return read(data, {}, name="", context=Context(), limits=Limits(**limits))


@pytest.mark.parametrize(
    "limit, note",
    [
        ({"depth": 1}, "nested more than 1 deep"),
        ({"parts": 2}, "more than 2 parts"),
        ({"header_bytes": 20}, "more than 20 bytes"),
        ({"text_bytes": 4}, "more than 4 bytes"),
        ({"attachments": 1}, "more than 1 attachments"),
    ],
)
def test_each_cap_that_is_hit_is_noted(limit: dict[str, int], note: str) -> None:
    image = part(b"x", b"image/gif")
    inner = multipart(multipart(part(b"one two"), boundary=b"b3"), boundary=b"b2")
    data = HEADER + multipart(part(b"one two"), inner, image, image)
    assert any(note in remark for remark in limited(data, **limit).meta["notes"])
    assert "notes" not in limited(data).meta


MIXED = b'Content-Type: multipart/mixed; boundary="b"\n\n'
GROWING: dict[str, Callable[[int], bytes]] = {
    "nested parts": nested,
    "nested messages": lambda n: nested(n, "message"),
    "the same boundary": lambda n: (MIXED + b"--b\n") * n + b"\ntext",
    "boundaries that never appear": lambda n: MIXED
    + (b"--b\n" + part(b"x\n", b"multipart/x; boundary=q")) * n,
    "parts without a blank line": lambda n: b"Content-Type: multipart/x; boundary=b\n--b\n" * n,
    "dashes": lambda n: MIXED + b"--b\n\n" + b"--x\n" * n,
    "fields": lambda n: b"X: y\n" * n,
    "folded lines": lambda n: b"X: y\n" + b" y\n" * n,
    "lines that are no fields": lambda n: b"X: y\n" + b"word\n" * n + b"X-A: b\n",
    "encoded words": lambda n: b"Subject: " + b"=?utf-8?Q?=C3=A9?= " * n,
    "one encoded word": lambda n: b"Subject: =?utf-8?B?" + b"w6nD" * n + b"?=",
    "encoded words that never end": lambda n: b"Subject: " + b"=?utf-8?Q?a" * n,
    "openings": lambda n: b"From: " + b"=?" * n,
    "addresses": lambda n: b"To: " + b"a@example.com, " * n,
    "quotes": lambda n: b"From: " + b'"' * n,
    "escaped quotes": lambda n: b"From: " + b'"\\' * n,
    "angles": lambda n: b"From: " + b"<" * n,
    "comments": lambda n: b"From: " + b"(" * n,
    "parameters": lambda n: b"Content-Type: text/plain" + b"; a=b" * n,
    "parameters without semicolons": lambda n: b"Content-Type: text/plain" + b" a=b" * n,
    "quoted parameters": lambda n: b"Content-Type: text/plain" + b'; a="\\' * n,
    "segments": lambda n: b"Content-Type: text/plain" + b"; a*1*=x" * n,
    "padding": lambda n: b"Content-Transfer-Encoding: base64\n\n" + b"AA=" * n,
    "escapes": lambda n: b"Subject: x\n\n" + b"=3D" * n,
    "half escapes": lambda n: b"Content-Transfer-Encoding: quoted-printable\n\n" + b"= " * n,
    "files": lambda n: b"Subject: x\n\n" + b"begin 644 a\n" * n,
    "armour": lambda n: b"Subject: x\n\n" + b"-----BEGIN PGP SIGNED MESSAGE-----\n" * n,
    "flowed lines": lambda n: b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * n,
    "calendar": lambda n: b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nURL" + b";a" * n,
    "boundaries in a line": lambda n: (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + b"--ba" * n
    ),
    "glued boundaries": lambda n: (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + b"a--b\nA: b\n\n" * n
    ),
    "commands": lambda n: b"Content-Type: text/enriched\n\n" + b"<param>" * n,
}  # fmt: skip


@pytest.mark.parametrize("shape", GROWING)
def test_time_grows_in_proportion_to_size(shape: str) -> None:
    assert_linear(GROWING[shape], message, small=1_000)


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    document = message(data)
    assert cleankit.restore(document.text, document.edits) == document.original


PIECES = st.sampled_from(
    [
        b"\n", b"\n\n", b"--b1", b"--b1--", b"--", b"Content-Type: ", b"multipart/mixed",
        b"; boundary=b1", b"message/rfc822", b"text/html", b"text/plain; charset=", b'"',
        b"=?utf-8?",
        b"Q?=C3", b"?=", b"Content-Transfer-Encoding: base64", b"quoted-printable", b"AAAA", b"=\n",
        b"Subject: ", b"From ", b"\r", b"\xff", b"<p>", b"begin 644 a\n", b"filename*0*=x''%", b" ",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_no_wreck_of_a_message_raises(data: bytes) -> None:
    document = message(data)
    assert cleankit.restore(document.text, document.edits) == document.original


def test_the_html_of_a_mail_is_rendered_by_the_renderer_that_was_asked_for() -> None:
    mail = b"From: a@example.com\nMIME-Version: 1.0\nContent-Type: text/html\n\n<h1>Hi</h1><p>there"
    asked = Context(html_renderer="html2text")
    assert read_data(mail, context=asked).text.strip() == "# Hi\n\nthere"
    with pytest.raises(CleankitError, match="no HTML renderer 'lynx'"):
        read_data(mail, context=Context(html_renderer="lynx"))
