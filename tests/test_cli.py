"""The command line: what each command prints, and with which exit code it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleankit.cli import main
from cleankit.rules import load, passes_with_rules


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    (folder / "old").mkdir(parents=True)
    (folder / "a.md").write_text("---\ntitle: First\n---\n\nOne.\n")
    (folder / "old" / "b.txt").write_text("Two.\n")
    return folder


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.usefixtures("letters")
def test_run_writes_a_record_for_each_document() -> None:
    assert main(["run", "letters", "-o", "out", "--passes", "none", "--quiet"]) == 0
    found = records(Path("out/records.jsonl"))
    assert [record["text"] for record in found] == ["---\ntitle: First\n---\n\nOne.\n", "Two.\n"]
    assert [record["source"]["path"] for record in found] == ["letters/a.md", "letters/old/b.txt"]
    assert all(record["source"]["sha256"] == record["meta"]["sha256"] for record in found)


@pytest.mark.usefixtures("letters")
def test_run_mirrors_paths_in_markdown() -> None:
    assert main(["run", "letters", "-o", "out", "--to", "markdown", "--passes", "none", "-q"]) == 0
    assert Path("out/a.md").read_text().startswith('---\nsubject: "First"\n')
    assert Path("out/old/b.md").read_text().endswith("---\n\nTwo.\n")


@pytest.mark.usefixtures("letters")
def test_run_mirrors_paths_in_text() -> None:
    assert main(["run", "letters", "-o", "out", "--to", "text", "--passes", "none", "-q"]) == 0
    assert Path("out/old/b.txt").read_text() == "Two.\n"


@pytest.mark.usefixtures("letters")
def test_run_streams_records(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["run", "letters", "--to", "-", "--passes", "none", "-q"]) == 0
    lines = capsysbinary.readouterr().out.splitlines()
    assert [json.loads(line)["text"] for line in lines][1] == "Two.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_run_steers_no_terminal() -> None:
    import pty

    Path("letter.md").write_text('---\nsubject: "\\x9b31m"\n---\n\nThe harbour froze.\n')
    above, below = pty.openpty()
    command = [sys.executable, "-m", "cleankit", "run", "letter.md", "--to", "-"]
    subprocess.run(command, stdout=below, stderr=subprocess.DEVNULL, check=True)
    os.close(below)
    shown = os.read(above, 65_536).decode()
    os.close(above)
    assert "\\x9b31m" in shown
    assert "\x9b" not in shown


def test_run_ends_with_3_when_something_was_set_aside(letters: Path) -> None:
    (letters / "broken.jsonl").write_text('{"text": "fine"}\n{"text": \n')
    assert main(["run", "letters", "-o", "out", "--passes", "none", "-q"]) == 3
    aside = records(Path("out/set-aside.jsonl"))
    assert [(each["path"], each["number"]) for each in aside] == [("letters/broken.jsonl", 2)]
    assert len(records(Path("out/records.jsonl"))) == 3


@pytest.mark.parametrize(
    "arguments",
    [["run", "nowhere", "-o", "out"], ["clean", "nowhere"], ["diff", "nowhere"], ["restore", "no"]],
)
def test_a_missing_input_is_one_line_and_4(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    options = [] if arguments[0] == "restore" else ["--passes", "none"]
    assert main([*arguments, *options]) == 4
    error = capsys.readouterr().err
    assert error.startswith("cleankit: ")
    assert error.count("\n") == 1
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["clean", "-", "--passes", "nope"],
        ["clean", "-", "--passes", "none", "--keep", "nope"],
        ["run", "letters", "--passes", "none"],
        ["rules", "no-such-rule"],
        ["run", "letters", "-o", "out", "--address", "auto"],
    ],
)
@pytest.mark.usefixtures("letters")
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.usefixtures("letters")
def test_an_engine_that_is_not_installed_is_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["run", "letters", "-o", "out", "--engine", "ray", "--passes", "none"]) == 2
    assert "pip install 'cleankit[ray]'" in capsys.readouterr().err


@pytest.mark.usefixtures("letters")
def test_an_engine_that_does_not_exist_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cleankit.toml").write_text('engine = "steam"\n')
    assert main(["run", "letters", "-o", "out"]) == 2
    assert "unknown engine 'steam'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["nope"], ["run", "--nope"], ["run", "a", "--jobs", "0"], ["diff"]]
)
def test_an_unknown_option_is_one_line_and_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith("cleankit")
    assert error.count("\n") == 1


def test_clean_is_a_filter(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Größe\n".encode())))
    assert main(["clean", "-", "--passes", "none"]) == 0
    assert capsysbinary.readouterr().out == "Größe\n".encode()


@pytest.mark.usefixtures("letters")
def test_restore_gives_the_original_back(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["run", "letters", "-o", "out", "--passes", "none", "-q"])
    assert main(["restore", "out/records.jsonl", "--number", "2"]) == 0
    assert capsysbinary.readouterr().out == b"Two.\n"


@pytest.mark.usefixtures("letters")
def test_restore_asks_which_of_several(capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", "letters", "-o", "out", "--passes", "none", "-q"])
    assert main(["restore", "out/records.jsonl"]) == 4
    assert "--number" in capsys.readouterr().err


def test_passes_lists_passes_and_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["passes"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("mojibake", "sections", "unsubscribe", "sponsor"))


def test_rules_lists_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    shown = capsys.readouterr().out
    for name in passes_with_rules():
        assert all(f"{name}/{rule.id}" in shown for rule in load(name))


def test_a_closed_pipe_is_no_error(letters: Path) -> None:
    (letters / "long.txt").write_text("x\n" * 1_000_000)
    command = [sys.executable, "-m", "cleankit", "clean", "letters/long.txt", "--passes", "none"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parent.parent)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(2)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


LETTER = """\
---
title: First
---

It\u00e2\u20ac\u2122s here \u202e\x1b[31m.   \n\nUnsubscribe: https://example.com/u?token=0123456789abcdef0123456789abcdef
"""


def test_diff_shows_place_pass_kind_and_rule(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(LETTER)
    assert main(["diff", "a.md"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("a.md: ")
    assert "1:1 boilerplate front_matter front_matter" in shown
    assert any(line.startswith("5:3 mojibake ") for line in shown.splitlines())
    assert "  \u00e2\u20ac\u2122 → ’\n" in shown


def test_diff_gives_nothing_away_and_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(LETTER)
    for options in ([], ["--all"], ["--json"]):
        assert main(["diff", "a.md", *options]) == 0
        shown = capsys.readouterr().out
        assert "0123456789abcdef" not in shown
        assert not set(shown) & {"\x1b", "\u202e"}


def test_diff_spells_out_what_cannot_be_seen(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("One\u200btwo\u2003three\n")
    main(["diff", "a.md", "--passes", "characters"])
    shown = capsys.readouterr().out
    assert '  "\\u200b" → ""\n' in shown
    assert '  "\\u2003" → " "\n' in shown


def test_diff_as_json_is_one_change_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(LETTER)
    main(["diff", "a.md", "--json"])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found[0]["kind"] == "front_matter"
    assert (found[0]["line"], found[0]["column"]) == (1, 1)


def test_diff_of_a_clean_text_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("Nothing is wrong here.\n")
    assert main(["diff", "a.md"]) == 0
    assert capsys.readouterr().out == "a.md: 0 changes\n"


def test_diff_takes_one_message_of_a_mailbox(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text('{"text": "One."}\n{"text": "Two.   \\nEnd."}\n')
    assert main(["diff", "a.jsonl"]) == 4
    assert "--number" in capsys.readouterr().err
    assert main(["diff", "a.jsonl", "--number", "2"]) == 0
    assert "a.jsonl#2: 1 change\n" in capsys.readouterr().out


def test_a_link_map_tells_what_short_links_lead_to(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    Path("map.tsv").write_text("https://s.example.com/1\thttps://example.org/long\n")
    Path("a.md").write_text("See [this](https://s.example.com/1).\n")
    assert main(["clean", "a.md", "--link-map", "map.tsv"]) == 0
    assert capsysbinary.readouterr().out == b"See [this](https://example.org/long).\n"
