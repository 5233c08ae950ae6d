"""The link rules: each acts on its examples, and leaves its counter-examples alone."""

from __future__ import annotations

import pytest

import cleankit
from cleankit.links import purposes, secrets, wrappers
from cleankit.links.address import Address, parse
from cleankit.links.cleaning import cleaned
from cleankit.rules import Rule, load

FILES = ("wrappers", "gateways", "sites", "carriers")
UNWRAPPING = [rule for file in FILES for rule in load("links", file)]
STRIPPING = ("trackers", "site_trackers", "credentials")
CHANGING = [*UNWRAPPING, *(rule for file in STRIPPING for rule in load("links", file))]


def cases(rules: list[Rule] | tuple[Rule, ...], counter: bool = False) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in rules
        for number, example in enumerate(rule.counter_examples if counter else rule.examples)
    ]


def counter_examples(*files: str) -> list[str]:
    return [
        example
        for file in files
        for rule in load("links", file)
        for example in rule.counter_examples
    ]


def address_of(url: str) -> Address:
    address = parse(url)
    assert address is not None
    return address


@pytest.mark.parametrize("rule, example", cases(UNWRAPPING))
def test_a_wrapper_is_unwrapped_to_its_target(rule: Rule, example: list[str]) -> None:
    wrapped, target = example
    url, rules, _ = cleaned(wrapped)
    assert (url, rules[0]) == (target, rule.id)
    assert cleaned(target).url == target


@pytest.mark.parametrize("example", counter_examples(*FILES))
def test_what_only_looks_like_a_wrapper_is_not_unwrapped(example: str) -> None:
    assert wrappers.unwrap(example, address_of(example)).rules == []


@pytest.mark.parametrize("rule, example", cases(load("links", "secrets")))
def test_a_secret_in_a_text_goes(rule: Rule, example: list[str]) -> None:
    text, left = example
    assert secrets.hidden(text) == left
    assert {secret.rule for secret in secrets.find(text)} == {rule.id}
    assert secrets.hidden(left) == left
    document = cleankit.clean(text, format="text", passes=["links"])
    assert document.text == left
    assert cleankit.restore(document.text, document.edits) == text


@pytest.mark.parametrize("text", counter_examples("secrets"))
def test_what_only_looks_like_a_secret_stays(text: str) -> None:
    assert secrets.hidden(text) == text


@pytest.mark.parametrize("rule, example", cases(load("links", "labels")))
def test_a_link_loses_what_its_words_say_acts_for_the_reader(
    rule: Rule, example: list[str]
) -> None:
    text, left = example
    document = cleankit.clean(text, format="text", passes=["links"])
    assert (document.text, {edit.rule for edit in document.edits}) == (left, {rule.id})
    assert cleankit.restore(document.text, document.edits) == text
    assert "0a1b2c3d4e5f" not in str(document.to_dict())


@pytest.mark.parametrize("text", counter_examples("labels"))
def test_a_link_keeps_what_its_words_only_speak_of(text: str) -> None:
    assert cleankit.clean(text, format="text", passes=["links"]).text == text


@pytest.mark.parametrize("rule", UNWRAPPING, ids=lambda rule: rule.id)
def test_a_wrapper_has_two_examples(rule: Rule) -> None:
    assert len(rule.examples) >= 2


def test_there_are_more_than_45_families() -> None:
    assert len(UNWRAPPING) >= 45


@pytest.mark.parametrize("rule, example", cases([*CHANGING]))
def test_a_rule_makes_of_an_address_what_it_says(rule: Rule, example: list[str]) -> None:
    given, expected = example
    url, rules, _ = cleaned(given)
    assert url == expected
    name = "credential" if rule in load("links", "credentials") else rule.id
    assert name in rules


@pytest.mark.parametrize("example", counter_examples(*STRIPPING))
def test_a_rule_leaves_what_a_site_needs(example: str) -> None:
    assert cleaned(example).url == example


@pytest.mark.parametrize("rule, example", cases(load("links", "opaque")))
def test_an_opaque_wrapper_is_known_by_its_family(rule: Rule, example: str) -> None:
    assert wrappers.unwrap(example, address_of(example)).family == rule.fields.get(
        "family", rule.id
    )


@pytest.mark.parametrize("example", counter_examples("opaque"))
def test_what_only_looks_like_an_opaque_wrapper_has_no_family(example: str) -> None:
    assert wrappers.unwrap(example, address_of(example)).family == ""


@pytest.mark.parametrize("rule, example", cases(load("links", "purposes")))
def test_a_link_is_for_what_its_target_tells(rule: Rule, example: str) -> None:
    address = address_of(example)
    purpose = rule.fields["purpose"]
    if purpose == "pixel":
        assert purposes.counts_opens(address)
    else:
        assert purposes.of_address(address) == purpose


@pytest.mark.parametrize("rule, example", cases(load("links", "purposes"), counter=True))
def test_an_article_is_not_taken_for_something_else(rule: Rule, example: str) -> None:
    address = address_of(example)
    purpose = rule.fields["purpose"]
    if purpose == "pixel":
        assert not purposes.counts_opens(address)
    else:
        assert purposes.of_address(address) != purpose
