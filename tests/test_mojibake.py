"""The mojibake pass: what it repairs, what it leaves alone, and that it stays linear."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleankit
from cleankit.passes.mojibake import mojibake
from cleankit.passes.mojibake.codecs import CODECS, NAMES, table
from cleankit.passes.mojibake.repair import (
    Score,
    _ranked,
    _scores,
    possible_codecs,
    words_beyond_ascii,
)
from tests.strategies import any_text


def damage(text: str, codec: str) -> str:
    """UTF-8 read with the wrong codec, as a browser would."""
    characters = table(codec)
    return "".join(characters[byte] for byte in text.encode())


def repaired(text: str) -> str:
    return cleankit.clean(text, format="text", passes=["mojibake"]).text


@pytest.mark.parametrize("codec", NAMES)
def test_a_document_is_repaired_whole(codec: str) -> None:
    text = "“It’s naïve,” she said — 5 × 3 €…\n\nCafé, señor, Straße 🚀"
    assert repaired(damage(text, codec)) == text


@pytest.mark.parametrize("codec", NAMES)
def test_double_damage_is_undone(codec: str) -> None:
    text = "“It’s naïve,” she said — and it’s fine…"
    assert repaired(damage(damage(text, codec), codec)) == text


@pytest.mark.parametrize("codec", NAMES)
def test_sound_lines_among_damaged_ones_stay(codec: str) -> None:
    damaged = damage("Don’t — it’s “damaged”", codec)
    sound = "你好，世界 🚀 — it’s fine"
    assert repaired(f"{damaged}\n{sound}\n{damaged}").splitlines()[1] == sound


@pytest.mark.parametrize(
    "text, codec",
    [
        ("«Я вірю місяцю, — сказала одна з них, — і своєму олівцю». Стрижі сплять.", "latin-1"),
        ("Kılavuzlar şimdilik kaleme döndü ve kimse şikâyet etmiyor; şehir sessiz.", "cp1252"),
        ("Knihovna v Mlýnské půjčuje žebříky, vrtačky a lis; zámečník měří kůň.", "mac_roman"),
    ],
)
def test_of_a_text_misread_whole_nothing_is_left(text: str, codec: str) -> None:
    text = f"{text}\n\n{text}"
    assert repaired(damage(text, codec)) == text


def test_what_looks_like_damage_stays_beside_sound_letters_of_the_same_kind() -> None:
    damaged = damage("Don’t — it’s “damaged”, isn’t it… ‘yes’ – “no”", "cp1252")
    sound = "La Señora Å. Søn, naïve; CAFÃ‘O"
    assert repaired(f"{damaged}\n\n{sound}").endswith(sound)


def test_ascii_comes_back_as_the_same_document() -> None:
    document = cleankit.Document.of("plain ASCII", {"subject": "x"})
    assert mojibake(document) is document


def test_metadata_is_repaired_with_the_evidence_of_the_text() -> None:
    document = cleankit.Document.of("canâ€™t, wonâ€™t, donâ€™t", {"subject": "JOSÃ‰ canâ€™t"})
    assert mojibake(document).meta["subject"] == "JOSÉ can’t"


@settings(deadline=None)
@given(any_text)
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


@settings(deadline=None)
@given(st.text("Ãâ€™‚Äô©\x83Â\u00a0Ð°├┬", max_size=60))
def test_pieces_of_damage_in_any_order_settle(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


def test_the_ledger_tells_the_codec_and_what_the_repair_rests_on() -> None:
    document = cleankit.clean("He said â€œdonâ€™tâ€\u009d — x", format="text", passes=["mojibake"])
    assert {edit.rule for edit in document.edits} == {"cp1252-document"}
    assert [(edit.before, edit.after) for edit in document.edits] == [
        ("â€œ", "“"),
        ("â€™", "’"),
        ("â€\u009d", "”"),
    ]


def test_every_layer_is_a_step_in_the_ledger() -> None:
    [edit] = cleankit.clean("nÃƒÂ©e", format="text", passes=["mojibake"]).edits
    assert [step.after for step in edit.steps] == ["Ã©", "é"]


def test_lost_characters_are_noted_and_stay() -> None:
    text = "It\ufffd\ufffds gone, donâ€?t guess, seÃ?or"
    document = cleankit.clean(text, format="text", passes=["mojibake"])
    assert document.text == text
    assert [edit.before for edit in document.edits if edit.is_note] == ["\ufffd\ufffd", "â€?", "Ã?"]


def test_a_text_too_deep_to_be_an_accident_is_left_alone() -> None:
    text = "é"
    for _ in range(12):
        text = damage(text, "cp1252")
    assert repaired(text) == text


def test_letters_at_the_ends_of_short_lines_are_no_wrapped_sequence() -> None:
    assert cleankit.clean("¯ÿ\nÖ", passes=["mojibake"]).text == "¯ÿ\nÖ"


def test_boxes_drawn_with_lines_are_sound() -> None:
    box = "⎧⎡⎛┌─────┐⎞⎤⎫\n⎪⎢⎜│a²+b³ ⎟⎥⎪\n⎩⎣⎝└─────┘⎠⎦⎭"
    assert cleankit.clean(box, passes=["mojibake"]).text == box


def test_a_text_misread_from_end_to_end_is_repaired_by_one_codec() -> None:
    sentences = [
        "引航员们暂时又用回了铅笔，没有人抱怨。",
        "工程要花四千万，也就是把港池挖深两米。",
        "“我相信月亮，”其中一位说，“也相信我的铅笔。”",
        "码头上很冷，入秋以来变了的只有声音。",
        "雨燕两年不落地，它们在天上睡觉。",
        "图书馆出借梯子、电钻，最近还有一台榨汁机。",
    ]
    paragraphs = ["".join(pair) for pair in permutations(sentences, 2)]
    text = "\n\n".join(["\u034f \u200c\xad" * 12, *paragraphs])
    for damaged in (damage(text, "cp1252"), damage(damage(text, "cp1252"), "cp1252")):
        doc = cleankit.clean(damaged, format="text", passes=["mojibake"])
        assert doc.text == text
        assert {step.rule for edit in doc.edits for step in (edit.steps or [edit])} == {
            "cp1252-document"
        }


@pytest.mark.parametrize(
    "text, codec",
    [
        ("The link [\uf517 example.org](https://example.org/) is an icon of a font.", "cp1252"),
        ("💳 HOW TO PAY YOUR SUBSCRIPTION THIS YEAR", "cp1251"),
        ("✅ The ferry runs again on Monday", "cp1251"),
        ("They claim up to 4.5× lower latency, and so it was.", "cp1251"),
        ("They claim up to 4.5× lower latency, and so it was.", "cp1253"),
        ("They claim up to 4.5× lower latency, and so it was.", "mac_roman"),
        ("5 min read · 12 comments under the letter", "cp1251"),
        ("The ticket costs £5 at the harbour gate", "cp1251"),
        ("Über die Brücke", "mac_roman"),
        ("\u200a", "mac_roman"),
    ],
)
def test_one_misread_character_in_plain_words_is_enough(text: str, codec: str) -> None:
    assert repaired(damage(text, codec)) == text


@pytest.mark.parametrize(
    "text",
    [
        "The decay width Γ—which we measured—is small, and so the state lives long.",
        "Он писал о\N{NO-BREAK SPACE}«Войне и мире» и о\N{NO-BREAK SPACE}«Братьях».",
        "Дом 4Г—угловой, вход со двора, звонить два раза.",
        "√π is irrational, and √2 as well; √x need not be.",
        "Le mot « î » n’existe pas, ni « ï », et pourtant on l’écrit ici.",
        "The product Γ·Δ of both matrices is written with a dot between them here.",
    ],
)
def test_letters_and_signs_that_only_look_like_damage_stay(text: str) -> None:
    assert repaired(text) == text


def test_a_long_run_weighs_as_much_as_many_short_ones() -> None:
    text = "\N{NO-BREAK SPACE}" * 200 + "\n“It’s late,” she said."
    assert repaired(damage(damage(text, "latin-1"), "latin-1")) == text


def test_a_grave_a_beside_damage_by_another_codec_is_repaired_at_once() -> None:
    text = f"{damage('Письма приходят по вторникам', 'cp1251')}\n\nEt voilÃ la gare de demain."
    once = repaired(text)
    assert once == "Письма приходят по вторникам\n\nEt voilà la gare de demain."
    assert repaired(once) == once


@pytest.mark.parametrize("codec", ["cp1250", "iso8859-2", "cp1252", "iso8859-15", "iso8859-9"])
@pytest.mark.parametrize(
    "text",
    [
        "Anwesend waren Jürgen Groß, Käthe Bäuerle und der Gärtner.",
        "Così la città è più bella, però lunedì pioverà già.",
        "Koka äggen i åtta minuter, skär dem och lägg på smörgås.",
    ],
)
def test_of_codecs_that_explain_a_line_the_language_tells_the_right_one(
    text: str, codec: str
) -> None:
    assert repaired(damage(text, codec)) == text


@pytest.mark.parametrize("codec", ["cp866", "cp1251", "mac_cyrillic"])
def test_letters_that_would_be_well_formed_once_more_are_repaired_once(codec: str) -> None:
    text = "Протокол собрания на олії: решили купить новую крышу."
    assert repaired(damage(text, codec)) == text


@pytest.mark.parametrize("text", ["Col·laboreu-hi tots!", "Les étudiant·e·s arrivent."])
def test_a_middle_dot_within_a_word_is_repaired(text: str) -> None:
    assert repaired(damage(text, "cp1252")) == text


@pytest.mark.parametrize(
    "line, codec",
    [
        ("PÖYTÄKIRJA: LÄSNÄ OLI YHDEKSÄN JÄSENTÄ", "cp1252"),
        ("GOTUJ JESZCZE PIĘĆ MINUT, AŻ SOS ZGĘSTNIEJE", "cp1250"),
        ("Ο ΓΙΏΡΓΟΣ ΨΑΡΆΣ ΕΊΔΕ ΤΟ ΚΡΕΜΜΎΔΙ", "cp1253"),
        ("В понедельник В. Щукин ехал в город.", "cp1251"),
        ("นายสมชาย ใจดี และนางสาวพิมพ์ใจ รักเรียน", "cp874"),
        ("“Yes,” said Zoë — and “å øke” is “Jedność” in no language.", "cp1252"),
    ],
)
def test_a_letter_before_a_space_is_no_sequence_beside_damage(line: str, codec: str) -> None:
    words = "We’ve “heard” it — it’s the café’s own purée…"
    assert repaired(f"{damage(words, codec)}\n{line}") == f"{words}\n{line}"


@pytest.mark.parametrize("text", ["כתב רות כהן, ונכחו עוד נשים.", "을 넣고 오 분 더 끓입니다."])
def test_a_no_break_space_amid_a_sequence_may_have_become_a_space(text: str) -> None:
    assert repaired(damage(text, "cp1252").replace("\xa0", " ")) == text


def test_the_rest_of_a_sequence_is_no_letter_of_another_code_page() -> None:
    text = "Die SoÃe aus Ãl â und gieÃen, Âalleâ im GroÃen."
    assert repaired(text) == text


def test_a_text_in_czech_is_repaired_though_a_sequence_stands_across_the_place_looked_at() -> None:
    text = "Přidejte žloutky, špetku muškátového oříšku a vařte ještě pět minut, říká kuchař."
    sound = "Zápis ze schůze: přítomni byli Jiří Dvořák, Šárka Čížková."
    assert repaired(f"{sound}\n{damage(text, 'cp1252')}") == f"{sound}\n{text}"


def test_one_codec_explains_all_escaped_sequences() -> None:
    text = "Špela Čuk in Çağlar Şenyüz"
    escaped = "".join(
        character if character < "\x80" else f"&#{ord(character)};"
        for character in damage(text, "cp1252")
    )
    assert repaired(escaped) == text


@pytest.mark.parametrize(
    "text, expected",
    [
        (r"We don\u2019t know \u2013 Zo\u00eb can\u2019t say.", "We don’t know – Zoë can’t say."),
        (r"\u0421\u043a\u043e\u0440\u043e \u043e\u0441\u0435\u043d\u044c", "Скоро осень"),
        (r"Great news \ud83c\udf89 for the caf\u00e9", "Great news 🎉 for the café"),
        (r"It\u00e2\u20ac\u2122s misread as well", "It’s misread as well"),
        (r"It\xe2\x80\x99s cold in the caf\xc3\xa9", "It’s cold in the café"),
        ("It=E2=80=99s cold =E2=80=93 caf=C3=A9 =3D warm", "It’s cold – café = warm"),
        ("Une tr%C3%A8s belle journ%C3%A9e", "Une très belle journée"),
        ("It<U+2019>s the na<U+00EF>ve one", "It’s the naïve one"),
        ("It+IBk-s Zo+AOs- and a caf+AOk.", "It’s Zoë and a café."),
    ],
)
def test_escapes_that_were_left_in_prose_are_read(text: str, expected: str) -> None:
    assert repaired(text) == expected


def test_soft_line_breaks_of_quoted_printable_go_with_its_escapes() -> None:
    line = "The caf=C3=A9 by the sea is open again, and we=E2=80=99ll be there on Su=\nnday."
    assert repaired(line) == "The café by the sea is open again, and we’ll be there on Sunday."


@pytest.mark.parametrize(
    "text",
    [
        r'print("caf\u00e9".encode())',
        r'const s = "don\u2019t";',
        r'{"title": "It\u2019s", "price": "5 \u20ac"}',
        "```\necho caf\\u00e9\n```",
        "    echo caf\\u00e9",
        r"Write `caf\u00e9` instead.",
        r"In Java, caf\u00e9 is café.",
        r"The range [\u4e00-\u9fff] and [^\u0400-\u04ff] are excluded.",
        r"C:\users\u2019 is a folder.",
        "https://example.org/wiki/Caf%C3%A9 and https://example.org/?q=It%E2%80%99s",
        "see example.org/Caf%C3%A9",
        "Caf%C3%A9_de_Flore and Caf%C3%A9.pdf",
        "Subject: =?utf-8?Q?It=E2=80=99s?=",
        "a=b&c=d=E2=80=99",
        "Quoted-printable writes café as caf=C3=A9.",
        "Call +44-20-7946 or +351-21-000 or +380-44-1 today.",
        "C++/Java-based, Google+Facebook-style, A+TeamWork-day, 1+1-2",
    ],
)
def test_escapes_that_were_written_stay(text: str) -> None:
    assert repaired(text) == text


def test_codecs_that_are_weighed_again_displace_none() -> None:
    scores = {
        codec: Score(total, explained)
        for codec, total, explained in zip(
            CODECS, (10.0, 9.0, 8.0, 7.0), (4, 1, 6, 2), strict=False
        )
    }
    assert sorted(codec.name for codec in _ranked(scores, "", [])) == sorted(
        codec.name for codec in scores
    )


def test_words_score_alike_in_any_order() -> None:
    text = damage("Słońce świeci — “naprawdę” żółto, a źdźbła rosną 🌱 gdzieś nad Wisłą…", "koi8-u")
    words = words_beyond_ascii(text).split()
    codecs = possible_codecs(set(text))
    scores = {
        tuple(_scores(text, " ".join(words[n:] + words[:n]), codecs).values())
        for n in range(len(words))
    }
    assert len(scores) == 1


@pytest.mark.parametrize(
    "inner, outer",
    [
        ("latin-1", "cp1252"),
        ("mac_roman", "cp1252"),
        ("cp1251", "cp1252"),
        ("cp437", "cp1252"),
        ("koi8-r", "cp1251"),
        ("cp1252", "mac_roman"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "The committee’s minutes: “We won’t,” said Zoë — who’d come from the café.",
        "På mødet blev det besluttet at købe nye møbler til læsesalen.",
        "Протокол собрания: присутствовали Щукина, Ёлкин и Объедков.",
        "会议纪要：出席者有王建国、李小红和张伟，缺席一人。",
    ],
)
def test_layers_by_different_codecs_are_undone(text: str, inner: str, outer: str) -> None:
    assert repaired(damage(damage(text, inner), outer)) == text


@pytest.mark.parametrize(
    "text",
    [
        "La compañía ofrecía aquí un jardín; ¿así, señor?",
        "Přijde i pan Vítek a dá si jídlo, Dvořák i kuchař také.",
        "Jegyzőkönyv: híd, víz és szívkép.",
    ],
)
def test_a_soft_hyphen_amid_a_sequence_may_have_been_lost(text: str) -> None:
    assert repaired(damage(text, "cp1252").replace("\xad", "")) == text
    assert repaired(damage(text, "latin-1").replace("\xad", "")) == text


def test_what_is_left_of_a_vietnamese_word_is_no_i() -> None:
    text = "lÃng Ẩn, bÃn cũ và phở"
    assert repaired(text) == text


def test_many_kinds_of_damage_in_one_text_are_all_repaired() -> None:
    parts = [
        ("Weâ€™re “here,â€ he says.", "We’re “here,” he says."),
        ("It&acirc;&euro;&trade;s cold.", "It’s cold."),
        ("don\\u2019t", "don’t"),
        ("It\x92s late, \x93yes\x94.", "It’s late, “yes”."),
        ("vis Ã  vis", "vis à vis"),
        ("ÃƒÆ’Ã‚Â©tude", "étude"),
        ("浣犲ソ锛屼笘鐣岋紝浠婂ぉ澶╂皵寰堝ソ銆�"[:-1], "你好，世界，今天天气很好"),
    ]
    once = repaired("\n".join(given for given, _ in parts))
    assert once.split("\n")[:6] == [expected for _, expected in parts][:6]
    assert repaired(once) == once


@pytest.mark.parametrize("codec", ["cp1252", "cp1250", "mac_roman", "cp1254", "iso8859-2"])
@pytest.mark.parametrize(
    "text", ["Re: Über uns", "ÜBER", "Herr Müller", "Die Straße", "Hawaiʻi", "✓ done", "♥"]
)
def test_a_single_character_is_read_by_the_likelier_codec(text: str, codec: str) -> None:
    assert repaired(damage(text, codec)) == text


def test_a_number_in_a_query_is_no_escaped_space_beside_quoted_printable() -> None:
    sound = "Page 2 of the list is at https://example.com/list?page=20 alone."
    given = f"It=E2=80=99s the caf=C3=A9 =3D ours.=20\n{sound}"
    assert repaired(given) == f"It’s the café = ours. \n{sound}"


@pytest.mark.parametrize("blank", ["\xa0", "\u2003", "\u3000"])
def test_a_sound_blank_stands_between_words_that_were_all_misread(blank: str) -> None:
    line = (
        "В начале зимы причал пуст, и лодки стоят под брезентом до самой весны, когда лёд уходит "
        "и первые рыбаки возвращаются домой с уловом под вечер пятницы мимо старого маяка"
    )
    misread = line.encode().decode("latin-1")
    doc = cleankit.clean(f"{misread}{blank}{misread}", passes=["mojibake"])
    assert doc.text == f"{line}{blank}{line}"
