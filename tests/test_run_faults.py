"""Runs that meet faults: no document is lost or doubled, and a second try gives the same bytes."""

from __future__ import annotations

import gzip
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import (
    cleankit,
    command,
    counted,
    environment,
    install,
    outputs,
    records,
    write_letters,
)

PASSES = ("--passes", "faulty,whitespace")


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    return install(tmp_path / "plugin")


def poisoned(tmp_path: Path, plugin: Path, text: str) -> None:
    """Make the sixth letter a poison, without a change to what calm runs give."""
    write_letters(tmp_path / "letters", 12)
    (tmp_path / "letters" / "00005.txt").write_text(text)
    (plugin / "peace").touch()
    assert cleankit("letters", "-o", "calm", *PASSES, plugin=plugin, cwd=tmp_path).returncode == 0
    (plugin / "peace").unlink()


def retried(tmp_path: Path, plugin: Path) -> dict[str, bytes]:
    """The outputs after what was set aside is done again, in peace."""
    (plugin / "peace").touch()
    again = cleankit("--only-set-aside", "out", plugin=plugin, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    return outputs(tmp_path / "out")


FAULTS = [
    ("KILL", "crash", "SIGKILL"),
    ("SEGV", "crash", "SIGSEGV"),
    ("ABORT", "crash", "SIGABRT"),
    ("LEAVE", "crash", "code 7"),
    ("EXIT", "crash", "SystemExit"),
    ("INTERRUPT", "crash", "KeyboardInterrupt"),
    ("HANG", "timeout", "longer than 0.5 s"),
    ("SPIN", "timeout", "longer than 0.5 s"),
    ("DEAF", "timeout", "longer than 0.5 s"),
    ("MEMORY", "memory", "MemoryError"),
    ("RAISE", "failed", "ZeroDivisionError"),
    ("RECURSE", "failed", "RecursionError"),
    ("NOTHING", "failed", "NoneType"),
]
"""What a document can do to a worker, the cause that is told, and a word of the message."""


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([each for each in FAULTS if each[0] in ("KILL", "DEAF", "RAISE")], id="some"),
        pytest.param(FAULTS, id="all", marks=pytest.mark.faults),
    ],
)
def test_poisons_in_one_run_cost_one_document_each(
    faults: list[tuple[str, str, str]], tmp_path: Path, plugin: Path
) -> None:
    folder = write_letters(tmp_path / "letters", 40)
    for number, (fault, _, _) in enumerate(faults):
        (folder / f"{2 * number:05}.txt").write_text(f"{fault}\n")
    limits = ("--timeout", "0.5", "--memory", "2048", "--jobs", "2")
    done = cleankit("letters", "-o", "out", *PASSES, *limits, plugin=plugin, cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    aside = records(tmp_path / "out" / "set-aside.jsonl")
    assert [each["cause"] for each in aside] == [cause for _, cause, _ in faults]
    for each, (_, _, story) in zip(aside, faults, strict=True):
        assert story in each["message"]
    assert counted(tmp_path / "out")["cleaned"] == 40 - len(faults)
    (plugin / "peace").touch()
    cleankit("letters", "-o", "calm", *PASSES, plugin=plugin, cwd=tmp_path)
    assert cleankit("--only-set-aside", "out", plugin=plugin, cwd=tmp_path).returncode == 0
    assert outputs(tmp_path / "out") == outputs(tmp_path / "calm")


@pytest.mark.faults
@pytest.mark.parametrize("fault, cause, story", FAULTS)
def test_a_poison_costs_one_document(
    fault: str, cause: str, story: str, tmp_path: Path, plugin: Path
) -> None:
    poisoned(tmp_path, plugin, f"{fault}\n")
    limits = ("--timeout", "0.5", "--memory", "2048", "--jobs", "2")
    done = cleankit("letters", "-o", "out", *PASSES, *limits, plugin=plugin, cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    aside = records(tmp_path / "out" / "set-aside.jsonl")
    assert [(each["path"], each["cause"]) for each in aside] == [("letters/00005.txt", cause)]
    assert story in aside[0]["message"]
    assert counted(tmp_path / "out") == {
        "read": 12,
        "cleaned": 11,
        "set_aside": 1,
        "duplicates": 0,
    }
    assert retried(tmp_path, plugin) == outputs(tmp_path / "calm")


@pytest.mark.faults
def test_a_poison_is_set_aside_soon_after_its_timeout(tmp_path: Path, plugin: Path) -> None:
    poisoned(tmp_path, plugin, "DEAF\n")
    began = time.monotonic()
    cleankit("letters", "-o", "out", *PASSES, "--timeout", "0.5", plugin=plugin, cwd=tmp_path)
    with_poison = time.monotonic() - began
    (plugin / "peace").touch()
    began = time.monotonic()
    cleankit("letters", "-o", "other", *PASSES, plugin=plugin, cwd=tmp_path)
    without = time.monotonic() - began
    assert with_poison - without < 0.5 + 3 + without


def test_a_worker_that_is_killed_once_costs_nothing(tmp_path: Path, plugin: Path) -> None:
    poisoned(tmp_path, plugin, "ONCE\n")
    done = cleankit("letters", "-o", "out", *PASSES, plugin=plugin, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (plugin / "once").exists()
    assert outputs(tmp_path / "out") == outputs(tmp_path / "calm")


@pytest.mark.faults
def test_many_poisons_in_one_unit(tmp_path: Path, plugin: Path) -> None:
    write_letters(tmp_path / "letters", 30)
    for number in (0, 3, 4, 29):
        (tmp_path / "letters" / f"{number:05}.txt").write_text("KILL\n")
    done = cleankit("letters", "-o", "out", *PASSES, plugin=plugin, cwd=tmp_path)
    assert done.returncode == 3
    aside = records(tmp_path / "out" / "set-aside.jsonl")
    assert [each["path"][-9:-4] for each in aside] == ["00000", "00003", "00004", "00029"]
    assert counted(tmp_path / "out")["cleaned"] == 26


def started(tmp_path: Path, plugin: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("letters", "-o", "out", *PASSES, "-q", *arguments),
        cwd=tmp_path,
        env=environment(plugin),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def write_slow(folder: Path) -> None:
    """Letters that take seconds, in several units."""
    write_letters(folder, 90, text="SLOW letter {number}.\n" + "So it goes on.\n" * 2_000)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run over slow letters gives when nothing goes wrong."""
    folder = tmp_path_factory.mktemp("calm")
    write_slow(folder / "letters")
    plugin = install(folder / "plugin")
    done = cleankit("letters", "-o", "calm", *PASSES, "-j", "2", plugin=plugin, cwd=folder)
    assert done.returncode == 0, done.stderr
    return outputs(folder / "calm")


@pytest.fixture
def slow(tmp_path: Path, calm: dict[str, bytes]) -> dict[str, bytes]:
    """A folder of slow letters, and what a calm run over it gives."""
    write_slow(tmp_path / "letters")
    return calm


def wait_for_first_unit(tmp_path: Path, *, seconds: float = 20) -> None:
    journal = tmp_path / "out" / ".cleankit" / "journal"
    deadline = time.monotonic() + seconds
    while not journal.is_file() or journal.read_bytes().count(b"\n") < 2:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGKILL, marks=pytest.mark.faults),
        pytest.param(signal.SIGINT),
        pytest.param(signal.SIGTERM, marks=pytest.mark.faults),
        pytest.param(signal.SIGHUP, marks=pytest.mark.faults),
    ],
)
def test_a_run_that_is_stopped_goes_on_where_it_was(
    number: signal.Signals, tmp_path: Path, plugin: Path, slow: dict[str, bytes]
) -> None:
    with started(tmp_path, plugin) as process:
        wait_for_first_unit(tmp_path)
        began = time.monotonic()
        process.send_signal(number)
        _, error = process.communicate(timeout=20)
    if number != signal.SIGKILL:
        assert time.monotonic() - began < 2
        assert process.returncode == 130
        assert b"goes on" in error
        assert error.count(b"\n") == 1
    assert not (tmp_path / "out" / "records.jsonl").exists()
    done = cleankit("letters", "-o", "out", *PASSES, "-j", "1", plugin=plugin, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "found done" in done.stderr
    assert outputs(tmp_path / "out") == slow


def test_workers_killed_from_outside_cost_nothing(
    tmp_path: Path, plugin: Path, slow: dict[str, bytes]
) -> None:
    chance = random.Random(7)
    with started(tmp_path, plugin, "--jobs", "2") as process:
        for _ in range(3):
            time.sleep(chance.uniform(0.3, 0.5))
            workers = workers_of(process.pid)
            if workers:
                with_suppressed_kill(chance.choice(workers))
        process.communicate()
    assert process.returncode == 0
    assert outputs(tmp_path / "out") == slow


def workers_of(pid: int) -> list[int]:
    """The processes that the fork server of a run has forked."""
    servers = children(pid)
    return [worker for server in servers for worker in children(server)]


def children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat[1]) == pid:
                found.append(int(entry.name))
    return found


def with_suppressed_kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.mark.faults
def test_workers_end_when_their_run_is_killed(
    tmp_path: Path, plugin: Path, slow: dict[str, bytes]
) -> None:
    assert slow
    with started(tmp_path, plugin, "--jobs", "2") as process:
        wait_for_first_unit(tmp_path)
        workers = workers_of(process.pid)
        process.kill()
        process.communicate()
    assert workers
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such signal")
def test_a_worker_that_hangs_ends_when_its_run_is_killed(tmp_path: Path, plugin: Path) -> None:
    (write_letters(tmp_path / "letters", 1) / "00000.txt").write_text("DEAF\n")
    with started(tmp_path, plugin, "--jobs", "1") as process:
        deadline = time.monotonic() + 20
        while not (workers := workers_of(process.pid)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(1)  # until it hangs
        process.kill()
        process.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in workers):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_two_runs_at_once_are_refused(tmp_path: Path, plugin: Path, slow: dict[str, bytes]) -> None:
    with started(tmp_path, plugin) as process:
        wait_for_first_unit(tmp_path)
        second = cleankit("letters", "-o", "out", *PASSES, plugin=plugin, cwd=tmp_path)
        assert second.returncode == 4
        assert "another run" in second.stderr
        assert second.stderr.count("\n") == 1
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert outputs(tmp_path / "out") == slow


@pytest.mark.parametrize(
    "harm",
    [
        "cut",
        *(
            pytest.param(harm, marks=pytest.mark.faults)
            for harm in ("garbage", "empty part", "no part")
        ),
    ],
)
def test_what_a_crash_left_half_written_is_done_again(
    harm: str, tmp_path: Path, plugin: Path
) -> None:
    text = "Letter {number}.\n" + "So it goes on.\n" * 4_000
    write_letters(tmp_path / "letters", 40, text=text)
    write_letters(tmp_path / "letters" / "z", 1, text="KILL\n")
    arguments = ("letters", "-o", "out", *PASSES)
    assert cleankit(*arguments, plugin=plugin, cwd=tmp_path).returncode == 3
    before = outputs(tmp_path / "out")
    hidden = tmp_path / "out" / ".cleankit"
    journal = hidden / "journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    if harm == "cut":
        journal.write_bytes(b"".join(lines[:-2]) + lines[-2][:9])
    elif harm == "garbage":
        journal.write_bytes(b"".join(lines[:2]) + b"\0\0\0\n" + lines[2])
    else:
        journal.write_bytes(b"".join(lines[:-1]))
        part = sorted(hidden.glob("parts-*/*"))[0]
        part.unlink() if harm == "no part" else part.write_bytes(b"")
    (tmp_path / "out" / "records.jsonl").unlink()
    assert cleankit(*arguments, plugin=plugin, cwd=tmp_path).returncode == 3
    assert outputs(tmp_path / "out") == before


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


@pytest.mark.faults
def test_a_limit_on_the_size_of_files_is_one_line_and_4(tmp_path: Path, plugin: Path) -> None:
    write_letters(tmp_path / "letters", 40, text="Letter {number}\n" + "On.\n" * 5_000)
    arguments = ("letters", "-o", "out", *PASSES)
    full = cleankit(*arguments, plugin=plugin, cwd=tmp_path, preexec_fn=limited)
    assert full.returncode == 4, full.stderr
    assert full.stderr.startswith("cleankit: ")
    assert full.stderr.count("\n") == 1
    assert not (tmp_path / "out" / "records.jsonl").exists()
    assert cleankit(*arguments, plugin=plugin, cwd=tmp_path).returncode == 0
    calm = cleankit("letters", "-o", "calm", *PASSES, plugin=plugin, cwd=tmp_path)
    assert calm.returncode == 0
    assert outputs(tmp_path / "out") == outputs(tmp_path / "calm")


@pytest.mark.faults
def test_a_full_disk_is_one_line_and_4(tmp_path: Path, plugin: Path) -> None:
    write_letters(tmp_path / "letters", 60, text="Letter {number}\n" + "On.\n" * 10_000)
    out = tmp_path / "out"
    out.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(out)], check=False
    )
    if mounted.returncode:
        pytest.skip("cannot mount a small file system")
    try:
        arguments = ("letters", "-o", "out", *PASSES)
        full = cleankit(*arguments, plugin=plugin, cwd=tmp_path)
        assert full.returncode == 4, full.stderr
        assert "No space left" in full.stderr
        assert full.stderr.count("\n") == 1
        subprocess.run(["mount", "-o", "remount,size=100m", str(out)], check=True)
        assert cleankit(*arguments, plugin=plugin, cwd=tmp_path).returncode == 0
        assert counted(out)["cleaned"] == 60
    finally:
        subprocess.run(["umount", str(out)], check=True)


@pytest.mark.parametrize("output", ["/proc/nowhere", "a-file", "a-file/below"])
def test_an_output_that_cannot_be_written_is_one_line_and_4(output: str, tmp_path: Path) -> None:
    write_letters(tmp_path / "letters", 1)
    (tmp_path / "a-file").touch()
    done = cleankit("letters", "-o", output, "--passes", "none", cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr.startswith(f"cleankit: {output}: cannot write")
    assert done.stderr.count("\n") == 1


def test_inputs_of_every_odd_kind(tmp_path: Path) -> None:
    """One folder with everything that can be wrong with a file; what is sound is cleaned."""
    folder = write_letters(tmp_path / "letters", 2)
    (folder / "latin.txt").write_bytes(b"caf\xe9 \xff\xfe\n")
    (folder / "broken.jsonl").write_bytes(b'{"text": "fine"}\n{"text": "cut o')
    whole = gzip.compress(b'{"text": "one"}\n' * 5_000)
    (folder / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "cut.txt.gz").write_bytes(gzip.compress(os.urandom(9_999))[:5_000])
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "unreadable.txt").symlink_to("/proc/self/mem")
    (folder / "picture.bin").write_bytes(b"\x89PNG\0\0")
    (folder / "empty.txt").touch()
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)
        listener.bind("socket")
        os.chdir(here)
    (folder / "\x1b[31mred\n.txt").write_text("Named oddly.\n")
    (folder / os.fsdecode(b"\xff.txt")).write_text("Named in no charset.\n")
    done = cleankit("letters", "-o", "out", "--passes", "whitespace", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "\x1b" not in done.stderr
    causes = {each["path"]: each["cause"] for each in records(tmp_path / "out" / "set-aside.jsonl")}
    assert causes == {
        "letters/broken.jsonl": "unreadable",
        "letters/cut.jsonl.gz": "unreadable",
        "letters/cut.txt.gz": "unreadable",
        "letters/unreadable.txt": "unreadable",
    }
    paths = {each["source"]["path"] for each in records(tmp_path / "out" / "records.jsonl")}
    assert {"letters/latin.txt", "letters/\x1b[31mred\n.txt", "letters/\udcff.txt"} <= paths
    assert cleankit("letters", "-o", "out", "--passes", "whitespace", cwd=tmp_path).returncode == 3


def test_a_document_that_vanishes_or_changes_is_set_aside(tmp_path: Path, plugin: Path) -> None:
    folder = write_letters(tmp_path / "letters", 40, text="SLOW {number}\n" + "On.\n" * 20_000)
    with started(tmp_path, plugin, "--jobs", "1") as process:
        wait_for_first_unit(tmp_path)
        (folder / "00038.txt").unlink()
        with (folder / "00039.txt").open("a") as stream:
            stream.write("more\n")
        process.communicate(timeout=60)
    assert process.returncode in (0, 3)
    assert counted(tmp_path / "out")["read"] in (39, 40)
    causes = {each["cause"] for each in records(tmp_path / "out" / "set-aside.jsonl")}
    assert causes <= {"vanished", "changed"}


def test_a_closed_pipe_ends_a_stream_quietly(tmp_path: Path) -> None:
    write_letters(tmp_path / "letters", 30, text="Letter {number}\n" + "On.\n" * 20_000)
    with subprocess.Popen(
        command("letters", "--to", "-", "--passes", "none"),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(timeout=20)


@pytest.mark.faults
def test_two_hundred_kills_in_a_row_end_the_same(
    tmp_path: Path, plugin: Path, slow: dict[str, bytes]
) -> None:
    """Start, kill after a random time, start again; the time grows only while nothing is done."""
    chance = random.Random(20)
    kills = ends = 0
    while kills < 200:
        with started(tmp_path, plugin, "--jobs", str(chance.choice((1, 2, 4)))) as process:
            try:
                process.communicate(timeout=chance.uniform(0.05, 1.5))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                kills += 1
                continue
        assert process.returncode == 0
        assert outputs(tmp_path / "out") == slow
        ends += 1
        shutil.rmtree(tmp_path / "out")
    done = cleankit("letters", "-o", "out", *PASSES, plugin=plugin, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert outputs(tmp_path / "out") == slow
    print(f"{kills} kills, {ends} ends", file=sys.stderr)


def test_workers_that_cannot_even_begin_end_the_run(tmp_path: Path) -> None:
    write_letters(tmp_path / "letters", 1)
    done = cleankit("letters", "-o", "out", "--passes", "none", "--memory", "20", cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr.startswith("cleankit: workers cannot work")
    assert done.stderr.count("\n") == 1


@pytest.mark.faults
def test_a_file_larger_than_memory_is_set_aside(tmp_path: Path) -> None:
    write_letters(tmp_path / "letters", 2)
    with (tmp_path / "letters" / "large.txt").open("wb") as stream:
        stream.truncate(600 << 20)
    done = cleankit("letters", "-o", "out", "--passes", "none", "--memory", "500", cwd=tmp_path)
    assert done.returncode == 3
    (aside,) = records(tmp_path / "out" / "set-aside.jsonl")
    assert (aside["path"], aside["cause"]) == ("letters/large.txt", "memory")


def test_what_is_skipped_or_set_aside_is_told_in_a_line(tmp_path: Path) -> None:
    folder = write_letters(tmp_path / "letters", 1)
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "broken.jsonl").write_text("{")
    done = cleankit("letters", "missing", "--to", "-", "--passes", "none", cwd=tmp_path)
    assert done.returncode == 3
    told = [line for line in done.stderr.splitlines() if ": " in line]
    assert told[0].startswith("skipped: letters/gone.txt: is a link that leads nowhere")
    assert told[1].startswith("set aside: letters/broken.jsonl#1: unreadable: not JSON")
    assert told[2].startswith("set aside: missing: missing: no such file")
