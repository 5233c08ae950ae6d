"""Which issue of a letter a line tells of: its number, its volume, the day or month it is of.

The words are rules, in `cleankit/rules/boilerplate/mastheads.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from cleankit import rules

LONGEST = 80
"""Characters of such a line."""

SHORT = 2
"""Characters of a word for an issue that is shortened, and ends with a mark."""

MOST = 6
"""Words that can tell of an issue behind a name."""

_TOKEN = re.compile(r"[^\s,.;:|•·‧｜/()\[\]–—-]+")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_NUMERIC = re.compile(
    r"\b(?:\d{4}[-/.] ?\d{1,2}[-/.] ?\d{1,2}|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4})\b"
)
_NUMBER = re.compile(r"\d{1,9}(?:st|nd|rd|th|er|º|ª|ª|e)?\Z|[ivxlc]{1,7}\Z")
# Where a script writes no spaces: `2026年3月6日`, `第12期`, `91호`.
_COUNTED = re.compile(r"(?:[第제]?\d{1,4}[年月日号期回號巻卷호회년월일]){1,4}\Z")
_COUNTERS = "号期回號호회"
_OF_YEAR = re.compile(r"\d{1,3}/\d{2,4}\Z")
# Short words for an issue that mean nothing else.
_CLEAR = frozenset({"nr", "nº", "n°", "tbl"})
_MARKED = re.compile(r"#\d{1,5}\b")


def is_told(words: str) -> bool:
    """True if a folded line says which issue this is, or when it is of, and no more."""
    return _tells(words) != ""


def is_numbered(words: str) -> bool:
    """True if a folded line says by a number which issue this is, perhaps when, and no more."""
    return _tells(words) == "number"


def _tells(words: str) -> str:
    if not words or len(words) > LONGEST or not any(map(str.isdigit, words)):
        return ""
    serials, calendar, beside = _words()
    numbered = dated = year = False
    for token in _TOKEN.findall(words.replace("#", " ")):
        if counted := _COUNTED.match(token):
            numbered |= counted[0][-1] in _COUNTERS
            dated = True
        elif token in serials:
            numbered = True
        elif token in calendar:
            dated = True
        elif _YEAR.match(token):
            year = True
        elif not _NUMBER.match(token) and token not in beside:
            return ""
    if numbered or _MARKED.match(words):
        return "number"
    told = (dated and (year or " " in words)) or _NUMERIC.search(words)
    return "date" if told else ""


def is_month(words: str) -> bool:
    """True if a folded text is a word of the calendar, among others of two letters at most and
    figures."""
    tokens = _TOKEN.findall(words)
    calendar = _words()[1]
    return any(token in calendar for token in tokens) and all(
        token in calendar or len(token) <= SHORT or token.isdigit() for token in tokens
    )


def numbers(words: str) -> bool:
    """True if a folded line has the number of an issue, a volume, a year of them somewhere."""
    return any(map(str.isdigit, words)) and _numbered().search(words) is not None


def without_number(words: str) -> str:
    """What a folded subject begins with before the number of the issue; empty if it has none."""
    serials, calendar, _ = _words()
    tokens = words.split()
    end = len(tokens)
    numbered = False
    while end and len(tokens) - end < MOST:
        token = tokens[end - 1]
        bare = token.strip("#.,:()")
        if not (_NUMBER.match(bare) or bare in serials or bare in calendar or _OF_YEAR.match(bare)):
            break
        numbered |= bare in serials or token.startswith("#") or _OF_YEAR.match(bare) is not None
        end -= 1
    return " ".join(tokens[:end]) if numbered else ""


@cache
def _numbered() -> re.Pattern[str]:
    serials = sorted(_words()[0], key=len, reverse=True)
    long = "|".join(re.escape(word) for word in serials if len(word) > SHORT or word in _CLEAR)
    short = "|".join(re.escape(word) for word in serials if len(word) <= SHORT)
    return re.compile(
        rf"(?<!\w)(?:(?:{long})[.:º°]{{0,2}}|(?:{short})[.:º°]{{1,2}}) ?[#№]? ?"
        r"(?:\d|[ivxlc]{1,7}\b)"
        rf"|\b\d{{1,5}}[.:]? ?(?:{long})(?!\w)|第 ?\d{{1,5}} ?[号期回號]|\d{{1,5}} ?[호회](?!\w)"
        r"|[^\W\d_]{4,} \d{1,3}[/-](?:\d\d){1,2}(?!\w)|[^\W\d_]{4,} \d{4}-\d\d(?!\w)|[#№] ?\d"
    )


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words for an issue, of the calendar, and what stands beside them."""
    rule = rules.named("boilerplate", "mastheads", "issue-number")
    serials, calendar, beside = (
        frozenset(rule.fields[name]) for name in ("serials", "calendar", "beside")
    )
    return serials, calendar, beside
