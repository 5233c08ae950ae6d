"""The laws over what the generator makes: newsletters of many shapes, mails, whole mailboxes."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cleankit
from benchmarks import generate
from tests.laws import (
    assert_every_position_maps,
    assert_record_reads_back,
    assert_restores,
    assert_settled,
)
from tests.strategies import mangled_newsletters, numbers

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(mangled_newsletters())
def test_the_laws_hold_for_newsletters_that_lines_were_lost_of(text: str) -> None:
    document = cleankit.clean(text, format="markdown")
    assert document.original == text
    assert_restores(document)
    assert_every_position_maps(document)
    assert_record_reads_back(document)
    assert_settled(document.text, lambda again: cleankit.clean(again, format="markdown"))


@few
@given(numbers)
def test_a_newsletter_keeps_its_links_and_nothing_that_names_its_reader(number: int) -> None:
    item = generate.message(number)
    document = cleankit.clean(item.text, format="markdown")
    record = json.dumps(document.to_dict(), ensure_ascii=False)
    assert [after for _, after in item.links if after not in document.text] == []
    assert [secret for secret in item.secrets if secret in record] == []


@few
@given(numbers)
def test_the_laws_hold_for_mails(number: int) -> None:
    document = cleankit.clean(generate.as_mail(generate.message(number)), format="email")
    assert_restores(document)
    assert_every_position_maps(document)
    assert_settled(document.text, lambda again: cleankit.clean(again, format="markdown"))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(numbers, st.integers(1, 12))
def test_the_laws_hold_over_whole_mailboxes(first: int, count: int) -> None:
    items = [*generate.messages(count, first=first)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "all.mbox"
        generate.write_mbox(iter(items), path)
        documents = [*cleankit.read(path)]
    assert [document.meta["subject"] for document in documents] == [one.subject for one in items]
    for document, item in zip(documents, items, strict=True):
        cleaned = cleankit.Pipeline()(document)
        assert_restores(cleaned)
        assert_settled(cleaned.text, lambda again: cleankit.clean(again, format="markdown"))
        record = json.dumps(cleaned.to_dict(), ensure_ascii=False)
        assert [secret for secret in item.secrets if secret in record] == []
