"""The measures measure, and a floor holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import floors, generate, html_page, mailing, measures
from benchmarks.__main__ import MARKS, README


def test_characters_cut_and_left_are_counted_by_their_weight() -> None:
    text = "Kept words.\nGo here https://example.com/a/very/long/address/indeed"
    counts = measures.boilerplate(text, [(12, len(text))], [(0, 4), (12, len(text))])
    assert measures.rates(counts)["boilerplate_recall"] == 1
    assert counts["cut_content"] == 4
    assert counts["cut"] == pytest.approx(6 + measures.URL_WEIGHT)


def test_sections_are_matched_by_line_and_levels_by_number() -> None:
    text = "One\n\nwords\n\nTwo\n\nwords"
    wanted = [(0, "One", 1), (12, "Two", 1)]
    right = measures.rates(measures.sections(text, wanted, wanted))
    assert (right["section_f1"], right["level_accuracy"], right["pk"]) == (1, 1, 0)
    half = measures.rates(measures.sections(text, wanted, [(0, "One", 2)]))
    assert (half["section_recall"], half["level_accuracy"]) == (0.5, 0)


@pytest.mark.parametrize(
    "raw, wanted, kind",
    [
        ("https://a.test/?utm_source=x", "https://a.test/", "strip"),
        ("https://b.test/?u=https%3A%2F%2Fa.test", "https://a.test", "unwrap"),
        ("https://A.test", "https://a.test/", "keep"),
    ],
)
def test_a_link_is_counted_under_what_had_to_be_done(raw: str, wanted: str, kind: str) -> None:
    assert measures.link(raw, wanted, wanted) == {f"{kind}s": 1, f"{kind}_right": 1}


def test_a_phrase_is_found_through_markup_and_takes_the_address_of_its_link_along() -> None:
    text = "See *the* [last page](https://a.test/) now"
    assert measures.find(text, "the last page") == (5, 38)
    assert measures.find(text, "first page") is None


def test_a_page_is_told_without_what_it_hides() -> None:
    page = html_page.told(
        "<h1>A title</h1><p style='display:none'>not to be seen</p>"
        "<ul><li>one <a href='https://a.test/'>link</a></ul><img alt='a boat'>"
    )
    assert page["headings"] == ["a title"]
    assert page["items"] == ["one link"]
    assert page["links"] == ["https://a.test/"]
    assert page["hidden"] == ["not to be"]
    assert page["images"] == ["a boat"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='font-size:0'>not to be seen</p>",
        "<div style='position:absolute;left:-9999px'>not to be seen</div>",
        "<font color='#FFFFFF'>not to be seen</font>",
        "<p style='color:white'>not to be seen</p>",
    ],
)
def test_words_too_small_too_far_away_or_white_on_white_are_not_seen(hidden: str) -> None:
    page = html_page.told(f"<p>Seen.</p>{hidden}")
    assert (page["words"], page["hidden"]) == (["seen"], ["not to be"])


def test_words_with_a_size_of_their_own_and_white_ones_on_blue_are_seen() -> None:
    page = html_page.told(
        "<p style='font-size:0'>no <b style='font-size:14px'>one</b></p>"
        "<table bgcolor='#003366'><td style='color:#fff'>two</td></table>"
    )
    assert page["words"] == ["one", "two"]


def test_a_rate_below_its_floor_is_told_and_so_is_one_above_its_ceiling() -> None:
    held = {"t": {"repaired": 0.9, "harmed": 0.1}}
    assert floors.broken({"t": {"repaired": 0.9, "harmed": 0.1}}, held) == []
    assert len(floors.broken({"t": {"repaired": 0.8, "harmed": 0.2}}, held)) == 2
    assert len(floors.broken({}, held)) == 2


def test_no_floor_is_lowered_unless_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.toml")
    floors.store({"t": {"repaired": 0.95}})
    with pytest.raises(ValueError, match="repaired"):
        floors.store({"t": {"repaired": 0.85}})
    floors.store({"t": {"repaired": 0.85}}, lower=True)
    assert floors.load() == {"t": {"repaired": 0.85}}


def test_generated_messages_are_the_same_whatever_was_made_before() -> None:
    alone = generate.message(7, seed=3)
    assert [*generate.messages(8, seed=3)][7] == alone
    for start, end, _ in alone.removed:
        assert alone.text[start:end].strip()


def test_the_gold_of_generated_messages_fits_their_text() -> None:
    for item in generate.messages(60, seed=4):
        spans = [(start, end) for start, end, _ in item.removed]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(item.text) for start, end in spans)
        for start, title, _ in item.sections:
            if not item.damage["codec"]:
                assert title in item.text[start:].partition("\n\n")[0].replace("\r", "")
        assert [before for before, _ in item.links if before not in item.text] == []


def test_generated_messages_are_of_every_kind() -> None:
    items = [*generate.messages(400, seed=6)]
    assert len({item.language for item in items}) >= 20
    assert {mailing.form_of(item) for item in items} == {"plain", "html", "alternative"}
    assert any(not item.removed for item in items)
    assert {kind for item in items for _, _, kind in item.removed} >= {
        "front_matter", "invisible", "web_version", "reason", "address", "unsubscribe", "legal"
    }  # fmt: skip


def test_a_run_can_go_on_from_any_message() -> None:
    assert [*generate.messages(3, first=5, seed=2)] == [*generate.messages(8, seed=2)][5:]


def test_files_and_json_lines_hold_what_was_generated(tmp_path: Path) -> None:
    items = [*generate.messages(4, seed=1)]
    generate.main(["4", "--seed", "1", "-o", str(tmp_path / "all")])
    generate.main(["4", "--seed", "1", "--to", "jsonl", "-o", str(tmp_path / "all.jsonl")])
    generate.main(["4", "--seed", "1", "--to", "mail", "-o", str(tmp_path / "mail")])
    texts = [path.read_bytes().decode() for path in sorted(tmp_path.rglob("*.md"))]
    lines = (tmp_path / "all.jsonl").read_text(encoding="utf-8").split("\n")
    assert texts == [item.text for item in items]
    assert [json.loads(line)["text"] for line in lines if line] == texts
    assert len([*(tmp_path / "mail").rglob("*.eml")]) == 4


def test_the_readme_has_a_place_for_what_is_measured() -> None:
    text = README.read_text(encoding="utf-8")
    assert [text.count(mark) for mark in MARKS] == [1, 1]
    assert text.index(MARKS[0]) < text.index(MARKS[1])
