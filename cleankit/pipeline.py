"""The pipeline: passes by name or as callables, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from cleankit.document import Document
from cleankit.errors import CleankitError, PassError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Pass: TypeAlias = Callable[[Document], Document]
"""A pass takes a document and returns a document; it raises for no input."""

BUILT_IN: dict[str, str] = {
    "mojibake": "text that was decoded with the wrong codec, one or several times over",
    "characters": "invisible, control and tag characters, odd spaces, entities; NFC",
    "links": "redirects unwrapped, tracking parameters stripped, credentials masked",
    "boilerplate": "front matter, header blocks, footers, calls to subscribe, debris",
    "whitespace": "line ends, trailing spaces, runs of blank lines",
    "sections": "titles and levels; titles become headings in Markdown",
}
"""The built-in passes in their default order, each with what it works on."""

ROUNDS = 8
"""So often the passes look at a document that they are in doubt about."""

DENSE = 100
"""A text is full of changes if there is a rule that changed it for so many of its characters: of
real newsletters those of a line or two, and most texts put together from pieces of mail."""

WEIGHING = frozenset({"mojibake"})
"""Passes whose judgement of a place rests on all the rest of the text, and that cost little."""

ENTRY_POINTS = "cleankit.passes"
"""The entry point group by which an installed package offers passes of its own."""


class Pipeline:
    """A callable `Document -> Document` that runs passes in order.

    Args:
        passes: names or callables; None for the default order. An empty list changes nothing.
        options: keyword arguments by pass name, for instance `{"sections": {"headings": False}}`.

    Raises:
        PassError: no pass of that name, or options for a pass that is not in the list.
    """

    def __init__(
        self,
        passes: Iterable[str | Pass] | None = None,
        *,
        options: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        chosen = list(BUILT_IN) if passes is None else list(passes)
        named = [
            (each, load(each)) if isinstance(each, str) else (_name(each), each) for each in chosen
        ]
        options = options or {}
        for name in sorted(options.keys() - {name for name, _ in named}):
            raise PassError(f"options for {name!r}, which is not among the passes")
        self.passes: tuple[tuple[str, Pass], ...] = tuple(
            (name, partial(each, **options[name]) if options.get(name) else each)
            for name, each in named
        )
        # A pass of somebody else's may change something whenever it runs.
        self._looking_again = tuple(
            step
            for step, given in zip(self.passes, chosen, strict=True)
            if isinstance(given, str) and given in BUILT_IN
        )

    def __call__(
        self, document: Document, run: Callable[[str, Pass, Document], Document] | None = None
    ) -> Document:
        """Run every pass on the document.

        A pass may be in doubt (see `Document.in_doubt`), what is left of a text full of changes
        reads otherwise than what stood there, and `mojibake` weighs a text as a whole, of which
        the others then cut: the built-in passes look again as long as the text still changes, so
        that a second cleaning would find nothing.

        Args:
            document: any document.
            run: runs one pass, for a caller that watches them; `run_pass` by default.

        Raises:
            PassError: a pass raised, or returned no document; names the pass and the source.
        """
        run = run or run_pass
        steps = self.passes
        for _ in range(ROUNDS):
            before = document.text
            document = document.in_doubt(False)
            for name, each in steps:
                document = run(name, each, document)
            if document.text == before:
                break
            steps = self._looking_again
            if not (document.context.in_doubt or _is_full_of_changes(document)):
                weighed = self._weigh(document, run)
                if weighed.text == document.text:
                    break
                document = weighed
        return document

    def _weigh(
        self, document: Document, run: Callable[[str, Pass, Document], Document]
    ) -> Document:
        """The document after the passes that weigh the whole text, if there is what they repair."""
        if not document.text.isascii():
            for name, each in self._looking_again:
                if name in WEIGHING:
                    document = run(name, each, document)
        return document

    def stream(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Clean documents one by one, as they are asked for."""
        return map(self, documents)


def _is_full_of_changes(document: Document) -> bool:
    rules = {edit.rule for edit in document.edits if edit.before != edit.after}
    return DENSE * len(rules) > len(document.text)


def run_pass(name: str, each: Pass, document: Document) -> Document:
    """Run one pass; see `Pipeline.__call__` for what it raises."""
    source = f"{document.name}: " if document.name else ""
    try:
        result = each(document.for_pass(name))
    except CleankitError:
        raise
    except Exception as error:
        raise PassError(f"{source}pass {name!r} failed: {type(error).__name__}: {error}") from error
    if not isinstance(result, Document):
        raise PassError(f"{source}pass {name!r} returned {type(result).__name__}, not a Document")
    return result


def load(name: str) -> Pass:
    """The pass of that name: a built-in one, or one that an installed package offers.

    Raises:
        PassError: there is none, or it cannot be loaded.
    """
    if name in BUILT_IN:
        module = import_module(f"cleankit.passes.{name}")
        built_in: Pass = getattr(module, name)
        return built_in
    offered = available()
    if name not in offered:
        raise PassError(f"no pass {name!r}; there are {', '.join([*BUILT_IN, *offered])}")
    try:
        plugin: Pass = offered[name].load()
    except Exception as error:
        raise PassError(
            f"pass {name!r} ({offered[name].value}) cannot be loaded: {error}"
        ) from error
    return plugin


def available() -> dict[str, EntryPoint]:
    """The passes that installed packages offer, by name."""
    from importlib.metadata import entry_points

    found = entry_points(group=ENTRY_POINTS)
    return {point.name: point for point in sorted(found, key=lambda point: point.name)}


def _name(each: Pass) -> str:
    inner: Any = each
    while isinstance(inner, partial):
        inner = inner.func
    return str(getattr(inner, "__name__", type(inner).__name__))
