"""The runner: plan, names, journal, resume, duplicates, outputs; without faults."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit import OutputError, ReadError
from cleankit.config import Settings
from cleankit.run.inputs import Input, Inputs, Passed
from cleankit.run.job import Job
from cleankit.run.journal import Done, Journal
from cleankit.run.names import MAX_BYTES, Names
from cleankit.run.plan import UNIT_ITEMS, Item, Shard, Unit, units
from cleankit.run.runner import Finished, run
from cleankit.run.seen import Seen
from cleankit.run.spool import Spool
from cleankit.run.totals import Totals, add, count
from cleankit.run.unit import clean_unit
from tests.faults import cleankit, counted, outputs, records, write_letters

READING = Settings(passes=())


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def plan(*inputs: str, shard: Shard | None = None) -> list[Unit]:
    return list(units(Inputs(inputs), Spool(Path("spool")), shard or Shard()))


def do(*inputs: str, **options: object) -> Finished:
    job = Job(inputs, "out", READING)
    return run(replace(job, **options))  # type: ignore[arg-type]


# The plan


def test_small_files_share_a_unit_and_a_large_one_is_divided() -> None:
    write_letters(Path("letters"), UNIT_ITEMS + 1)
    assert [len(unit.items) for unit in plan("letters")] == [UNIT_ITEMS, 1]
    lines = [json.dumps({"text": f"{number} " + "x" * 10_000}) for number in range(120)]
    Path("all.jsonl").write_text("\n".join(lines))
    divided = plan("all.jsonl")
    assert len(divided) == 3
    assert sum(len(unit.items) for unit in divided) == 120


def test_units_grow_with_their_number_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ITEMS", 3), ("GROWTH", 2), ("TIMES", 3)):
        monkeypatch.setattr(f"cleankit.run.plan.UNIT_{name}", value)
    write_letters(Path("letters"), 50)
    assert [len(unit.items) for unit in plan("letters")] == [3, 3, 6, 6, 9, 9, 9, 5]


def test_shards_share_the_units_among_them() -> None:
    write_letters(Path("letters"), 5 * UNIT_ITEMS)
    whole = plan("letters")
    shares = [plan("letters", shard=Shard(share, 3)) for share in (1, 2, 3)]
    assert sorted((unit for share in shares for unit in share), key=lambda u: u.number) == whole


def test_inputs_are_files_folders_and_patterns_in_a_fixed_order() -> None:
    write_letters(Path("b"), 2)
    write_letters(Path("a/deep"), 1)
    found = list(Inputs(("b", "a/**/*.txt", "b/00001.txt")))
    assert [each.path for each in found] == [
        "b/00000.txt",
        "b/00001.txt",
        "a/deep/00000.txt",
        "b/00001.txt",
    ]


def test_the_output_folder_is_no_input() -> None:
    write_letters(Path("letters/out"), 1)
    write_letters(Path("letters"), 1)
    assert [each.path for each in Inputs(("letters",), "letters/out")] == ["letters/00000.txt"]


def test_a_folder_is_read_once_however_many_links_lead_to_it() -> None:
    write_letters(Path("letters/a"), 1)
    Path("letters/b").symlink_to("a")
    Path("letters/a/up").symlink_to("..")
    found = list(Inputs(("letters",)))
    assert [each.path for each in found if isinstance(each, Input)] == ["letters/a/00000.txt"]
    passed = [each for each in found if isinstance(each, Passed)]
    assert [(each.path, each.lost) for each in passed] == [
        ("letters/a/up", False),
        ("letters/b", False),
    ]


def test_a_maildir_is_read_without_what_is_being_delivered() -> None:
    for folder in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new"):
        Path("mail", folder).mkdir(parents=True)
        Path("mail", folder, "1.host:2,S").write_text("From: a@example.com\n\nHello.\n")
    mirrors = [each.mirror for each in Inputs(("mail",)) if isinstance(each, Input)]
    assert mirrors == [
        "cur/1.host:2,S",
        "new/1.host:2,S",
        "Sent/cur/1.host:2,S",
        "Sent/new/1.host:2,S",
    ]


def test_a_compressed_mailbox_is_laid_out_and_named_as_it_is() -> None:
    lines = b"".join(b'{"text": "Line %d"}\n' % number for number in range(2_000))
    Path("a.jsonl.gz").write_bytes(gzip.compress(lines))
    finished = do("a.jsonl.gz")
    assert finished.totals["cleaned"] == 2_000
    found = records(Path("out/records.jsonl"))
    assert found[1_999]["text"] == "Line 1999"
    assert found[1_999]["source"]["path"] == "a.jsonl.gz"
    assert found[1_999]["source"]["position"] == 2_000
    assert not list(Path("out/.cleankit/spool").glob("*"))


# The unit


def test_a_unit_needs_no_pool_and_no_folder() -> None:
    write_letters(Path("letters"), 3)
    Path("letters/z.jsonl").write_text("{")
    (unit,) = plan("letters")
    marks: list[int] = []
    result = clean_unit(replace(unit, verdicts={1: ("crash", "why")}), READING, mark=marks.append)
    assert marks == [0, 1, 2, 3]
    assert [each.name for each in result.cleaned] == ["letters/00000.txt", "letters/00002.txt"]
    assert [(each.cause, each.number) for each in result.set_aside] == [
        ("crash", None),
        ("unreadable", 1),
    ]
    assert json.loads(result.cleaned[0].body)["text"] == "Letter 0.\n"


# Names


@given(
    st.lists(st.sampled_from(["a", "A", "a.md", "a.txt", "b/a", "b", "b.md/a", "a.md/b", "é", "é"]))
)
def test_no_two_outputs_have_one_name_on_any_file_system(mirrors: list[str]) -> None:
    names = Names()
    given_names = [names.name(mirror, ".md") for mirror in mirrors]
    folded = [name.casefold() for name in given_names]
    assert len(set(folded)) == len(mirrors)
    folders = {str(parent).casefold() for name in given_names for parent in Path(name).parents}
    assert not folders & set(folded)


def test_names_mirror_paths() -> None:
    names = Names()
    assert names.name("mail/a.eml", ".md") == "mail/a.md"
    assert names.name("mail/a.html", ".md") == "mail/a.html.md"
    assert names.name("mail/A.eml.gz", ".md") == "mail/A.eml.gz.md"
    assert names.name("box.mbox/000001", ".md") == "box.mbox/000001.md"
    assert names.name("mail/a.html", ".md") == "mail/a.html~2.md"


def test_long_names_are_cut_and_stay_apart() -> None:
    names = Names()
    long = ["x" * 300 + end for end in "ab"]
    found = [names.name(f"{each}/{each}", ".md") for each in long]
    assert found[0] != found[1]
    assert all(len(part) <= MAX_BYTES for name in found for part in name.split("/"))


# Tables and journals


@given(st.lists(st.integers(0, 3_000), max_size=4_000))
def test_seen_tells_the_first_of_equals(numbers: list[int]) -> None:
    import hashlib

    seen, known = Seen(), {}
    for place, number in enumerate(numbers):
        digest = hashlib.sha256(bytes(number)).digest()
        assert (digest in seen) == (number in known)
        assert seen.first(digest, place) == known.setdefault(number, place)
    assert len(seen) == len(known)


def test_totals_add_up_name_by_name() -> None:
    totals: Totals = {}
    count(totals, "seconds", "links", by=0.5)
    add(totals, {"seconds": {"links": 1.0, "html": 2.0}, "read": 3})
    assert totals == {"seconds": {"links": 1.5, "html": 2.0}, "read": 3}


def test_a_journal_remembers_and_drops_what_was_cut_off() -> None:
    journal = Journal(Path("journal"))
    journal.begin({"identity": "x"})
    first, second = Done(0, "v", "c", 1), Done(1, "v", "c", 2)
    journal.add(first)
    journal.add(second)
    journal.close()
    whole = Path("journal").read_bytes()
    for length in range(len(whole)):
        Path("journal").write_bytes(whole[:length])
        again = Journal(Path("journal"))
        assert list(again.done.values()) in ([], [first], [first, second])
        assert not again.done or again.run == {"identity": "x"}
        if again.run:
            again.add(second)
            again.close()
            assert Journal(Path("journal")).done[1] == second


# Whole runs


def test_the_bytes_are_the_same_for_any_number_of_workers() -> None:
    lines = [json.dumps({"text": f"{number} " + "x" * 3_000}) for number in range(900)]
    Path("all.jsonl").write_text("\n".join([*lines, "{"]))
    do("all.jsonl", jobs=1, dedup=True)
    do("all.jsonl", jobs=5, dedup=True, output="other")
    assert outputs(Path("out")) == outputs(Path("other"))
    assert counted(Path("out")) == {"read": 901, "cleaned": 900, "set_aside": 1, "duplicates": 0}


def test_a_run_that_has_ended_does_nothing_again() -> None:
    write_letters(Path("letters"), 3)
    do("letters")
    written = Path("out/records.jsonl").stat().st_mtime_ns
    again = do("letters")
    assert again.resumed == 1
    assert again.totals["cleaned"] == 3
    assert Path("out/records.jsonl").stat().st_mtime_ns == written


def test_an_output_that_was_taken_away_is_made_again() -> None:
    write_letters(Path("letters"), 3)
    do("letters")
    before = outputs(Path("out"))
    Path("out/records.jsonl").unlink()
    do("letters")
    assert outputs(Path("out")) == before


def test_inputs_that_changed_are_read_again() -> None:
    write_letters(Path("letters"), 3)
    do("letters")
    status = Path("letters/00001.txt").stat()
    Path("letters/00001.txt").write_text("Other  1.\n")
    os.utime("letters/00001.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    Path("letters/00003.txt").write_text("New.\n")
    do("letters")
    found = [record["text"] for record in records(Path("out/records.jsonl"))]
    assert found == ["Letter 0.\n", "Other  1.\n", "Letter 2.\n", "New.\n"]


def test_files_that_were_only_touched_are_not_done_again() -> None:
    write_letters(Path("letters"), 3)
    Path("letters/z.jsonl").write_text("{")
    do("letters")
    os.utime("letters/00001.txt")
    assert do("letters").resumed == 1


def test_other_settings_begin_anew_and_never_mix() -> None:
    write_letters(Path("letters"), 3)
    do("letters", to="text")
    assert do("letters").resumed == 0
    assert set(outputs(Path("out"))) == {"records.jsonl", "set-aside.jsonl"}


def test_an_unfinished_run_with_other_settings_is_kept_until_restart() -> None:
    write_letters(Path("letters"), 3)
    do("letters")
    journal = Path("out/.cleankit/journal")
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    other = Settings(passes=(), keep=("legal",))
    with pytest.raises(OutputError, match="--restart"):
        do("letters", settings=other)
    assert do("letters").totals["cleaned"] == 3
    assert do("letters", settings=other, restart=True).resumed == 0


def test_copies_are_left_out_and_told() -> None:
    write_letters(Path("letters"), UNIT_ITEMS + 2)
    Path("letters/00001.txt").write_text("Letter 0.\n")
    Path(f"letters/{UNIT_ITEMS + 1:05}.txt").write_text("Letter 0.\n")
    do("letters", dedup=True)
    assert counted(Path("out")) == {
        "read": UNIT_ITEMS + 2,
        "cleaned": UNIT_ITEMS,
        "set_aside": 0,
        "duplicates": 2,
    }
    copies = records(Path("out/duplicates.jsonl"))
    assert [(each["name"], each["copy_of"]) for each in copies] == [
        ("letters/00001.txt", "letters/00000.txt"),
        (f"letters/{UNIT_ITEMS + 1:05}.txt", "letters/00000.txt"),
    ]
    assert len(records(Path("out/records.jsonl"))) == UNIT_ITEMS
    do("letters")
    assert not Path("out/duplicates.jsonl").exists()
    assert len(records(Path("out/records.jsonl"))) == UNIT_ITEMS + 2


def test_no_input_is_an_error() -> None:
    Path("empty").mkdir()
    with pytest.raises(ReadError, match="no documents"):
        do("empty")


def test_a_tree_follows_its_inputs_and_leaves_other_files_alone() -> None:
    write_letters(Path("letters/old"), 2)
    do("letters", to="text")
    Path("out/mine.txt").write_text("Mine.\n")
    Path("letters/old/00000.txt").unlink()
    write_letters(Path("letters/new"), 1)
    do("letters", to="text")
    assert set(outputs(Path("out"))) == {
        "mine.txt",
        "new/00000.txt",
        "old/00001.txt",
        "set-aside.jsonl",
    }
    write_letters(Path("letters"), 1)
    Path("letters/mine.txt").write_text("Not mine.\n")
    with pytest.raises(OutputError, match="not from cleankit"):
        do("letters", to="text")
    assert Path("out/mine.txt").read_text() == "Mine.\n"


def test_a_tree_never_leaves_its_folder() -> None:
    write_letters(Path("letters/deep"), 1)
    Path("out").mkdir()
    Path("elsewhere").mkdir()
    Path("out/deep").symlink_to("../elsewhere")
    with pytest.raises(OutputError, match="link"):
        do("letters", to="text")
    assert not list(Path("elsewhere").iterdir())


def test_records_of_somebody_else_are_not_replaced() -> None:
    write_letters(Path("letters"), 1)
    Path("out").mkdir()
    Path("out/records.jsonl").write_text("mine\n")
    with pytest.raises(OutputError, match="--restart"):
        do("letters")
    assert Path("out/records.jsonl").read_text() == "mine\n"


def test_compressed_records_hold_the_same(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    write_letters(Path("letters"), 3)
    for to in ("jsonl", "jsonl.gz", "jsonl.zst"):
        do("letters", to=to, output=f"out-{to}")
    plain = (tmp_path / "out-jsonl/records.jsonl").read_bytes()
    assert gzip.decompress((tmp_path / "out-jsonl.gz/records.jsonl.gz").read_bytes()) == plain
    with (tmp_path / "out-jsonl.zst/records.jsonl.zst").open("rb") as stream:
        assert zstandard.ZstdDecompressor().stream_reader(stream).read() == plain


def test_items_tell_where_they_stand() -> None:
    Path("all.jsonl").write_text('{"text": "a"}\n\n{"text": "b"}\n')
    (unit,) = plan("all.jsonl")
    (_, second) = unit.items
    assert isinstance(second, Item)
    assert (second.mirror, second.location.start, second.size) == ("all.jsonl/000002", 15, 13)


# The command


def test_a_list_of_inputs_is_read_from_standard_input(tmp_path: Path) -> None:
    write_letters(Path("letters"), 3)
    listed = "letters/00002.txt\nletters/00000.txt\n"
    done = cleankit("-", "-o", "out", "--passes", "none", cwd=tmp_path, input=listed)
    assert done.returncode == 0, done.stderr
    assert [each["name"] for each in records(Path("out/records.jsonl"))] == listed.split()


def test_a_dry_run_shows_the_plan_and_writes_nothing(tmp_path: Path) -> None:
    write_letters(Path("letters"), 3, text="Letter {number}.   \n\n\n\n\nEnd.\n")
    done = cleankit("letters", "-o", "out", "--passes", "whitespace", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 documents" in done.stdout
    assert "letters/00000.txt: " in done.stdout
    assert not Path("out").exists()


def test_progress_is_told_to_a_machine_as_json(tmp_path: Path) -> None:
    write_letters(Path("letters"), 3)
    arguments = ("letters", "-o", "out", "--passes", "none", "--json-progress", "--quiet")
    done = cleankit(*arguments, cwd=tmp_path)
    last = json.loads(done.stderr.splitlines()[-1])
    assert (last["documents"], last["set_aside"]) == (3, 0)


def test_quiet_is_quiet(tmp_path: Path) -> None:
    write_letters(Path("letters"), 3)
    done = cleankit("letters", "-o", "out", "--passes", "none", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_input_and_output_cannot_be_one_folder(tmp_path: Path) -> None:
    write_letters(Path("letters"), 1)
    done = cleankit("letters", "-o", "letters", "--passes", "none", cwd=tmp_path)
    assert done.returncode == 2
    assert "both input and output" in done.stderr
