"""Sections: titles of any shape, their levels, and headings made of them.

`lines` says what each line is, `looks` how a short one looks, `page` what is known of it among the
others, `titles` which are titles, `levels` how deep they stand, and `headings` makes Markdown
headings of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from cleankit import front_matter
from cleankit.document import Document, Title
from cleankit.edits import Change
from cleankit.passes.sections.headings import heading_changes
from cleankit.passes.sections.items import linked_items
from cleankit.passes.sections.levels import levels
from cleankit.passes.sections.lines import read_lines
from cleankit.passes.sections.messages import boxed_titles, digest_messages, quoted_titles
from cleankit.passes.sections.page import Page
from cleankit.passes.sections.roles import Role
from cleankit.passes.sections.titles import Found, find_titles
from cleankit.passes.sections.wrapping import stay_wrapped

_ROUNDS = 8
"""As often are the titles of a text looked at again that is full of them."""

_DENSE = 5
"""A text is full of titles if one of so many lines is one ..."""

_FEW_LINES = 60
"""... and may be if it has no more lines than this."""

_OF_SUBTITLE = 5
"""The level at which a subtitle is written: so deep that it is told again from a section."""


def sections(doc: Document, *, headings: bool = True) -> Document:
    """Find the sections of a document.

    Args:
        headings: turn titles into Markdown headings of their level, by edits; False leaves the
            text as it is.
    """
    for _ in range(_ROUNDS):
        before = doc.text
        doc, is_settled = _divided(doc, headings)
        if is_settled or doc.text == before:
            break
    return doc.in_doubt() if headings and _begins_with_metadata(doc) else doc


def _begins_with_metadata(doc: Document) -> bool:
    """Whether the text, now that its titles are headings, begins with what the boilerplate pass
    reads as the message's own headers."""
    return doc.meta.get("format") == "markdown" and any(front_matter.find(doc.text))


def _divided(doc: Document, headings: bool) -> tuple[Document, bool]:
    """The document with its sections, and whether they would be told again alike. Not so if it has
    so many that they tell of each other, or some that stood among wrapped lines: what has become
    headings is then read otherwise, and by and by all alike."""
    page, found = find_titles(read_lines(doc.text))
    is_settled = len(page.lines) > max(_DENSE * len(found), _FEW_LINES)
    subtitle = found.pop(1) if _has_subtitle(page, found) else None
    depths = levels(found)
    items = linked_items(page, found) or quoted_titles(page)
    titles = [
        Title(page.lines[title.line].start, title.look.title, level)
        for title, level in zip(found, depths, strict=True)
    ]
    if items:
        titles = _with_items(titles, [(page.lines[i].start, items[i]) for i in items])
    if messages := digest_messages(page) or boxed_titles(page):
        titles = _with_messages(titles, [(page.lines[i].start, messages[i]) for i in messages])
    if headings:
        if subtitle is not None:
            found.insert(1, subtitle)
            depths.insert(1, _OF_SUBTITLE)
        changes = heading_changes(doc.text, page.lines, found, depths)
        is_settled = is_settled and (
            not changes or stay_wrapped(page.lines, page.wrapped, {title.line for title in found})
        )
        starts = _moved([title.start for title in titles], changes)
        doc = doc.edit(changes, pass_name="sections")
        titles = [
            Title(start, title.title, title.level)
            for title, start in zip(titles, starts, strict=True)
        ]
    return doc.divide(titles), is_settled


def _has_subtitle(page: Page, found: Sequence[Found]) -> bool:
    """Whether the second heading is the first one's subtitle: right below it, above text, and at a
    depth that skips one and that no other heading has, as of a post's `h1` and `h3`."""
    if len(found) < 2 or not found[0].look.depth:
        return False
    depth = found[1].look.depth
    after, _ = page.after(found[1].line)
    return (
        depth > found[0].look.depth + 1
        and page.after(found[0].line)[1] == found[1].line
        and after in (Role.PROSE, Role.OPEN)
        and all(title.look.depth != depth for title in found[2:])
    )


def _with_items(titles: Sequence[Title], items: Sequence[tuple[int, str]]) -> list[Title]:
    """The titles in order, with each item one level below the title that it follows, or at the top
    if there are no titles."""
    merged = [*titles, *(Title(start, title, 0) for start, title in items)]
    merged.sort()
    level = 1 if titles else 0
    for number, title in enumerate(merged):
        if title.level:
            level = title.level
        else:
            merged[number] = title._replace(level=level + 1)
    return merged


def _with_messages(titles: Sequence[Title], messages: Sequence[tuple[int, str]]) -> list[Title]:
    """The titles in order, with each message at the top, and its own titles a level below."""
    first = messages[0][0]
    within = [
        title if title.start < first else title._replace(level=title.level + 1) for title in titles
    ]
    return sorted([*within, *(Title(start, subject, 1) for start, subject in messages)])


def _moved(starts: Sequence[int], changes: Sequence[Change]) -> list[int]:
    """Where the titles begin once the changes are made: at their headings."""
    grown = [0, *accumulate(len(c.replacement) - (c.end - c.start) for c in changes)]
    moved = []
    done = 0
    for start in starts:
        while done < len(changes) and changes[done].end <= start and changes[done].start < start:
            done += 1
        moved.append(start + grown[done])
    return moved
