"""What gives a reader away survives nowhere in a link; what an author links does."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import quote
from zlib import compress

import pytest

import cleankit

READER = "jane.doe+news@mail.example.org"
TOKEN = "Zx9Qw7Er5Ty3Ui1Op8As6Df4"
HEAD = f"From: Desk <desk@example.com>\nTo: Jane <{READER}>\nSubject: Ice\n\nThe harbour froze.\n\n"

SPELLINGS = {
    "plain": READER,
    "percent": quote(READER, ""),
    "percent twice": quote(quote(READER, ""), ""),
    "base64": urlsafe_b64encode(READER.encode()).decode().rstrip("="),
    "base64 twice": urlsafe_b64encode(urlsafe_b64encode(READER.encode())).decode().rstrip("="),
    "hexadecimal": READER.encode().hex(),
    "hash": sha256(READER.encode()).hexdigest(),
    "hash in base64": urlsafe_b64encode(sha256(READER.encode()).digest()).decode().rstrip("="),
    "hash of capitals": sha256(READER.upper().encode()).hexdigest(),
    "return path": READER.replace("@", "="),
    "rewritten sender": "mail.example.org=jane.doe+news",
    "wide characters": urlsafe_b64encode(READER.encode("utf-16-le")).decode().rstrip("="),
    "packed bare": urlsafe_b64encode(compress(f'{{"e":"{READER}"}}'.encode())[2:-4]).decode(),
}
PLACES = {
    "query": "https://news.example.com/story?page=2&x={}",
    "path": "https://news.example.com/story/{}/ice",
    "whole query": "https://news.example.com/story?{}",
    "fragment": "https://news.example.com/story#{}",
    "route": "https://news.example.com/story#/a?k={}",
    "link inside": "https://news.example.com/login?next=https%3A%2F%2Fblog.example.net%2Fa%3Fwho%3D{}",
    "wrapped": "https://news.example.com/go?url=https%3A%2F%2Fblog.example.net%2Fa%3Fwho%3D{}",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("place", PLACES)
def test_the_recipient_survives_nowhere_in_a_link(place: str, spelling: str) -> None:
    value = SPELLINGS[spelling]
    document = cleankit.clean(f"{HEAD}Read it: {PLACES[place].format(value)}\n")
    assert "news.example.com" in document.text or "blog.example.net" in document.text
    assert value not in str(document.to_dict())


@pytest.mark.parametrize(
    "link",
    [
        f"mailto:leave-4711-{TOKEN}@lists.example.com",
        f"https://news.example.com/one-click/{TOKEN}",
        f"https://news.example.com/users/password/edit?c={TOKEN}",
        f"https://news.example.com/a?page=2&invite_code={TOKEN}",
        f"https://files.example.com/a.pdf?X-Amz-Expires=60&X-Amz-Signature={TOKEN}",
        f"https://news.example.com/newunsubscribe.php?q={TOKEN}",
        f"https://news.example.com/lists/?p=unsubscribe&uid={TOKEN}",
        f"https://r.mail.example.com/mk/un/v2/{TOKEN}",
        f"https://track.example.com/open.gif?uid={TOKEN}",
        f"https://track.example.com/unsubscribe/{TOKEN}==",
    ],
)
def test_no_token_survives_in_a_link(link: str) -> None:
    document = cleankit.clean(f"The harbour froze.\n\nSee <{link}> for more of it.\n")
    assert TOKEN not in str(document.to_dict())


@pytest.mark.parametrize(
    "link",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=43s",
        "https://images.example.com/a/heart@2x.png",
        "https://doi.org/10.1038/s41586-020-2649-2",
        "https://arxiv.org/abs/2301.00001v2",
        "https://github.com/example/repo/commit/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "https://www.google.com/search?q=harbour+ice&hl=en",
        "https://web.archive.org/web/20200101000000/https://example.com/a",
        "https://shop.example.com/product/84736251?variant=39482716",
        "https://docs.google.com/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit",
        "https://images.example.com/resize/aHR0cHM6Ly9leGFtcGxlLmNvbS9hLmpwZw",
        "https://images.example.com/a.png?w=600&s=9f86d081884c7d659a2feaa0c55ad015",
        "https://r.example.com/https://example.com/a",
        "https://link.example.com/article/10.1007/s10994-021-05946-3",
        "https://pagespeed.example.dev/analysis?url=https%3A%2F%2Fexample.com",
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.com%2Fa",
        "https://proxy.example.edu/login?url=https://doi.org/10.1000/182",
    ],
)
def test_what_an_author_links_stays(link: str) -> None:
    assert cleankit.clean_url(link) == link


@pytest.mark.parametrize(
    "written",
    [
        READER.replace("mail.", "mail.\n"),
        READER.replace("@", "\n@"),
        READER.replace("@", " @ "),
        READER.replace("@", "\u00a0@\u00a0"),
        READER.replace("@", "\uff20"),
        "**Jane.Doe**+news*@mail*.example.org",
        "\u200b".join(READER),
    ],
)
def test_the_recipient_survives_in_no_spelling(written: str) -> None:
    document = cleankit.clean(f"{HEAD}This was meant for {written} and for nobody else.\n")
    assert "REDACTED" in document.text
    assert "example.org" not in document.text


@pytest.mark.parametrize("domains", [("bücher.example", "xn--bcher-kva.example")])
def test_the_recipient_is_known_as_people_and_as_machines_write_a_domain(
    domains: tuple[str, str],
) -> None:
    for told, written in (domains, domains[::-1]):
        head = HEAD.replace("mail.example.org", told)
        document = cleankit.clean(f"{head}This was meant for jane.doe+news@{written} alone.\n")
        assert written not in document.text


@pytest.mark.parametrize(
    "line", ["Signed in as {}", "Your account: {}", "Hi {},", "Unsubscribe {} from this list"]
)
def test_a_line_that_names_the_reader_is_known(line: str) -> None:
    text = f"The harbour froze.\n\n{line.format(READER)}\n\nMore tomorrow, said the master.\n"
    assert READER not in str(cleankit.clean(text).to_dict())


WITHOUT_LINK = {
    "spelled out": "jane.doe+news (at) mail.example.org",
    "spelled out, dots too": "jane.doe+news [at] mail [dot] example [dot] org",
    "spelled out between underscores": "jane.doe+news_at_mail_dot_example_dot_org",
    "spelled out between hyphens": "jane.doe+news--at--mail.example.org",
    "escaped": "jane.doe+news\\u0040mail.example.org",
    "over a soft line break": "jane.doe+ne=\nws@mail.example.org",
    "in a link without a scheme": f"www.example.com/a?k={SPELLINGS['base64']}",
    "in a link of another scheme": f"webcal://example.com/a?k={SPELLINGS['hash']}",
    "without its tag": "jane.doe@mail.example.org",
    "in references": "".join(f"&#{ord(char)};" for char in READER),
}


@pytest.mark.parametrize("written", WITHOUT_LINK)
def test_the_recipient_survives_in_no_record(written: str) -> None:
    document = cleankit.clean(f"{HEAD}Written to {WITHOUT_LINK[written]} alone.\n")
    record = str(document.to_dict())
    assert WITHOUT_LINK[written] not in record
    assert "doe" not in record


@pytest.mark.parametrize(
    "field",
    [
        'To: "jane.doe"@mail.example.org',
        "To: jane.doe(her own)@mail.example.org",
        "To: Jane\n <jane.doe@\n mail.example.org>",
        "X-Failed-Recipients: jane.doe@mail.example.org",
        "List-Unsubscribe: <mailto:leave-jane.doe=mail.example.org@lists.example.com>",
    ],
)
def test_the_recipient_is_known_from_odd_fields(field: str) -> None:
    head = f"From: Desk <desk@example.com>\nSubject: Ice\n{field}\n\n"
    document = cleankit.clean(f"{head}Hello jane.doe@mail.example.org, the harbour froze.\n")
    assert "doe" not in str(document.to_dict())


def test_letters_beyond_ascii_are_known_encoded() -> None:
    head = "From: Desk <desk@example.com>\nTo: märta@mail.example.org\n\n"
    link = "https://news.example.com/a?k=m%C3%A4rta%40mail.example.org"
    assert "rta" not in cleankit.clean(f"{head}See {link} today.\n").text


def test_a_session_in_a_path_is_redacted() -> None:
    link = f"https://news.example.com/a;jsessionid={TOKEN}?page=2"
    redacted = "https://news.example.com/a;jsessionid=REDACTED?page=2"
    assert cleankit.clean_url(link) == redacted


def test_tokens_in_front_matter_are_masked_in_a_record() -> None:
    fields = f"  X-Token: {TOKEN}\n  List-Unsubscribe: <https://a.test/{TOKEN}>"
    head = f"---\nsubject: Ice\nheaders:\n{fields}\n---\n"
    document = cleankit.clean(f"{head}\nThe harbour froze.\n")
    assert TOKEN not in str(document.to_dict())
    assert document.meta["subject"] == "Ice"


@pytest.mark.parametrize(
    "link",
    [
        f"www.example.com/unsubscribe/{TOKEN}",
        f"news.example.com/a?page=2&token={TOKEN}",
        f"//news.example.com/reset/{TOKEN}",
        f"hxxps://news[.]example[.]com/reset?token={TOKEN}",
        f"harbour://sign-in?token={TOKEN}",
        f"webcal://calendar.example.com/private-{TOKEN}/basic.ics",
        f"ftp://jane:{TOKEN}@files.example.com/a.zip",
        f"https:\\\\news.example.com\\reset\\{TOKEN}",
        f"https://news.example.com\\reset\\{TOKEN}",
        f"https://{TOKEN}@git.example.com/a.git",
        f"https://news.example.com/#/reset/{TOKEN}",
        f"https://news.example.com/a?id=1;token={TOKEN};x=2",
        f"https://news.example.com/a?user%5Btoken%5D={TOKEN}",
        f"https://news.example.com/a?%74oken={TOKEN}",
        f"MAILTO:unsubscribe-{TOKEN}@lists.example.com",
        f"https://files.example.com/feeds/private/{TOKEN}.rss",
    ],
)
def test_no_token_survives_in_an_address_however_written(link: str) -> None:
    document = cleankit.clean(f"The harbour froze.\n\nSee {link} for more of it.\n")
    assert "for more of it." in document.text
    assert TOKEN not in str(document.to_dict())
    assert cleankit.clean(document.text).text == document.text


@pytest.mark.parametrize(
    "text",
    [
        "Write to desk@example.com?subject=plain_text or see www.example.com/a/0a1b2c3d4e5f6071.",
        "The files are ftp://files.example.com/pub/report-2026.tar.gz and config.py/README.",
        "A link magnet:?xt=urn:btih:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b is no secret.",
        "[www.example.com/a?id=5](www.example.com/a?id=5) and/or e.g./i.e. it is so.",
        "https://example.com/business/private-equity-buys-a-harbour-12345678",
        "https://example.com/private/6-garden-visits-in-the-north-of-2026",
    ],
)
def test_an_address_without_a_secret_stays_however_written(text: str) -> None:
    assert cleankit.clean(text, passes=["links"]).text == text


def test_a_code_for_signing_in_goes_from_text_meta_and_ledger() -> None:
    text = (
        "Subject: 482913 is your Harbour code\nFrom: d@example.com\n\nYour login code is 482913.\n"
    )
    document = cleankit.clean(text, format="email")
    assert document.meta["subject"] == "REDACTED is your Harbour code"
    assert "482913" not in str(document.to_dict())


def test_a_token_goes_whatever_another_token_hides_the_link_behind() -> None:
    view = "https://link.example.com/view/5f0a1b2c3d4e5f6071829304pw86.81f/8fa174e7"
    url = cleankit.clean_url(f"{view}https://example.com/unsubscribe?uuid={TOKEN}")
    assert TOKEN not in url
    assert cleankit.clean_url(url) == url
