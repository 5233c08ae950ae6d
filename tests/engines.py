"""The generated corpus as every engine takes it, and one digest of what comes out of any."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import generate
from tests.faults import cleankit

COLUMNS = ("text", "meta", "sections", "removed", "edits", "error")
"""The columns of `cleankit.arrow.OUTPUT`."""


class Corpus(NamedTuple):
    """So many messages, as texts and as mail, and the digests of what `cleankit run` gives."""

    texts: list[str]
    mails: list[bytes]
    text_digest: str
    mail_digest: str

    def rows(self, kind: str) -> dict[str, list[Any]]:
        """The columns `id` and `body` of the `text` or the `mail`."""
        bodies: list[Any] = self.texts if kind == "text" else list(self.mails)
        return {"id": list(range(len(bodies))), "body": bodies}

    def digest(self, kind: str) -> str:
        """What has to come of them."""
        return self.text_digest if kind == "text" else self.mail_digest


def corpus(folder: Path, count: int) -> Corpus:
    """Make the corpus, and clean it by `cleankit run` into a folder."""
    messages = list(generate.messages(count, seed=21))
    texts, mails = [each.text for each in messages], [generate.as_mail(each) for each in messages]
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    (folder / "texts.jsonl").write_text(lines, encoding="ascii")
    (folder / "mails").mkdir()
    for number, mail in enumerate(mails):
        (folder / "mails" / f"{number:06}.eml").write_bytes(mail)
    digests = []
    for name in ("texts.jsonl", "mails"):
        done = cleankit(name, "-o", f"out-{name}", "--to", "parquet", cwd=folder)
        assert done.returncode == 0, done.stderr
        from pyarrow import parquet

        digests.append(digest(parquet.read_table(folder / f"out-{name}/records.parquet")))
    return Corpus(texts, mails, *digests)


def digest(table: Any) -> str:
    """A digest of all that cleankit says, in the order of `id` if there is one."""
    if "id" in table.column_names:
        table = table.sort_by("id")
    return digest_of_rows(table.select(list(COLUMNS)).to_pylist())


def digest_of_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """The same of rows that are no table."""
    data = [{name: row[name] for name in COLUMNS} for row in rows]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
