"""Shares and their merge: the bytes of one run, and a word where they are not shares of one job."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from cleankit import OutputError, ReadError
from cleankit.config import Settings
from cleankit.run.job import Job
from cleankit.run.merge import merge
from cleankit.run.plan import Shard
from cleankit.run.runner import Finished, run
from tests.faults import cleankit, counted, environment, outputs, write_letters

EXAMPLES = Path(__file__).parent.parent / "examples"
SHARES = 3


@pytest.fixture(autouse=True)
def _in_a_folder_with_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({"text": f"{number % 300} " + "x" * 4_000}) for number in range(400)]
    Path("mail").mkdir()
    Path("mail/all.jsonl").write_text("\n".join([*lines, "{"]))


def do(share: int = 1, of: int = 1, **options: Any) -> Finished:
    job = Job(("mail",), f"shares/{share}", Settings(passes=()), shard=Shard(share, of))
    return run(replace(job, **options))


def shares(of: int = SHARES, **options: Any) -> list[str]:
    for share in range(1, of + 1):
        do(share, of, **options)
    return [f"shares/{share}" for share in range(1, of + 1)]


@pytest.mark.parametrize("to", ["jsonl", "jsonl.gz", "markdown", "parquet"])
def test_merged_shares_are_the_bytes_of_one_run(to: str) -> None:
    do(output="one", to=to, dedup=True)
    finished, _ = merge(shares(to=to, dedup=True)[::-1], "all")
    assert outputs(Path("all")) == outputs(Path("one"))
    assert counted(Path("all")) == counted(Path("one"))
    assert finished.totals["duplicates"] == 100


def test_a_run_goes_on_from_what_was_merged() -> None:
    merge(shares(), "all")
    assert do(output="all").resumed >= SHARES
    again = do(output="all", retry=True)
    assert again.totals["set_aside"] == {"unreadable": 1}
    assert again.resumed >= SHARES


def test_a_share_for_which_no_unit_is_left_is_a_share() -> None:
    do(output="one")
    names = shares(9)
    assert counted(Path("shares/9"))["read"] == 0
    merge(names, "all")
    assert outputs(Path("all")) == outputs(Path("one"))


def test_merging_again_replaces_what_was_merged() -> None:
    names = shares()
    merge(names, "all")
    before = outputs(Path("all"))
    merge(names, "all")
    assert outputs(Path("all")) == before


def test_shares_are_left_as_they_are() -> None:
    names = shares()
    before = [outputs(Path(name)) for name in names]
    merge(names, "all")
    shutil.rmtree("all")
    merge(names, "all")
    assert [outputs(Path(name)) for name in names] == before


def test_a_share_that_is_missing_is_named() -> None:
    names = shares()
    with pytest.raises(ReadError, match="not all shares are here: 2/3"):
        merge([names[0], names[2]], "all")
    assert not Path("all").exists()


def test_a_share_that_is_there_twice_is_named() -> None:
    names = shares()
    with pytest.raises(ReadError, match="is share 1/3, and so is shares/1"):
        merge([*names, names[0]], "all")


def test_a_share_with_other_settings_is_named() -> None:
    names = shares()
    do(2, SHARES, settings=Settings(passes=("whitespace",)))
    with pytest.raises(ReadError, match="shares/2: has other inputs, settings or shares"):
        merge(names, "all")


def test_a_share_of_inputs_that_changed_is_named() -> None:
    names = shares()
    write_letters(Path("mail/more"), 1)
    do(3, SHARES)
    with pytest.raises(ReadError, match="shares/3: saw other inputs than shares/1"):
        merge(names, "all")
    merge(shares(), "all")


def test_a_share_that_is_not_finished_is_named() -> None:
    names = shares()
    journal = Path("shares/2/.cleankit/journal")
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(ReadError, match="shares/2: its run is not finished"):
        merge(names, "all")


def test_a_part_that_is_gone_is_named() -> None:
    names = shares()
    next(Path("shares/1/.cleankit").glob("parts-*/*")).unlink()
    with pytest.raises(ReadError, match="is gone; run this share again"):
        merge(names, "all")


def test_a_folder_without_a_run_is_named() -> None:
    with pytest.raises(ReadError, match="mail: holds no run"):
        merge(["mail"], "all")


def test_an_unfinished_run_is_not_replaced_unasked() -> None:
    names = shares()
    do(output="all", settings=Settings(passes=("whitespace",)))
    journal = Path("all/.cleankit/journal")
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(OutputError, match="--restart"):
        merge(names, "all")
    merge(names, "all", restart=True)


def test_the_command_merges_and_tells_what_was_set_aside(tmp_path: Path) -> None:
    names = shares()
    done = subprocess.run(
        [sys.executable, "-m", "cleankit", "merge", *names, "-o", "all"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "1 set aside: see all/set-aside.jsonl" in done.stderr


# The examples, by as many processes of this machine


def start(script: list[str], **variables: str) -> subprocess.Popen[bytes]:
    folder = Path("bin")
    folder.mkdir(exist_ok=True)
    command = folder / "cleankit"
    if not command.exists():
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cleankit "$@"\n')
        command.chmod(0o755)
    path = os.pathsep.join([str(folder.absolute()), os.environ["PATH"]])
    return subprocess.Popen(script, env={**environment(), "PATH": path, **variables})


def ended(processes: list[subprocess.Popen[bytes]]) -> list[int]:
    return [process.wait(timeout=120) for process in processes]


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a shell")
def test_the_slurm_example_makes_the_bytes_of_one_run(tmp_path: Path) -> None:
    assert cleankit("mail", "-o", "one", cwd=tmp_path).returncode == 3
    script = ["bash", str(EXAMPLES / "slurm/share.sh")]
    variables = {"MAIL": "mail", "OUT": "out", "SLURM_ARRAY_TASK_COUNT": str(SHARES)}
    numbers = [str(number) for number in range(1, SHARES + 1)]
    assert (
        ended([start(script, **variables, SLURM_ARRAY_TASK_ID=each) for each in numbers])
        == [0] * SHARES
    )
    assert ended([start(["bash", str(EXAMPLES / "slurm/merge.sh")], **variables)]) == [3]
    assert outputs(Path("out/all")) == outputs(Path("one"))


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a shell")
def test_the_kubernetes_example_makes_the_bytes_of_one_run(tmp_path: Path) -> None:
    assert cleankit("mail", "-o", "one", cwd=tmp_path).returncode == 3
    job = yaml.safe_load((EXAMPLES / "kubernetes/shares.yaml").read_text())
    [container] = job["spec"]["template"]["spec"]["containers"]
    given = {each["name"]: each["value"] for each in container["env"]}
    assert given["SHARES"] == str(job["spec"]["completions"])
    script = [*container["command"], *container["args"]]
    variables = {"MAIL": "mail", "OUT": "out", "SHARES": str(SHARES)}
    assert set(variables) == set(given)
    numbers = [str(number) for number in range(SHARES)]
    assert (
        ended([start(script, **variables, JOB_COMPLETION_INDEX=each) for each in numbers])
        == [0] * SHARES
    )
    [container] = yaml.safe_load((EXAMPLES / "kubernetes/merge.yaml").read_text())["spec"][
        "template"
    ]["spec"]["containers"]
    assert ended([start([*container["command"], *container["args"]], **variables)]) == [0]
    assert outputs(Path("out/all")) == outputs(Path("one"))
