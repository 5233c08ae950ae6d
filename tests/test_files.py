from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import BinaryIO, cast

import pytest

import cleankit
from cleankit.readers import mbox
from cleankit.readers.files import Files, Location, load, locate, read, read_location

MESSAGE = b"From: Ada <ada@example.com>\nSubject: %s\n\n%s\n"


def mailbox(
    *bodies: bytes, separator: bytes = b"From ada@example.com Mon Jan  5 10:00:00 2026\n"
) -> bytes:
    return b"\n".join(separator + MESSAGE % (b"note", body) for body in bodies)


def bodies_of(data: bytes) -> list[bytes]:
    return [data[start:end] for start, end in mbox.messages(io.BytesIO(data))]


def names(path: Path) -> list[str]:
    return [Path(location.name).relative_to(path).as_posix() for location in locate(path)]


def test_a_mailbox_is_divided_into_its_messages() -> None:
    assert bodies_of(mailbox(b"one", b"two")) == [
        MESSAGE % (b"note", b"one"),
        MESSAGE % (b"note", b"two"),
    ]


def test_a_mailbox_with_windows_line_ends_is_divided() -> None:
    data = mailbox(b"one", b"two").replace(b"\n", b"\r\n")
    assert [body.split(b"\r\n\r\n")[1] for body in bodies_of(data)] == [b"one\r\n", b"two\r\n"]


@pytest.mark.parametrize(
    "line",
    [
        b"From here on, all is well.",
        b"From 10:30 to 12:00 in 2026 we met.",
        b"From: the editor, 10:30, 2026",
        b" From x Mon Jan  5 10:00:00 2026",
        b">From x Mon Jan  5 10:00:00 2026",
    ],
)
def test_a_line_of_prose_divides_no_message(line: bytes) -> None:
    assert len(bodies_of(mailbox(b"Dear all,\n" + line + b"\nand so on"))) == 1


def test_a_separator_quoted_amid_prose_divides_no_message() -> None:
    line = b"\n\nFrom ada@example.com Mon Jan  5 10:00:00 2026\nis how each of them begins"
    assert len(bodies_of(mailbox(b"Dear all," + line, b"two"))) == 2


def test_a_byte_order_mark_before_a_mailbox_costs_no_message(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + mailbox(b"one", b"two")
    assert bodies_of(data) == bodies_of(mailbox(b"one", b"two"))
    (tmp_path / "box").write_bytes(data)
    assert names(tmp_path) == ["box#1", "box#2"]


@pytest.mark.parametrize(
    "separator",
    [
        b"From - Mon Jan 05 10:00:00 2026\n",
        b"From \n",
        b"From nobody\n",
        b"From MAILER-DAEMON Mon Jan  5 10:00:00 2026 +0100\n",
    ],
)
def test_separators_of_other_programs_divide(separator: bytes) -> None:
    assert len(bodies_of(mailbox(b"one", b"two", separator=separator))) == 2


@pytest.mark.parametrize("chunk", [1, 7, 64, 3000])
def test_messages_are_found_wherever_a_chunk_ends(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = mailbox(*(b"text %d" % number * number for number in range(40)))
    whole = bodies_of(data)
    monkeypatch.setattr(mbox, "CHUNK", chunk)
    assert bodies_of(data) == whole
    assert len(whole) == 40


def test_from_lines_are_unescaped(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(mailbox(b">From here\n>>From there\n> From afar"))
    [location] = locate(tmp_path / "a.mbox")
    assert b"\nFrom here\n>From there\n> From afar" in load(location).data


def test_a_compressed_mailbox_is_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.mbox.gz").write_bytes(gzip.compress(mailbox(b"one", b"two", b"three")))
    found = list(locate(tmp_path / "a.mbox.gz"))
    with Files() as files:
        data = [files.load(location).data for location in found]
    assert [location.number for location in found] == [1, 2, 3]
    assert data[2] == MESSAGE % (b"note", b"three")


def test_an_archive_of_a_mailing_list_is_a_mailbox(tmp_path: Path) -> None:
    separator = b"From ada at example.com  Mon Jan  5 10:00:00 2026\n"
    (tmp_path / "2026-January.txt").write_bytes(mailbox(b"one", b"two", separator=separator))
    (tmp_path / "a.txt").write_bytes(b"From 10:30 on, 5 January 2026\nwe met.\n")
    assert names(tmp_path) == ["2026-January.txt#1", "2026-January.txt#2", "a.txt"]


def test_a_single_message_with_a_from_line_bears_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "00001.abc").write_bytes(mailbox(b"one"))
    assert names(tmp_path) == ["00001.abc"]


def test_a_directory_is_searched_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text("no")
    (tmp_path / "b" / "a.md").write_text("text")
    (tmp_path / "b" / ".secret.md").write_text("no")
    (tmp_path / "c.html").write_text("<p>text</p>")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\0\0\0")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == ["b/a.md", "c.html"]


def test_a_maildir_gives_the_messages_that_have_been_delivered(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1.host:2,S").write_bytes(MESSAGE % (b"x", b"y"))
    assert names(tmp_path) == [
        "cur/1.host:2,S",
        "new/1.host:2,S",
        ".Sent/cur/1.host:2,S",
        ".Sent/new/1.host:2,S",
    ]


def test_json_lines_give_their_text_and_pass_the_rest_through(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"id": 7, "body": "Hello"}\n\n{"text": "Bye", "body": "x"}\n', encoding="utf-8"
    )
    first, second = read(path)
    assert (first.text, first.meta["record"], first.name) == ("Hello", {"id": 7}, f"{path}#1")
    assert (second.text, second.meta["record"]) == ("Bye", {"body": "x"})


def test_a_field_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "no", "note": "yes"}), encoding="utf-8")
    assert [document.text for document in read(path, field="note")] == ["yes"]


@pytest.mark.parametrize("line", ["{", "[1]", '{"id": 1}', '{"text": 5}'])
def test_a_bad_record_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(cleankit.ReadError, match=r"a\.jsonl#1: "):
        list(read(path))


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(cleankit.ReadError, match="nowhere: no such file"):
        list(cleankit.read(tmp_path / "nowhere"))
    (tmp_path / "a.gz").write_bytes(b"\x1f\x8bnot really")
    with pytest.raises(cleankit.ReadError, match=r"a\.gz: "):
        list(cleankit.read(tmp_path / "a.gz"))
    (tmp_path / "b").write_bytes(b"\x7fELF\0\0")
    with pytest.raises(cleankit.ReadError, match="neither text nor a message"):
        list(cleankit.read(tmp_path / "b"))


def test_a_location_names_its_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    document = read_location(Location(str(tmp_path / "a.txt")))
    assert (document.text, document.name) == ("text", str(tmp_path / "a.txt"))


def test_a_mailbox_without_a_from_line_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(MESSAGE % (b"note", b"one"))
    [document] = read(tmp_path / "a.mbox")
    assert (document.text.strip(), document.meta["subject"]) == ("one", "note")


def test_an_empty_mailbox_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(b"\n")
    assert list(read(tmp_path)) == []


def test_a_compressed_message_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml.gz").write_bytes(gzip.compress(MESSAGE % (b"note", b"one")))
    [document] = read(tmp_path)
    assert document.text.strip() == "one"
    assert document.name.endswith("a.eml.gz")


def test_memory_does_not_grow_with_the_mailbox() -> None:
    """The mailbox is never held: what is read at once stays the same, however much there is."""

    class Endless(io.RawIOBase):
        """Messages by the thousand, made as they are read; keeps the largest request."""

        left = 3_000
        position = largest = 0

        def read(self, size: int = -1) -> bytes:
            self.largest = max(self.largest, size if size >= 0 else 1 << 60)
            data = b"\n".join([mailbox(b"text" * 50)] * min(self.left, 100)) + b"\n"
            self.left -= min(self.left, 100)
            self.position += len(data)
            return data if self.position < 10_000_000 and len(data) > 1 else b""

        def tell(self) -> int:
            return self.position

    stream = Endless()
    assert len(list(mbox.messages(cast(BinaryIO, stream)))) == 3_000
    assert stream.largest == mbox.CHUNK
