"""What fuzzing asks of every target holds for what it begins with, and for what it once found."""

from __future__ import annotations

import random

import pytest

import cleankit
from cleankit.links.decoders import percent
from tests.fuzz import material
from tests.fuzz.targets import TARGETS
from tests.laws import assert_settled


@pytest.mark.parametrize("name", TARGETS)
def test_targets_find_nothing_in_a_few_tries(name: str) -> None:
    target, draw = TARGETS[name], random.Random(name)
    # What an odd byte begins is no text put together of pieces, which new rules change.
    tries = [b"\1" + draw.randbytes(draw.randrange(120)) for _ in range(15)]
    begin = b"\1" if target.makes_texts else b""
    tries += [begin + seed for seed in list(material.seeds(target.seeds))[:3]]
    for data in tries:
        target.run(data)


def test_texts_are_put_together_of_pieces() -> None:
    assert material.mosaic(b"\0\0\1\0\1\0") == "\n\n".join(material.pieces()[:2]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("** Open evenings\n** Open evenings\nWords", id="a mark that nothing closes"),
        pytest.param("__a_________\n__a_________\nWords", id="underscores around a title"),
        pytest.param(
            "nsubscribe](https://news.example.com/preferences/unsi" + " " * 45 + "6.00\nT",
            id="blanks that make a line longer than lines are wrapped",
        ),
        pytest.param(
            "View in browser ( https://a.example.com/web/321043100000000000000000000 )\n"
            "View in browser ( https://a.example.com/web/321043100000000000000000000 )\n"
            "The quay is cold, and what changed since autumn is the sound. Pilots have gone back "
            "to pencils for now, and nobody minds.\n"
            "Unsubscribe ( https://a.example.com/unsubscribe?e=REDACTED&token=REDACTED )\nThe Quay",
            id="lines of a footer that make a text a wrapped one",
        ),
        pytest.param(
            "____________________________________a_________\nO/kpringfielst\n\nWords",
            id="underscores that make a title as long as a line is wrapped at",
        ),
        pytest.param("---\nnote: g\n**Title\n---\nWords", id="a title among lines of metadata"),
        pytest.param(
            "鈥淲\n![](父父父)Unsubscribe", id="a misread letter beside sound ones that are cut"
        ),
        pytest.param(
            ">Vil ikke længere have vores brev, til kontoret@example.org.\n"
            "Unsubscribe https://mail.example.com/u\n>عضویت",
            id="a quoted line that a footer stood below",
        ),
        pytest.param(
            "Neredzat šeit:\nOn Mon, 12 Jan 2026 at 09:14, Rae Example wrote:\nWords.",
            id="who wrote a letter below a line that is cut",
        ),
        pytest.param(
            "Ver en tu navegador:\n[Telegram](https://t.me/mayak_example)\nI\nhttps://www.example.com/",
            id="a link that comes nearer to the head",
        ),
        pytest.param(
            " ---\nsubject: Frozen\n---\nnewsletter",
            id="a field that becomes a heading above a name",
        ),
        pytest.param(
            "in\n------------------------------------------------------------\n"
            "vanthatsmelled of earth,we have been unpacking since. The tulips are from the same "
            "field as last year.\n- outward, not inward-------------------------\n"
            "opdddddddddddd===========================================================\n"
            "Copyright2026ExampleNursery,All rights ˇˇˇˇˇˇˇˇ.",
            id="a rule as long as lines are that goes with its title",
        ),
        pytest.param("token=97bample.com/alt?token=9f", id="a secret in another's value"),
        pytest.param("W\n**Date:**\n**Source:**.\na", id="a title above the message's headers"),
        pytest.param(
            "You get this letter because you subscribed.\nTo: reader@example.com\n"
            "Subject: A table of the tides\nNobody had come to read the tide but the pilot.",
            id="a recipient below a line that is cut",
        ),
    ],
)
def test_a_second_cleaning_changes_nothing(text: str) -> None:
    assert_settled(cleankit.clean(text).text, cleankit.clean)


def test_lone_surrogates_in_an_address_are_left() -> None:
    assert percent("a%3A%C3%A9\udcff") == "a:%C3%A9\udcff"


def test_lone_surrogates_amid_words_of_a_footer_are_left() -> None:
    text = "Bring a coat\udcff, and look.\n\nUnsubscribe: https://example.com/unsubscribe"
    assert cleankit.clean(text).text.startswith("Bring a coat�, and")


def test_a_page_in_a_text_of_an_unknown_kind_is_read_as_one() -> None:
    mail = b"MIME-Version: 1.0\nContent-Type: text/x-page\n\n<html><p>One<p>Two</html>"
    assert cleankit.clean(mail, passes=[]).text == "One\n\nTwo"
