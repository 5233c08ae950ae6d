"""Masking of what identifies or authorises a subscriber, character for character.

A mask is as long as what it hides, so that every position in a record stays true.
"""

from __future__ import annotations

import re

from cleankit.edits import Edit, Step

_SECRET = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=[=/?&])[\w.~+-]{24,}")
_HIDDEN = re.compile(r"\w")


def mask(text: str, recipients: frozenset[str] = frozenset()) -> str:
    """The text with addresses and tokens masked; as long as it was.

    Args:
        text: any text.
        recipients: addresses that the message was sent to.
    """
    return _SECRET.sub(lambda match: _HIDDEN.sub("*", match[0]), text)


def mask_edit(edit: Edit, recipients: frozenset[str] = frozenset()) -> Edit:
    """The edit with `mask` applied to all that it says of the text before."""
    return edit._replace(
        before=mask(edit.before, recipients),
        note=mask(edit.note, recipients),
        history=tuple(
            Step(mask(step.before, recipients), mask(step.after, recipients), *step[2:])
            for step in edit.history
        ),
    )
