"""How right an answer is: the measures, the same for cleankit and for its peers.

Each takes what was wanted and what came, and returns counts that can be added up over documents;
`rates` makes rates of them. Positions are half-open, in characters of the text as it was read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from urllib.parse import unquote, urlsplit

Span = tuple[int, int]
Titled = tuple[int, str, int]
"""Where a section begins, its title, its level."""

URL = re.compile(r"https?://[^\s)\]>]+")
REDACTED = "REDACTED"
"""What stands in the place of what identifies or authorises the reader."""

URL_WEIGHT = 20
"""What all characters of an address count for together, so that one long link is no paragraph."""

UNSEEN = frozenset("\u034f\u200b\u200c\u200d\u00ad\u2060\ufeff")
ITEM = re.compile(r"^[ \t>]*(?:[-*+•◦▪]|\d+[.)])[ \t]+(.*)", re.MULTILINE)
TOKEN = re.compile(r"\]\([^)\s]*\)|[^\W_]+")


def weights(text: str) -> list[float]:
    """What each character counts for: blanks and unseen ones nothing, a URL 20 at most in all."""
    weighed = [0.0 if char.isspace() or char in UNSEEN else 1.0 for char in text]
    for url in URL.finditer(text):
        length = url.end() - url.start()
        if length > URL_WEIGHT:
            weighed[url.start() : url.end()] = [URL_WEIGHT / length] * length
    return weighed


def find(text: str, phrase: str, start: int = 0) -> Span | None:
    """Where a phrase stands in a text from `start`: as it is, or else by its words alone.

    The words are compared without markup between them; where the last one is a link's, the
    address belongs to the span, and that of the picture that stands for it.
    """
    place = text.find(phrase, start)
    if place >= 0:
        return place, _past_target(text, place + len(phrase))
    wanted = [token[0] for token in TOKEN.finditer(phrase) if token[0][0] != "]"]
    found = [token for token in TOKEN.finditer(text, start) if token[0][0] != "]"]
    for index in range(len(found) - len(wanted) + 1):
        if wanted and all(found[index + n][0] == word for n, word in enumerate(wanted)):
            return found[index].start(), _past_target(text, found[index + len(wanted) - 1].end())
    return None


def _past_target(text: str, place: int) -> int:
    target = re.compile(r"(?:\W{0,2}?\]\([^)\s]*\)){1,2}").match(text, place)
    return target.end() if target else place


def boilerplate(
    text: str,
    wanted: Iterable[Span],
    removed: Iterable[Span],
    *,
    optional: Iterable[Span] = (),
    start: int = 0,
) -> Counter[str]:
    """Characters rightly cut, wrongly cut, left and kept; optional ones are not counted."""
    counts: Counter[str] = Counter()
    weighed, gold, cut = weights(text), _mask(text, wanted), _mask(text, removed)
    free = _mask(text, optional)
    for place in range(start, len(text)):
        if free[place] or not weighed[place]:
            continue
        name = ("kept", "cut_content")[cut[place]], ("left", "cut")[cut[place]]
        counts[name[gold[place]]] += weighed[place]  # type: ignore[assignment]
    return counts


def sections(
    text: str, wanted: Sequence[Titled], found: Sequence[Titled], *, ignored: Iterable[int] = ()
) -> Counter[str]:
    """Sections found and missed, by the line that they begin on; levels right; Pk.

    Pk (Beeferman, Berger and Lafferty 1999) is the share of pairs of lines, half a mean section
    apart, that are wrongly held to be in one section or in two. `ignored` are numbers of lines,
    from 0, where a title is neither right nor wrong.
    """
    counts: Counter[str] = Counter()
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    lines = text.split("\n")

    def line_of(place: int) -> int:
        line = bisect_right(starts, place) - 1
        while line + 1 < len(lines) and not lines[line].strip():
            line += 1
        return line

    levels = {line_of(start): level for start, _, level in wanted}
    passed, seen = set(ignored) - levels.keys(), dict[int, int]()
    for start, _, level in found:
        line = line_of(start)
        if line in levels and line not in seen:
            counts["found"] += 1
            counts["levels"] += level == levels[line]
        elif line not in passed:
            counts["extra"] += 1
        seen[line] = level
    counts["missed"] = len(levels) - counts["found"]
    written = [number for number, line in enumerate(lines) if line.strip()]
    gold = list(accumulate(number in levels for number in written))
    came = list(accumulate(number in seen and number not in passed for number in written))
    apart = max(2, round(len(written) / (len(levels) + 1) / 2))
    for left, right in zip(range(len(written)), range(apart, len(written)), strict=False):
        counts["pairs"] += 1
        counts["wrong_pairs"] += (gold[left] == gold[right]) != (came[left] == came[right])
    return counts


def repair(wanted: Sequence[str], damaged: Sequence[str], repaired: str) -> Counter[str]:
    """Damaged lines that came back exactly, and intact ones that were changed."""
    counts: Counter[str] = Counter()
    lines = repaired.split("\n")
    lines += [""] * (len(wanted) - len(lines)) if len(lines) < len(wanted) else []
    for clean, broken, came in zip(wanted, damaged, lines, strict=False):
        if clean == broken:
            counts["intact"] += 1
            counts["harmed"] += came != clean
        else:
            counts["damaged"] += 1
            counts["repaired"] += came == clean
    return counts


def link(raw: str, wanted: str, came: str) -> Counter[str]:
    """Whether a link came out as wanted, by what had to be done: unwrap, strip, redact or keep."""
    kind = "strip" if _host(raw) == _host(wanted) else "unwrap"
    kind = "redact" if kind == "strip" and REDACTED in wanted else kind
    kind = "keep" if same_url(raw, wanted) else kind
    return Counter({f"{kind}s": 1, f"{kind}_right": int(same_url(came, wanted))})


def same_url(one: str, other: str) -> bool:
    """Whether two URLs differ at most in the case of the host, a bare path or needless escapes."""
    try:
        return _canonical(one) == _canonical(other)
    except ValueError:
        return one == other


def page(wanted: Mapping[str, Sequence[str]], came: str) -> Counter[str]:
    """What of a page came through: the checks of `benchmarks.html_page` that hold, each of all."""
    counts: Counter[str] = Counter()
    plain = words(came)
    joined = f" {' '.join(plain)} "
    headings = [" ".join(words(row)) for row in came.split("\n") if row.lstrip("> ")[:1] == "#"]
    items = [" ".join(words(row)) for row in ITEM.findall(came)]
    seen, there = Counter(wanted["words"]), Counter(plain)
    counts["words"] = seen.total()
    counts["words_right"] = (seen & there).total()
    for check, right in (
        ("headings", lambda text: any(text in row for row in headings)),
        ("items", lambda text: any(row.startswith(text) for row in items)),
        ("links", lambda text: text in came),
        ("images", lambda text: f" {text} " in joined),
        ("hidden", lambda text: f" {text} " not in joined),
    ):
        counts[check] = len(wanted[check])
        counts[f"{check}_right"] = sum(map(right, wanted[check]))
    return counts


def words(text: str) -> list[str]:
    """The words of a Markdown text, lower case, without the addresses of its links."""
    text = URL.sub(
        " ", re.sub(r"\]\s*\(\s*<?[^)]*\)", "]", text.replace("\\", "").replace("*", ""))
    )
    return re.findall(r"[^\W_]+", text.translate(dict.fromkeys(map(ord, UNSEEN))).lower())


def rates(counts: Mapping[str, float]) -> dict[str, float]:
    """The rates that counts tell of; of what was not counted there is no rate."""
    told: dict[str, float] = {}

    def share(name: str, part: str, *whole: str) -> float | None:
        total = sum(counts.get(key, 0) for key in whole)
        if not total:
            return None
        told[name] = round(counts.get(part, 0) / total, 5)
        return told[name]

    share("content_lost", "cut_content", "kept", "cut_content")
    if "left" in counts or "cut" in counts:
        precision = share("boilerplate_precision", "cut", "cut", "cut_content")
        recall = share("boilerplate_recall", "cut", "cut", "left")
        told["boilerplate_f1"] = _f1(precision, recall)
    if "found" in counts or "missed" in counts:
        precision = share("section_precision", "found", "found", "extra")
        recall = share("section_recall", "found", "found", "missed")
        told["section_f1"] = _f1(precision, recall)
        if "levels" in counts:
            share("level_accuracy", "levels", "found")
        share("pk", "wrong_pairs", "pairs")
    share("repaired", "repaired", "damaged")
    share("harmed", "harmed", "intact")
    for kind in ("unwrap", "strip", "redact", "keep"):
        share(kind, f"{kind}_right", f"{kind}s")
    for check in ("words", "headings", "items", "links", "images", "hidden"):
        share(check, f"{check}_right", check)
    share("invented", "links_invented", "links_there")
    share("charset", "charset_right", "charsets")
    share("exact", "exact", "exacts")
    share("restored", "restored", "restores")
    share("paragraphs", "whole_paragraphs", "paragraphs")
    if "words_surplus" in counts:
        share("words_surplus", "words_surplus", "words_surplus", "words_right")
    share("secrets_left", "secrets_left", "secrets")
    return told


def _f1(precision: float | None, recall: float | None) -> float:
    if not precision or not recall:
        return 0.0
    return round(2 * precision * recall / (precision + recall), 5)


def _mask(text: str, spans: Iterable[Span]) -> bytearray:
    mask = bytearray(len(text))
    for start, end in spans:
        mask[max(start, 0) : end] = b"\1" * (min(end, len(text)) - max(start, 0))
    return mask


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _canonical(url: str) -> tuple[str, ...]:
    parts = urlsplit(url)

    def escapes(text: str) -> str:
        def one(found: re.Match[str]) -> str:
            char = unquote(found[0], errors="replace")
            return char if re.match(r"[A-Za-z0-9._~-]", char) else found[0].upper()

        return re.sub(r"%[0-9A-Fa-f]{2}", one, text)

    return (
        parts.scheme.lower(),
        parts.netloc.lower(),
        escapes(parts.path) or "/",
        escapes(parts.query),
        escapes(parts.fragment),
    )
