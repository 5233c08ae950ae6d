"""How fast messages are parsed, beside Python's own parser with its tolerant policy.

    python benchmarks/mime_speed.py [FOLDER] [--rounds N]

Without a FOLDER of messages, newsletters are made of the pages of our own corpus: plain text and
HTML as alternatives, in quoted-printable or base64. Three stages are timed, in turns in one
process, so that a busy machine slows all of them alike: `email` with `policy.compat32` telling the
parts, our walk telling the parts, and our walk with the header read into meta, every body decoded
and its charset told. What is printed comes of the sum of each message's best time.
"""

from __future__ import annotations

import argparse
import base64
import quopri
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

from cleankit.readers import charset
from cleankit.readers.email import envelope, structure, transfer
from cleankit.readers.email.limits import Limits

CORPUS = Path(__file__).parent.parent / "corpus" / "messages" / "html"

HEADER = b"""From: The Editor <editor@example.com>
To: reader@example.org
Subject: =?utf-8?Q?The_newsletter?=
Date: Mon, 5 Jan 2026 10:00:00 +0000
Message-ID: <1@example.com>
List-Id: <newsletter.example.com>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

"""


def newsletter(page: bytes, *, in_base64: bool) -> bytes:
    """A message with a page as its HTML, and the same as its plain text."""
    encoding = b"base64" if in_base64 else b"quoted-printable"
    body = base64.encodebytes(page) if in_base64 else quopri.encodestring(page)
    parts = (
        b"--b\nContent-Type: %s; charset=utf-8\nContent-Transfer-Encoding: %s\n\n%s\n"
        % (type, encoding, body)
        for type in (b"text/plain", b"text/html")
    )
    return HEADER + b"".join(parts) + b"--b--\n"


def parts(data: bytes) -> structure.Part:
    """Our tree of parts."""
    return structure.parse(structure.normalized(data), Limits(), [])


def read(data: bytes) -> None:
    """Our tree of parts, the header read and each text decoded."""
    root = parts(data)
    envelope.of(root.fields)
    waiting = [root]
    while waiting:
        part = waiting.pop()
        waiting += part.children
        if not part.children and part.type.startswith("text/"):
            declared = part.parameters.get("charset")
            charset.decode(transfer.decode_text(part.body, part.encoding, declared), declared)


STAGES: dict[str, Callable[[bytes], object]] = {
    "email, compat32": lambda data: message_from_bytes(data, policy=policy.compat32),
    "cleankit, parts": parts,
    "cleankit, decoded": read,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if arguments.folder:
        paths = sorted(path for path in arguments.folder.rglob("*") if path.is_file())
        messages = [path.read_bytes() for path in paths]
    else:
        pages = [path.read_bytes() for path in sorted(CORPUS.rglob("*.html"))]
        messages = [newsletter(page, in_base64=number % 2 > 0) for number, page in enumerate(pages)]
    best = {name: [float("inf")] * len(messages) for name in STAGES}
    for _ in range(arguments.rounds):
        for index, data in enumerate(messages):
            for name, stage in STAGES.items():
                start = time.perf_counter()
                stage(data)
                best[name][index] = min(best[name][index], time.perf_counter() - start)
    base = sum(best["email, compat32"])
    size = sum(map(len, messages))
    for name, times in best.items():
        total = sum(times)
        print(f"{name:20}{size / total / 1e6:8.1f} MB/s{base / total:8.2f} x")


if __name__ == "__main__":
    main()
