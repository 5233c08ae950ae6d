"""Inputs and outputs at URLs, in fsspec's own stores; `tests/test_s3.py` has a real one.

`local:` is the file system of this machine as a store: workers see it too. `memory:` is a store of
this process alone.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import fsspec
import pytest

from cleankit import ConfigError, OutputError, ReadError, store
from cleankit.cli import main
from cleankit.config import Settings
from cleankit.run.inputs import Input, Inputs
from cleankit.run.job import Job
from cleankit.run.merge import merge
from cleankit.run.plan import Shard, Unit, units
from cleankit.run.runner import Finished, run
from cleankit.run.spool import Spool
from cleankit.run.unit import clean_unit
from tests.faults import cleankit, counted, environment, install, outputs, write_letters

READING = Settings(passes=())
OUT = "memory://out"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fsspec.filesystem("memory").store.clear()
    fsspec.filesystem("memory").pseudo_dirs[:] = [""]


def do(*inputs: str, output: str = OUT, **options: Any) -> Finished:
    return run(replace(Job(inputs, output, READING), **options))


def brought(url: str = OUT) -> Path:
    """A folder with all that a store has."""
    folder = Path("brought") / url.rpartition("/")[2]
    for name in store.names(url):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        store.download([(f"{url}/{name}", folder / name)])
    return folder


def local(path: str) -> str:
    return f"local://{Path(path).absolute()}"


def write_mail() -> None:
    write_letters(Path("mail/deep"), 3)
    lines = "".join(json.dumps({"text": f"{n} " + "x" * 3_000}) + "\n" for n in range(400))
    Path("mail/all.jsonl").write_text(lines + "{\n")
    Path("mail/all.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    Path("mail/box").write_text(
        "From a Sun Jan  4 09:30:00 2026\nFrom: a@example.com\n\nOne.\n\n"
        "From a Sun Jan  4 09:30:00 2026\nFrom: a@example.com\n\nTwo.\n"
    )
    Path("mail/a.md.gz").write_bytes(gzip.compress(b"Compressed.\n"))
    Path("mail/image.bin").write_bytes(b"\0\1\2")
    Path("mail/.hidden.txt").write_text("Hidden.\n")
    for folder in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Odd"):
        Path("mail/maildir", folder).mkdir(parents=True)
        Path("mail/maildir", folder, "1.host:2,S").write_text("From: b@example.com\n\nHello.\n")


def found(*inputs: str) -> list[list[str]]:
    """What inputs hold, without what differs between a folder and a store."""
    held: list[list[str]] = []
    for each in Inputs(inputs):
        fields = each._replace(version="") if isinstance(each, Input) else each
        held.append([str(field).removeprefix("local://") for field in fields])
    return held


def test_a_store_holds_what_a_folder_holds_in_the_same_order() -> None:
    write_mail()
    here = found(str(Path("mail").absolute()))
    assert found(local("mail")) == here
    assert len(here) > 8


def test_a_pattern_is_looked_for_in_the_store() -> None:
    write_letters(Path("mail/deep"), 3)
    [[path, *_]] = found(local("mail") + "/**/*1.txt")
    assert path == str(Path("mail/deep/00001.txt").absolute())


def test_a_run_over_a_store_gives_what_a_run_over_files_gives() -> None:
    write_mail()
    do(str(Path("mail").absolute()), output="here", jobs=2)
    do(local("mail"), output="there", jobs=2)
    assert counted(Path("there")) == counted(Path("here"))
    for name, data in outputs(Path("here")).items():
        told = (Path("there") / name).read_text().replace("local://", "")
        assert told == data.decode()


def test_a_run_over_a_store_does_not_do_again_what_is_unchanged() -> None:
    write_mail()
    do(local("mail"), output="there")
    assert do(local("mail"), output="there").resumed > 0
    Path("mail/deep/00001.txt").write_text("Other.\n")
    do(local("mail"), output="there")
    assert "Other." in Path("there/records.jsonl").read_text()


@pytest.mark.parametrize("to", ["jsonl", "jsonl.gz", "parquet", "markdown"])
def test_a_store_gets_what_a_folder_gets(to: str) -> None:
    write_mail()
    do("mail", output="here", to=to, dedup=True)
    do("mail", to=to, dedup=True)
    there = brought()
    assert outputs(there) == outputs(Path("here"))
    assert counted(there) == counted(Path("here"))


def test_what_is_finished_leaves_its_journal_alone() -> None:
    write_letters(Path("mail"), 3)
    do("mail")
    assert store.names(OUT) == {
        "records.jsonl",
        "report.json",
        "set-aside.jsonl",
        ".cleankit/journal",
    }
    before = fsspec.filesystem("memory").info("/out/records.jsonl")["created"]
    assert do("mail").resumed == 1
    assert fsspec.filesystem("memory").info("/out/records.jsonl")["created"] == before


def test_what_was_set_aside_is_tried_again() -> None:
    write_letters(Path("mail"), 2)
    Path("mail/z.jsonl").write_text("{")
    assert do("mail").totals["set_aside"] == {"unreadable": 1}
    again = do("mail", retry=True)
    assert (again.totals["set_aside"], again.resumed) == ({"unreadable": 1}, 0)
    Path("mail/z.jsonl").write_text('{"text": "Now."}')
    assert "set_aside" not in do("mail").totals
    assert not [name for name in store.names(OUT) if name.endswith(".part")]


def test_other_settings_begin_anew_and_records_of_others_are_left() -> None:
    write_letters(Path("mail"), 2)
    do("mail")
    do("mail", to="text")
    assert {"00000.txt", "00001.txt"} < store.names(OUT)
    assert "records.jsonl" not in store.names(OUT)
    fsspec.filesystem("memory").pipe("/other/records.jsonl", b"mine")
    with pytest.raises(OutputError, match="--restart"):
        do("mail", output="memory://other")
    assert fsspec.filesystem("memory").cat("/other/records.jsonl") == b"mine"


def test_a_tree_follows_its_inputs_and_leaves_other_objects_alone() -> None:
    write_letters(Path("mail"), 2)
    do("mail", to="text")
    memory = fsspec.filesystem("memory")
    memory.pipe("/out/mine.txt", b"mine")
    Path("mail/00000.txt").unlink()
    do("mail", to="text")
    assert {name for name in store.names(OUT) if name.endswith(".txt")} == {"00001.txt", "mine.txt"}
    Path("mail/mine.txt").write_text("Not mine.\n")
    with pytest.raises(OutputError, match="not from cleankit"):
        do("mail", to="text")
    assert memory.cat("/out/mine.txt") == b"mine"


def test_an_interrupted_run_goes_on_from_the_store_alone() -> None:
    lines = [json.dumps({"text": f"{number} " + "x" * 3_000}) for number in range(900)]
    Path("all.jsonl").write_text("\n".join(lines))
    do("all.jsonl", output="here")

    def stop(totals: dict[str, Any]) -> None:
        if totals["read"]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Job(("all.jsonl",), OUT, READING), progress=stop)
    assert "records.jsonl" not in store.names(OUT)
    assert do("all.jsonl").resumed > 0
    assert outputs(brought()) == outputs(Path("here"))


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_run_goes_on_from_the_store_alone(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"SLOW {number}.\n" * 500}) for number in range(250)]
    Path("all.jsonl").write_text("\n".join(lines))
    plugin = install(tmp_path / "plugin")
    at_once = "import sys, cleankit.run.store_workspace as w; w.EVERY = 0\n"
    at_once += "from cleankit.cli import main; sys.exit(main(sys.argv[1:]))"
    options = ("--jobs", "2", "--passes", "faulty")
    run_of = ["run", "all.jsonl", "-o", local("there"), *options]
    process = subprocess.Popen(
        [sys.executable, "-c", at_once, *run_of], env=environment(plugin), cwd=tmp_path
    )
    while not Path("there/.cleankit/journal").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert not Path("there/records.jsonl").exists()
    there = cleankit("all.jsonl", "-o", local("there"), *options, plugin=plugin, cwd=tmp_path)
    here = cleankit("all.jsonl", "-o", "here", *options, plugin=plugin, cwd=tmp_path)
    assert "found done" in there.stderr
    assert (there.returncode, here.returncode) == (0, 0)
    assert outputs(Path("there")) == outputs(Path("here"))


def test_shares_in_stores_are_merged_into_a_store() -> None:
    write_mail()
    do("mail", output="one")
    shares = [f"memory://share-{share}" for share in (1, 2, 3)]
    for share, output in enumerate(shares, start=1):
        do("mail", output=output, shard=Shard(share, 3))
    merge(shares, OUT)
    assert outputs(brought()) == outputs(Path("one"))


def test_what_is_not_there_is_set_aside() -> None:
    assert do("memory://nothing").totals["set_aside"] == {"missing": 1}


def test_the_output_in_a_store_is_no_input() -> None:
    write_letters(Path("mail/out"), 1)
    write_letters(Path("mail"), 1)
    inputs = Inputs((local("mail"),), local("mail/out"))
    assert [each.path for each in inputs] == [local("mail/00000.txt")]
    assert main(["run", local("mail"), "-o", local("mail") + "/"]) == 2


def test_a_file_url_is_a_path(tmp_path: Path) -> None:
    write_letters(Path("mail"), 1)
    inputs, output = f"file://{tmp_path}/mail", f"file://{tmp_path}/out"
    assert main(["run", inputs, "-o", output, "--quiet", "--passes", "none"]) == 0
    [line] = Path("out/records.jsonl").read_text().splitlines()
    assert json.loads(line)["name"] == f"{tmp_path}/mail/00000.txt"


def test_a_password_in_a_url_is_refused() -> None:
    with pytest.raises(ConfigError, match="password"):
        store.local("ftp://me:secret@host.example/mail")
    assert store.local("abfs://mail@account.example/a") == "abfs://mail@account.example/a"


def test_a_scheme_that_nobody_knows_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "gopher://host.example/", "-o", "out", "--quiet"]) == 2
    assert "gopher" in capsys.readouterr().err


def test_nothing_in_a_document_leads_to_a_connection() -> None:
    """URLs stand wherever a message can have them, and a store that is touched fails the run."""
    Path("mail").mkdir()
    url = "memory://never/a.eml"
    message = f"From: {url}\nSubject: {url}\nMessage-ID: <{url}>\n\n{url}\nfile:///etc/passwd\n"
    Path("mail/a.eml").write_text(message)
    Path("mail/b.jsonl").write_text(json.dumps({"text": url, "path": url, "url": url}))
    Path("mail/c.md").write_text(f"---\nsource: {url}\n---\n![]({url})\n")
    Path("mail/memory:").mkdir()
    Path("mail/memory:/d.txt").write_text(url)
    Path("shim").mkdir()
    touched = "from pathlib import Path; Path('touched').touch(); raise ImportError('touched')"
    Path("shim/fsspec.py").write_text(touched)
    done = cleankit("mail", "-o", "out", "--quiet", plugin=Path("shim"), cwd=Path.cwd())
    assert (done.returncode, done.stderr, Path("touched").exists()) == (0, "", False)
    assert counted(Path("out"))["cleaned"] == 4


def test_importing_cleankit_imports_no_engine_and_no_store() -> None:
    heavy = "pyarrow fsspec ray pandas polars duckdb datasets datatrove daft pyspark numpy"
    code = (
        "import sys, cleankit, cleankit.cli.run, cleankit.run.runner, cleankit.run.workers\n"
        f"cleankit.clean('A text.')\nprint(sorted(set({heavy.split()!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def plan(*inputs: str) -> list[Unit]:
    return list(units(Inputs(inputs), Spool(Path("spool"))))


def test_an_object_that_vanished_is_set_aside_and_the_others_are_done() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe({"/mail/a.txt": b"One.\n", "/mail/b.txt": b"Two.\n"})
    [unit] = plan("memory://mail")
    memory.rm_file("/mail/a.txt")
    result = clean_unit(unit, READING)
    assert [each.name for each in result.cleaned] == ["memory://mail/b.txt"]
    assert [each.cause for each in result.set_aside] == ["vanished"]


def test_a_store_that_is_out_of_reach_sets_nothing_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/mail/a.txt", b"One.\n")
    [unit] = plan("memory://mail")

    def fails(*_: object, **__: object) -> bytes:
        raise ConnectionError("no route")

    monkeypatch.setattr(type(memory), "cat_file", fails)
    with pytest.raises(ReadError, match=r"memory://mail/a.txt: no route"):
        clean_unit(unit, READING)


def test_a_url_with_the_characters_of_a_pattern_is_an_object_of_that_name() -> None:
    fsspec.filesystem("memory").pipe("/mail/odd [1].txt", b"One.\n")
    [[path, mirror, *_]] = found("memory://mail/odd [1].txt")
    assert (path, mirror) == ("memory://mail/odd [1].txt", "odd [1].txt")
