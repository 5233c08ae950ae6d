"""Settings: from files and options, checked, with a fingerprint."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from cleankit import ConfigError, config
from cleankit.cli import main, parser
from cleankit.config import Settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def options(*arguments: str) -> Namespace:
    return parser.parse(["clean", *arguments])


def test_the_file_of_the_folder_is_found() -> None:
    assert config.find() is None
    Path("pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert config.find() is None
    Path("pyproject.toml").write_text("[tool.cleankit]\nkeep = ['legal']\n")
    assert config.find() == Path("pyproject.toml")
    assert config.load("pyproject.toml") == {"keep": ["legal"]}
    Path("cleankit.toml").touch()
    assert config.find() == Path("cleankit.toml")


def test_the_command_line_wins() -> None:
    Path("cleankit.toml").write_text('passes = ["links"]\nkeep = ["legal"]\nhtml = "cleankit"\n')
    settings, _ = parser.settings(options("--keep", "share,social", "--keep", "reason"))
    assert settings.passes == ("links",)
    assert settings.keep == ("share", "social", "reason")


def test_a_file_that_is_named_is_taken_instead() -> None:
    Path("cleankit.toml").write_text('passes = ["links"]\n')
    Path("other.toml").write_text('strip = ["promo"]\njobs = 3\n')
    settings, of_the_runner = parser.settings(options("--config", "other.toml"))
    assert (settings.passes, settings.strip) == (None, ("promo",))
    assert of_the_runner == {"jobs": 3}


@pytest.mark.parametrize(
    "content, complaint",
    [
        ("pases = ['links']", "unknown key 'pases'; did you mean 'passes'?"),
        ("passes = 'links'", "'passes' must be a list"),
        ("headings = 1", "'headings' must be true or false"),
        ("jobs = true", "'jobs' must be a whole number"),
        ("timeout = '3'", "'timeout' must be a number"),
        ("keep = ['legl']", "unknown kind 'legl'"),
        ("keep = ['legal']\nstrip = ['legal']", "both kept and stripped"),
        ("passes = ['lnks']", "no pass 'lnks'"),
        ("[options.nope]\na = 1", "not among the passes"),
        ("[options.sections]\nheading = 1", "no option 'heading'; did you mean 'headings'?"),
        ("[formats]\n'.post' = 'mail'", "there are email, html"),
        ("format = 'mail'", "there are email, html"),
        ("html = 'lynx'", "can be cleankit or html2text"),
        ("passes = [", "cleankit.toml"),
    ],
)
def test_a_mistake_is_one_line_and_2(
    content: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("cleankit.toml").write_text(content)
    Path("a.md").write_text("Text.\n")
    assert main(["clean", "a.md"]) == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1


def test_a_suffix_can_be_given_a_format() -> None:
    settings = config.settings({"formats": {".post": "email"}})
    assert settings.format_of("mail/A.POST") == "email"
    assert settings.format_of("mail/a.post.gz") == "email"
    assert settings.format_of("mail/a.txt") is None
    assert Settings(format="html").format_of("a.post") == "html"


def test_settings_become_options_of_passes() -> None:
    pipeline = Settings(passes=("sections",), headings=False).pipeline()
    assert pipeline.passes[0][1].keywords == {"headings": False}  # type: ignore[attr-defined]
    assert Settings(passes=("whitespace",), headings=False).pipeline().passes


def test_the_fingerprint_is_that_of_what_decides_a_record(tmp_path: Path) -> None:
    same = Settings(keep=("legal",)).fingerprint()
    assert Settings(keep=("legal",)).fingerprint() == same
    assert Settings(strip=("promo",)).fingerprint() != same
    link_map = tmp_path / "map.tsv"
    link_map.write_text("a")
    before = Settings(link_map=str(link_map)).fingerprint()
    link_map.write_text("b")
    assert Settings(link_map=str(link_map)).fingerprint() != before


def test_a_link_map_that_is_not_there_is_told() -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        Settings(link_map="nowhere").fingerprint()


def test_the_renderers_are_those_of_the_html_reader() -> None:
    from cleankit import html

    assert config.RENDERERS == html.RENDERERS


def test_html_can_be_rendered_by_html2text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    pytest.importorskip("html2text")
    Path("a.html").write_text("<html><body><p>One <em>two</em></p></body></html>")
    assert main(["clean", "a.html", "--html", "html2text", "--passes", "none"]) == 0
    assert b"_two_" in capsysbinary.readouterr().out
