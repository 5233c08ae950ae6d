"""How right cleankit is: every task with its cases and its measures.

A task is what a tool may be asked to do; its cases are what is given and what is wanted of it, and
its score is made of `benchmarks.measures`. The peers are asked the same (`benchmarks.peers`).
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import cleankit
from benchmarks import charsets, generate, html_page, mailing, measures
from benchmarks.corpus import Message, addresses, damaged, known_failures, messages
from benchmarks.measures import Span, Titled
from cleankit import Document

CASES = Path(__file__).parent.parent / "corpus" / "cases"
CODECS = (
    *("mac_roman", "cp1252", "latin-1", "cp1250", "cp1251", "cp1253"),
    *("cp1254", "cp1257", "cp437", "cp850", "iso8859-2", "koi8-r"),
)
"""What UTF-8 is misread with."""

SPLITTING = "\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e\ufffd"
"""Lines with characters that some tools split lines at cannot be compared line by line."""


@dataclass(frozen=True)
class Case:
    """What is given, what is wanted, and what the case is counted under."""

    given: Any
    wanted: Any
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """What can be asked of a tool.

    Attributes:
        cases: all of them, made anew.
        ours: what cleankit makes of what is given.
        score: counts of what is right, from a case and what came of it.
    """

    name: str
    cases: Callable[[], Iterable[Case]]
    ours: Callable[[Any], Any]
    score: Callable[[Case, Any], Counter[str]]


def evaluate(task: Task, tool: Callable[[Any], Any] | None = None) -> dict[str, Counter[str]]:
    """The counts of a tool (cleankit by default) over all cases, and by group; "" is the whole."""
    counts: dict[str, Counter[str]] = {"": Counter()}
    for case in task.cases():
        scored = task.score(case, (tool or task.ours)(case.given))
        for group in ("", *case.groups):
            counts.setdefault(group, Counter()).update(scored)
    return counts


def repairs() -> Iterator[Case]:
    """Sound sentences of many languages, damaged in every codec and four ways."""
    known = tomllib.loads((CASES / "mojibake" / "languages.toml").read_text(encoding="utf-8"))
    for language, sentences in known["languages"].items():
        yield from _damages(sentences, language)


def repairs_of(folder: Path) -> Iterator[Case]:
    """The same with the texts of a folder."""
    for path in _files(folder):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from _damages([line[:400] for line in text.splitlines() if not line.isascii()][:30])


def _damages(lines: list[str], language: str = "") -> Iterator[Case]:
    lines = [line for line in lines if not any(char in line for char in SPLITTING)]
    groups = (f"language {language}",) if language else ()
    yield Case("\n".join(lines), (lines, lines), ("sound", *groups))
    for codec in CODECS:
        once = [damaged(line, codec) for line in lines]
        mixed = [
            bad if n % 2 else line for n, (line, bad) in enumerate(zip(lines, once, strict=True))
        ]
        twice = [damaged(line, codec) for line in once]
        for way, bad in (("whole", once), ("mixed", mixed), ("twice", twice)):
            yield Case("\n".join(bad), (lines, bad), (f"codec {codec}", way, *groups))
        for line, bad_line in zip(lines, once, strict=True):
            if line != bad_line:
                yield Case(
                    bad_line, ([line], [bad_line]), (f"codec {codec}", "single line", *groups)
                )


def charset_bodies() -> Iterator[Case]:
    """Held-out bodies in the legacy charsets of their languages, nothing declared."""
    for name in charsets.HELD_OUT:
        for text, charset in charsets.bodies(name):
            yield Case(text.encode(charset), text, (charset,))


def links() -> Iterator[Case]:
    """The links of the corpus that their place does not decide, and of generated messages."""
    for message in messages():
        yield from (Case(*pair) for pair in message.links if len(pair) == 2 and pair[1])
    for generated in generate.messages(300, seed=8):
        yield from (Case(*pair) for pair in generated.links)


def links_of(table: Path) -> Iterator[Case]:
    """The rows of a TSV: raw, expected, and where it is from."""
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) >= 2 and row[0] != "raw":
                yield Case(row[0], row[1])


def pages(folder: Path | None = None) -> Iterator[Case]:
    """Pages, and what there is on them: the corpus, or a folder."""
    found = _files(folder) if folder else sorted(CASES.parent.rglob("*.html"))
    for path in found:
        html = path.read_text(encoding="utf-8", errors="replace")
        yield Case(html, html_page.told(html))


@dataclass(frozen=True)
class Labels:
    """Where in a text as it is read boilerplate stands and sections begin."""

    text: str
    removed: list[Span]
    sections: list[Titled] | None
    optional: tuple[Span, ...] = ()
    ignored: frozenset[int] = frozenset()
    start: int = 0


def letters() -> Iterator[Case]:
    """The undamaged messages of the corpus, as text as it is read."""
    for message in messages():
        if not message.damage:
            document = cleankit.clean(message.data, format=message.format, passes=[])
            yield Case(document.text, _labels(message, document.text))


def _labels(message: Message, text: str) -> Labels:
    """The labels of a message of the corpus. Lines without a word are neither right nor wrong."""
    sections = None if message.sections is None else message.titles(text)
    ruled = tuple(match.span() for match in re.finditer(r"^\W+$", text, re.MULTILINE))
    return Labels(text, message.removals(text), sections, ruled)


def newsletters_of(folder: Path, labels: Path) -> Iterator[Case]:
    """Outside newsletters with labels as JSON: `{"file", "meta_end", "boilerplate": [{"start",
    "end", "kind"}], "optional": [...], "sections": [{"line", "level", "title"}]}`, lines from 1
    and inclusive. What stands before `meta_end`, and what is optional, is not counted."""
    for path in sorted(labels.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / gold["file"]).read_text(encoding="utf-8", errors="replace")
        starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

        def spans(name: str) -> list[Span]:
            return [(starts[s["start"] - 1], starts[s["end"]] - 1) for s in gold[name]]  # noqa: B023

        ignored = set(range(gold["meta_end"]))
        ignored |= {n for s in gold["optional"] for n in range(s["start"] - 1, s["end"])}
        titles = [(starts[s["line"] - 1], s["title"], s["level"]) for s in gold["sections"]]
        yield Case(
            text,
            Labels(
                text,
                spans("boilerplate"),
                titles,
                tuple(spans("optional")),
                frozenset(ignored),
                starts[gold["meta_end"]] if gold["meta_end"] else 0,
            ),
        )


def score_footers(case: Case, came: Any) -> Counter[str]:
    """What was cut; `came` is a document, or the text that a tool left."""
    labels: Labels = case.wanted
    removed = (
        [(removal.start, removal.end) for removal in came.removed]
        if isinstance(came, Document)
        else gone(labels.text, came)
    )
    return measures.boilerplate(
        labels.text, labels.removed, removed, optional=labels.optional, start=labels.start
    )


def score_sections(case: Case, came: Any) -> Counter[str]:
    """The sections of a document, or a list of where they begin."""
    labels: Labels = case.wanted
    if labels.sections is None:
        return Counter()
    if isinstance(came, Document):
        came = [(s.origin[0], s.title, s.level) for s in came.sections if s.title]
    return measures.sections(labels.text, labels.sections, came, ignored=labels.ignored)


def gone(text: str, left: str) -> list[Span]:
    """Which lines of a text are no more in what a tool left of it."""
    still = Counter(line.strip() for line in left.split("\n"))
    spans, start = [], 0
    for line in text.split("\n"):
        if still[line.strip()] > 0:
            still[line.strip()] -= 1
        else:
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def whole() -> Iterator[Case]:
    """Messages as they are found, with the exact text that is wanted of each."""
    for message in messages():
        if message.clean is not None:
            yield Case((message.data, message.format), message, (message.path.suffix,))


def score_whole(case: Case, came: str) -> Counter[str]:
    """Exact texts, words kept and words that should not be there, secrets in the text."""
    message: Message = case.wanted
    wanted, there = Counter(measures.words(message.clean or "")), Counter(measures.words(came))
    return Counter(
        exacts=1,
        exact=came.strip() == (message.clean or "").strip(),
        words=wanted.total(),
        words_right=(wanted & there).total(),
        words_surplus=(there - wanted).total(),
        secrets=len(message.secrets),
        secrets_left=sum(secret in came for secret in message.secrets),
    )


def score_records(case: Case, came: Document) -> Counter[str]:
    """A whole document against the gold of its message, its record and the law of restoring."""
    message: Message = case.wanted
    record = json.dumps(came.to_dict(), ensure_ascii=False)
    stay, go = map(Counter, message.divided_links(came.original))
    there = Counter(addresses(came.text))
    counts: Counter[str] = Counter(
        exacts=1,
        exact=not differences(message, came),
        links=stay.total() + go.total(),
        links_right=(stay & there).total() + (go - (there - stay)).total(),
        links_there=there.total(),
        links_invented=(there - stay - go).total(),
        secrets=len(message.secrets),
        secrets_left=sum(secret in record for secret in message.secrets),
        restores=1,
        restored=cleankit.restore(came.text, came.edits) == came.original,
    )
    labels = Case(None, _labels(message, came.original))
    return counts + score_footers(labels, came) + score_sections(labels, came)


def differences(message: Message, came: Document) -> list[str]:
    """In what respects a document differs from the gold of its message."""
    found = [(section.title, section.level) for section in came.sections if section.title]
    record = json.dumps(came.to_dict(), ensure_ascii=False)
    gold = message.sections
    checks = {
        "clean": message.clean is None or came.text.strip() == message.clean.strip(),
        "sections": gold is None or found == [(title, level) for title, level in gold],
        "links": addresses(came.text) == message.divided_links(came.original)[0],
        "secrets": not any(secret in record for secret in message.secrets),
        "hidden": not any(words in came.text for words in message.hidden),
    }
    return [name for name, right in checks.items() if not right]


def score_generated(case: Case, came: Document) -> Counter[str]:
    """A document against the gold that was written with it."""
    message: generate.Message = case.wanted
    labels = Labels(
        message.text,
        [(start, end) for start, end, _ in message.removed],
        [(start, title, level) for start, title, level in message.sections],
    )
    case = Case(None, labels)
    counts = _left_whole(message, message.clean, came)
    return counts + score_footers(case, came) + score_sections(case, came)


def score_mails(case: Case, came: Document) -> Counter[str]:
    """A generated mail: what is left whole, what is left of its footer, and its titles."""
    message: generate.Message = case.wanted
    wanted = Counter(title for _, title, _ in message.sections)
    if mailing.form_of(message) != "plain":
        wanted = Counter(mailing.titles(message))
    found = Counter(section.title for section in came.sections if section.title)
    counts = Counter(
        found=(wanted & found).total(),
        missed=(wanted - found).total(),
        extra=(found - wanted).total(),
    )
    return counts + _left_whole(message, mailing.shown(message), came)


def _left_whole(message: generate.Message, paragraphs: list[str], came: Document) -> Counter[str]:
    plain = " ".join(came.text.replace("#", "").split())
    record = json.dumps(came.to_dict(), ensure_ascii=False)
    return Counter(
        paragraphs=len(paragraphs),
        whole_paragraphs=sum(" ".join(paragraph.split()) in plain for paragraph in paragraphs),
        links=len(message.links),
        links_right=sum(after in came.text for _, after in message.links),
        secrets=len(message.secrets),
        secrets_left=sum(secret in record for secret in message.secrets),
    )


def generated_mails() -> Iterator[Case]:
    """Generated messages as mail, in many forms and charsets."""
    for message in generate.messages(300, seed=9):
        groups = (message.language, mailing.form_of(message))
        yield Case(generate.as_mail(message), message, groups)


def _cleaned(given: tuple[bytes, str | None]) -> Document:
    return cleankit.clean(given[0], format=given[1])


TASKS = {
    task.name: task
    for task in (
        Task(
            "messages",
            lambda: (Case((m.data, m.format), m, (m.path.suffix,)) for m in messages()),
            _cleaned,
            score_records,
        ),
        Task(
            "generated",
            lambda: (Case(m.text, m, (m.language,)) for m in generate.messages(300, seed=7)),
            lambda text: cleankit.clean(text, format="markdown"),
            score_generated,
        ),
        Task(
            "mails",
            generated_mails,
            lambda mail: cleankit.clean(mail, format="email"),
            score_mails,
        ),
        Task(
            "mojibake",
            repairs,
            lambda text: cleankit.clean(text, format="text", passes=["mojibake"]).text,
            lambda case, came: measures.repair(case.wanted[0], case.wanted[1], came),
        ),
        Task(
            "charsets",
            charset_bodies,
            charsets.contenders()["cleankit"],
            lambda case, came: Counter(charsets=1, charset_right=came == case.wanted),
        ),
        Task(
            "links",
            links,
            cleankit.clean_url,
            lambda case, came: measures.link(case.given, case.wanted, came),
        ),
        Task(
            "pages",
            pages,
            lambda html: cleankit.clean(html, format="html", passes=["characters"]).text,
            lambda case, came: measures.page(case.wanted, came),
        ),
        Task(
            "footers",
            letters,
            lambda text: cleankit.clean(text, format="markdown"),
            score_footers,
        ),
        Task(
            "sections",
            letters,
            lambda text: cleankit.clean(text, format="markdown"),
            score_sections,
        ),
        Task("whole", whole, lambda given: _cleaned(given).text, score_whole),
    )
}
"""Every task, by name."""


def outside(
    newsletters: tuple[Path, Path] | None = None,
    links: Path | None = None,
    pages_in: Path | None = None,
    texts: Path | None = None,
) -> dict[str, Task]:
    """The tasks on data from outside, where it is given: the same measures."""
    tasks = {}
    if newsletters:
        for name in ("footers", "sections"):
            tasks[name] = _with(name, lambda: newsletters_of(*newsletters))
    if links:
        tasks["links"] = _with("links", lambda: links_of(links))
    if pages_in:
        tasks["pages"] = _with("pages", lambda: pages(pages_in))
    if texts:
        tasks["mojibake"] = _with("mojibake", lambda: repairs_of(texts))
    return tasks


def _with(name: str, cases: Callable[[], Iterable[Case]]) -> Task:
    return Task(name, cases, TASKS[name].ours, TASKS[name].score)


def surprises() -> list[str]:
    """Messages that fail though nobody said so, and known failures that come out right now."""
    known = known_failures()
    told = []
    for message in messages():
        wrong = differences(message, _cleaned((message.data, message.format)))
        if wrong and message.name not in known:
            told.append(f"{message.name}: differs in {', '.join(wrong)}")
        elif not wrong and message.name in known:
            told.append(f"{message.name}: right now, and no known failure any more")
    return told


def _files(folder: Path) -> list[Path]:
    return [folder] if folder.is_file() else sorted(p for p in folder.rglob("*") if p.is_file())
