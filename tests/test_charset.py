"""From bytes to text: marks, escapes, UTF-8 and nearly UTF-8, declarations, detection."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.readers.charset import decode, detection, text_of
from cleankit.readers.charset.codecs import table_of
from cleankit.readers.charset.labels import _CODECS, codec_of

CASES = Path(__file__).parents[1] / "corpus" / "cases" / "charsets"

RUSSIAN = "Мы ждём вас в субботу в два часа у входа в музей."
FRENCH = "L’été prochain, nous irons à la mer avec les élèves."
JAPANESE = "来週の会議は水曜日に変更になりました。"


def test_valid_utf8_is_utf8() -> None:
    assert decode("Ünï™".encode())[1:] == ("utf-8", "valid", 1.0)


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "shift_jis", "us-ascii", "x"])
def test_a_wrong_declaration_over_valid_utf8_is_ignored(declared: str) -> None:
    assert decode(FRENCH.encode(), declared).text == FRENCH


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_taken_off(codec: str) -> None:
    found = decode(RUSSIAN.encode(codec), "koi8-r")
    assert (found.text, found.decided_by) == (RUSSIAN, "mark")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [RUSSIAN, FRENCH, "Plain words"])
def test_utf16_and_utf32_without_a_mark_are_told_by_their_nulls(codec: str, text: str) -> None:
    found = decode(text.encode(codec))
    assert (found.text, found.charset, found.decided_by) == (text, codec, "nulls")


@pytest.mark.parametrize("data", [b"a\0b\n", b"one line\n\0another line\n\0\0and one more\n"])
def test_a_nul_here_and_there_makes_no_utf_16(data: bytes) -> None:
    assert decode(data).text == data.decode("ascii")


@pytest.mark.parametrize("codec", ["iso2022_jp", "iso2022_jp_ext", "hz", "iso2022_kr"])
def test_escape_sequences_decide(codec: str) -> None:
    text = {"hz": "我们明天在车站见面。", "iso2022_kr": "내일 역에서 만나요."}.get(codec, JAPANESE)
    found = decode(text.encode(codec), "us-ascii")
    assert (found.text, found.decided_by) == (text, "escapes")


@given(st.binary(max_size=30))
def test_iso_2022_jp_is_read_whatever_follows_an_escape(noise: bytes) -> None:
    assert decode(b"\x1b$B" + noise, "iso-2022-jp").text is not None
    assert decode(b"\x1b$B\x7f\x00", "iso-2022-jp").text


def test_iso_2022_jp_with_rows_of_microsoft() -> None:
    assert decode(b"\x1b$B-!\x1b(B item").text == "① item"
    assert decode(b"\x1b(I1\x1b(B and \x1b$B-!\x1b(B").text == "ｱ and ①"


@pytest.mark.parametrize("text", ["x = ~{a}", "~{abcdefgh~} in code", "\x1b[31mred\x1b[0m"])
def test_what_looks_like_an_escape_sequence_is_left(text: str) -> None:
    assert decode(text.encode()).text == text


def test_utf7_only_where_it_is_declared() -> None:
    assert decode("Größe".encode("utf-7"), "utf-7").text == "Größe"
    assert decode("Größe".encode("utf-7")).text == "Gr+APYA3w-e"


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_utf8_cut_off_at_its_end_is_utf8(cut: int) -> None:
    assert decode(("schön, so weit 🎉").encode()[:-cut])[:2] == ("schön, so weit \ufffd", "utf-8")


def test_stray_bytes_in_utf8_are_read_as_cp1252_where_that_is_certain() -> None:
    sound = RUSSIAN.encode()
    assert decode(sound + b" it\x92s").text == RUSSIAN + " it’s"
    assert decode(sound + b" caf\xe9s").text == RUSSIAN + " cafés"
    assert decode(sound + b" \xc3 \xff").text == RUSSIAN + " \ufffd \ufffd"


ENGLISH = "It’s a “quoted” letter — with café and naïve words. "


@pytest.mark.parametrize("torn", [b"\xe2\x80 x", b"\xf0\x9f\x98 x", b"\xd0 x", b"caf\xe9 x"])
def test_one_torn_character_in_english_makes_no_other_charset(torn: bytes) -> None:
    decoded = decode(ENGLISH.encode() + torn)
    assert decoded.text.startswith(ENGLISH)
    assert decoded.decided_by == "nearly_valid"


@pytest.mark.parametrize("declared", [None, "utf-8"])
@pytest.mark.parametrize("torn, shown", [(b"", ""), (b" \xff", " \ufffd")])
def test_characters_written_as_two_surrogates_are_read(
    declared: str | None, torn: bytes, shown: str
) -> None:
    pair = b"\xed\xa0\xbc\xed\xbe\x89"
    assert decode(ENGLISH.encode() + pair + torn, declared)[:2] == (ENGLISH + "🎉" + shown, "utf-8")


GERMAN = "Öffnungszeiten: täglich außer Montag, für 5 €"
RUSSIAN = "Привет всем, завтра собрание жильцов дома"


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
@pytest.mark.parametrize(
    "lines, charset",
    [
        (["Grüße aus Köln — “schön”", GERMAN, "Ein Café – naïve Gäste"], "cp1252"),
        ([GERMAN, GERMAN, GERMAN, "Grüße aus Köln — “schön”"], "cp1252"),
        (["Завтра собрание", RUSSIAN], "cp1251"),
        (["Завтра собрание", RUSSIAN], "koi8-r"),
    ],
)
def test_lines_of_another_charset_in_utf8_are_read_in_it(
    lines: list[str], charset: str, declared: str | None
) -> None:
    data = b"\n".join(
        line.encode(charset if line in (GERMAN, RUSSIAN) else "utf-8") for line in lines
    )
    decoded = decode(data, declared)
    assert decoded.text == "\n".join(lines)
    assert decoded.decided_by == "mixed"


def test_remains_of_utf8_are_no_lines_of_another_charset() -> None:
    torn = b"\n".join(
        line.encode()[:cut]
        for line in ["Grüße aus Köln — “schön”", "It’s", "für"]
        for cut in (3, 4)
    )
    data = "Grüße aus Köln — “schön”\n".encode() * 8 + torn
    assert decode(data).decided_by == "nearly_valid"


@pytest.mark.parametrize(
    "data, charset",
    [
        ("Ночь тиха, пустыня внемлет Богу.\nДа\nТ“", "cp1251"),
        ("联通 网络 移动 电信\n联通\n乱码", "gb18030"),
    ],
)
def test_lines_that_are_utf8_by_accident_make_no_mixture(data: str, charset: str) -> None:
    decoded = decode(data.encode(charset), charset)
    assert decoded.text == data


def test_vietnamese_whose_tones_are_characters_of_their_own_is_told() -> None:
    text = (
        "Bi\u00ean ba\u0309n cu\u00f4\u0323c ho\u0323p ng\u00e0y h\u00f4m nay "
        "v\u00e0 k\u00ea\u0301 hoa\u0323ch m\u01a1\u0301i"
    )
    decoded = decode(text.encode("cp1258"))
    assert (decoded.text, decoded.charset) == (text, "cp1258")


def test_signs_that_stand_by_themselves_are_no_letters() -> None:
    text = "• Total: £12.40 • Paid: €15 • Change: £2.60 ™"
    assert decode(text.encode("cp1252")).text == text


def test_utf8_by_accident_is_seen_through() -> None:
    text = "Les prix baissent jusqu’à dimanche"
    assert decode(text.encode("mac_roman")).text == text


@pytest.mark.parametrize(
    "text, codec, declared",
    [
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", "us-ascii"),
        ("价格：￥三十", "gbk", "gb2312"),
        ("펲시콜라", "cp949", "ks_c_5601-1987"),
        ("①番の窓口", "cp932", "Shift_JIS"),
        ("สวัสดี", "cp874", "TIS-620"),
        ("Weiß", "mac_roman", "x-mac-roman"),
        ("ž", "iso8859-2", "ISO_8859-2:1987"),
        ("Straße", "cp850", "ibm850"),
    ],
)
def test_a_declaration_is_followed_by_what_its_label_means(
    text: str, codec: str, declared: str
) -> None:
    found = decode(text.encode(codec), declared)
    assert (found.text, found.decided_by) == (text, "declared")


def test_bytes_that_a_declared_code_page_leaves_undefined_become_controls() -> None:
    assert decode(b"caf\xe9 \x81", "windows-1252").text == "café \x81"


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "gb18030"])
def test_a_careless_declaration_of_latin_1_is_not_believed(codec: str) -> None:
    text = RUSSIAN if codec != "gb18030" else "我们下个星期三在图书馆门口见面，请不要迟到。"
    found = decode(text.encode(codec), "iso-8859-1")
    assert (found.text, found.decided_by) == (text, "detected")


@pytest.mark.parametrize("declared", ["utf-16", "shift_jis", "euc-kr"])
def test_a_declaration_that_does_not_decode_is_not_believed(declared: str) -> None:
    text = "Žluťoučký kůň se napil vody z řeky a šel dál."
    assert decode(text.encode("cp1250"), declared).text == text


def test_a_broken_character_or_two_do_not_disprove_a_declaration() -> None:
    data = JAPANESE.encode("shift_jis") * 10 + b"\x81"
    found = decode(data, "shift_jis")
    assert found.text.rstrip("\ufffd") == JAPANESE * 10


@pytest.mark.parametrize(
    "label, codec",
    [
        ("latin1", "cp1252"),
        (" UTF8 ", "utf-8"),
        ('"GB2312"', "gb18030"),
        ("windows-31j", "shift_jis"),
        ("big5-hkscs", "big5"),
        ("iso-8859-9", "cp1254"),
        ("iso-8859-8-i", "iso8859-8"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("3Diso-8859-2", "iso8859-2"),
        ("cp860", "cp860"),
        ("base64", None),
        ("rot13", None),
        ("no such", None),
        ("", None),
        ("\0", None),
        ("idna", None),
    ],
)
def test_labels(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


def test_every_label_names_a_codec_that_exists() -> None:
    for codec in set(_CODECS.values()):
        assert decode(b"words", codec).text == "words"
        assert table_of(codec) is None or len(table_of(codec) or "") == 256


def bodies(name: str) -> list[tuple[str, str]]:
    """Each body of a file in each charset of its language that can write it."""
    languages = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    charsets = tomllib.loads((CASES / "charsets.toml").read_text(encoding="utf-8"))
    return [
        (text, charset)
        for language, texts in languages.items()
        for text in texts
        for charset in charsets[language]
        if text.encode(charset, "ignore").decode(charset) == text
    ]


@pytest.mark.parametrize("name", ["development", "held_out"])
def test_bodies_of_one_to_three_sentences_are_read_exactly(name: str) -> None:
    cases = bodies(name)
    wrong = [
        (charset, text) for text, charset in cases if decode(text.encode(charset)).text != text
    ]
    assert len(wrong) <= 0.02 * len(cases), wrong


def test_how_sure_grows_with_the_text() -> None:
    short, long = (decode((RUSSIAN[:4] * count).encode("cp1251")).confidence for count in (1, 20))
    assert 0.5 <= short < long <= 1.0


@given(st.binary(max_size=200), st.none() | st.sampled_from([*_CODECS, "x", "\x00", "punycode"]))
def test_anything_decodes(data: bytes, declared: str | None) -> None:
    found = decode(data, declared)
    assert isinstance(found.text, str)
    assert 0.0 <= found.confidence <= 1.0
    found.text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_utf8_comes_back(text: str) -> None:
    if not {"\0", "\x1b", "~", "\ufeff"} & set(text) and len(text.encode()) - len(text) > 2:
        assert decode(text.encode()).text == text


def test_only_a_part_of_long_data_is_looked_at() -> None:
    data = (RUSSIAN * 20_000).encode("koi8-r")
    assert len(detection._sample_of(data)) < 20_000
    assert decode(data).text == RUSSIAN * 20_000


def test_a_charset_is_told_by_a_byte_late_in_long_data() -> None:
    text = "It was a long and quiet day. " * 2_000 + FRENCH
    assert decode(text.encode("mac_roman")).text == text


def test_what_meta_says_of_the_encoding() -> None:
    text, meta = text_of(RUSSIAN.encode("cp1251"))
    assert text == RUSSIAN
    assert meta["encoding"] == "cp1251"
    assert meta["encoding_decided_by"] == "detected"
    assert 0.9 < meta["encoding_confidence"] <= 1
    assert text_of("str") == ("str", {})


@pytest.mark.parametrize("data", [bytes(range(256)) * 80, b"\xff" * 20_000, b"<a\xe9" * 7_000])
def test_bytes_that_are_no_text_decode_too(data: bytes) -> None:
    assert decode(data).text


def test_western_prose_declared_as_latin_1_is_not_looked_at_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detection, "rank", None)
    assert decode(FRENCH.encode("cp1252"), "iso-8859-1").text == FRENCH


@pytest.mark.parametrize("codec", ["mac_roman", "cp1253", "shift_jis", "cp1252"])
def test_mail_that_declares_ascii_is_read_as_what_it_is(codec: str) -> None:
    text = {
        "cp1253": "Σας περιμένουμε το Σάββατο στις δύο στην είσοδο του μουσείου.",
        "shift_jis": JAPANESE,
    }.get(codec, FRENCH)
    assert decode(text.encode(codec), "us-ascii").text == text


@pytest.mark.parametrize("text", ["The price is 25 €.", "Don’t", "Back at 5 – see you", "25 €"])
@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
def test_a_symbol_in_english_is_no_letter_of_another_script(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    "codec, text",
    [
        ("cp1252", "She waited—as always—for the train—and it came—late. "),
        ("cp1252", "Er rief „Komm“ und „Geh“ und dann „Nein“. "),
        ("cp1252", "We’re closed today—sorry!—and open again on the 27th. Tickets from €15. "),
        ("koi8-r", "ВНИМАНИЕ! ОТКЛЮЧЕНИЕ ВОДЫ В СРЕДУ. ПРОСИМ ЗАПАСТИСЬ ВОДОЙ. "),
        ("mac_roman", "La col·lecció d’intel·ligència i el paral·lel. "),
    ],
)
@pytest.mark.parametrize("times", [3, 100])
def test_much_of_what_is_rare_rules_no_charset_out(codec: str, text: str, times: int) -> None:
    assert decode((text * times).encode(codec)).text == text * times


def test_a_long_line_is_not_cut_within_a_character() -> None:
    line = "来週の会議は水曜日に変更になりました、皆様のご参加を楽しみにお待ちしております。" * 400
    for codec in ("shift_jis", "euc_jp"):
        assert decode(line.encode(codec)).text == line


def test_one_broken_byte_does_not_refute_a_declaration() -> None:
    data = "我們明天下午三點在車站見面,請準時到".encode("big5")
    assert decode(data[:20] + b"\x80 " + data[20:], "big5").charset == "big5"


def test_english_links_do_not_make_declared_french_suspicious(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detection, "rank", None)
    page = f"<p>{FRENCH}</p>\n<a href='/'>Read more in your browser</a> Unsubscribe here\n" * 20
    assert decode(page.encode("cp1252"), "iso-8859-1").text == page


def test_a_few_letters_are_too_little_to_disbelieve_a_declaration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detection, "rank", None)
    assert decode("Jørn\n".encode("cp1252"), "iso-8859-1")[1:3] == ("cp1252", "declared")
