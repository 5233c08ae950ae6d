"""The rules that are code: each that a ledger can name is explained, and its examples are true."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleankit
from cleankit.rules import Rule, load, passes_with_rules

CORPUS = Path(__file__).parent.parent / "corpus"

PASSES = ("characters", "html", "links", "mojibake", "sections", "whitespace")
RULES = [rule for name in PASSES for rule in load(name, "mechanisms")]
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
COUNTER_EXAMPLES = [(rule, example) for rule in RULES for example in rule.counter_examples]


def names_rule(text: str, rule: Rule) -> bool:
    """Whether the ledger names the rule once a text went through its pass, or was read as HTML."""
    if rule.fields.get("escaped"):
        text = text.encode("raw_unicode_escape").decode("unicode_escape")
    if rule.pass_name == "html":
        document = cleankit.clean(text, format="html", passes=[])
    else:
        document = cleankit.clean(text, format="text", passes=[rule.pass_name])
    return any(rule.covers(step.rule) for edit in document.edits for step in edit.steps)


@pytest.mark.parametrize("rule, example", EXAMPLES, ids=lambda value: getattr(value, "id", ""))
def test_a_mechanism_acts_on_its_examples(rule: Rule, example: str) -> None:
    assert names_rule(example, rule)


@pytest.mark.parametrize(
    "rule, example", COUNTER_EXAMPLES, ids=lambda value: getattr(value, "id", "")
)
def test_a_mechanism_leaves_its_counter_examples(rule: Rule, example: str) -> None:
    assert not names_rule(example, rule)


def test_every_rule_that_a_ledger_names_is_explained() -> None:
    known = [rule for name in passes_with_rules() for rule in load(name)]
    unexplained = {
        f"{step.pass_name}/{step.rule}"
        for document in cleankit.read(CORPUS)
        for edit in cleankit.Pipeline()(document).edits
        for step in edit.steps
        if not any(rule.covers(f"{step.pass_name}/{step.rule}") for rule in known)
    }
    assert unexplained == set()
