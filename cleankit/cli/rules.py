"""`cleankit rules`: what rules there are, and why."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from cleankit.cli import DONE, parser
from cleankit.errors import ConfigError
from cleankit.rules import Rule
from cleankit.terminal import coloured, escape, one_line, paint, spell


def add(commands: Any) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "rules",
        help="list the rules, or explain one",
        description="List every rule with its kind and its reason, or explain one.",
    )
    command.add_argument("id", nargs="?", metavar="ID", help="the rule to explain (or PASS/ID)")
    command.add_argument(
        "--pass", dest="passes", type=parser.names, metavar="A,B", help="only the rules of these"
    )
    command.add_argument("--json", action="store_true", help="one rule a line, as JSON")
    command.set_defaults(command=rules)


def rules(options: Namespace) -> int:
    """Print the rules."""
    found = list(_rules(options.passes))
    if options.id:
        found = [rule for rule in found if rule.covers(options.id)]
        if not found:
            raise ConfigError(f"no rule {options.id!r}{_hint(options.id)}")
    colour = coloured(sys.stdout)
    for rule in found:
        if options.json:
            _print_json(rule)
        else:
            for line in _lines(rule, whole=bool(options.id), colour=colour):
                print(line)
    return DONE


def _rules(passes: tuple[str, ...] | None) -> Iterator[Rule]:
    from cleankit.rules import load, passes_with_rules

    known = passes_with_rules()
    for name in passes or known:
        if name not in known:
            raise ConfigError(f"no rules for {name!r}; there are some for {', '.join(known)}")
        yield from load(name)


def _hint(given: str) -> str:
    near = get_close_matches(given, [rule.id for rule in _rules(None)], 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _lines(rule: Rule, *, whole: bool, colour: bool) -> Iterator[str]:
    name = paint(escape(f"{rule.pass_name}/{rule.id}"), "cyan", on=colour)
    kind = rule.fields.get("kind")
    yield name + (f"  {paint(escape(kind), 'yellow', on=colour)}" if kind else "")
    yield f"    {escape(rule.why)}"
    if not whole:
        yield from (f"    e.g. {spell(one_line(_shown(each)))}" for each in rule.examples[:1])
        return
    yield from (f"    acts on: {spell(_shown(each))}" for each in rule.examples)
    yield from (f"    leaves: {spell(_shown(each))}" for each in rule.counter_examples)
    yield from (
        f"    {escape(key)}: {escape(value)}" for key, value in rule.fields.items() if key != "kind"
    )


def _shown(example: Any) -> str:
    """An example as text: most are texts, some are tables such as `{before, after}`."""
    if isinstance(example, dict):
        return ", ".join(f"{key} {value!r}" for key, value in example.items())
    if isinstance(example, list | tuple):
        return " → ".join(map(str, example))
    return str(example)


def _print_json(rule: Rule) -> None:
    from cleankit.writers.jsonl import dumps

    data = {
        "id": rule.id,
        "pass_name": rule.pass_name,
        "kind": rule.fields.get("kind", ""),
        "why": rule.why,
        "examples": rule.examples,
        "counter_examples": rule.counter_examples,
    }
    print(dumps(data, ascii_only=True))
