"""Letter frequencies: sound text is told from the same bytes in the wrong charset."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.letters import languages_for, plausibility, reading
from cleankit.letters.characters import fold, kind, script
from cleankit.letters.model import LANGUAGES, model, sample

CONFUSIONS = [
    ("Мы встретимся завтра у входа в театр.", "cp1251", "latin-1"),
    ("Мы встретимся завтра у входа в театр.", "koi8-r", "cp1251"),
    ("Мы встретимся завтра у входа в театр.", "cp866", "cp1251"),
    ("Zadzwoń później, proszę się nie śpieszyć.", "cp1250", "cp1252"),
    ("Zadzwoń później, proszę się nie śpieszyć.", "iso8859-2", "cp1250"),
    ("Nous étions déjà à l’hôtel.", "cp1252", "mac_roman"),
    ("Nous étions déjà à l’hôtel.", "mac_roman", "cp1252"),
    ("Στείλτε μας την απάντησή σας.", "cp1253", "cp1252"),
    ("Lütfen yanıtınızı bize gönderin.", "cp1254", "cp1252"),
]


@pytest.mark.parametrize("text, right, wrong", CONFUSIONS)
def test_the_right_reading_costs_less_than_a_wrong_one(text: str, right: str, wrong: str) -> None:
    mistaken = text.encode(right).decode(wrong, "replace")
    assert reading(text).bits + 10 < reading(mistaken).bits
    assert plausibility(text).score > max(0.4, plausibility(mistaken).score)


@pytest.mark.parametrize(
    "text, language",
    [
        ("Where have all the flowers gone?", "en"),
        ("Wir haben heute leider keine Zeit dafür.", "de"),
        ("Nous n’avons pas reçu votre réponse.", "fr"),
        ("Jutro będziemy już w domu, obiecuję.", "pl"),
        ("Nem tudom, hogy mikor érünk haza.", "hu"),
        ("Завтра мы будем уже дома.", "ru"),
        ("Завтра ми вже будемо вдома, обіцяю їй.", "uk"),
        ("明日はもう家に帰ります。", "ja"),
        ("내일은 벌써 집에 있을 거예요.", "ko"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert reading(text).language == language


def test_every_language_is_cheapest_in_its_own_sample() -> None:
    for language in dict.fromkeys(name for entries in LANGUAGES.values() for name, _ in entries):
        _, text = sample(language)
        assert reading(text[:800]).language == language


def test_a_script_has_its_languages_tried_and_latin_only_where_it_prevails() -> None:
    assert languages_for(Counter("Привет")) == tuple(name for name, _ in LANGUAGES["Cyrillic"])
    assert "en" in languages_for(Counter("The letter я is the last one"))


def test_no_text_is_plausible_and_costs_nothing_much() -> None:
    assert plausibility("").score == 1.0


def test_composed_and_decomposed_letters_cost_the_same() -> None:
    assert reading("caf\u00e9") == reading("cafe\u0301")


def test_a_capital_within_a_word_costs_more_than_at_its_beginning() -> None:
    assert reading("пРИВЕТ").bits > reading("Привет").bits + 5


@given(st.text(max_size=60))
def test_any_text_has_a_price(text: str) -> None:
    bits, language = reading(text)
    assert bits > 0
    assert language
    assert 0.0 <= plausibility(text).score <= 1.0


@given(st.characters())
def test_any_character_has_a_kind_a_fold_and_a_script(character: str) -> None:
    assert kind(character) in {"l", "u", "o", "0", " ", "."}
    assert len(fold(character)) >= 1
    assert script(character)


def test_the_table_of_pairs_does_not_grow_without_bound() -> None:
    known = model("en")
    reading("".join(map(chr, range(0x3000, 0x3000 + 2000))), ("en",))
    assert len(known) <= 100_000


def test_plausibility_tells_sound_prose_from_noise() -> None:
    assert plausibility("Завтра после обеда мы пойдём гулять в парк.").score > 0.75
    assert plausibility("Çŕâňđŕ ďîńëĺ îáĺäŕ ěű ďîéä¸ě ăóë˙ňü â ďŕđę.").score < 0.1
    assert plausibility("qx;k#Zj%wQ ]vXb!jK").score < 0.1
