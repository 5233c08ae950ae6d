"""Runs on a Ray cluster: three nodes on this machine, and what can happen to them.

`tox -e ray` installs Ray and runs these; where there is no Ray they are skipped.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cleankit import CleankitError, OutputError
from cleankit.config import Settings
from cleankit.run.job import Crew
from cleankit.run.plan import Unit
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
from tests.test_run_faults import wait_for_first_unit, write_slow

ray = pytest.importorskip("ray")
cluster_utils = pytest.importorskip("ray.cluster_utils")
ray_engine = pytest.importorskip("cleankit.run.ray_engine")

pytestmark = pytest.mark.filterwarnings("default")  # Ray's own are not ours to mend

PASSES = ("--passes", "faulty,whitespace")
NODES = 3
NODE = {"num_cpus": 1, "object_store_memory": ray_engine.STORE}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faulty package, where all nodes find it."""
    return install(tmp_path_factory.mktemp("plugin") / "plugin")


@pytest.fixture
def plugin(installed: Path) -> Path:
    """The faulty package, at war."""
    for flag in ("peace", "once"):
        (installed / flag).unlink(missing_ok=True)
    return installed


@pytest.fixture(scope="module")
def nodes(installed: Path) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", environment(installed)["PYTHONPATH"])
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        made = cluster_utils.Cluster(initialize_head=True, head_node_args=NODE)
        yield made
        made.shutdown()


@pytest.fixture
def cluster(nodes: Any) -> Iterator[Any]:
    """A cluster of three nodes with one processor each; all have the same packages."""
    while len(nodes.worker_nodes) < NODES - 1:
        nodes.add_node(**NODE)
    nodes.wait_for_nodes()
    yield nodes
    ray.shutdown()


@pytest.fixture
def slow(tmp_path: Path, plugin: Path) -> dict[str, bytes]:
    """A folder of slow letters, and what a calm run on one machine gives."""
    write_slow(tmp_path / "letters")
    done = cleankit("letters", "-o", "calm", *PASSES, plugin=plugin, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return outputs(tmp_path / "calm")


def started(tmp_path: Path, plugin: Path, cluster: Any) -> subprocess.Popen[bytes]:
    engine = ("--engine", "ray", "--address", cluster.address)
    return subprocess.Popen(
        command("letters", "-o", "out", *PASSES, "-q", *engine),
        cwd=tmp_path,
        env=environment(plugin),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def processes_of_ray() -> list[int]:
    """The processes of Ray's that are at a task of ours, on any node."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if path.read_bytes().startswith(b"ray::do")
    ]


def test_poisons_are_set_aside_as_on_one_machine(
    tmp_path: Path, plugin: Path, cluster: Any
) -> None:
    folder = write_letters(tmp_path / "letters", 12)
    for number, fault in enumerate(("KILL", "LEAVE", "DEAF", "MEMORY", "RAISE", "EXIT", "ONCE")):
        (folder / f"{number:05}.txt").write_text(f"{fault}\n")
    limits = ("--timeout", "0.5", "--memory", "2048")
    local = cleankit("letters", "-o", "calm", *PASSES, *limits, plugin=plugin, cwd=tmp_path)
    assert local.returncode == 3, local.stderr
    (plugin / "once").unlink()
    engine = ("--engine", "ray", "--address", cluster.address)
    done = cleankit("letters", "-o", "out", *PASSES, *limits, *engine, plugin=plugin, cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    causes = [each["cause"] for each in records(tmp_path / "out" / "set-aside.jsonl")]
    assert causes == ["crash", "crash", "timeout", "memory", "failed", "crash"]
    assert outputs(tmp_path / "out") == outputs(tmp_path / "calm")
    assert counted(tmp_path / "out") == counted(tmp_path / "calm")
    (plugin / "peace").touch()
    again = cleankit("--only-set-aside", "out", *engine, plugin=plugin, cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert counted(tmp_path / "out")["cleaned"] == 12


def test_a_node_that_is_killed_costs_nothing(
    tmp_path: Path, plugin: Path, cluster: Any, slow: dict[str, bytes]
) -> None:
    with started(tmp_path, plugin, cluster) as process:
        wait_for_first_unit(tmp_path, seconds=100)
        cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
        _, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    assert outputs(tmp_path / "out") == slow
    assert counted(tmp_path / "out")["cleaned"] == 90


def test_processes_of_rays_that_are_killed_cost_nothing(
    tmp_path: Path, plugin: Path, cluster: Any, slow: dict[str, bytes]
) -> None:
    with started(tmp_path, plugin, cluster) as process:
        wait_for_first_unit(tmp_path, seconds=100)
        busy = processes_of_ray()
        for pid in busy[:2]:
            os.kill(pid, signal.SIGKILL)
        _, error = process.communicate(timeout=120)
    assert busy
    assert process.returncode == 0, error
    assert outputs(tmp_path / "out") == slow


@pytest.mark.parametrize("engine", ["ray", "local"])
def test_a_run_whose_driver_is_killed_goes_on_under_any_engine(
    engine: str, tmp_path: Path, plugin: Path, cluster: Any, slow: dict[str, bytes]
) -> None:
    with started(tmp_path, plugin, cluster) as process:
        wait_for_first_unit(tmp_path, seconds=100)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert not (tmp_path / "out" / "records.jsonl").exists()
    more = ("--address", cluster.address) if engine == "ray" else ()
    again = ("letters", "-o", "out", *PASSES, "--engine", engine, *more)
    done = cleankit(*again, plugin=plugin, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "found done" in done.stderr
    assert outputs(tmp_path / "out") == slow


def test_a_run_that_is_interrupted_says_so_in_a_line(
    tmp_path: Path, plugin: Path, cluster: Any, slow: dict[str, bytes]
) -> None:
    assert slow
    with started(tmp_path, plugin, cluster) as process:
        wait_for_first_unit(tmp_path, seconds=100)
        process.send_signal(signal.SIGTERM)
        _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"goes on" in error
    assert error.count(b"\n") == 1


def test_without_an_address_ray_is_started_and_ended_with_the_run(
    tmp_path: Path, plugin: Path
) -> None:
    write_letters(tmp_path / "letters", 700)
    arguments = ("letters", *PASSES, "--to", "markdown")
    calm = cleankit(*arguments, "-o", "calm", plugin=plugin, cwd=tmp_path)
    assert calm.returncode == 0
    done = cleankit(*arguments, "-o", "out", "--engine", "ray", "-j2", plugin=plugin, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert outputs(tmp_path / "out") == outputs(tmp_path / "calm")
    assert not processes_of_ray()


def test_a_cluster_that_is_not_there_is_one_line_and_4(tmp_path: Path) -> None:
    write_letters(tmp_path / "letters", 1)
    engine = ("--engine", "ray", "--address", "127.0.0.1:1")
    done = cleankit("letters", "-o", "out", *engine, "--passes", "none", cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr.startswith("cleankit: Ray at 127.0.0.1:1: ")
    assert done.stderr.count("\n") == 1


def engine(tmp_path: Path, cluster: Any, *, jobs: int = 0) -> Any:
    """An engine on the cluster, in this process."""
    ray.init(address=cluster.address, log_to_driver=False)
    (tmp_path / "parts").mkdir()
    return ray_engine.RayEngine(
        Crew(jobs, 30.0, 0), Settings(passes=()), "jsonl", tmp_path / "parts"
    )


@pytest.mark.parametrize("jobs, bound", [(0, 2 * NODES), (2, 2), (50, 2 * NODES)])
def test_few_units_are_under_way_at_a_time(
    jobs: int, bound: int, tmp_path: Path, cluster: Any
) -> None:
    given = count()
    units = (Unit(next(given), ()) for _ in range(40))
    under_way = []
    for told, _ in enumerate(engine(tmp_path, cluster, jobs=jobs).perform(units)):
        under_way.append(next(given) - told)
        given = count(next(given) - 1)
    assert max(under_way) == bound


def crash(order: Any, unit: Unit) -> None:  # noqa: ARG001
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_unit_that_ray_loses_again_and_again_ends_the_run(
    tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_engine, "do", crash)
    with pytest.raises(CleankitError, match="Ray lost the same unit 5 times"):
        list(engine(tmp_path, cluster).perform([Unit(0, ())]))


def test_an_error_in_a_node_is_raised_here(tmp_path: Path, cluster: Any) -> None:
    made = engine(tmp_path, cluster)
    (tmp_path / "parts").chmod(0o500)
    if os.access(tmp_path / "parts", os.W_OK):
        (tmp_path / "parts").rmdir()
        (tmp_path / "parts").symlink_to("/proc/self/fd")
    with pytest.raises(OutputError, match="cannot write"):
        list(made.perform([Unit(0, ())]))


@pytest.mark.parametrize(
    "change, complaint",
    [
        ({"folder": "/nowhere"}, "/nowhere: No such file"),
        ({"parts": Path("nowhere")}, "all nodes must see the same files"),
        ({"fingerprint": "another"}, "another version of cleankit"),
    ],
)
def test_a_node_that_is_not_like_the_others_says_so(
    change: dict[str, Any], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    crew = Crew(1, 30.0, 0)
    order = ray_engine.Order(
        crew, settings, "jsonl", tmp_path, str(tmp_path), settings.fingerprint()
    )
    came = ray_engine.do(replace(order, **change), Unit(0, ()))
    assert isinstance(came, CleankitError)
    assert complaint in str(came)
