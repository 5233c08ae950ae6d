"""The three real documents that the project began with, where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleankit

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not part of the project")

INTACT = "你好，世界 🚀 — it’s fine"
DAMAGED = ["thesequence-791", "last-week-in-ai-333"]


def text_of(name: str) -> str:
    return (SEEDS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DAMAGED)
def test_the_exact_original_comes_back(name: str) -> None:
    repaired = cleankit.clean(text_of(f"{name}.damaged.md"), passes=["mojibake"]).text
    assert repaired == text_of(f"{name}.clean.md")


@pytest.mark.parametrize("name", DAMAGED)
def test_the_original_is_left_as_it_is(name: str) -> None:
    original = text_of(f"{name}.clean.md")
    assert cleankit.clean(original, passes=["mojibake"]).text == original


@pytest.mark.parametrize("name", DAMAGED)
def test_an_intact_line_among_damaged_ones_is_left_alone(name: str) -> None:
    damaged = text_of(f"{name}.damaged.md").split("\n")
    original = text_of(f"{name}.clean.md").split("\n")
    damaged.insert(25, INTACT)
    original.insert(25, INTACT)
    assert cleankit.clean("\n".join(damaged), passes=["mojibake"]).text.split("\n") == original


def test_the_newsletter_is_cleaned_and_sectioned() -> None:
    document = cleankit.clean(text_of("thesequence-791.damaged.md"))
    levels = {section.title: section.level for section in document.sections}
    for gone in ("on the web", "Unsubscribe", "Subscribe and don’t miss", "reader-supported"):
        assert gone not in document.text
    top = levels["📝 Editorial: The Eastern Surge & The Silicon Valley Shuffle"]
    assert top == levels["🔎 AI Research"] == levels["🤖 AI Tech Releases"] == levels["📡AI Radar"]
    below = [section.title for section in document.sections if section.level == top + 1]
    assert [title[:2] for title in below[:4]] == ["1.", "2.", "3.", "4."]
    names = list(levels)
    papers = names[names.index("🔎 AI Research") + 1 : names.index("🤖 AI Tech Releases")]
    assert len(papers) == 6
    assert {levels[paper] for paper in papers} == {top + 1}
    assert "eyJ" not in json.dumps(document.to_dict())


def test_the_digest_is_cleaned_and_sectioned() -> None:
    document = cleankit.clean(text_of("last-week-in-ai-333.damaged.md"))
    levels = {section.title: section.level for section in document.sections}
    top = levels["Top News"]
    assert levels["Other News"] == top
    for part in ("Tools", "Business", "Research", "Concerns", "Policy"):
        assert levels[part] == top + 1
    assert levels["OpenAI to test ads in ChatGPT as it burns through billions"] == top + 1
    assert "Skynet Today" not in document.text


def test_the_summary_card_is_cleaned_and_sectioned() -> None:
    document = cleankit.clean(text_of("aissential-card.txt"))
    assert [section.title for section in document.sections][-7:] == [
        "Summary",
        "Key takeaway",
        "Key insights",
        "Principles",
        "Method",
        "In practice",
        "Topics",
    ]
    assert "Editorial summary" not in document.text


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*")), ids=lambda path: path.name)
def test_every_seed_is_restorable_and_stable(path: Path) -> None:
    document = cleankit.clean(path.read_text(encoding="utf-8"))
    assert cleankit.restore(document.text, document.edits) == document.original
    assert cleankit.clean(document.text).text == document.text
