"""The rules that are code: each that a ledger can name is explained, and its examples are true."""

from __future__ import annotations

import pytest

import cleankit
from cleankit.rules import Rule, load

RULES = [rule for name in ("characters", "whitespace") for rule in load(name, "mechanisms")]
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
COUNTER_EXAMPLES = [(rule, example) for rule in RULES for example in rule.counter_examples]


def rules_of(text: str, rule: Rule) -> set[str]:
    """The rules that change a text in the pass of this rule."""
    if rule.fields.get("escaped"):
        text = text.encode("raw_unicode_escape").decode("unicode_escape")
    document = cleankit.clean(text, format="text", passes=[rule.pass_name])
    return {step.rule for edit in document.edits for step in edit.steps}


@pytest.mark.parametrize("rule, example", EXAMPLES, ids=lambda value: getattr(value, "id", ""))
def test_a_mechanism_acts_on_its_examples(rule: Rule, example: str) -> None:
    assert rule.id in rules_of(example, rule)


@pytest.mark.parametrize(
    "rule, example", COUNTER_EXAMPLES, ids=lambda value: getattr(value, "id", "")
)
def test_a_mechanism_leaves_its_counter_examples(rule: Rule, example: str) -> None:
    assert rule.id not in rules_of(example, rule)
