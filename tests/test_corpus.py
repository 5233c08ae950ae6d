"""The corpus holds together: each gold fits its message, and there is enough of every kind."""

from __future__ import annotations

import pytest

import cleankit
from benchmarks.corpus import Message, known_failures, messages
from cleankit.kinds import CUT

MESSAGES = list(messages())


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)
def test_the_gold_fits_its_message(message: Message) -> None:
    text = cleankit.clean(message.data, format=message.format, passes=[]).original
    assert len(message.removals(text)) == len(message.removed) + len(message.hidden)
    assert len(message.titles(text)) == len(message.sections or ())
    assert {kind for kind, _ in message.removed} <= CUT.keys()
    assert [before for before, _ in message.links if before not in text] == []
    if message.clean is not None:
        assert [secret for secret in message.secrets if secret in message.clean] == []
        assert [after for _, after in message.links if after not in message.clean] == []
        assert [title for title, _ in message.sections or () if title not in message.clean] == []


def test_there_are_messages_of_every_kind() -> None:
    assert len(MESSAGES) >= 80
    assert len({message.shape for message in MESSAGES}) >= 16
    assert len({message.language for message in MESSAGES}) >= 20
    assert {message.path.suffix for message in MESSAGES} == {".eml", ".html", ".md", ".txt"}


def test_known_failures_are_messages_of_the_corpus() -> None:
    assert known_failures().keys() <= {message.name for message in MESSAGES}
