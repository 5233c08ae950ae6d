"""Rules are data: TOML files in this folder, one folder a pass.

Each rule has an `id`, a `why`, `examples` that it must act on, `counter_examples` that it must
leave alone, and whatever else the mechanism of its pass asks for. The tests run the examples.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

from cleankit.errors import RuleError


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as its file states it.

    Attributes:
        id: unique within its pass; `*` in it stands for any name (see `covers`).
        why: one sentence for the reader of a ledger.
        pass_name: the pass that it belongs to.
        examples, counter_examples: what it acts on, and what it leaves alone.
        fields: everything else, for the mechanism of the pass to read.
    """

    id: str
    why: str
    pass_name: str
    examples: tuple[Any, ...]
    counter_examples: tuple[Any, ...]
    fields: Mapping[str, Any]

    def covers(self, name: str) -> bool:
        """Whether a ledger's rule of this name, with or without its pass, is this one.

        Links that cannot be unwrapped are noted by the name of their family.
        """
        name = name.removeprefix(f"{self.pass_name}/")
        return name == self.fields.get("family") or fnmatchcase(name, self.id)


@cache
def load(pass_name: str, file: str | None = None) -> tuple[Rule, ...]:
    """The rules of a pass, in the order of their files' names and then as they stand.

    Args:
        pass_name: the folder.
        file: only this file, without `.toml`; None for all of them.

    Raises:
        RuleError: a file that is no TOML, or a rule without id or why, or one id twice.
    """
    rules = tuple(
        rule
        for name, content in _files(pass_name, file)
        for rule in parse(content, pass_name, source=f"{pass_name}/{name}")
    )
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError(f"{pass_name}: two rules have the id {rule.id!r}")
        seen.add(rule.id)
    return rules


def named(pass_name: str, file: str, name: str) -> Rule:
    """The rule of this id in a file; see `load`."""
    return next(rule for rule in load(pass_name, file) if rule.id == name)


def parse(content: str, pass_name: str, *, source: str) -> list[Rule]:
    """The rules in the text of one TOML file, which holds them as `[[rule]]` tables.

    Raises:
        RuleError: see `load`; names `source`.
    """
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{source}: {error}") from None
    rules = []
    for number, entry in enumerate(data.get("rule", ()), start=1):
        missing = [key for key in ("id", "why") if not entry.get(key)]
        if missing:
            raise RuleError(f"{source}: rule {number} has no {' and no '.join(missing)}")
        rules.append(
            Rule(
                id=entry.pop("id"),
                why=entry.pop("why"),
                pass_name=pass_name,
                examples=tuple(entry.pop("examples", ())),
                counter_examples=tuple(entry.pop("counter_examples", ())),
                fields=entry,
            )
        )
    return rules


def passes_with_rules() -> list[str]:
    """The names of the passes that have a folder of rules, in alphabetical order."""
    return sorted(
        entry.name
        for entry in files(__package__).iterdir()
        if entry.is_dir() and any(inner.name.endswith(".toml") for inner in entry.iterdir())
    )


def _files(pass_name: str, only: str | None) -> Iterator[tuple[str, str]]:
    folder = files(__package__) / pass_name
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name == f"{only}.toml" or (only is None and entry.name.endswith(".toml")):
            yield entry.name, entry.read_text(encoding="utf-8")
