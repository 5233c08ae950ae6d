"""The six laws of the design, over whatever text, bytes and passes come."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cleankit
from cleankit import CleankitError, Document
from tests.growth import assert_linear
from tests.laws import assert_every_position_maps
from tests.strategies import any_text, newsletters, pass_lists

texts = st.one_of(any_text, newsletters())
formats = st.sampled_from([None, "email", "html", "markdown", "text"])

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(texts, pass_lists)
def test_restore_gives_any_text_back_after_any_passes(text: str, passes: list[str]) -> None:
    document = cleankit.clean(text, format="markdown", passes=passes)
    assert document.original == text
    assert cleankit.restore(document.text, document.edits) == text


@unhurried
@given(texts)
def test_restore_gives_any_text_back_after_the_default_passes(text: str) -> None:
    document = cleankit.clean(text, format="markdown")
    assert cleankit.restore(document.text, document.edits) == text


@unhurried
@given(texts)
def test_cleaning_clean_text_changes_nothing(text: str) -> None:
    once = cleankit.clean(text).text
    assert cleankit.clean(once).text == once


@unhurried
@given(texts, pass_lists)
def test_every_position_maps(text: str, passes: list[str]) -> None:
    assert_every_position_maps(cleankit.clean(text, format="markdown", passes=passes))


@unhurried
@given(st.binary(max_size=300), formats)
def test_bytes_of_any_kind_are_read_and_cleaned(data: bytes, format: str | None) -> None:
    document = cleankit.clean(data, format=format, name="noise")
    assert cleankit.restore(document.text, document.edits) == document.original
    assert_every_position_maps(document)
    json.dumps(document.to_dict())


@unhurried
@given(texts, formats)
def test_text_of_any_kind_is_read_and_cleaned(text: str, format: str | None) -> None:
    document = cleankit.clean(text, format=format)
    assert Document.from_dict(document.to_dict(keep_credentials=True)) == document


PROSE = {
    "Arabic": "وصلت السفينة إلى الميناء صباح اليوم، وكان البحر هادئًا.",
    "Armenian": "Նավը առավոտյան հասավ նավահանգիստ, և ծովը հանգիստ էր։",
    "Bengali": "জাহাজটি আজ সকালে বন্দরে পৌঁছেছে, আর সমুদ্র শান্ত ছিল।",
    "Chinese": "船今天早上到了港口，海面很平静。",
    "Czech": "Loď dorazila do přístavu ráno; moře bylo klidné, řekl „kapitán“.",
    "English": "The ship arrived this morning; the sea was calm — “as glass,” she said.",
    "French": "Le navire est arrivé ce matin ; la mer était calme, dit-on à Noël.",
    "Georgian": "გემი დილით შევიდა ნავსადგურში და ზღვა წყნარი იყო.",
    "German": "Das Schiff kam heute früh an; die See war ruhig, sagte ‚der Lotse‘.",
    "Greek": "Το πλοίο έφτασε σήμερα το πρωί στο λιμάνι και η θάλασσα ήταν ήρεμη.",
    "Hebrew": "האונייה הגיעה הבוקר לנמל, והים היה שקט.",
    "Hindi": "जहाज़ आज सुबह बंदरगाह पहुँचा और समुद्र शांत था।",
    "Japanese": "船は今朝、港に着きました。海は穏やかでした。",
    "Korean": "배는 오늘 아침 항구에 도착했고 바다는 잔잔했다.",
    "Persian": "کشتی امروز صبح به بندر رسید و می‌گویند دریا آرام بود.",
    "Polish": "Statek przypłynął dziś rano, a morze było spokojne jak łąka.",
    "Portuguese": "O navio chegou de manhã; À tarde, o mar já não estava calmo.",
    "Russian": "Корабль пришёл в порт сегодня утром, и море было спокойно.",
    "Spanish": "¿Llegó el barco esta mañana? Sí, y el mar estaba tranquilo.",
    "Swedish": "Båten kom in i hamnen i morse, och sjön låg stilla på Åland.",
    "Tamil": "கப்பல் இன்று காலை துறைமுகத்தை அடைந்தது, கடல் அமைதியாக இருந்தது.",
    "Thai": "เรือมาถึงท่าเรือเมื่อเช้านี้ และทะเลสงบ",
    "Turkish": "Gemi bu sabah limana vardı; deniz sakindi, dedi kaptan İsmail.",
    "Ukrainian": "Корабель прийшов до порту сьогодні вранці, і море було спокійне.",
    "Vietnamese": "Con tàu đã đến cảng sáng nay và biển rất lặng.",
}


@pytest.mark.parametrize("script", PROSE)
def test_clean_prose_comes_back_unchanged(script: str) -> None:
    paragraph = " ".join([PROSE[script]] * 3)
    text = f"{paragraph}\n\n{paragraph}\n\n{paragraph}"
    assert cleankit.clean(text).text == text


GROWING: dict[str, Callable[[int], str]] = {
    "plain words": lambda n: "the quiet harbour and its tugs " * n,
    "short lines": lambda n: "a short line\n" * n,
    "blank lines": lambda n: "\n \n" * n,
    "unsubscribe on one line": lambda n: "unsubscribe " * n,
    "unsubscribe on many lines": lambda n: "unsubscribe\n" * n,
    "suspicious runs": lambda n: "Ã©â€™" * n,
    "mac roman": lambda n: "‚Äô" * n,
    "private use": lambda n: "\uf8ffüöÄ" * n,
    "combining marks": lambda n: "a" + "\u0301\u0323" * n,
    "zero-width characters": lambda n: "\u200b\u200d" * n,
    "open brackets": lambda n: "[" * n,
    "unclosed links": lambda n: "[a](http://b " * n,
    "redirects": lambda n: "https://a.example/?url=https%3A%2F%2Fb.example " * n,
    "redirect in redirect": lambda n: "https://a.example/?url=https%3A" * n,
    "ampersands": lambda n: "&amp;" * n,
    "headings": lambda n: "## A title\n\ntext\n\n" * n,
    "fences": lambda n: "```\n" * n,
    "rules": lambda n: "---\n" * n,
    "quotes": lambda n: "> " * n,
}


@pytest.mark.parametrize("shape", GROWING)
def test_time_grows_in_proportion_to_size(shape: str) -> None:
    assert_linear(GROWING[shape], cleankit.clean, small=400)


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    inbox = Path(__file__).parent.parent / "corpus" / "inbox"
    script = (
        "import cleankit, json, sys\n"
        "for document in cleankit.read(sys.argv[1]):\n"
        "    document = cleankit.Pipeline()(document)\n"
        "    print(json.dumps(document.to_dict()))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(inbox)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_errors_name_their_source() -> None:
    with pytest.raises(CleankitError, match=r"inbox/missing\.eml"):
        list(cleankit.read("inbox/missing.eml"))
