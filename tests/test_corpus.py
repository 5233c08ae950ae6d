"""The corpus holds together: each gold fits its message, and there is enough of every kind."""

from __future__ import annotations

import pytest

import cleankit
from benchmarks.corpus import Message, addresses, known_failures, messages
from cleankit.kinds import CUT

MESSAGES = list(messages())


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)
def test_the_gold_fits_its_message(message: Message) -> None:
    text = cleankit.clean(message.data, format=message.format, passes=[]).original
    assert len(message.removals(text)) == len(message.removed) + len(message.hidden)
    assert len(message.titles(text)) == len(message.sections or ())
    assert {kind for kind, _ in message.removed} <= CUT.keys()
    links, _ = message.divided_links(text)
    if message.clean is not None:
        assert [secret for secret in message.secrets if secret in message.clean] == []
        assert addresses(message.clean) == links
        assert [title for title, _ in message.sections or () if title not in message.clean] == []


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)
def test_links_become_what_the_gold_says_where_nothing_is_cut(message: Message) -> None:
    passes = ["mojibake", "characters", "links"]
    text = cleankit.clean(message.data, format=message.format, passes=passes).text
    wanted = [after for _, after, *_ in message.links if after]
    if message.name in known_failures() and addresses(text) != wanted:
        pytest.xfail(known_failures()[message.name])
    assert addresses(text) == wanted


def test_there_are_messages_of_every_kind() -> None:
    assert len(MESSAGES) >= 80
    assert len({message.shape for message in MESSAGES}) >= 16
    assert len({message.language for message in MESSAGES}) >= 20
    assert {message.path.suffix for message in MESSAGES} == {".eml", ".html", ".md", ".txt"}


def test_known_failures_are_messages_of_the_corpus() -> None:
    assert known_failures().keys() <= {message.name for message in MESSAGES}
