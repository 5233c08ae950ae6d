"""What a user can set: by `cleankit.toml`, by `[tool.cleankit]` in pyproject.toml, or by options.

One `Settings` value holds what decides how a document is cleaned and what its record looks like.
It is small, can be sent to another process, and has a fingerprint: two runs with equal
fingerprints make equal records of equal inputs.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from cleankit.document import Context, Document
from cleankit.errors import ConfigError, PassError
from cleankit.kinds import kept
from cleankit.pipeline import Pipeline
from cleankit.readers.sniff import FORMATS

FILE = "cleankit.toml"
PROJECT_FILE = "pyproject.toml"


@dataclass(frozen=True)
class Settings:
    """How documents are cleaned.

    Attributes:
        passes: pass names in order; None for the default pipeline.
        options: keyword arguments for passes, by pass name.
        keep, strip: kinds of removal to leave in, and to cut; see `cleankit.kinds`.
        format: the format of every input; None to tell it from each.
        formats: the format of inputs by their suffix, for instance `{".post": "email"}`.
        field: the field of JSON lines that holds the text; None to find it.
        html: what renders HTML: `"cleankit"`, or `"html2text"` (an extra).
        headings: whether titles become headings in the text.
        link_map: a file that says what short links lead to, or None.
        keep_credentials: leave addresses and tokens in the records.
    """

    passes: tuple[str, ...] | None = None
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    format: str | None = None
    formats: Mapping[str, str] = field(default_factory=dict)
    field: str | None = None
    html: str = "cleankit"
    headings: bool = True
    link_map: str | None = None
    keep_credentials: bool = False

    def pipeline(self) -> Pipeline:
        """The pipeline that these settings ask for.

        Raises:
            ConfigError: a pass that does not exist or cannot be loaded, or options that are for
                none of the passes.
            CleankitError: a link map that cannot be read.
        """
        options = {name: dict(given) for name, given in self.options.items()}
        for name, given in self._implied().items():
            if self.passes is None or name in self.passes:
                options[name] = {**options.get(name, {}), **given}
        try:
            pipeline = Pipeline(self.passes, options=options)
        except PassError as error:
            raise ConfigError(str(error)) from None
        for name, each in pipeline.passes:
            if isinstance(each, partial):
                _check_options(name, each)
        return pipeline

    def context(self) -> Context:
        """The context that readers hand to passes.

        Raises:
            ConfigError: a kind that does not exist, or one both kept and stripped.
        """
        return Context(kept_kinds=kept(self.keep, self.strip), html_renderer=self.html)

    def format_of(self, path: str) -> str | None:
        """The format of an input, where the settings say it."""
        suffixes = PurePath(path.lower().removesuffix(".gz")).suffixes
        return self.format or (self.formats.get(suffixes[-1]) if suffixes else None)

    def fingerprint(self) -> str:
        """A digest of these settings, the rules and the version: what a record depends on.

        Raises:
            ConfigError: the link map cannot be read.
        """
        digest = hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode())
        digest.update(_installed().encode())
        if self.link_map:
            digest.update(_content(Path(self.link_map)))
        return digest.hexdigest()

    def _implied(self) -> dict[str, dict[str, Any]]:
        """The options of passes that stand behind settings with names of their own."""
        implied: dict[str, dict[str, Any]] = {}
        if not self.headings:
            implied["sections"] = {"headings": False}
        if self.keep_credentials:
            implied["links"] = {"keep_credentials": True}
        if self.link_map:
            module = import_module("cleankit.links.link_map")
            implied.setdefault("links", {})["link_map"] = module.load(self.link_map)
        return implied


def _check_options(name: str, each: partial[Document]) -> None:
    """Raise ConfigError if a pass is given an option that it does not have."""
    from inspect import Parameter, signature

    parameters = signature(each.func).parameters.values()
    if any(parameter.kind is Parameter.VAR_KEYWORD for parameter in parameters):
        return
    known = [p.name for p in parameters if p.kind is Parameter.KEYWORD_ONLY]
    for given in each.keywords:
        if given not in known:
            raise ConfigError(f"pass {name!r} has no option {given!r}{_hint(given, known)}")


def _hint(given: str, known: Iterable[str]) -> str:
    known = list(known)
    near = get_close_matches(given, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known) or 'none'}"


def find(folder: str = ".") -> Path | None:
    """The configuration file of a folder: `cleankit.toml`, or a `pyproject.toml` that has one."""
    own, project = Path(folder, FILE), Path(folder, PROJECT_FILE)
    if own.is_file():
        return own
    if project.is_file() and "cleankit" in _parsed(project).get("tool", {}):
        return project
    return None


def load(path: str | Path) -> dict[str, Any]:
    """What a configuration file says, as keys of `Settings` and of the runner's own settings.

    Raises:
        ConfigError: the file cannot be read, or is no TOML.
    """
    path = Path(path)
    data = _parsed(path)
    if path.name == PROJECT_FILE:
        data = data.get("tool", {}).get("cleankit", {})
    return {key.replace("-", "_"): value for key, value in data.items()}


def checked(given: Mapping[str, Any], known: Mapping[str, type], source: str) -> dict[str, Any]:
    """The values of a configuration file, each of the type that `known` promises for its key.

    Raises:
        ConfigError: an unknown key (with the nearest known one), or a value of another type.
    """
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            raise ConfigError(f"{source}: unknown key {key!r}{_hint(key, known)}")
        expected = known[key]
        if expected is tuple and isinstance(value, list):
            value = tuple(str(item) for item in value)
        elif expected is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
            raise ConfigError(f"{source}: {key!r} must be {_TYPES[expected]}, not {value!r}")
        values[key] = value
    return values


_TYPES: dict[type, str] = {
    bool: "true or false",
    dict: "a table",
    float: "a number",
    int: "a whole number",
    str: "a text",
    tuple: "a list",
}

RENDERERS = ("cleankit", "html2text")
"""What can render HTML: the names in `cleankit.html.RENDERERS`, without its imports."""

KEYS: dict[str, type] = {
    "passes": tuple,
    "options": dict,
    "keep": tuple,
    "strip": tuple,
    "format": str,
    "formats": dict,
    "field": str,
    "html": str,
    "headings": bool,
    "link_map": str,
    "keep_credentials": bool,
}
"""The keys of `Settings` in a configuration file."""


def settings(values: Mapping[str, Any], base: Settings | None = None) -> Settings:
    """Settings from values by name; those that are None or unknown to `Settings` are passed over.

    Raises:
        ConfigError: the options name a value that cannot be.
    """
    names = {each.name for each in fields(Settings)}
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in values.items()
        if key in names and value is not None
    }
    made = replace(base or Settings(), **given)
    made.context()
    if made.html not in RENDERERS:
        raise ConfigError(f"html is {made.html!r}; it can be {' or '.join(RENDERERS)}")
    for suffix, format in made.formats.items():
        if format not in FORMATS:
            raise ConfigError(f"formats: {suffix!r} is {format!r}; there are {', '.join(FORMATS)}")
    if made.format is not None and made.format not in FORMATS:
        raise ConfigError(f"format is {made.format!r}; there are {', '.join(FORMATS)}")
    return made


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_content(path).decode())
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from None


def _installed() -> str:
    """A digest of cleankit's own code and rules, so that no run mixes two versions of them."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(_sources(folder)):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.suffix in (".py", ".toml"))
