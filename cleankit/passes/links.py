"""The links pass: redirects unwrapped, trackers stripped, credentials redacted.

One edit a link. The text of a Markdown link stays, and so do opaque wrappers, noted once a family.
Images that only count opens go. In fenced code an address is what the author wrote about: it keeps
its campaign, though nothing that gives a reader away.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from cleankit.code_blocks import code_blocks
from cleankit.document import Document
from cleankit.edits import Change, apply
from cleankit.links import credentials, decoders, finding, identity, images, wrappers
from cleankit.links import purpose as purpose_of
from cleankit.links.address import parse
from cleankit.links.cleaning import cleaned
from cleankit.links.finding import Link
from cleankit.links.identity import NOBODY, REDACTED, Recipients
from cleankit.rules import load

_HEAD = 4_000
_LONGEST_PHRASE = 48
_LONGEST_LEAVING = 1_000
_MARKS = " \t\r\n*_[](<>:\"'„“«:：\u200b"
_TO_LINE = re.compile(
    r"(?:\*\*)?(?:To|Cc|Delivered-To|Recipient):(?:\*\*)?[ \t]*(?P<value>[^\r\n]{1,1000})",
    re.IGNORECASE,
)
_TO_LINE_WITHIN = re.compile(rf"^{_TO_LINE.pattern}", re.IGNORECASE | re.MULTILINE)
# What may stand above and between such lines however long it is: fields, front matter, links.
_OF_HEAD = re.compile(r"[ \t]*(?:- |(?:\*\*)?[\w-]{1,40}:)|  |.*?(?:://|\]\()")
_LONGEST_TITLE = 240
_TO_KEYS = frozenset({"to", "cc", "delivered_to", "delivered-to", "recipient", "recipients"})
_TAG = re.compile(r"(?<=.)\+[^@]*@")
_PARAMETER = re.compile(r"[?&;]([\w-]{1,24})=\Z")
# What would end a link early, by the character that stands before it.
_ENDING = {"(": "()", "[": "[]", "'": "'"}


_MAX_LINES = 12
_OPAQUE = "opaque: "
_OF_AUTHORS = frozenset({"utm", "entity"})
"""Rules for what names no reader, and what an author may write about in code."""


class _Options(NamedTuple):
    link_map: Mapping[str, str] | None
    keep_credentials: bool
    recipients: Recipients


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
    recipients = NOBODY if keep_credentials else Recipients.of(_recipients(doc))
    options = _Options(link_map, keep_credentials, recipients)
    edited = doc.edit(_changes(doc.text, options), pass_name="links")
    if finding.holds_quoted_printable(edited.text) or _names_others(edited.text):
        # A link may go on below a line that is cut later; what stands above a field may be cut.
        edited = edited.in_doubt()
    return edited.map_meta(_meta_cleaner(options))


def _changes(text: str, options: _Options) -> list[Change]:
    """All that is to be changed and noted in a text, in order, without overlap."""
    found = list(finding.find(text))
    changes = list(_of_links(text, found, options))
    taken = [link[:2] for link in found]
    if "mailto:" in text:
        changes += _outside(_of_mailto_links(text, options), taken)
    if options.recipients.patterns:
        plain = [Change(*span, REDACTED, "recipient") for span in options.recipients.spans(text)]
        changes += _outside(plain, taken + [change[:2] for change in changes])
    if "<img" in text or "![" in text:
        pixels = list(images.counting_opens(text, found))
        changes = _outside(changes, pixels)
        changes += [Change(*span, "", "open-counter", "debris") for span in pixels]
    return sorted(changes, key=lambda change: change[:2])


def _of_links(text: str, found: list[Link], options: _Options) -> Iterator[Change]:
    opaque: dict[str, tuple[int, int, int]] = {}
    code = code_blocks(text)
    quoted_printable = finding.holds_quoted_printable(text)
    for link in found:
        url, rules, family = cleaned(
            link.url, options.link_map, options.keep_credentials, options.recipients
        )
        if rules and quoted_printable and "=3D" in url:
            plain = finding.without_quoted_printable(url, sure=True)
            url, more, family = cleaned(plain, None, options.keep_credentials, options.recipients)
            rules += more
        start, end = link.start, link.end
        if code and rules and _OF_AUTHORS.issuperset(rules) and _is_inside(code, start):
            continue
        if not rules and finding.may_go_on(text, link):
            whole, whole_end = _rejoined(text, link)
            if whole_end > end:
                end = whole_end
                url, rules, family = cleaned(
                    whole, options.link_map, options.keep_credentials, options.recipients
                )
        if rules or len(url) != end - start:
            if rules and link.before in _ENDING:
                url = _fitting(url, _ENDING[link.before])
            elif text[end : end + 1].isascii() and text[end : end + 1].isalnum():
                url += " "  # the next word was set against the link
            notes = [f"also: {', '.join(rules[1:])}"] if len(rules) > 1 else []
            notes += [_OPAQUE + family] if family else []
            yield Change(
                start, end, url, rules[0] if rules else "broken-link", "", "; ".join(notes)
            )
        elif family:
            first = opaque.get(family, (start, end, 0))
            opaque[family] = (*first[:2], first[2] + 1)
    for family, (start, end, count) in opaque.items():
        note = _OPAQUE + (family if count == 1 else f"{family} ({count} links)")
        yield Change(start, end, text[start:end], family, "", note)


def _is_inside(spans: list[tuple[int, int]], place: int) -> bool:
    """Whether a place is in one of the spans, which are in order."""
    index = bisect_right(spans, place, key=itemgetter(0)) - 1
    return index >= 0 and place < spans[index][1]


def _rejoined(text: str, link: Link) -> tuple[str, int]:
    """A long link that a hard line break cut, in one piece, and its end.

    Only a wrapper tells that the next lines belong to it: in one piece it has a target.
    """
    url, end = link.url, link.end
    for _ in range(_MAX_LINES):
        following = finding.NEXT_LINE.match(text, end)
        if following is None:
            break
        url += following[1]
        end = following.end()
        address = parse(url)
        if address is not None and wrappers.unwrap(url, address).rules:
            return url, end
    return link.url, link.end


def _of_mailto_links(text: str, options: _Options) -> Iterator[Change]:
    for link in finding.find_mailto(text):
        result = cleaned(link.url, None, options.keep_credentials, options.recipients)
        if result.rules:
            yield Change(link.start, link.end, result.url, result.rules[0])


def _outside(changes: Iterable[Change], taken: list[tuple[int, int]]) -> list[Change]:
    """Those of the changes that touch none of the spans."""
    taken = sorted(taken)
    kept: list[Change] = []
    index = 0
    for change in sorted(changes, key=lambda change: change[:2]):
        while index < len(taken) and taken[index][1] <= change.start:
            index += 1
        if index == len(taken) or change.end <= taken[index][0]:
            kept.append(change)
    return kept


def _fitting(url: str, marks: str) -> str:
    """An address that does not end before its end between brackets or quotation marks."""
    if url.count(marks[0]) == url.count(marks[-1]) and len(marks) == 2:
        return url
    for mark in marks:
        url = url.replace(mark, f"%{ord(mark):02X}")
    return url


def _meta_cleaner(options: _Options) -> Callable[[str], str]:
    def clean(value: str) -> str:
        if "://" in value or "mailto:" in value or options.recipients.patterns:
            return apply(value, _changes(value, options))
        return value

    return clean


def _recipients(doc: Document) -> frozenset[str]:
    """The addresses that the document says it was sent to.

    Those that its reader found, those in lines like `To:` at its head and under such keys in
    `meta`, those after words such as "was sent to", and those that its links carry in parameters
    named for the reader's address, or to leave the list by. The sender's own address and that of a
    mailing list are none of them.
    """
    found = {address.lower() for address in doc.context.recipients}
    text = doc.text
    for line in _head(text):
        if "@" in line and (match := _TO_LINE.match(line)):
            found.update(_addresses(match["value"]))
    for value in _values(doc.meta, ""):
        found.update(_addresses(value))
    if "@" in text or "%40" in text:
        words = _words_around_recipients()
        for start, end in identity.addresses(text):
            address = text[start:end].lower()
            if address in found:
                continue
            before = text[max(0, start - _LONGEST_PHRASE) : start]
            if before.endswith(("=", "/")):
                name = _PARAMETER.search(before)
                told = name is not None and credentials.names_reader(name[1])
                told = told or _is_for_leaving(text, start)
            else:
                following = text[end : end + _LONGEST_PHRASE].casefold().lstrip(_MARKS)
                told = before.casefold().rstrip(_MARKS).endswith(words[0]) or following.startswith(
                    words[1]
                )
            if told:
                found.add(decoders.percent(address) or address)
    if found:
        # `reader+letters@…` is delivered to `reader@…` (RFC 5233).
        found |= {_TAG.sub("@", address) for address in found if "+" in address}
        found.difference_update(_addresses(str(doc.meta.get("sender", ""))))
        # A message to a mailing list (RFC 2919) names the list, not a reader.
        list_id = str(doc.meta.get("list_id", "")).lower()
        found = {address for address in found if address.replace("@", ".") not in list_id}
    return frozenset(found)


def _names_others(text: str) -> bool:
    """Whether an address stands in a line like `To:` that is not at the head, or not yet."""
    return "@" in text and any("@" in match["value"] for match in _TO_LINE_WITHIN.finditer(text))


def _is_for_leaving(text: str, place: int) -> bool:
    """Whether a place stands in the address of a page where the reader leaves the list."""
    start = text.rfind("http", max(0, place - _LONGEST_LEAVING), place)
    address = text[start:place]
    if start < 0 or len(address.split(None, 1)) != 1:
        return False
    return purpose_of(address) in ("unsubscribe", "preferences")


def _head(text: str) -> Iterator[str]:
    """The lines at the head of a text down to its first sentence.

    A title counts as it does once it is a heading, so that a second cleaning finds no more.
    """
    for line in text[:_HEAD].splitlines():
        bare = line.strip("#*_ \t")
        is_sentence = len(bare) > _LONGEST_TITLE or bare.endswith((".", "。"))
        if is_sentence and not _OF_HEAD.match(line):
            return
        yield line


@cache
def _words_around_recipients() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that stand before a recipient's address, and those that stand after it."""
    rules = load("links", "recipients")
    before = [words.casefold() for rule in rules for words in rule.fields.get("before", ())]
    after = [words.casefold() for rule in rules for words in rule.fields.get("after", ())]
    return tuple(before), tuple(after)


def _addresses(text: str) -> Iterator[str]:
    return (text[start:end].lower() for start, end in identity.addresses(text))


def _values(meta: Any, key: str) -> Iterator[str]:
    """The strings that stand under a key that names recipients, however deep."""
    if isinstance(meta, Mapping):
        for name, inner in meta.items():
            yield from _values(inner, str(name).lower())
    elif isinstance(meta, list):
        for inner in meta:
            yield from _values(inner, key)
    elif isinstance(meta, str) and key in _TO_KEYS:
        yield meta
