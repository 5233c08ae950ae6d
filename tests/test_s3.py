"""Runs from S3 to S3, on a real server on this machine: `tox -e engines` installs moto and s3fs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleankit import store
from cleankit.run.job import Job
from cleankit.run.runner import run
from tests.faults import cleankit, command, counted, environment, outputs, write_letters

pytestmark = pytest.mark.engines
BUCKET = "s3://mail"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def _in_an_empty_bucket(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    bucket: Any = boto3.resource("s3").Bucket("mail")
    if bucket.creation_date:
        bucket.objects.all().delete()
    else:
        bucket.create()


def write_mail() -> None:
    write_letters(Path("mail/letters"), 120)
    lines = "".join(json.dumps({"text": f"{n} " + "x" * 3_000}) + "\n" for n in range(600))
    Path("mail/all.jsonl").write_text(lines + "{\n")
    Path("mail/odd [1].md").write_text("Brackets in a name.\n")


def send(folder: str, url: str) -> None:
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    store.upload((path, f"{url}/{path.relative_to(folder).as_posix()}") for path in files)


def brought(url: str) -> Path:
    folder = Path("brought")
    for name in store.names(url):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        store.download([(f"{url}/{name}", folder / name)])
    return folder


@pytest.mark.parametrize("to", ["jsonl", "jsonl.gz", "parquet", "text"])
def test_a_run_from_s3_to_s3_gives_what_a_run_on_disk_gives(tmp_path: Path, to: str) -> None:
    write_mail()
    send("mail", f"{BUCKET}/in")
    for given, output in (("mail", "here"), (f"{BUCKET}/in", f"{BUCKET}/out")):
        done = cleankit(given, "-o", output, "--to", to, "--passes", "none", cwd=tmp_path)
        assert done.returncode == 3, done.stderr
    there = brought(f"{BUCKET}/out")
    assert counted(there) == counted(Path("here"))
    assert outputs(there).keys() == outputs(Path("here")).keys()
    for name, data in outputs(Path("here")).items():
        if name.endswith((".txt", ".jsonl")):
            told = outputs(there)[name].decode().replace(f"{BUCKET}/in", "mail")
            assert told == data.decode()
    again = cleankit(
        f"{BUCKET}/in", "-o", f"{BUCKET}/out", "--to", to, "--passes", "none", cwd=tmp_path
    )
    assert again.returncode == 3
    assert "found done" in again.stderr


def test_a_run_that_is_killed_goes_on_on_another_machine(tmp_path: Path) -> None:
    """All that the second run has of the first is what is in the bucket."""
    lines = [json.dumps({"text": f"Line {number}.\n" * 250}) for number in range(2_000)]
    Path("all.jsonl").write_text("\n".join(lines))
    arguments = ("all.jsonl", "-o", f"{BUCKET}/out", "--jobs", "2", "--quiet")
    process = subprocess.Popen(
        command(*arguments), env=environment(), cwd=tmp_path, start_new_session=True
    )
    while ".cleankit/journal" not in store.names(f"{BUCKET}/out"):
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert "records.jsonl" not in store.names(f"{BUCKET}/out")
    assert run(Job(("all.jsonl",), f"{BUCKET}/out", jobs=2)).resumed > 0
    run(Job(("all.jsonl",), "here", jobs=2))
    assert outputs(brought(f"{BUCKET}/out")) == outputs(Path("here"))
    assert set(store.names(f"{BUCKET}/out")) == {
        ".cleankit/journal",
        "records.jsonl",
        "report.json",
        "set-aside.jsonl",
    }


def test_shares_in_s3_are_merged_there(tmp_path: Path) -> None:
    write_mail()
    assert cleankit("mail", "-o", "one", cwd=tmp_path).returncode == 3
    for share in (1, 2):
        done = cleankit(
            "mail", "-o", f"{BUCKET}/shares/{share}", "--shard", f"{share}/2", cwd=tmp_path
        )
        assert done.returncode in (0, 3), done.stderr
    shares = [f"{BUCKET}/shares/{share}" for share in (1, 2)]
    merge = [sys.executable, "-m", "cleankit", "merge", *shares, "-o", f"{BUCKET}/out"]
    assert subprocess.run(merge, env=environment(), check=False).returncode == 3
    assert outputs(brought(f"{BUCKET}/out")) == outputs(Path("one"))


def test_a_bucket_that_is_not_there_ends_the_run_in_one_line(tmp_path: Path) -> None:
    write_letters(Path("mail"), 1)
    done = cleankit("mail", "-o", "s3://nowhere/out", "--quiet", cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr.startswith("cleankit: s3://nowhere/out")
    assert len(done.stderr.splitlines()) == 1


def test_a_server_that_is_not_there_ends_the_run_and_sets_nothing_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    write_letters(Path("mail"), 1)
    done = cleankit("mail", "-o", f"{BUCKET}/out", "--quiet", cwd=tmp_path)
    assert done.returncode == 4, done.stderr
