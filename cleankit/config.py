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
from importlib import import_module
from pathlib import Path
from typing import Any

from cleankit.document import Context
from cleankit.errors import ConfigError, PassError
from cleankit.kinds import kept
from cleankit.pipeline import Pipeline

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
            return Pipeline(self.passes, options=options)
        except PassError as error:
            raise ConfigError(str(error)) from None

    def context(self) -> Context:
        """The context that readers hand to passes.

        Raises:
            ConfigError: a kind that does not exist, or one both kept and stripped.
        """
        return Context(kept_kinds=kept(self.keep, self.strip))

    def fingerprint(self) -> str:
        """A digest of these settings, the rules and the version: what a record depends on."""
        digest = hashlib.sha256(json.dumps(asdict(self), sort_keys=True, default=str).encode())
        digest.update(_installed().encode())
        if self.link_map:
            digest.update(Path(self.link_map).read_bytes())
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
            near = get_close_matches(key, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
            raise ConfigError(f"{source}: unknown key {key!r}{hint}")
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

KEYS: dict[str, type] = {
    "passes": tuple,
    "options": dict,
    "keep": tuple,
    "strip": tuple,
    "format": str,
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
    given = {key: value for key, value in values.items() if key in names and value is not None}
    made = replace(base or Settings(), **given)
    made.context()
    if made.html not in ("cleankit", "html2text"):
        raise ConfigError(f"html is {made.html!r}; it can be 'cleankit' or 'html2text'")
    return made


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{path}: {reason}") from None


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
