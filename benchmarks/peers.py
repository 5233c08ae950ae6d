"""Other tools at the same tasks, on the same cases, by the same measures, in the same process.

Each is used as its own documentation says. Each case goes to every tool in turn, so that a busy
machine slows all of them alike, and time is the processor's. Where a tool raises, it has done
nothing.
"""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any

from benchmarks.correctness import Case, Task
from benchmarks.measures import Titled, rates

Tool = Callable[[Any], Any]


@dataclass(frozen=True)
class Result:
    """How a tool did at a task.

    Attributes:
        rates: its measures.
        seconds: a case, on the average.
        ratio: how many times as long as cleankit it took: the median, least and most of the rounds.
        raised: how many cases it raised at.
    """

    rates: dict[str, float]
    seconds: float
    ratio: tuple[float, float, float]
    raised: int


def compare(task: Task, *, rounds: int = 5, limit: int = 600) -> dict[str, Result]:
    """cleankit and every peer that is installed, at one task.

    Each round has cases of its own, so that no tool gains by remembering one. The first cases
    warm the tools up: they count for the measures and not for the time.
    """
    cases = list(task.cases())
    cases = cases[:: len(cases) // limit + 1]
    tools = {"cleankit": task.ours, **dict(_installed(task.name))}
    counts: dict[str, Counter[str]] = {name: Counter() for name in tools}
    raised: Counter[str] = Counter()
    taken = {name: [0.0] * (rounds + 1) for name in tools}
    for number, case in enumerate(cases):
        turn = number * (rounds + 1) // len(cases)
        for name, tool in tools.items():
            came, spent, error = _attempt(tool, case)
            taken[name][turn] += spent
            counts[name].update(task.score(case, came))
            raised[name] += error
    results = {}
    for name in tools:
        seconds = taken[name][1:]
        ratios = [a / b for a, b in zip(seconds, taken["cleankit"][1:], strict=True)]
        spread = (median(ratios), min(ratios), max(ratios))
        each = sum(seconds) / (len(cases) * rounds / (rounds + 1))
        results[name] = Result(rates(counts[name]), each, spread, raised[name])
    return results


def _attempt(tool: Tool, case: Case) -> tuple[Any, float, bool]:
    """What a tool made of a case, in how many seconds, and whether it raised."""
    begin = time.process_time()
    try:
        came = tool(case.given)
    except Exception:
        spent = time.process_time() - begin
        return case.given if isinstance(case.given, str) else "", spent, True
    return came, time.process_time() - begin, False


def versions() -> dict[str, str]:
    """The peers that are installed, each with its version."""
    found = {}
    for packages in PEERS.values():
        for package, _ in packages.values():
            try:
                found[package] = version(package)
            except (PackageNotFoundError, ValueError):
                continue
    return dict(sorted(found.items()))


def missing() -> list[str]:
    """The peers that cannot be imported, and so are in no table."""
    absent = []
    for task, tools in PEERS.items():
        installed = dict(_installed(task))
        absent += [name for name in tools if name not in installed]
    return absent


def _installed(task: str) -> Iterator[tuple[str, Tool]]:
    for name, (_, make) in PEERS.get(task, {}).items():
        try:
            yield name, make()
        except ImportError:
            continue


def ftfy_lines() -> Tool:
    """ftfy line by line, with what is no repair of encodings switched off."""
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        remove_terminal_escapes=False,
        normalization=None,
    )
    return lambda text: ftfy.fix_text(text, config)


def ftfy_document() -> Tool:
    import ftfy

    return ftfy.fix_encoding


def plsfix() -> Tool:
    """As it comes: its configuration cannot be made from Python, so it straightens quotes too."""
    import plsfix

    return plsfix.fix_text


def charset_normalizer() -> Tool:
    import charset_normalizer

    def read(data: bytes) -> str | None:
        best = charset_normalizer.from_bytes(data).best()
        return None if best is None else str(best)

    return read


def chardet() -> Tool:
    import chardet

    def read(data: bytes) -> str | None:
        name = chardet.detect(data)["encoding"]
        return None if name is None else data.decode(name, "replace")

    return read


def html2text() -> Tool:
    import html2text

    def convert(html: str) -> str:
        converter = html2text.HTML2Text()
        converter.body_width = 0
        return converter.handle(html)

    return convert


def inscriptis() -> Tool:
    import inscriptis

    return inscriptis.get_text


def html_to_markdown() -> Tool:
    import html_to_markdown

    def convert(html: str) -> str:
        result = html_to_markdown.convert(html)
        return result if isinstance(result, str) else result.content or ""

    return convert


def resiliparse() -> Tool:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, links=True, alt_texts=True, list_bullets=True)


def trafilatura() -> Tool:
    import trafilatura

    return lambda html: (
        trafilatura.extract(html, output_format="markdown", include_links=True, include_images=True)
        or ""
    )


def unalix() -> Tool:
    import unalix

    return unalix.clear_url


def w3lib() -> Tool:
    from w3lib.url import canonicalize_url

    return canonicalize_url


def courlan() -> Tool:
    from courlan import clean_url

    return lambda url: clean_url(url) or url


def email_reply_parser() -> Tool:
    from email_reply_parser import EmailReplyParser

    return EmailReplyParser.parse_reply


def mail_parser_reply() -> Tool:
    from mailparser_reply import EmailReplyParser

    parser = EmailReplyParser(
        languages=["en", "de", "fr", "es", "it", "nl", "pl", "ja", "ko", "zh"]
    )
    return lambda text: parser.parse_reply(text=text) or ""


def quotequail() -> Tool:
    import quotequail

    return lambda text: "\n".join(part for shown, part in quotequail.quote(text) if shown)


def langchain_headers() -> Tool:
    """The splitter at Markdown headings; a section is where the headings of a piece change."""
    from langchain_text_splitters import MarkdownHeaderTextSplitter

    marks = [("#" * level, str(level)) for level in range(1, 7)]
    splitter = MarkdownHeaderTextSplitter(marks, strip_headers=False)

    def split(text: str) -> list[Titled]:
        found: list[Titled] = []
        place, last = 0, dict[str, str]()
        for piece in splitter.split_text(text):
            for level, title in piece.metadata.items():
                at = text.find(title, place)
                if last.get(level) != title and at >= 0:
                    found.append((text.rfind("\n", 0, at) + 1, title, int(level)))
                    place = at + len(title)
            last = piece.metadata
        depths = sorted({level for _, _, level in found})
        return [(start, title, depths.index(level) + 1) for start, title, level in found]

    return split


LEAVING = re.compile(
    r"^.*(?:unsubscribe|view (?:this|in)|update your preferences|all rights reserved).*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The lines that people throw out."""


def leaving_lines() -> Tool:
    return lambda text: LEAVING.sub("", text)


def naive_chain() -> Tool:
    """What people write: the standard library, a converter, ftfy, and a regex for the footer."""
    import ftfy

    decode, convert = charset_normalizer(), html2text()

    def clean(given: tuple[bytes, str | None]) -> str:
        data, _ = given
        text, kind = "", "plain"
        if re.match(rb"[A-Za-z-]+: ", data) and b"\n\n" in data and b"\nMessage-ID" in data:
            message = email.message_from_bytes(data, policy=email.policy.default)
            body = message.get_body(("html", "plain"))
            if body is not None:
                text, kind = body.get_content(), body.get_content_subtype()
        else:
            text = decode(data) or ""
            kind = "html" if re.match(r"\s*<", text) else "plain"
        if kind == "html":
            text = convert(text)
        return LEAVING.sub("", ftfy.fix_text(text))

    return clean


PEERS: dict[str, dict[str, tuple[str, Callable[[], Tool]]]] = {
    "mojibake": {
        "ftfy": ("ftfy", ftfy_lines),
        "ftfy.fix_encoding": ("ftfy", ftfy_document),
        "plsfix": ("plsfix", plsfix),
    },
    "charsets": {
        "charset-normalizer": ("charset-normalizer", charset_normalizer),
        "chardet": ("chardet", chardet),
    },
    "pages": {
        "html2text": ("html2text", html2text),
        "inscriptis": ("inscriptis", inscriptis),
        "html-to-markdown": ("html-to-markdown", html_to_markdown),
        "resiliparse": ("resiliparse", resiliparse),
        "trafilatura": ("trafilatura", trafilatura),
    },
    "links": {
        "Unalix": ("unalix", unalix),
        "w3lib": ("w3lib", w3lib),
        "courlan": ("courlan", courlan),
    },
    "footers": {
        "email-reply-parser": ("email-reply-parser", email_reply_parser),
        "mail-parser-reply": ("mail-parser-reply", mail_parser_reply),
        "quotequail": ("quotequail", quotequail),
        "a regex": ("", leaving_lines),
    },
    "sections": {"LangChain headers": ("langchain-text-splitters", langchain_headers)},
    "whole": {"the usual chain": ("html2text", naive_chain)},
}
"""The peers of each task: the package that each is of, and what makes it."""
