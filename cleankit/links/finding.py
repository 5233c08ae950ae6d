"""Finding links in text as it really is: Markdown, plain text, and what converters made of both.

Positions are offsets in characters, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_START = re.compile(r"https?://")
_START_ANY_CASE = re.compile(r"https?://", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_SCHEME = re.compile(r"https?://|mailto:", re.IGNORECASE)
# A link ends at white space, controls, angle brackets and quotation marks that enclose it.
_STOP = re.compile(r"[\s<>\"`\x00-\x1f\x7f\u2028\u2029“”„«»‹›]")
_QUOTED = re.compile(r"[^\s\"'<>]+")
_ANGLED = re.compile(r"[^<>\"`]{1,8192}>")
_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")
_WRAPPED_DESTINATION = re.compile(r"\r?\n[ \t]*([^\s()<>]{1,2048})\)")
_SOFT_BREAK = re.compile(r"\r?\n([\w%&/.=+~-][^\s<>\"]*)")
_ENTITY_BRACKET = re.compile(r"&(?:quot|lt|gt|nbsp|#34|#39|#60|#62);", re.IGNORECASE)
# Prose in these scripts follows a link without a space; a browser percent-encodes them in one.
_CJK = re.compile("[\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
# Punctuation of prose after a link, in any script; `~` and `=` end payloads, and stay.
_TRAILING = frozenset(".,;:!?'*_|’‘‚…·。、，．！？；：؟،؛।॥՞։។៖።፣፤፥፦—–")
_CLOSING = {")": "(", "]": "[", "}": "{"}
# A value that is a UUID (RFC 9562, section 4), against which a converter may set the next word, or
# what stands in the place of one.
_AGAINST_UUID = re.compile(
    r"[?&][\w.-]{1,40}=(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?P<hidden>REDACTED))"
)
_LONG_PAYLOAD = re.compile(r"[\w.~-]{40,}\?\Z")
_PAYLOAD_WINDOW = 200
# RFC 2045, section 6.7: a line of quoted-printable has at most 76 characters.
_SOFT_LINES = range(60, 77)
_QUOTED_PRINTABLE = re.compile(r"=3D[\w%]")
_OCTET = re.compile(r"=([2-7][0-9A-F])")
_OTHER_EQUALS = re.compile(r"=(?![2-7][0-9A-F])")


# Where an address stands that is none of the web's, or is not written as one. One pattern for both
# would take five times as long as the one that begins with a dot.
_BARE_HOST = re.compile(r"\.[A-Za-z]{2,12}(?::\d{1,5})?[/\\?](?=\S{6})")
_BARE = re.compile(rf"://|{_BARE_HOST.pattern}")
_BARE_PREFIX = re.compile(r"[A-Za-z][\w+.-]{0,30}:(?://|\\\\)|//")
_OF_SCHEME = re.compile(r"[\w+.-]{1,30}\Z")
_OF_HOST = re.compile(r"(?:[A-Za-z][\w+.-]{0,30}:)?(?://|\\\\)?[\w.-]{1,253}\Z")
_LONGEST_HOST = 290

NEXT_LINE = re.compile(r"\r?\n([\w%&=./?~+-]{4,998})(?=[)>\]]|[ \t]*(?:\r?\n|\Z))")
"""A line that may go on a link which a hard line break cut."""

# Lines of plain text are broken at 60 characters or later (RFC 3676, section 4.2, says 78).
_LONG = 50


class Link(NamedTuple):
    """A link in a text: where it stands, and its address as it is meant.

    `url` differs from `text[start:end]` where the link was broken over lines or is still
    quoted-printable. `before` is the character before it, or an empty text.
    """

    start: int
    end: int
    url: str
    before: str


class _Next:
    """Where a pattern comes next in a text, remembered: of many links in one line without blanks
    each would look through all of the rest."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self._text = text
        self._pattern = pattern
        self._place = -1

    def after(self, start: int, end: int) -> int:
        """The first place from `start` on, which only grows; `end` if there is none before it."""
        if self._place < start:
            found = self._pattern.search(self._text, start, end)
            self._place = end if found is None else found.start()
        return min(self._place, end)


def find(text: str) -> Iterator[Link]:
    """The web addresses in a text, in order, none inside another."""
    position = 0
    quoted_printable = holds_quoted_printable(text)
    stops = _Next(text, _STOP)
    cjk = None if text.isascii() else _Next(text, _CJK)
    start_pattern = _START_ANY_CASE if "HTTP" in text or "Http" in text else _START
    for match in start_pattern.finditer(text):
        start = match.start()
        if start < position:
            continue
        end = stops.after(start, len(text))
        link = _link(text, start, end, end if cjk is None else cjk.after(start, end))
        if quoted_printable:
            link = _mended(text, link)
        position = link.end
        yield link


def may_go_on(text: str, link: Link) -> bool:
    """Whether a link is so long, at the end of its line, that a hard break may have cut it."""
    end = link.end
    return end - link.start >= _LONG and text[end : end + 1] in ("\n", "\r")


def find_mailto(text: str) -> Iterator[Link]:
    """The `mailto:` links in a text, in order."""
    position = 0
    stops = _Next(text, _STOP)
    others = _Next(text, _SCHEME)
    for match in _MAILTO.finditer(text):
        start = match.start()
        if start >= position:
            before = text[start - 1 : start]
            end = others.after(match.end(), stops.after(start, len(text)))
            closing = text.find("](", start, end)
            if closing > 0:
                end = closing  # of a link's text
            if before == "(":
                end = _destination_end(text, start, end)
            position = end = _trimmed(text, start, end)
            yield Link(start, end, text[start:end], before)


def find_bare(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[Link]:
    """Addresses with another scheme than the web's, or without one, in order.

    Args:
        text: any text.
        taken: the spans of the web addresses in it, in order.
    """
    position = 0
    spans = [*taken, (len(text), len(text))]
    pattern = _BARE if text.count("://") >= len(spans) else _BARE_HOST
    for start, end in spans:
        while position < start and (sign := pattern.search(text, position, start)):
            before = _OF_SCHEME if sign[0] == "://" else _OF_HOST
            first = max(position, sign.start() - _LONGEST_HOST)
            left = before.search(text[first : sign.start()])
            stop = _STOP.search(text, sign.end(), start)
            position = start if stop is None else stop.start()
            end_of_words = text.find("](", sign.end(), position)
            if end_of_words >= 0:
                position = end_of_words
            if left is not None:
                begin = first + left.start()
                if text[begin - 1 : begin] == "@":
                    continue  # the domain of a mail address
                position = _trimmed(text, begin, position)
                yield Link(begin, position, text[begin:position], text[begin - 1 : begin])
        position = max(position, end)


def without_prefix(url: str) -> tuple[str, str]:
    """What an address begins with, up to its host, and the rest of it."""
    prefix = _BARE_PREFIX.match(url)
    place = 0 if prefix is None else prefix.end()
    return url[:place], url[place:]


def holds_quoted_printable(text: str) -> bool:
    """Whether a text holds residue of quoted-printable: more than one encoded equals sign."""
    return "=3D" in text and len(_QUOTED_PRINTABLE.findall(text)) > 1


def without_quoted_printable(url: str, *, sure: bool = False) -> str:
    """The address without residue of quoted-printable (RFC 2045, section 6.7).

    It has residue if each of its equals signs begins an octet, and more than one is an encoded
    equals sign: `?a=3D1&b=3D2`. One alone may be a value (`?view=3D`), unless the text around is
    surely quoted-printable.
    """
    if url.count("=3D") > (0 if sure else 1) and _OTHER_EQUALS.search(url) is None:
        return _OCTET.sub(lambda match: chr(int(match[1], 16)), url)
    return url


def _mended(text: str, link: Link) -> Link:
    """The link without quoted-printable, in a text that is known to hold it; lines joined."""
    start, end, url, before = link
    while url.endswith("=") and end - text.rfind("\n", 0, end) - 1 in _SOFT_LINES:
        following = _SOFT_BREAK.match(text, end)
        if following is None:
            break
        url = url[:-1] + following[1]
        end = following.end()
    if end != link.end:
        trimmed = _trimmed(text, link.end, end)
        url = url[: len(url) - (end - trimmed)]
        end = trimmed
    return Link(start, end, without_quoted_printable(url, sure=True), before)


def _link(text: str, start: int, end: int, prose: int) -> Link:
    """The link that begins at `start`, in a run without blanks that ends at `end`, where prose in a
    script without spaces may begin at `prose`."""
    before = text[start - 1] if start else ""
    if before == "<":
        angled = _ANGLED.match(text, start)
        if angled is not None:
            end = angled.end() - 1
            url = text[start:end]
            if " " in url or "\n" in url or "\t" in url:
                url = _joined(url)
            if url:
                return Link(start, end, url, before)
    if before == "'" or before == '"':
        quoted = _QUOTED.match(text, start)
        if quoted is not None and text[quoted.end() : quoted.end() + 1] == before:
            return Link(start, quoted.end(), quoted[0], before)
    end = prose
    if before == "(" and start > 1 and text[start - 2] == "]":
        closing = _destination_end(text, start, end)
        if closing == end and text[end : end + 1] in ("\r", "\n"):
            wrapped = _WRAPPED_DESTINATION.match(text, end)
            if wrapped is not None:
                return Link(start, wrapped.end() - 1, text[start:end] + wrapped[1], before)
        if closing == end:
            closing = _before_other_link(text, start, end)
        return Link(start, closing, text[start:closing], before)
    if before == "[":
        closing = text.find("]", start, end)
        if closing > 0 and text.count("[", start, closing) == 0:
            return Link(start, closing, text[start:closing], before)
    end = _before_other_link(text, start, end)
    end = _trimmed(text, start, _before_next_word(text, start, end))
    return Link(start, end, text[start:end], before)


def _before_other_link(text: str, start: int, end: int) -> int:
    """The end of a link that has a picture or the next one set against its last letter, with or
    without a bracket, or that ends the text of another. An address inside an address stands after
    a mark."""
    place = text.find("://", start + len("https://"), end)
    while place > 0:
        begin = place - 5 if text[place - 1] in "sS" else place - 4
        if text[begin : begin + 4].lower() == "http":
            last = begin
            while text[last - 1] in "[(":
                last -= 1
            mark = text[last - 1]
            if mark != "=" if last < begin else mark.isalnum() or mark in _CLOSING:
                end = last
                break
        place = text.find("://", place + 3, end)
    place = text.find("mailto:", start, end)
    if place > 0 and text[place - 1].isalnum():
        end = place
    picture = text.find("![", start, end)
    if picture > 0:
        end = picture
    closing = text.find("](", start, end)
    return closing if closing > 0 and text.find("[", start, closing) < 0 else end


def _before_next_word(text: str, start: int, end: int) -> int:
    """The end of a link that has the next word set against its last value."""
    for match in _AGAINST_UUID.finditer(text, start, end):
        following = text[match.end() : match.end() + 1]
        if following in ("]", ")") or (following.isalpha() and match["hidden"] is None):
            return match.end()
    return end


def _joined(url: str) -> str:
    """An address broken over lines, in one piece; an empty text if it is no address."""
    pieces = _BREAK.split(url.strip())
    return "" if any(" " in piece or "\t" in piece for piece in pieces) else "".join(pieces)


def _destination_end(text: str, start: int, end: int) -> int:
    """Where the destination of a Markdown link ends: at the parenthesis that closes it."""
    depth = 0
    position = start
    while True:
        closing = text.find(")", position, end)
        if closing < 0:
            return end
        depth += text.count("(", position, closing)
        if depth == 0:
            return closing
        depth -= 1
        position = closing + 1


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of a link without the punctuation of the prose around it."""
    if text[end - 1] == "?" and _LONG_PAYLOAD.search(text, max(start, end - _PAYLOAD_WINDOW), end):
        return end
    if text[end - 1] == ";":
        entity = _ENTITY_BRACKET.search(text, start, end)
        if entity is not None:
            end = entity.start()
    surplus: dict[str, int] = {}
    while end > start:
        last = text[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last in _CLOSING:
            if last not in surplus:
                opening = _CLOSING[last]
                surplus[last] = text.count(last, start, end) - text.count(opening, start, end)
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
            end -= 1
        else:
            break
    return end
