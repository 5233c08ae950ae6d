"""The rules of the boilerplate pass do what their examples say."""

from __future__ import annotations

from importlib.resources import files

import pytest

from cleankit import Pipeline
from cleankit.document import Context, Document
from cleankit.kinds import CUT, LABELLED, kept
from cleankit.rules import Rule, load

PROSE = (
    "The harbour froze in January, and for nine days the ferries lay where they had stopped.\n\n"
    "Nobody in the town could remember such a winter, though the oldest of them tried."
)

FILES = sorted(
    entry.name.removesuffix(".toml")
    for entry in (files("cleankit.rules") / "boilerplate").iterdir()
    if entry.name.endswith(".toml") and entry.name != "first_lines.toml"
)
RULES = [rule for file in FILES for rule in load("boilerplate", file)]


KEPT_IN_PART = {"none-stub", "commented-copy", "linked-name", "list-name", "below-signature"}


def clean(text: str) -> Document:
    context = Context(kept_kinds=kept(strip=LABELLED))
    return Pipeline(["boilerplate"])(Document.of(text, {"format": "markdown"}, context=context))


def cases(field: str) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in RULES for text in getattr(rule, field)]


def name(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)[:30]


@pytest.mark.parametrize("rule, example", cases("examples"), ids=name)
def test_a_rule_cuts_its_examples(rule: Rule, example: str) -> None:
    in_head = rule.fields["where"] == "head"
    if rule.id in KEPT_IN_PART:
        doc = clean(example)
    else:
        doc = clean(f"{example}\n\n{PROSE}\n" if in_head else f"{PROSE}\n\n{example}\n")
        assert doc.text.strip() == PROSE
    assert rule.fields["kind"] in {removal.kind for removal in doc.removed}


@pytest.mark.parametrize("rule, example", cases("counter_examples"), ids=name)
def test_a_rule_leaves_its_counter_examples_alone(rule: Rule, example: str) -> None:
    assert rule.why
    text = f"{PROSE}\n\n{example}\n\n{PROSE}\n"
    assert clean(text).text == text


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_has_a_kind_and_a_place(rule: Rule) -> None:
    assert rule.fields["kind"] in CUT.keys() | LABELLED.keys()
    assert rule.fields["where"] in {
        "anywhere",
        "linked",
        "edge",
        "beside",
        "around",
        "closing",
        "head",
        "labelled",
    }
