"""What a letter and its sender are called, and the lines at the head that call them so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache, cached_property
from typing import Any

from cleankit import rules
from cleankit.passes.boilerplate import issues
from cleankit.passes.boilerplate.reading import fold, plain, visible

LONGEST_TITLED = 100
"""Characters of a line that gives a name and says what the letter is."""

SHORTEST_LABEL = 5
"""Characters of a host's label that may be a name written in one word."""

SHORTEST_MAILBOX = 9
"""The same of a mailbox, which may be a greeting or an office as well."""

SHORTEST_DOMAIN = 4
"""The same of a label above the country's that is not the country's own: `co.uk`, `com.br`."""

TELLING = 4
"""Characters from which on a word of the subject tells that a line is the title."""

DIVIDERS = re.compile(r"[|•·‧｜ㅣ]|\s(?:[-–—/]|//)\s")
"""What stands between the parts of a line."""

# Where a subject that begins with the name of a series goes on: `Weekly: …`, `Weekly - …`.
_SERIES_END = re.compile(r":\s|\s[-–—|•]\s")
_BRACKETED = re.compile(r"\s*[\[【〔『「](.{2,40}?)[\]】〕』」]")
_TOKEN = re.compile(r"[^\s,.;:!?|•·‧｜/()\[\]{}<>„“”«»‹›\"'*_#–—-]+(?:['’][^\s\W]+)?")
_MAILBOX = re.compile(r"([\w.+-]{1,60})@([\w.-]{3,80})")
_SITE = re.compile(
    r"(?:https?://|\bwww\.)(?P<host>[\w-]{1,60}(?:\.[\w-]{1,60}){1,5})(?P<page>/\w)?", re.IGNORECASE
)
_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]")


class Naming:
    """What a letter and its sender may be called, by what is known of a document.

    Args:
        meta: what is known of the document.

    Attributes:
        subject: the subject as it reads.
        names: each as a set of words.
        given: the names, folded, that the text itself gives again.
        page: where it stands on the web, without scheme, query and fragment; empty if it is not
            known, or the sender's first page.
    """

    def __init__(self, meta: Mapping[str, Any]) -> None:
        given = str(meta.get("subject") or "")
        self.subject = fold(given)
        self.page = page_of(str(meta.get("url") or ""))
        self._series = fold(_SERIES_END.split(given, maxsplit=1)[0])
        if self._series == self.subject:
            self._series = ""
        front = meta.get("front_matter")
        front = front if isinstance(front, Mapping) else {}
        sender = str(meta.get("sender") or "")
        called = [sender.partition("<")[0], str(front.get("newsletter_name") or "")]
        called.append(issues.without_number(self._series or self.subject))
        if bracketed := _BRACKETED.match(given):
            called.append(bracketed[1])
        sets = (frozenset(_tokens(fold(name))) for name in called)
        self.names = [name for name in sets if name]
        self._first = {
            next((token for token in _tokens(fold(name)) if token not in _beside()), "")
            for name in called[:2]
        }
        self._together = frozenset().union(*self.names)
        self.given: frozenset[str] = frozenset()
        self._labels = frozenset(_labels(sender))
        self._domain = _domain(sender)

    def also(self, names: Sequence[str]) -> Naming:
        """The naming with more names, as they read folded."""
        if not names:
            return self
        other = copy(self)
        other.names = [*self.names, *(frozenset(_tokens(name)) for name in names)]
        other.given = frozenset(names)
        other._together = self._together.union(*other.names)
        return other

    def has_own_site(self, text: str, *, front: bool = False) -> bool:
        """True if a text has an address on the web at the sender's own domain.

        Args:
            front: it must be that of a front page.
        """
        return self._domain != "" and any(
            f".{site['host'].lower()}".endswith(f".{self._domain}")
            for site in _SITE.finditer(text)
            if not (front and site["page"])
        )

    def begins_subject(self, words: str) -> bool:
        """True if the subject begins with a folded line, and goes on at length, or with a month."""
        if not self.subject.startswith(words):
            return False
        rest = self.subject[len(words) :]
        return 2 * len(words) < len(self.subject) or issues.is_month(rest)

    def is_name(self, words: str) -> bool:
        """True if a folded line is a name, or what the subject begins with."""
        if not words:
            return False
        if words == self._series:
            return True
        own = [token for token in _tokens(words) if token not in _beside()]
        if not own:
            return False
        if any(name.issuperset(own) for name in self.names):
            return True
        rest = "".join(token for token in own if token not in self._together)
        if not rest:
            return len(own) > 1
        return rest in self._labels and words != self.subject

    def is_shouted(self, content: str) -> bool:
        """True if a line in capitals is a name with little else: more than half of its words."""
        shown = plain(visible(content))
        if len(shown) > issues.LONGEST or not shown.isupper():
            return False
        own = [token for token in _tokens(fold(shown)) if token not in _beside()]
        known = sum(token in self._together for token in own)
        return known > 1 and 2 * (len(own) - known) <= known and not self.repeats_subject(content)

    def is_titled(self, content: str) -> bool:
        """True if a line is a name and a divider, and on the other side what the letter is."""
        seen = visible(content)
        if content.startswith("#") or len(plain(seen)) > LONGEST_TITLED:
            return False
        parts = [fold(part) for part in DIVIDERS.split(seen) if _WORD.search(part)]
        if len(parts) < 2 or parts[0].startswith("by "):
            return False
        return any(
            self._is_surely(parts[place])
            and not any(self._is_of_subject(part) for part in parts if part != parts[place])
            for place in (0, -1)
        )

    def names_sender(self, title: str) -> bool:
        """True if the text of a picture, or a line, holds a name."""
        words = frozenset(_tokens(fold(title)))
        return any(name <= words for name in self.names)

    def begins(self, title: str) -> bool:
        """True if the text of a picture begins with the first word of a name, or is in one."""
        own = [token for token in _tokens(fold(title)) if token not in _beside()]
        return bool(own) and (own[0] in self._first or self.is_name(" ".join(own)))

    def repeats_subject(self, content: str) -> bool:
        """True if a line has a word of the subject that is none of a name: it may be the title."""
        return self._is_of_subject(fold(visible(content)))

    def _is_surely(self, words: str) -> bool:
        """True if a part of a line is a name, and not only a word of one."""
        own = {token for token in _tokens(words) if token not in _beside()}
        return self.is_name(words) and (
            len(own) > 1 or any(name - _beside() == own for name in self.names)
        )

    def _is_of_subject(self, words: str) -> bool:
        """True if half of the telling words of a folded line are of the subject."""
        own = [token for token in _tokens(words) if token not in self._together]
        told = [self._is_shared(token) for token in own if _is_telling(token)]
        return 2 * sum(told) >= len(told) > 0

    def _is_shared(self, token: str) -> bool:
        if not _SPACELESS.search(token):
            return token in self.subject
        return any(token[at : at + 2] in self.subject for at in range(len(token) - 1))

    @cached_property
    def is_told(self) -> bool:
        """True if the subject says more than a name: a title would repeat some of it."""
        own = (token for token in _tokens(self.subject) if token not in self._together)
        return sum(map(_is_telling, own)) > 1


def _is_telling(token: str) -> bool:
    return len(token) >= TELLING or _SPACELESS.search(token) is not None


def _tokens(words: str) -> list[str]:
    """The words of a folded text, spelled alike whatever case they had: in Turkish I is no i."""
    return _TOKEN.findall(words.replace("ı", "i"))


def _domain(sender: str) -> str:
    """The domain of a sender without what stands before its name: `lists.example.org` has
    `example.org`."""
    found = _MAILBOX.search(sender)
    labels = found[2].lower().strip(".").split(".") if found else []
    least = 3 if len(labels) > 2 and len(labels[-2]) < SHORTEST_DOMAIN else 2
    return ".".join(labels[-least:]) if len(labels) > 1 else ""


def _labels(sender: str) -> list[str]:
    """The mailbox of a sender and the labels of its host that may be names in one word."""
    found = _MAILBOX.search(sender)
    if found is None:
        return []
    labels = ("".join(_tokens(label)) for label in found[2].lower().split(".")[:-1])
    mailbox = "".join(_tokens(found[1].lower()))
    return [
        *(label for label in labels if len(label) >= SHORTEST_LABEL),
        *([mailbox] if len(mailbox) >= SHORTEST_MAILBOX else []),
    ]


@cache
def _beside() -> frozenset[str]:
    """The words that stand beside a sender's name in a masthead and say no more."""
    rule = rules.named("boilerplate", "structure", "sender-name")
    return frozenset(rule.fields["beside"])


def says_no_more(words: str) -> bool:
    """True if a folded part of a line has only such words as stand beside a name."""
    return _beside().issuperset(_tokens(words))


def page_of(url: str) -> str:
    """The host and the path of a URL, if it leads to more than a first page."""
    host, _, path = re.split(r"[?#]", url, maxsplit=1)[0].partition("://")[2].partition("/")
    return f"{host.lower()}/{path.rstrip('/')}" if path.strip("/") else ""
