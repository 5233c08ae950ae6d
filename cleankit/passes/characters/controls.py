"""Control characters, escape sequences, and code points that are no characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.edits import Change

CONCERN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# ECMA-48: control sequences (CSI), and control strings (OSC, DCS, SOS, PM, APC) up to BEL or ST.
# A string holds no control character, so that no match looks at a character twice.
_SUSPECT = re.compile(
    r"(?P<escape>(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x00-\x1f\x7f-\x9f]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{1,8}[0-~]|\x1b[0-Z\\^-~])"
    r"|(?P<line_ends>(?:\r\n?|[\x0b\x0c\x85\u2028\u2029])+)"
    r"|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+)"
    r"|(?P<pairs>(?:[\ud800-\udbff][\udc00-\udfff])+)"
    r"|(?P<surrogate>[\ud800-\udfff])"
)
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028]")


def changes(text: str) -> Iterator[Change]:
    """Controls and escape sequences go, line ends become LF, surrogates become characters.

    All later passes see lines that end in LF, so that they judge the same lines each time.

    A pair of surrogates is the character that UTF-16 means by it; a lone one is U+FFFD.
    """
    for match in _SUSPECT.finditer(text):
        start, end = match.span()
        if match["escape"]:
            yield Change(start, end, "", "escape-sequence", "invisible")
        elif match["line_ends"]:
            ends = _LINE_END.sub("\n", match[0]).replace("\u2029", "\n\n")
            yield Change(start, end, ends, "line-end")
        elif match["control"]:
            yield Change(start, end, "", "control", "invisible")
        elif match["pairs"]:
            characters = match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            yield Change(start, end, characters, "surrogate-pair")
        else:
            yield Change(start, end, "\ufffd", "lone-surrogate")
