"""The loader of rules, and what holds for every rule whatever its pass."""

from __future__ import annotations

import pytest

from cleankit import RuleError, rules
from cleankit.pipeline import BUILT_IN

EVERY_RULE = [rule for name in rules.passes_with_rules() for rule in rules.load(name)]


def test_rules_belong_to_passes_that_exist() -> None:
    assert set(rules.passes_with_rules()) <= {*BUILT_IN, "html"}


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: f"{rule.pass_name}:{rule.id}")
def test_a_rule_says_why_in_a_sentence_and_shows_an_example(rule: rules.Rule) -> None:
    assert len(rule.why.split()) >= 3
    assert rule.examples


def test_a_rule_is_read_with_what_its_mechanism_needs() -> None:
    [rule] = rules.parse(
        '[[rule]]\nid = "a"\nwhy = "because it is so"\nexamples = ["x"]\nhost = "example.com"\n',
        "links",
        source="links/a.toml",
    )
    assert (rule.id, rule.pass_name, rule.examples) == ("a", "links", ("x",))
    assert rule.fields == {"host": "example.com"}


@pytest.mark.parametrize(
    "content, message",
    [
        ("[[rule]]\nid = 'a'\n", "rule 1 has no why"),
        ("[[rule]]\nexamples = []\n", "rule 1 has no id and no why"),
        ("[[rule\n", "links/a.toml"),
    ],
)
def test_a_broken_rule_file_is_named(content: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        rules.parse(content, "links", source="links/a.toml")
