"""The cases in `corpus/cases/mojibake`: repairs, sound text, known failures, and the floors."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import cleankit
from cleankit import rules
from cleankit.passes.mojibake.codecs import NAMES, table

CASES = Path(__file__).parent.parent / "corpus" / "cases" / "mojibake"


def read(name: str) -> Any:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def repaired(text: str) -> str:
    return cleankit.clean(text, format="text", passes=["mojibake"]).text


def damage(text: str, codec: str) -> str:
    characters = table(codec)
    return "".join(characters[byte] for byte in text.encode())


SOUND = [text for group in read("negatives")["group"] for text in group["inputs"]]
LANGUAGES = read("languages")["languages"]


@pytest.mark.parametrize("case", read("repairs")["case"], ids=lambda case: case["expected"][:40])
def test_damage_is_repaired(case: dict[str, str]) -> None:
    assert repaired(case["input"]) == case["expected"], case["why"]


@pytest.mark.parametrize("text", SOUND, ids=ascii)
def test_sound_text_stays(text: str) -> None:
    assert repaired(text) == text


def test_sound_text_stays_all_together() -> None:
    text = "\n".join(SOUND)
    assert repaired(text) == text


def test_there_are_enough_sound_texts() -> None:
    assert len(SOUND) >= 150
    assert len(LANGUAGES) >= 14


@pytest.mark.parametrize("case", read("known_failures")["case"], ids=lambda case: case["why"][:40])
def test_a_known_failure_still_fails(case: dict[str, str]) -> None:
    assert repaired(case["input"]) != case["expected"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sound_sentences_stay_in_every_case(language: str) -> None:
    for sentence in LANGUAGES[language]:
        for text in (sentence, sentence.upper(), sentence.lower(), f"„{sentence}“ – «{sentence}»…"):
            assert repaired(text) == text


FLOORS = {"whole": 0.995, "mixed": 0.985, "single": 0.95, "twice": 0.975}


def test_the_floors_hold_in_all_languages_and_codecs() -> None:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()

    def compare(kind: str, sound: list[str], damaged: list[str]) -> None:
        results = repaired("\n".join(damaged)).split("\n")
        for before, line, result in zip(sound, damaged, results, strict=True):
            if line == before:
                assert result == before
            else:
                asked[kind] += 1
                right[kind] += result == before

    for sentences in LANGUAGES.values():
        for codec in NAMES:
            once = [damage(sentence, codec) for sentence in sentences]
            compare("whole", sentences, once)
            compare("twice", sentences, [damage(line, codec) for line in once])
            mixed = [
                line if number % 2 else sentence
                for number, (sentence, line) in enumerate(zip(sentences, once, strict=True))
            ]
            compare("mixed", sentences, mixed)
            for sentence, line in zip(sentences, once, strict=True):
                compare("single", [sentence], [line])
    shares = {kind: right[kind] / asked[kind] for kind in FLOORS}
    assert all(shares[kind] >= floor for kind, floor in FLOORS.items()), shares


@pytest.mark.parametrize("rule", rules.load("mojibake", "mentions"), ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_tell_mentions_from_damage(rule: rules.Rule) -> None:
    for example in rule.examples:
        assert repaired(example) == example
    for example in rule.counter_examples:
        assert repaired(example) != example


@pytest.mark.parametrize("case", read("mixups")["case"], ids=lambda case: case["why"][:40])
def test_mixups_are_told_by_the_language(case: dict[str, str]) -> None:
    assert repaired(case["input"]) == case["expected"]


def test_no_mixup_is_seen_in_sound_sentences() -> None:
    for sentences in LANGUAGES.values():
        text = "\n".join(sentences)
        assert repaired(text) == text


@pytest.mark.parametrize(
    "written, read_as",
    [
        ("cp1251", "cp1252"),
        ("koi8-r", "cp1251"),
        ("cp1253", "latin-1"),
        ("cp1255", "cp1252"),
        ("cp1256", "cp1252"),
        ("cp1254", "cp1252"),
        ("iso8859-2", "cp1252"),
        ("cp1252", "mac_roman"),
        ("cp850", "cp1252"),
    ],
)
def test_a_single_byte_confusion_is_undone_or_left_alone(written: str, read_as: str) -> None:
    """Nothing but the right text may come of it; and it must come of it at least once."""
    right = 0
    for sentences in LANGUAGES.values():
        text = "\n".join(sentences)
        try:
            data = text.encode(written)
        except UnicodeEncodeError:
            continue
        characters = table(read_as)
        confused = "".join(characters[byte] for byte in data)
        if confused != text:
            result = repaired(confused)
            assert result in (text, confused)
            right += result == text
    assert right


@pytest.mark.parametrize("codec", ["gbk", "cp932", "big5", "euc_kr"])
def test_an_east_asian_mixup_is_undone(codec: str) -> None:
    right = asked = 0
    for sentences in LANGUAGES.values():
        for sentence in sentences:
            try:
                damaged = sentence.encode().decode(codec)
            except UnicodeDecodeError:
                continue
            if damaged != sentence:
                asked += 1
                right += repaired(damaged) == sentence
    assert right >= 0.9 * asked > 0


@pytest.mark.parametrize("read_as", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text, written",
    [
        (
            "会议纪要：出席者有王建国和张伟，缺席一人。\n将洋葱切丝，用黄油炒香再煮五分钟。",
            "gb18030",
        ),
        ("會議紀錄：出席者有陳美玲與黃淑芬。\n將洋蔥切絲，以奶油炒香再煮五分鐘。", "big5"),
        ("다음 모임은 목요일 오후 세 시입니다.\n양파를 버터에 볶은 뒤 더 끓입니다.", "euc_kr"),
        ("次回の会議は木曜日の午後三時からです。\nクリームを加えて煮込みます。", "cp932"),
        ("次回の会議は木曜日の午後三時からです。\nクリームを加えて煮込みます。", "euc_jp"),
    ],
)
def test_east_asian_text_read_by_one_byte_a_character_is_read_again(
    text: str, written: str, read_as: str
) -> None:
    confused = "".join(table(read_as)[byte] for byte in text.encode(written))
    assert repaired(confused) == text
    among = f"A line of plain words.\n{confused}\nAnother line."
    assert repaired(among) == f"A line of plain words.\n{text}\nAnother line."


@pytest.mark.parametrize("written", ["cp850", "cp437", "mac_roman"])
def test_controls_within_words_are_letters_of_another_code_page(written: str) -> None:
    text = "Für die Soße Zwiebeln würfeln, mit Öl anschwitzen; später gießen und rühren."
    confused = "".join(table("latin-1")[byte] for byte in text.encode(written))
    assert repaired(confused) == text
    assert "„" not in repaired(f"M{table('latin-1')['ä'.encode(written)[0]]}rz")


def test_spanish_of_a_mac_has_no_dashes_within_words() -> None:
    text = "La sesión: asistió la señora Núñez, que preguntó cuándo empezará la reunión así."
    confused = "".join(table("latin-1")[byte] for byte in text.encode("mac_roman"))
    assert repaired(confused) == text


def test_a_dash_between_words_stays_one_beside_other_controls() -> None:
    assert repaired("The word\x97yes\x97said it\x92s \x93well\x97known\x94.") == (
        "The word—yes—said it’s “well—known”."
    )


def test_chinese_read_as_cyrillic_is_read_again() -> None:
    text = "会议纪要：出席者有王建国和张伟，缺席一人。\n将洋葱切丝，用黄油炒香再煮五分钟。"
    confused = "".join(table("cp1251")[byte] for byte in text.encode("gb18030"))
    assert repaired(confused) == text
