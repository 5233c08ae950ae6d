"""The links pass: redirects unwrapped, trackers stripped, credentials redacted.

One edit a link. The text of a Markdown link stays, and so do opaque wrappers, noted once a family.
Images that only count opens go. In fenced code an address is what the author wrote about: it keeps
its campaign, though nothing that gives a reader away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from cleankit.code_blocks import code_blocks
from cleankit.document import Document
from cleankit.edits import Change, apply
from cleankit.links import credentials, finding, images, recipients, secrets, wrappers
from cleankit.links.address import parse
from cleankit.links.cleaning import cleaned
from cleankit.links.finding import Link
from cleankit.links.identity import REDACTED, Recipients
from cleankit.spans import apart, is_within

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
    told = recipients.Told(frozenset(), [], False)
    known = doc.context.recipients
    if not keep_credentials:
        told = recipients.told(doc.text, doc.meta, known)
    # One set for all that ask, in the ledger as well: two equal ones are compared again and again.
    readers = known if told.addresses == known else told.addresses
    options = _Options(link_map, keep_credentials, Recipients.of(readers))
    changes = _changes(doc.text, options, told.spans)
    if not readers <= known:
        doc = doc.sent_to(readers if known <= readers else known | readers)
    edited = doc.edit(changes, pass_name="links")
    if told.is_open or finding.holds_quoted_printable(edited.text) or _hides_secrets(changes):
        # A link may go on below a line that is cut later, and so may a header; what stands around
        # a secret may be another's value.
        edited = edited.in_doubt()
    return edited.map_meta(_meta_cleaner(options))


def _changes(text: str, options: _Options, shown: Iterable[tuple[int, int]] = ()) -> list[Change]:
    """All that is to be changed and noted in a text, in order, without overlap; `shown` are
    recipients in headers of messages."""
    found = list(finding.find(text)) if "://" in text else []
    told = secrets.scan(text) if not options.keep_credentials else secrets.NOTHING
    taken = [link[:2] for link in found]
    # Words inside of a link say what that is for, not the next one.
    acting = {place for words, place in told.links if not is_within(taken, words - 1)}
    changes = list(_of_links(text, found, acting, options)) if found else []
    if "ailto:" in text or "AILTO:" in text:
        changes += _outside(_of_mailto_links(text, options), taken)
    if not options.keep_credentials:
        bare = _of_bare_links(text, taken, options)
        changes += _outside(bare, [change[:2] for change in changes])
    spans = list(shown)
    if options.recipients.runs:
        spans += options.recipients.spans(text)
    hidden = [Change(*span, REDACTED, "recipient") for span in spans]
    hidden += [Change(start, end, REDACTED, rule) for start, end, rule in told.secrets]
    if hidden:
        others = apart(taken + [change[:2] for change in changes])
        # What begins in a link goes with it, and hides nothing that stands behind.
        hidden = apart(change for change in hidden if not is_within(others, change.start))
        changes += _outside(hidden, others, up_to=True)
    if pixels := list(images.counting_opens(text, found)):
        changes = _outside(changes, pixels)
        changes += [Change(*span, "", "open-counter", "debris") for span in pixels]
    return sorted(changes, key=lambda change: change[:2])


def _hides_secrets(changes: Iterable[Change]) -> bool:
    """Whether a secret goes that does not stand in a link."""
    return any(
        REDACTED in each.replacement and "://" not in each.replacement and each.rule != "recipient"
        for each in changes
    )


def _of_links(
    text: str, found: list[Link], acting: set[int], options: _Options
) -> Iterator[Change]:
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
        if code and rules and _OF_AUTHORS.issuperset(rules) and is_within(code, start):
            continue
        if finding.may_go_on(text, link) and _leads_on(url, link.url):
            whole, whole_end = _rejoined(text, link)
            if whole_end > end:
                end = whole_end
                url, rules, family = cleaned(
                    whole, options.link_map, options.keep_credentials, options.recipients
                )
        if start in acting and (plain := credentials.redact_acting(url)) != url:
            url = plain
            rules = (secrets.LABELLED_LINK, *rules)
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


def _leads_on(url: str, before: str) -> bool:
    """Whether a link leads where it led before it was cleaned, if with fewer parameters."""
    return url.partition("?")[0] == before.partition("?")[0]


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


def _of_bare_links(text: str, taken: list[tuple[int, int]], options: _Options) -> Iterator[Change]:
    """Of addresses that are none of the web's, or are not written as such, only secrets go."""
    for link in finding.find_bare(text, taken):
        url = credentials.redact_bare(link.url, options.recipients)
        if url != link.url:
            yield Change(link.start, link.end, url, "credential")


def _of_mailto_links(text: str, options: _Options) -> Iterator[Change]:
    for link in finding.find_mailto(text):
        result = cleaned(link.url, None, options.keep_credentials, options.recipients)
        if result.rules:
            yield Change(link.start, link.end, result.url, result.rules[0])


def _outside(
    changes: Iterable[Change], taken: list[tuple[int, int]], *, up_to: bool = False
) -> list[Change]:
    """Those of the changes that touch none of the spans, or only what of them is before one."""
    taken = sorted(taken)
    kept: list[Change] = []
    index = 0
    for change in sorted(changes, key=lambda change: change[:2]):
        while index < len(taken) and taken[index][1] <= change.start:
            index += 1
        if index == len(taken) or change.end <= taken[index][0]:
            kept.append(change)
        elif up_to and change.start < taken[index][0]:
            kept.append(change._replace(end=taken[index][0]))
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
        if "://" in value or "mailto:" in value or options.recipients.runs:
            return apply(value, _changes(value, options))
        return value if options.keep_credentials else secrets.hidden(value)

    return clean
