"""The links pass: redirects unwrapped, trackers stripped, credentials redacted.

One edit a link. Opaque wrappers stay, noted once a family; counting images go.
"""

from __future__ import annotations

from collections.abc import Mapping

from cleankit.document import Document
from cleankit.edits import Change
from cleankit.links import finding, wrappers
from cleankit.links.cleaning import Cleaned, cleaned


def links(
    doc: Document,
    *,
    link_map: Mapping[str, str] | None = None,
    keep_credentials: bool = False,
) -> Document:
    """Clean every link in the text and in `meta`.

    Args:
        doc: any document.
        link_map: targets of links that do not tell theirs, by link; see
            `cleankit.links.link_map.load`.
        keep_credentials: leave what identifies or authorises the reader.
    """
    text = doc.text
    changes: list[Change] = []
    opaque: dict[str, tuple[int, int, int]] = {}
    for link in finding.find(text):
        result = cleaned(link.url, link_map=link_map, keep_credentials=keep_credentials)
        if result.url != link.url:
            changes.append(
                Change(link.start, link.end, result.url, result.rules[0], "", _note(result))
            )
        elif result.address is not None:
            family = wrappers.family(link.url, result.address)
            if family:
                start, end, count = opaque.get(family, (link.start, link.end, 0))
                opaque[family] = (start, end, count + 1)
    if "mailto:" in text.lower():
        for link in finding.find_mailto(text):
            result = cleaned(link.url, keep_credentials=keep_credentials)
            if result.url != link.url:
                changes.append(Change(link.start, link.end, result.url, result.rules[0]))
    for family, (start, end, count) in opaque.items():
        changes.append(
            Change(start, end, text[start:end], family, "", f"opaque: {family} ({count})")
        )
    return doc.edit(changes, pass_name="links")


def _note(result: Cleaned) -> str:
    return "also: " + ", ".join(result.rules[1:]) if len(result.rules) > 1 else ""
