"""What clean text begins with is not taken for metadata when it is read again."""

from __future__ import annotations

import pytest

import cleankit
from cleankit.rules import Rule, load

RULES = load("boilerplate", "first_lines")
HEAD = "From: Robin <robin@example.com>\nTo: desk@example.org\nSubject: Tide tables\n\n"


def names_rule(body: str, rule: Rule) -> bool:
    document = cleankit.clean(HEAD + body)
    return any(step.rule == rule.id for edit in document.edits for step in edit.steps)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_acts_on_its_examples_alone(rule: Rule) -> None:
    assert all(names_rule(example, rule) for example in rule.examples)
    assert not any(names_rule(example, rule) for example in rule.counter_examples)


@pytest.mark.parametrize(
    "body",
    [
        "Return-Path: <b@example.net>\nReceived: from a\n  by b\nTo: c@example.net\n\nSo.\n",
        "Content-Type: text/plain\n\nNo message at all.\n",
        "---\nname: Robin\nberth: 12\n---\n\nBooked by the form.\n",
        "# The harbour froze\n\n**From:** Harbour\n**Date:** 18 January\n\nQuoted whole.\n",
    ],
)
def test_the_body_of_a_mail_is_content_however_it_begins(body: str) -> None:
    once = cleankit.clean(HEAD + body)
    assert not once.removed
    assert cleankit.restore(once.text, once.edits) == once.original
    twice = cleankit.clean(once.text)
    assert twice.text == once.text
    assert twice.meta["format"] == "markdown"


def test_front_matter_that_stands_below_a_line_for_the_web_is_metadata() -> None:
    text = (
        "View this post on the web at https://letters.example.com/p/1\n\n"
        "# The harbour froze\n\n**From:** Harbour\n**Date:** 18 January 2026\n\nOn the ninth day.\n"
    )
    once = cleankit.clean(text)
    assert once.text == "On the ninth day.\n"
    assert once.meta["subject"] == "The harbour froze"
