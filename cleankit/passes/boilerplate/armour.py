"""The armour of mail signed with OpenPGP: what it puts around a text, and into it.

RFC 9580, section 7 (Cleartext Signature Framework): a line and headers above the text, a signature
in letters and digits below it, and `- ` before each line of the text that begins with a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.code_blocks import code_blocks
from cleankit.edits import Change

_MARK = "-----BEGIN PGP SIG"
_HEADER = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n"
    r"(?:[A-Z][\w-]{1,30}: [^\n]{0,200}\n){0,8}(?:[ \t]*(?:\n|\Z)){0,2}",
    re.MULTILINE,
)
_SIGNATURE = re.compile(
    r"^-----BEGIN PGP SIGNATURE-----[ \t]*\n"
    r"(?:[A-Z][\w-]{1,30}: ?[^\n]{0,200}\n|[A-Za-z0-9+/=]{0,100}[ \t]*\n){1,80}"
    r"-----END PGP SIGNATURE-----[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
# The armour of a message within a message stays escaped, as it is no longer signed.
_ESCAPE = re.compile(r"^- (?=-(?!----(?:BEGIN|END) PGP)|From )", re.MULTILINE)


def changes(text: str) -> list[Change]:
    """The cuts that leave of a signed text what its author wrote.

    Quoted armour stays, and armour in fenced code.
    """
    if _MARK not in text:
        return []
    return sorted(_found(text, code_blocks(text)))


def _found(text: str, code: list[tuple[int, int]]) -> Iterator[Change]:
    position = 0
    while header := _HEADER.search(text, position):
        position = header.end()
        if any(start <= header.start() < end for start, end in code):
            continue
        yield Change(*header.span(), "", "signed-message", "debris")
        following = text.find(_MARK, position)
        end = following if following >= 0 else len(text)
        for escape in _ESCAPE.finditer(text, position, end):
            yield Change(*escape.span(), "", "dash-escape", "debris")
    for signature in _SIGNATURE.finditer(text):
        if not any(start <= signature.start() < end for start, end in code):
            yield Change(*signature.span(), "", "signature-armour", "debris")
