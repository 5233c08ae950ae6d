"""The links pass: links found in text as it really is, and nobody given away."""

from __future__ import annotations

import base64
import json
import re
import socket
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleankit
from cleankit import ConfigError, Document, Pipeline, restore
from cleankit.document import Context
from cleankit.links import finding, link_map
from cleankit.links.identity import MOST_SPELLED, Recipients
from cleankit.passes.links import links
from cleankit.rules import Rule, load
from tests.growth import assert_linear
from tests.strategies import any_text

READER = "jane.doe+news@mail.example.com"
SECRET = "sEcr3tT0ken9f8e7d6c"
PHP = 'a:2:{s:4:"lead";i:424242;s:5:"email";i:7;}'
CUT = '{"e":"x","token":"' + SECRET + '","cut'


def b64(value: str | bytes) -> str:
    data = value.encode() if isinstance(value, str) else value
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def cleaned(text: str, **options: Any) -> Document:
    document = links(Document.of(text), **options)
    assert restore(document.text, document.edits) == text
    assert links(document).text == document.text
    return document


WRAPPED = "https://substack.com/redirect/2/" + b64('{"e":"https://example.com/p/a_(b)"}') + ".c2ln"
TRACKED = "https://example.com/a?id=5&utm_source=x"


@pytest.mark.parametrize(
    "text, expected",
    [
        (f"[one]({TRACKED}) two", "[one](https://example.com/a?id=5) two"),
        (f'[one]({TRACKED} "title")', '[one](https://example.com/a?id=5 "title")'),
        (f"[one](<{TRACKED}>)", "[one](<https://example.com/a?id=5>)"),
        (f"![pic]({TRACKED})", "![pic](https://example.com/a?id=5)"),
        (f"[1]: {TRACKED}\n", "[1]: https://example.com/a?id=5\n"),
        (f"See <{TRACKED}>.", "See <https://example.com/a?id=5>."),
        (f"See ( {TRACKED} ) there", "See ( https://example.com/a?id=5 ) there"),
        (f"See ({TRACKED}), there", "See (https://example.com/a?id=5), there"),
        (f"See one [{TRACKED}]. Two", "See one [https://example.com/a?id=5]. Two"),
        (f"Read {TRACKED}.", "Read https://example.com/a?id=5."),
        (f"Read “{TRACKED}”!", "Read “https://example.com/a?id=5”!"),
        (f"请看{TRACKED}。谢谢", "请看https://example.com/a?id=5。谢谢"),
        (f"請看{TRACKED}謝謝", "請看https://example.com/a?id=5謝謝"),
        (f"اقرأ {TRACKED}؟", "اقرأ https://example.com/a?id=5؟"),
        (f'<a href="{TRACKED}">x</a>', '<a href="https://example.com/a?id=5">x</a>'),
        ("https://example.com/a?id=5&amp;utm_id=2 x", "https://example.com/a?id=5 x"),
        ("https://en.example.org/wiki/A_(b)?utm_id=1)", "https://en.example.org/wiki/A_(b))"),
        ("https://bücher.example/ä?utm_id=1 x", "https://bücher.example/ä x"),
        ("HTTPS://EXAMPLE.COM/A?utm_id=1", "HTTPS://EXAMPLE.COM/A"),
        (f"[one]({WRAPPED})", "[one](https://example.com/p/a_(b))"),
        (f"Unsubscribe {WRAPPED}?\nNext", "Unsubscribe https://example.com/p/a_(b)\nNext"),
    ],
)
def test_a_link_is_cleaned_where_it_stands(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("<https://example.com/a-\nlong/path?utm_id=1>", "<https://example.com/a-long/path>"),
        ("[a](https://example.com/very-\nlong/path)", "[a](https://example.com/very-long/path)"),
        (
            f"Read {WRAPPED[:70]}\n{WRAPPED[70:]}\nnow",
            "Read https://example.com/p/a_(b)\nnow",
        ),
        (
            "https://example.com/?a=3D1&b=3D2 and https://example.com/?utm_id=3D1&c=3D2",
            "https://example.com/?a=1&b=2 and https://example.com/?c=2",
        ),
        (
            "https://example.com/a/quite/long/path/that/fills/the/line/of/mail?x=3D1=\n&y=3D2 end",
            "https://example.com/a/quite/long/path/that/fills/the/line/of/mail?x=1&y=2 end",
        ),
    ],
)
def test_a_broken_link_is_mended(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.com/view?mode=3D and https://example.com/?q=a=b",
        "Array of <https://example.com/a\nis a line> and more",
        "[a](https://example.com/a\n\nb) c",
        "https://example.com/a?b=c==\n)\nnext",
        "An ordinary text (with brackets) [and more] <and more>.",
        "http:// and https://",
    ],
)
def test_what_is_sound_stays(text: str) -> None:
    assert cleaned(text).text == text


def test_a_campaign_in_fenced_code_is_what_the_author_wrote_about() -> None:
    text = "Tag it so:\n\n```\nhttps://example.com/a?utm_source=x&amp;id=5\n```\n"
    assert cleaned(text).text == text


def test_a_reader_in_fenced_code_is_given_away_no_more_than_elsewhere() -> None:
    text = "```\nhttps://example.com/a?id=5&utm_source=x&mc_eid=5f60718293\n```\n"
    assert cleaned(text).text == "```\nhttps://example.com/a?id=5\n```\n"


def test_an_edit_tells_the_link_before_and_after_and_why() -> None:
    token = b64('{"user_id":7}')
    inner = f"https://letter.substack.com/action/disable_email?token={token}.{b64('signature')}"
    wrapped = "https://substack.com/redirect/2/" + b64(json.dumps({"e": inner})) + ".c2ln"
    [edit] = cleaned(f"[Leave]({wrapped})").edits
    assert edit.before == wrapped
    assert edit.after == "https://letter.substack.com/action/disable_email?token=REDACTED"
    assert (edit.rule, edit.note) == ("substack-redirect", "also: credential")


def test_an_opaque_family_is_noted_once() -> None:
    link = "https://email.example.com/ls/click?upn=Ab1-2BCd2Ef3Gh4Ij5Kl6Mn7"
    document = cleaned(f"{link} {link}1 {link}2")
    assert document.text.count(link) == 3
    [note] = document.edits
    assert note.is_note
    assert note.note == "opaque: sendgrid (3 links)"


def test_a_link_map_resolves_what_does_not_tell_its_target(tmp_path: Path) -> None:
    link = "https://email.example.com/ls/click?upn=Ab1-2BCd2Ef3Gh4Ij5Kl6Mn7"
    columns = tmp_path / "map.tsv"
    columns.write_text(f"link\ttarget\n{link}\thttps://example.com/a?utm_source=x\n")
    lines = tmp_path / "map.jsonl"
    lines.write_text(json.dumps({"from": link, "to": "https://example.com/a?utm_id=1"}) + "\n")
    for path in (columns, lines):
        document = cleaned(f"[one]({link})", link_map=link_map.load(path))
        assert document.text == "[one](https://example.com/a)"
        assert document.edits[0].rule == "link-map"


def test_a_link_map_holds_links_as_they_are_written() -> None:
    link = "https://t.example.com/u/click?_t=0123456789abcdef0123&amp;_m=1"
    document = cleaned(f"[one]({link})", link_map={link: "https://example.com/a"})
    assert document.text == "[one](https://example.com/a)"


@pytest.mark.parametrize("content", ["https://example.com/only\n", "{not json\n", '{"from":"x"}\n'])
def test_a_broken_link_map_is_named_with_its_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "map"
    path.write_text("# comment\n" + content)
    with pytest.raises(ConfigError, match="line 2"):
        link_map.load(path)
    with pytest.raises(ConfigError, match="missing"):
        link_map.load(tmp_path / "missing")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a ![](https://mail.example.com/open/0a1b.gif) b", "a  b"),
        ('<img src="https://mail.example.com/x.gif" width="1" height="1">b', "b"),
        ("![a chart](https://images.example.com/open/chart.png)", None),
        ("![](https://images.example.com/harbour.jpg)", None),
        ('<img src="https://images.example.com/a.jpg" width="100" height="1">', None),
    ],
)
def test_images_that_count_opens_go(text: str, expected: str | None) -> None:
    document = cleaned(text)
    assert document.text == (text if expected is None else expected)
    if expected is not None:
        assert document.removed[0].kind == "debris"


def test_meta_is_cleaned_too() -> None:
    meta = {
        "url": TRACKED,
        "list_unsubscribe": f"<https://example.com/unsubscribe/{SECRET}>, "
        f"<mailto:leave-{SECRET}@lists.example.com?subject=unsubscribe>",
        "front_matter": {"to": READER, "links": [f"https://example.com/?token={SECRET}"]},
        "sender": "Desk <desk@example.com>",
    }
    document = links(Document.of("text", meta))
    assert SECRET not in json.dumps(document.meta)
    assert READER not in json.dumps(document.meta)
    assert document.meta["url"] == "https://example.com/a?id=5"
    assert document.meta["sender"] == "Desk <desk@example.com>"


def test_the_recipient_goes_and_the_sender_stays() -> None:
    text = f"Sent for {READER}. Write to desk@example.com or mailto:desk@example.com."
    context = Context(recipients=frozenset({READER}))
    document = links(Document.of(text, context=context))
    assert document.text == text.replace(READER, "REDACTED")


def test_the_address_of_a_mailing_list_is_no_reader() -> None:
    context = Context(recipients=frozenset({"gardeners@lists.example.org"}))
    meta = {"list_id": "gardeners.lists.example.org"}
    text = "Gardeners mailing list\nGardeners@lists.example.org"
    assert links(Document.of(text, meta, context=context)).text == text


@pytest.mark.parametrize("rule", load("links", "recipients"), ids=lambda rule: rule.id)
def test_a_recipient_is_told_by_the_words_before(rule: Rule) -> None:
    for example in rule.examples:
        assert "reader@example.com" not in cleaned(example).text
    for example in rule.counter_examples:
        assert cleaned(example).text == example


def secret_links() -> list[str]:
    token = b64('{"alg":"HS256","typ":"JWT"}') + "." + b64('{"user_id":424242}') + "." + SECRET
    data = json.dumps({"email": READER})
    return [
        f"https://example.com/unsubscribe?uuid={SECRET}&key={SECRET}&newsletter=5",
        f"https://example.com/u/{SECRET}/unsubscribe",
        f"https://example.com/subscription/cancel?k={SECRET}",
        f"https://example.us1.list-manage.com/profile?u=0a1b2c3d4e&id=1b&e={SECRET}",
        f"https://example.com/login?next=/a&token={SECRET}",
        f"https://example.com/magic-link/{SECRET}?redirect=%2Fa",
        f"https://example.com/reset-password?code={SECRET}",
        f"https://example.com/checkout/{SECRET}",
        f"https://example.com/a#access_token={SECRET}&x=1",
        f"https://example.com/#/verify/{SECRET}",
        f"https://example.com/a?mkt_tok={SECRET}&ck_subscriber_id=424242",
        f"https://user:{SECRET}@example.com/a",
        f"https://example.com/p/{token}",
        f"https://example.com/a?sso={token}",
        f"https://example.com/a?q={quote(quote(READER, safe=''), safe='')}",
        f"https://example.com/{READER}/x",
        f"https://example.com/a?u={b64(READER)}",
        f"https://example.com/a?u={b64(b64(READER))}",
        f"https://example.com/a?u={READER.encode().hex()}",
        f"https://example.com/a?d={quote(data)}",
        f"https://example.com/a?d=x.{b64(data)}.y",
        f"https://example.com/a?d={b64(zlib.compress(READER.encode() * 3))}",
        f"https://example.com/a?b=x-{READER.replace('@', '=')}@lists.example.org",
        f"https://example.com/stop?email={READER}&h={SECRET}",
        f"https://eur.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com%2Fa"
        f"&data=05%7C01%7C{quote(READER)}%7C{SECRET}&sdata={SECRET}",
        "https://email.example.com/c/"
        + b64(zlib.compress(f"l=https%3A%2F%2Fexample.com%2Fa&r={quote(READER)}".encode())),
        f"https://example.com/a?ct={b64(PHP)}",
        f"https://example.com/a?ct={b64('list=5&user_id=424242&x=1')}",
        f"https://example.com/x/{b64(CUT)}",
        f"https://substack.com/redirect/6ba7b810-9dad-11d1-80b4-00c04fd430c8?j={token}",
        f"mailto:unsubscribe-{SECRET}@lists.example.org?subject=unsubscribe%20{SECRET}",
        f"mailto:leave-{READER.replace('@', '=')}@lists.example.org",
    ]


def decoded(text: str, depth: int = 3) -> set[str]:
    """The text and all that its payloads decode to, layer after layer."""
    layers = {text}
    frontier = {text}
    for _ in range(depth):
        found: set[str] = set()
        for layer in frontier:
            found.add(unquote(layer))
            for run in re.findall(r"[\w+~-]{8,}={0,2}", layer):
                found.update(payload(run, base64.urlsafe_b64decode))
                found.update(payload(run, bytes.fromhex))
        frontier = found - layers
        layers |= frontier
    return layers


def payload(run: str, decode: Callable[[str], bytes]) -> list[str]:
    try:
        data = decode(run + "=" * (-len(run) % 4) if decode != bytes.fromhex else run)
    except ValueError:
        return []
    try:
        return [data.decode("latin-1"), zlib.decompress(data).decode("latin-1")]
    except zlib.error:
        return [data.decode("latin-1")]


@pytest.mark.parametrize("link", secret_links())
def test_no_secret_survives_in_text_meta_or_record_plain_or_encoded(link: str) -> None:
    text = f"See [this]({link}), <{link}> or {link} now, sent to {READER}.\n"
    context = Context(recipients=frozenset({READER}))
    document = links(Document.of(text, {"list_unsubscribe": f"<{link}>"}, context=context))
    assert restore(document.text, document.edits) == text
    record = document.to_dict()
    layers = decoded(document.text) | decoded(json.dumps(dict(document.meta)))
    layers |= decoded(json.dumps(record))
    for secret in (SECRET, READER, READER.replace("@", "="), "424242"):
        assert not any(secret in layer for layer in layers)
    assert len(restore(record["text"], record["edits"])) == len(text)


def test_credentials_stay_where_the_user_asks() -> None:
    link = f"https://example.com/unsubscribe/{SECRET}"
    assert links(Document.of(link), keep_credentials=True).text == link


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    for link in secret_links():
        cleaned(f"<{link}>")


examples = [
    example if isinstance(example, str) else example[0]
    for rule in load("links")
    for example in rule.examples
]
urls = st.one_of(st.sampled_from(secret_links()), st.sampled_from(examples))
pieces = st.lists(
    st.one_of(
        urls,
        st.sampled_from(
            ["](", "<", ">", ")", "[", "]", " ", "\n", "=\n", "=3D", "&amp;", "?", "%"]
        ),
        st.text(max_size=4),
    ),
    max_size=8,
)


@given(pieces)
def test_cleaning_is_restorable_and_stable_whatever_stands_around_a_link(parts: list[str]) -> None:
    cleaned("".join(parts))


@given(any_text)
def test_any_text_is_restorable(text: str) -> None:
    cleaned(text)


@given(pieces)
def test_links_do_not_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    position = 0
    for link in finding.find(text):
        assert position <= link.start < link.end <= len(text)
        position = link.end


GROWING: dict[str, Callable[[int], str]] = {
    "redirects in a redirect": lambda n: "https://a.example/?url=https%3A" * n,
    "redirects": lambda n: "https://a.example/redirect?url=https%3A%2F%2Fb.example " * n,
    "unclosed links": lambda n: "[a](https://b.example " * n,
    "links that run together": lambda n: "[a](https://b.example" * n,
    "unclosed autolinks": lambda n: "<https://b.example\n" * n,
    "unclosed images": lambda n: "![](https://b.example/open/a" * n,
    "unclosed tags": lambda n: "<img src=" * n,
    "opened parentheses": lambda n: "[a](https://b.example/" + "(" * n,
    "closed parentheses": lambda n: "https://b.example/" + ")" * n,
    "words before links": lambda n: "[Unsubscribe](" * n + "https://b.example/0a1b2c3d4e5f",
    "words and pictures": lambda n: "Log in](https://b.example/" * n,
    "words and colons": lambda n: "reset password: \n" * n,
    "numbers behind words": lambda n: "recovery code: AB12-CD34-" * n,
    "blanks behind a word": lambda n: "API key:" + " " * 8 * n,
    "fields in paths": lambda n: "https://b.example/x/u=https%3A" * n,
    "words for codes": lambda n: "security code is " * n,
    "slashes": lambda n: "https://b.example/" + "/" * n,
    "ampersands": lambda n: "https://b.example/?" + "&" * n,
    "entities": lambda n: "https://b.example/?a" + "&amp;" * n,
    "signs": lambda n: "a@" * n,
    "encoded signs": lambda n: "%2540" * n,
    "domains": lambda n: "a@" + "b." * n,
    "payload": lambda n: "https://b.example/" + "eyJ" * n,
    "separators": lambda n: "https://b.example/" + "aB3." * n,
    "mail links": lambda n: "mailto:" * n,
    "quoted-printable": lambda n: "https://b.example/?a=3Db=\n" * n,
    "hints": lambda n: "https://b.example" + "/redirect" * n,
    "fields": lambda n: "To: a@b.example\n" * n,
    "fields in one line": lambda n: "To: a@b.example, " * n,
    "fields that go on": lambda n: "To: x\n" + " a@b.example\n" * n,
    "keys": lambda n: "sk-eyJghp_xoxb-" * n,
    "names of keys": lambda n: "tokenistoken:" * n,
    "private keys": lambda n: "-----BEGIN PRIVATE KEY-----\nA: b\n" * n,
    "codes": lambda n: "verification code to " * n,
    "bare addresses": lambda n: "a.bc/defghij?token=" * n,
    "bare addresses after blanks": lambda n: "a.bc/defghij:// " * n,
    "accounts": lambda n: "".join(f"Account: a{number}@b.example\n" for number in range(n)),
    "private pages": lambda n: "https://b.example/0a1b2c3d4e5f" + "/private" * n,
}


@pytest.mark.parametrize("shape", GROWING)
def test_time_grows_in_proportion_to_size(shape: str) -> None:
    assert_linear(GROWING[shape], lambda text: links(Document.of(text)).to_dict(), small=500)


@pytest.mark.parametrize(
    "text",
    [
        "See https://jane.doe%2Bnews%40mail.example.com@example.com/a today.",
        "Written to **jane.doe+news**@mail.example.com only.",
        "Written to jane.doe+news@*mail.example.com* only.",
    ],
)
def test_a_recipient_in_an_odd_place_is_redacted(text: str) -> None:
    document = Document.of(text, context=Context(recipients=frozenset({READER})))
    assert "doe" not in links(document).text


def test_an_address_with_an_invisible_character_inside_is_masked_in_the_ledger() -> None:
    text = "Written to jane.doe+news\u200b@mail.example.com only."
    document = Document.of(text, context=Context(recipients=frozenset({READER})))
    data = cleankit.clean(text).to_dict()
    assert "doe" not in json.dumps(Pipeline()(document).to_dict())
    assert len(Document.from_dict(data).original) == len(text)


def test_only_fields_at_the_head_of_a_text_name_its_reader() -> None:
    head = (
        "# News\n\nRead on https://example.com/a\n\nFrom: H <h@example.org>\nTo: ann@example.com\n"
    )
    later = (
        "\nThe quay is cold.\n\nFrom: eve@example.org\nTo: bob@example.com\n\nAsk bob@example.com."
    )
    text = links(Document.of(f"{head}{later} So says ann@example.com.")).text
    assert "ann@" not in text
    assert text.endswith("To: REDACTED\n\nAsk bob@example.com. So says REDACTED.")


FIELDS = [
    "From: Desk <desk@example.com>",
    "Subject: Ice",
    "Dat\u200be: Mon, 5 Jan 2026",
    "",
    "X",
    "> ",
]
MARKS = st.sampled_from(["", "> ", ">> ", "  ", "* ", "| ", "**", "\t", "- "])


@given(
    above=st.lists(st.sampled_from([*FIELDS, "The quay is cold."]), max_size=6),
    below=st.lists(st.sampled_from(FIELDS), max_size=4),
    mark=MARKS,
    field=st.sampled_from(["To", "Cc", "Delivered-To", "X-Original-To", "TO"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_recipient_in_a_field_goes_at_once(
    above: list[str], below: list[str], mark: str, field: str, end: str
) -> None:
    line = f"{mark}{field}: Jo Reader <{READER}>"
    once = cleankit.clean(end.join([*above, line, *below, "The tugs stay in the harbour."]))
    assert READER not in once.text
    assert cleankit.clean(once.text).text == once.text
    assert READER not in json.dumps(once.to_dict())


def test_a_message_to_thousands_is_searched_once_for_all_of_them() -> None:
    readers = frozenset(f"reader{number}@example.test" for number in range(20_000))
    text = "".join(f"Hello {reader}, good day.\n" for reader in sorted(readers)[:200])
    document = Document.of(text, context=Context(recipients=readers))
    assert links(document).text == "Hello REDACTED, good day.\n" * 200
    assert len(Recipients.of(readers).runs) == MOST_SPELLED


def test_a_readers_number_told_by_its_look_is_masked_in_the_ledger() -> None:
    text = "View this email in your browser: https://mail.example.com/0a1b/bees?e=5f60718293\n\nHi."
    document = cleankit.clean(text)
    assert document.removed
    assert "5f60718293" not in json.dumps(document.to_dict())


def test_an_address_that_leaves_a_list_is_the_readers() -> None:
    leave = "https://letters.example.com/unsubscribe?e=reader%40example.org"
    text = f"หยุดรับอีเมล {leave} ส่งถึง reader@example.org"
    doc = cleankit.clean(text, passes=["links"])
    assert doc.text == text.replace("reader%40example.org", "REDACTED").replace(
        "reader@example.org", "REDACTED"
    )


def test_an_address_in_any_other_link_is_nobodys() -> None:
    text = "See https://example.com/team?q=desk%40example.org or write to desk@example.org."
    assert cleankit.clean(text, passes=["links"]).text.endswith("write to desk@example.org.")


@pytest.mark.parametrize(
    "motif",
    [
        "![x](http://x.example/a.png)",
        "[x](mailto:a@example.com)",
        "[a](http://x.example/a)é",
        "[a](http://x.example/a(",
        "<http://x.example/a>",
        "http://x.example/a)",
    ],
)
def test_links_without_blanks_between_them_take_time_in_proportion(motif: str) -> None:
    assert_linear(
        lambda n: motif * n, lambda text: cleankit.clean(text, passes=["links"]), small=1_000
    )


def test_a_word_set_against_a_readers_identifier_stays_and_the_identifier_goes() -> None:
    short = "https://letters.example.com/r/0a1b2c3d"
    link = f"{short}?m=9f1c2d3e-4b5a-4c6d-8e7f-0a1b2c3d4e5f"
    text = f"{link}David writes, [see {link}]{link}Maria too."
    doc = cleankit.clean(text, format="text", passes=["links"])
    assert doc.text == f"{short} David writes, [see {short}]{short} Maria too."
    assert cleankit.restore(doc.text, doc.edits) == text


def test_a_redirect_that_a_line_break_cut_is_put_together_though_it_has_trackers() -> None:
    doc = cleankit.clean(
        "https://urlisolation.com/browser?clickId=0A1B&traceToken=17&url=https%3A%2F%2F\n"
        "news.example.com%2Fa%3Fid%3D5\nRest of it.\n",
        format="text",
        passes=["links"],
    )
    assert doc.text == "https://news.example.com/a?id=5\nRest of it.\n"


def test_a_bracket_that_is_encoded_makes_no_token_of_the_words_beside_it() -> None:
    doc = cleaned(
        "[map](https://www.example.com/map_(2026frs.example.com/unsubscribe/4f8e7d6c"
        '?utm_source=weirs&layer=depth "The map")\n'
    )
    assert doc.text == (
        "[map](https://www.example.com/map_%282026frs.example.com/unsubscribe/REDACTED"
        '?layer=depth "The map")\n'
    )


def test_a_picture_set_against_a_link_that_names_the_reader_hides_nothing() -> None:
    picture = "![](https://example.com/open.gif?u=reader%40example.org)"
    doc = cleankit.clean(
        f"https://example.com/a?id=5&token=x1{picture} rest", format="markdown", passes=["links"]
    )
    assert doc.text == "https://example.com/a?id=5&token=REDACTED rest"


def test_a_link_set_against_a_readers_identifier_is_a_link_of_its_own() -> None:
    short = "https://letters.example.com/r/0a1b2c3d"
    one = f"{short}?m=9f1c2d3e-4b5a-4c6d-8e7f-0a1b2c3d4e5f"
    doc = cleankit.clean(f"{one}{one}", format="text", passes=["links"])
    assert doc.text == f"{short} {short}"


@pytest.mark.parametrize(
    "line",
    [
        "Received: from a.example by b.example with SMTP for <{}>; Mon, 5 Jan 2026",
        "Return-Path: <bounce-17-{}@mail.example.org>",
        "**Delivered-To**: [{}](mailto:{})",
        "X-Some-Service-To: {}",
        "To: Ann <ann@example.org>,\n  Jo {},\n  Bo <bo@example.org>\nFrom: desk@example.com",
    ],
)
def test_a_recipient_in_a_header_far_down_goes(line: str) -> None:
    reader = "jane.doe=mail.example.org" if "Return" in line else "jane.doe@mail.example.org"
    text = (
        "The quay is cold.\n\n" * 300
        + line.format(reader, reader)
        + "\n\nDesk <desk@example.com>\n"
    )
    document = cleankit.clean(text, passes=["links"])
    assert reader not in json.dumps(document.to_dict())
    assert "Desk <desk@example.com>" in document.text


def test_a_reader_told_by_the_text_is_masked_in_the_ledger_however_spelled() -> None:
    text = "Tugs.\n\nSent from letters+jane.doe=example.org@mail.example.com.\n\n"
    document = cleankit.clean(f"{text}This message was sent to jane.doe@example.org.\n")
    assert "jane.doe" not in json.dumps(document.to_dict())


def test_a_recipient_folded_into_another_field_goes_from_meta() -> None:
    meta = {"mailer": f"Tug 3 To: Jane <{READER}>", "note": "Write to desk@example.com"}
    document = links(Document.of("Ice.", meta))
    assert READER not in str(document.meta)
    assert document.meta["note"] == meta["note"]


def test_an_address_at_the_end_of_a_links_text_ends_before_the_destination() -> None:
    text = "[see https://a.example/b?utm_source=c](https://d.example/e?utm_source=f) and on."
    document = links(Document.of(text))
    assert document.text == "[see https://a.example/b](https://d.example/e) and on."
    plain = "See https://a.example/b[c](d)/e there."
    assert links(Document.of(plain)).text == plain
