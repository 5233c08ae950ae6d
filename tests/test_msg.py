from __future__ import annotations

import itertools
import struct
import sys
from typing import TypeAlias

import pytest

import cleankit
from cleankit import Document

SECTOR = 512
END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
Tree: TypeAlias = "dict[str, bytes | Tree]"


def compound(tree: Tree) -> bytes:
    """A compound file ([MS-CFB]) that holds the streams and storages of `tree`.

    Streams are filled up with zeros to the size from which they stand in sectors of their own.
    """
    entries: list[list[object]] = []
    streams: list[tuple[int, bytes]] = []

    def add(name: str, kind: int, content: bytes | Tree) -> int:
        number = len(entries)
        entry: list[object] = [name, kind, FREE, FREE, FREE, END, 0]
        entries.append(entry)
        if isinstance(content, dict):
            inner = [
                add(key, 1 if isinstance(value, dict) else 2, value)
                for key, value in content.items()
            ]
            # The tree of siblings is a list here: each one's right neighbour is the next.
            for left, right in itertools.pairwise(inner):
                entries[left][3] = right
            entry[4] = inner[0] if inner else FREE
        else:
            streams.append((number, content.ljust(4096, b"\0")))
        return number

    add("Root Entry", 5, tree)
    chains: list[int] = []
    body = b""

    def place(data: bytes) -> int:
        nonlocal body
        first, count = len(chains), -(-len(data) // SECTOR)
        chains.extend(range(first + 1, first + count))
        chains.append(END)
        body += data.ljust(count * SECTOR, b"\0")
        return first

    for number, content in streams:
        entries[number][5:] = [place(content), len(content)]
    directory = b"".join(
        struct.pack(
            "<64sHBBIII16sIQQIQ",
            str(name).encode("utf-16-le"), len(str(name)) * 2 + 2, kind, 1, left, right, child,
            b"", 0, 0, 0, start, size,
        )
        for name, kind, left, right, child, start, size in entries
    )  # fmt: skip
    first_directory = place(directory)
    first_table = len(chains)
    tables = -(-(first_table + 1) // (SECTOR // 4 - 1))
    chains.extend([0xFFFFFFFD] * tables)
    table = b"".join(struct.pack("<I", each) for each in chains)
    body += table.ljust(tables * SECTOR, b"\xff")
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, tables, first_directory, 0, 4096, END, 0, END, 0, first_table,
    )  # fmt: skip
    places = b"".join(struct.pack("<I", first_table + n) for n in range(1, tables))
    return (head + places).ljust(SECTOR, b"\xff") + body


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def properties(header: int, *numbers: tuple[int, int, int]) -> bytes:
    rows = (struct.pack("<HHIQ", type, tag, 6, value) for tag, type, value in numbers)
    return b"\0" * header + b"".join(rows)


MESSAGE: Tree = {
    "__properties_version1.0": properties(
        32, (0x0039, 0x40, 134_132_257_120_000_000), (0x3FFD, 3, 1252)
    ),
    "__substg1.0_0037001F": wide("Grüße"),
    "__substg1.0_0C1A001F": wide("Ada"),
    "__substg1.0_5D01001F": wide("ada@example.com"),
    "__substg1.0_1000001F": wide("Hello,\r\nworld"),
    "__recip_version1.0_#00000000": {"__substg1.0_39FE001F": wide("Bob@example.org")},
    "__attach_version1.0_#00000000": {
        "__substg1.0_3707001F": wide("../a.pdf"),
        "__substg1.0_370E001F": wide("application/pdf"),
        "__substg1.0_37010102": b"%PDF" * 2000,
    },
}


def message(tree: Tree) -> Document:
    return cleankit.clean(compound(tree), passes=[], name="a.msg")


def test_an_outlook_message_is_read() -> None:
    document = message(MESSAGE)
    assert document.text == "Hello,\nworld"
    assert document.meta["subject"] == "Grüße"
    assert document.meta["sender"] == "Ada <ada@example.com>"
    assert document.meta["recipients"] == 1
    assert document.meta["date"].startswith("2026-01-1")
    assert document.meta["attachments"] == [
        {"name": "a.pdf", "type": "application/pdf", "size": 8000}
    ]
    assert document.context.recipients == {"bob@example.org"}


def test_its_html_is_better_than_its_text() -> None:
    html = '<div style="display:none">Preheader</div><h1>News</h1><p>Gr\xfc\xdfe</p>'
    document = message({**MESSAGE, "__substg1.0_10130102": html.encode("cp1252")})
    assert document.text.startswith("# News\n\nGrüße")
    assert document.meta["body"] == "text/html"


def test_its_header_from_the_net_tells_more() -> None:
    header = "Message-ID: <1@example.com>\r\nList-Id: <l.example.com>\r\nTo: cy@example.org\r\n"
    document = message({**MESSAGE, "__substg1.0_007D001F": wide(header)})
    assert document.meta["list_id"] == "l.example.com"
    assert document.meta["subject"] == "Grüße"
    assert document.context.recipients == {"bob@example.org", "cy@example.org"}


def test_text_in_a_code_page_is_decoded() -> None:
    tree = {key: value for key, value in MESSAGE.items() if key != "__substg1.0_1000001F"}
    document = message({**tree, "__substg1.0_1000001E": "Café à la crème".encode("cp1252")})
    assert document.text == "Café à la crème"


@pytest.mark.parametrize("size", [1600, 4000])
def test_a_broken_file_is_named(size: int) -> None:
    with pytest.raises(cleankit.ReadError, match=r"^a\.msg: not a sound Outlook message"):
        cleankit.clean(compound(MESSAGE)[:size], name="a.msg")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "olefile", None)
    with pytest.raises(cleankit.ReadError, match=r"^a\.msg: .*cleankit\[msg\]"):
        message(MESSAGE)
