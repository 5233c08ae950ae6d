"""Which service sent a message, as its header tells."""

from __future__ import annotations

from functools import cache

from cleankit import rules
from cleankit.readers.email.fields import Fields


def service(fields: Fields) -> str | None:
    """The name of the service whose fields the header has, or None."""
    names = {name for name, _ in fields.items}
    for service, marks in _marks():
        if not names.isdisjoint(marks):
            return service
    return None


@cache
def _marks() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (rule.fields["name"], frozenset(rule.fields["fields"])) for rule in rules.load("email")
    )
