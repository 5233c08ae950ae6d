"""The main job on our own inbox: repaired, cleaned, sectioned, and restorable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleankit
from cleankit import Document

CORPUS = Path(__file__).parent.parent / "corpus"
INTACT = "你好，世界 🚀 — it’s fine"


def text_of(path: str) -> str:
    return (CORPUS / path).read_text(encoding="utf-8")


def cleaned(name: str) -> Document:
    return cleankit.clean(text_of(f"inbox/{name}"), name=name)


def titles(document: Document) -> list[tuple[str, int]]:
    return [(section.title, section.level) for section in document.sections if section.title]


DAMAGED = ["radar-12.md", "digest-7.md"]


@pytest.mark.parametrize("name", DAMAGED)
def test_the_exact_original_comes_back(name: str) -> None:
    document = cleankit.clean(text_of(f"inbox/{name}"), passes=["mojibake"])
    assert document.text == text_of(f"originals/{name}")


@pytest.mark.parametrize("name", DAMAGED)
def test_the_original_is_left_as_it_is(name: str) -> None:
    original = text_of(f"originals/{name}")
    assert cleankit.clean(original, passes=["mojibake"]).text == original


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("place", [0, 20, -1])
def test_an_intact_line_among_damaged_ones_is_left_alone(name: str, place: int) -> None:
    damaged = text_of(f"inbox/{name}").split("\n")
    original = text_of(f"originals/{name}").split("\n")
    damaged.insert(place, INTACT)
    original.insert(place, INTACT)
    repaired = cleankit.clean("\n".join(damaged), passes=["mojibake"]).text
    assert repaired.split("\n") == original


def test_the_footer_the_prompt_and_the_web_version_are_gone() -> None:
    document = cleaned("radar-12.md")
    for gone in ("on the web", "Unsubscribe", "Subscribe and don’t miss", "reader-supported"):
        assert gone not in document.text
    assert {removal.kind for removal in document.removed} >= {
        "front_matter",
        "header_block",
        "subscribe_cta",
        "unsubscribe",
        "web_version",
    }


def test_no_token_of_the_subscriber_is_left_anywhere() -> None:
    record = json.dumps(cleaned("radar-12.md").to_dict())
    for secret in ("eyJlIjoi", "eyJhbGciOiJ", "5150", "ZXhhbXBsZS1zaWduYXR1cmU"):
        assert secret not in record


def test_the_newsletter_has_its_sections() -> None:
    found = titles(cleaned("radar-12.md"))
    assert ("⚓ Editorial: The Tugboats Come Back", 1) in found
    assert [title for title, level in found if level == 2][:3] == [
        "1. The “Silent Fleet” Arrives",
        "2. Tide Tables Go Digital (Almost)",
        "3. A Strike Nobody Heard",
    ]
    assert [title for title, level in found if level == 1][-3:] == [
        "🔎 Research",
        "🤖 Tools",
        "📡Radar",
    ]
    research = found.index(("🔎 Research", 1))
    assert [title for title, _ in found[research + 1 : research + 4]] == [
        "Quay Walls Under Rising Water: A Survey of Forty Ports",
        "Predicting Berth Delays From Weather Alone",
        "Gulls as Sensors: A Field Note",
    ]


def test_the_digest_has_its_sections_and_no_leftovers() -> None:
    document = cleaned("digest-7.md")
    found = dict(titles(document))
    assert found["Top News"] == found["Other News"] == 1
    assert [found[part] for part in ("Tools", "Business", "Research", "Concerns", "Policy")] == [
        2
    ] * 5
    assert found["Five seed banks agree to share one cold room"] == 2
    for gone in ("Copyright", "None", ":/\n", "<hr>", "Image Source Link"):
        assert gone not in document.text


def test_the_summary_card_has_its_sections_and_no_syndication_notice() -> None:
    document = cleaned("summary-card.txt")
    assert [title for title, _ in titles(document)][-7:] == [
        "Summary",
        "Key takeaway",
        "Key insights",
        "Principles",
        "Method",
        "In practice",
        "Topics",
    ]
    assert "CardCatalog" not in document.text


def test_mail_is_read_by_its_best_part_and_cleaned() -> None:
    [document] = [
        cleankit.Pipeline()(each) for each in cleankit.read(CORPUS / "inbox/kraeuter.eml")
    ]
    assert document.meta["subject"] == "Frische Kräuter – auch im Januar"
    assert document.meta["sender"] == "Küche & Garten <post@kueche.example.com>"
    assert "Auf der Fensterbank wächst mehr, als man denkt." in document.text
    assert "https://kueche.example.com/fensterbank?seite=2" in document.text
    for gone in ("abbestellen", "Im Browser ansehen", "Beispielweg", "Sie erhalten diese"):
        assert gone not in document.text
    assert "Redaktion" in document.text
    record = json.dumps(document.to_dict(), ensure_ascii=False)
    assert "reader@" not in record
    assert "9f8e7d6c5b4a" not in record


def test_html_is_rendered_without_its_layout_and_its_hidden_preheader() -> None:
    [document] = [
        cleankit.Pipeline()(each) for each in cleankit.read(CORPUS / "inbox/market-letter.html")
    ]
    assert "the baker explains" not in document.text
    assert "hidden" in {removal.kind for removal in document.removed}
    assert "| North gate | 3.90 | December |" in document.text
    assert "[price of feed](https://www.example.com/feed?id=4)" in document.text
    assert ("What the stalls say", 1) in titles(document)
    for gone in ("unsubscribe", "View in browser", "Example Street", "REVNTy1UT0tFTi0wMDAx"):
        assert gone not in json.dumps(document.text)


def test_a_mailbox_gives_its_messages_one_by_one() -> None:
    documents = [
        cleankit.Pipeline()(each) for each in cleankit.read(CORPUS / "inbox/gardeners.mbox")
    ]
    assert [document.meta["subject"] for document in documents] == [
        "[gardeners] Frost on the plum trees",
        "Re: [gardeners] Frost on the plum trees",
    ]
    assert "in bud since Christmas" in documents[0].text
    assert "\nFrom my notes" in documents[1].text
    assert all("mailman" not in document.text for document in documents)


@pytest.mark.parametrize("path", sorted((CORPUS / "inbox").iterdir()), ids=lambda path: path.name)
def test_every_message_is_restorable_stable_and_the_same_twice(path: Path) -> None:
    for read in cleankit.read(path):
        document = cleankit.Pipeline()(read)
        assert cleankit.restore(document.text, document.edits) == document.original
        assert cleankit.clean(document.text).text == document.text
        assert cleankit.Pipeline()(read) == document
