"""The document: a text, the original that it came from, and all that ties the two.

A `Document` is a value. A pass never changes one: it asks for a new one by `doc.edit(...)`, which
alone changes text, and by `doc.divide(...)`, which alone sets sections. Both keep the ledger, the
removals, the sections and the map to the original true to each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from cleankit.edits import Change, Edit, apply, compose, restore
from cleankit.errors import CleankitError, EditError
from cleankit.kinds import LABELLED

_PLACE = itemgetter(0, 1)

SCHEMA = 1
"""The version of what `Document.to_dict` writes; a reader refuses one that it does not know."""


class Removal(NamedTuple):
    """Something that was cut: `doc.original[start:end]`, of this kind, by this rule."""

    start: int
    end: int
    kind: str
    rule: str


class Title(NamedTuple):
    """Where a section begins in `doc.text`, its title, and how deep it stands (1 is the top)."""

    start: int
    title: str
    level: int


class Section(NamedTuple):
    """A stretch of the text from its title to the next title, whatever that one's level.

    Sections follow each other without a gap, so that each character belongs to one section. What
    stands before the first title is a section of level 1 without a title. `parent` is the index
    in `doc.sections` of the section that contains this one, or None.
    """

    title: str
    level: int
    start: int
    end: int
    origin: tuple[int, int]
    parent: int | None = None


@dataclass(frozen=True)
class Context:
    """What readers and passes may know of a document and no record ever holds.

    `in_doubt` tells the pipeline to look again; see `Document.in_doubt`. `html_renderer` names what
    renders HTML; see `cleankit.html.RENDERERS`.
    """

    kept_kinds: frozenset[str] = frozenset(LABELLED)
    recipients: frozenset[str] = frozenset()
    pass_name: str = "edit"
    in_doubt: bool = False
    html_renderer: str = "cleankit"


@dataclass(frozen=True)
class Document:
    """One message or document, on its way from what was read to what is clean.

    Attributes:
        text: the text as it is now (Markdown flavoured).
        original: the text that the passes started from.
        meta: what the source tells of itself: subject, sender, date, format, encoding, sha256 ...
        name: the source's name, for messages and records; empty if it has none.
        edits: the ledger; positions in `text`. See `cleankit.edits.Edit`.
        removed: what was cut, in order; positions in `original`, never overlapping.
        sections: the parts of the text; see `Section`.
        context: what passes may know and no record holds.

    All positions are offsets in characters, half-open.
    """

    text: str
    original: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    edits: tuple[Edit, ...] = ()
    removed: tuple[Removal, ...] = ()
    sections: tuple[Section, ...] = ()
    context: Context = field(default=Context(), compare=False, repr=False)

    @classmethod
    def of(
        cls,
        text: str,
        meta: Mapping[str, Any] | None = None,
        *,
        name: str = "",
        context: Context | None = None,
    ) -> Document:
        """A document as a reader makes it: nothing changed yet."""
        return cls(text, text, dict(meta or {}), name, context=context or Context())

    def edit(
        self, changes: Iterable[Change | Sequence[Any]], *, pass_name: str | None = None
    ) -> Document:
        """Apply changes to the text and return the document that results.

        Args:
            changes: `Change`s, or tuples `(start, end, replacement, rule[, kind[, note]])`, on
                `doc.text`, in any order. One that changes nothing is recorded as a note if it
                bears a note or a kind, and dropped otherwise. One whose kind the user keeps
                becomes a note.
            pass_name: who makes them; told by the pipeline, and rarely needed.

        Raises:
            EditError: a change is out of range or overlaps another. Notes may stand anywhere.
        """
        who = pass_name or self.context.pass_name
        actions, notes = self._validated(changes, who)
        if not actions and not notes:
            return self
        text = apply(self.text, actions)
        edits = compose(self.text, self.edits, actions, notes, who)
        cut = [
            Removal(*self.origin(change.start, change.end), change.kind, change.rule)
            for change in actions
            if change.kind
        ]
        edited = _with(
            self, text=text, edits=edits, removed=_merge_removals(self.removed, cut), sections=()
        )
        if not self.sections:
            return edited
        starts = _moved([section.start for section in self.sections], actions)
        return edited._with_sections(
            [
                Title(start, old.title, old.level)
                for start, old in zip(starts, self.sections, strict=True)
            ]
        )

    def divide(self, titles: Iterable[Title | tuple[int, str, int]]) -> Document:
        """Set the sections, given where each begins, its title and its level.

        Args:
            titles: in the order of the text. What stands before the first becomes a section
                without a title, unless it is blank.

        Raises:
            EditError: a title out of range, out of order, or with a level below 1.
        """
        found = [Title(*title) for title in titles]
        before = -1
        for title in found:
            if not before < title.start < len(self.text) or title.level < 1:
                raise EditError(f"{self._who()}: cannot begin a section with {title}")
            before = title.start
        if found and self.text[: found[0].start].strip():
            found.insert(0, Title(0, "", 1))
        return self._with_sections(found)

    def map_meta(self, change: Callable[[str], str]) -> Document:
        """The document with `change` applied to every string in `meta`, however deep."""
        changed = cache(change)  # Front matter says again what stands beside it.
        meta = {key: _mapped(value, changed) for key, value in self.meta.items()}
        return self if meta == self.meta else _with(self, meta=meta)

    def with_meta(self, **changes: Any) -> Document:
        """The document with these entries of `meta` set; None takes an entry out."""
        meta = {key: value for key, value in {**self.meta, **changes}.items() if value is not None}
        return _with(self, meta=meta)

    def in_doubt(self, is_so: bool = True) -> Document:
        """The document, with word for the pipeline whether a pass is in doubt about it.

        It is so if it leaves something as it is for the sake of other text, which may go. If the
        text changes after it, the built-in passes look again.
        """
        if self.context.in_doubt == is_so:
            return self
        return _with(self, context=_with(self.context, in_doubt=is_so))

    def sent_to(self, recipients: frozenset[str]) -> Document:
        """The document with these as the addresses that it was sent to, in lower case."""
        return _with(self, context=_with(self.context, recipients=recipients))

    def for_pass(self, name: str) -> Document:
        """The document as the pass of this name is given it."""
        return _with(self, context=_with(self.context, pass_name=name))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of `original` behind `text[start:end]`.

        Text that a pass changed counts as a whole. Text cut at the edges of a span is not part of
        it; an empty span covers what was cut at its place.

        Raises:
            EditError: the span is not one of this text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise EditError(f"{self._who()}: no span {start}:{end} in {len(self.text)} characters")
        if start == end:
            places = self._left(start), self._right(start)
            return min(places), max(places)
        return self._right(start), self._left(end)

    def to_dict(self, *, keep_credentials: bool = False) -> dict[str, Any]:
        """The document as JSON-ready data, from which `from_dict` makes it again.

        The original is not written: `text` and `edits` give it back. By default what identifies
        or authorises a subscriber is masked in the ledger, character for character, so that every
        position stays true, and so are tokens in `meta`; `keep_credentials` writes both unmasked.
        """
        from cleankit.links.credentials import mask_edit, mask_meta

        edits = (
            self.edits
            if keep_credentials
            else [mask_edit(edit, self.context.recipients) for edit in self.edits]
        )
        return {
            "schema": SCHEMA,
            "name": self.name,
            "text": self.text,
            "meta": dict(self.meta) if keep_credentials else mask_meta(self.meta),
            "sections": [
                {**section._asdict(), "origin": list(section.origin)} for section in self.sections
            ],
            "removed": [removal._asdict() for removal in self.removed],
            "edits": [edit.to_dict() for edit in edits],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """Read back what `to_dict` wrote; fields that it does not know are ignored.

        Raises:
            CleankitError: the data is no such record, or of a schema this version cannot read.
        """
        schema = data.get("schema")
        if schema != SCHEMA:
            raise CleankitError(f"cannot read a record of schema {schema!r}; this is {SCHEMA}")
        try:
            text = data["text"]
            edits = tuple(Edit.from_dict(edit) for edit in data["edits"])
            return cls(
                text=text,
                original=restore(text, edits),
                meta=dict(data["meta"]),
                name=data.get("name", ""),
                edits=edits,
                removed=tuple(Removal(**removal) for removal in data["removed"]),
                sections=tuple(
                    Section(**{**section, "origin": tuple(section["origin"])})
                    for section in data["sections"]
                ),
            )
        except (KeyError, TypeError) as error:
            raise CleankitError(f"not a record: {error}") from None

    def _who(self) -> str:
        return f"{self.name}: {self.context.pass_name}" if self.name else self.context.pass_name

    def _validated(
        self, changes: Iterable[Change | Sequence[Any]], who: str
    ) -> tuple[list[Change], list[Change]]:
        """The changes in order, checked: those that change the text, and those that only note."""
        source = f"{self.name}: " if self.name else ""
        try:
            proposed = [c if isinstance(c, Change) else Change(*c) for c in changes]
            proposed.sort(key=_PLACE)
        except TypeError as error:
            raise EditError(f"{source}pass {who!r} proposed no change: {error}") from None
        text, kept_kinds = self.text, self.context.kept_kinds
        actions: list[Change] = []
        notes: list[Change] = []
        position = 0
        for change in proposed:
            start, end, replacement, rule, kind, note = change
            if not 0 <= start <= end <= len(text):
                raise EditError(
                    f"{source}pass {who!r}, rule {rule!r}: "
                    f"the edit {start}:{end} is out of range (0 to {len(text)})"
                )
            before = text[start:end]
            if before == replacement or kind in kept_kinds:
                if note or kind:
                    notes.append(Change(start, end, before, rule, kind, note))
                continue
            if start < position:
                raise EditError(
                    f"{source}pass {who!r}, rule {rule!r}: "
                    f"the edit {start}:{end} overlaps the one that ends at {position}"
                )
            position = end
            actions.append(change)
        return actions, notes

    def _with_sections(self, titles: Sequence[Title]) -> Document:
        """Sections from ordered titles, without those whose whole text is gone."""
        ends = [*(title.start for title in titles[1:]), len(self.text)]
        titles = [title for title, end in zip(titles, ends, strict=False) if end > title.start]
        origins = [self._right(t.start) if t.title or t.start else 0 for t in titles]
        sections: list[Section] = []
        open_sections: list[int] = []
        for index, title in enumerate(titles):
            last = index + 1 == len(titles)
            while open_sections and sections[open_sections[-1]].level >= title.level:
                open_sections.pop()
            sections.append(
                Section(
                    title.title,
                    title.level,
                    title.start,
                    len(self.text) if last else titles[index + 1].start,
                    (origins[index], len(self.original) if last else origins[index + 1]),
                    open_sections[-1] if open_sections else None,
                )
            )
            if title.title:
                open_sections.append(index)
        return _with(self, sections=tuple(sections))

    @cached_property
    def _map(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Starts and ends of the changed places, in the text and in the original."""
        starts: list[int] = []
        ends: list[int] = []
        originals: list[int] = []
        original_ends: list[int] = []
        shift = 0
        for edit in self.edits:
            start, end, before, after = edit[:4]
            if before != after:
                starts.append(start)
                ends.append(end)
                originals.append(start + shift)
                shift += len(before) - len(after)
                original_ends.append(end + shift)
        return starts, ends, originals, original_ends

    def _right(self, place: int) -> int:
        """Where in the original the character at `place` begins: after what was cut there."""
        starts, ends, originals, original_ends = self._map
        index = bisect_right(starts, place) - 1
        if index < 0:
            return place
        if place < ends[index]:
            return originals[index]
        return place - ends[index] + original_ends[index]

    def _left(self, place: int) -> int:
        """Where in the original the character before `place` ends: before what was cut there."""
        starts, ends, _, original_ends = self._map
        index = bisect_left(starts, place) - 1
        if index < 0:
            return place
        return max(place - ends[index], 0) + original_ends[index]


Value = TypeVar("Value", Context, Document)


def _with(value: Value, **changes: Any) -> Value:
    """The value with other values in some fields: as `dataclasses.replace`, in a fifth of its time.

    What was worked out from the fields as they were stays behind.
    """
    changed = object.__new__(type(value))
    fields = vars(changed)
    fields.update(vars(value))
    fields.pop("_map", None)
    fields.update(changes)
    return changed


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _mapped(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, change) for inner in value]
    return value


def _merge_removals(earlier: Sequence[Removal], later: Sequence[Removal]) -> tuple[Removal, ...]:
    """Both lists in order, without those that a later one contains or that cut nothing original."""
    if not later:
        return tuple(earlier)
    merged: list[Removal] = []
    for removal in sorted((*later, *earlier), key=lambda r: (r.start, -r.end)):
        if removal.end > max(removal.start, merged[-1].end if merged else 0):
            merged.append(removal)
    return tuple(merged)


def _moved(places: Sequence[int], changes: Sequence[Change]) -> list[int]:
    """Where ordered places in the text before stand after the changes.

    A place inside changed text moves to its beginning; text put in at a place comes after it.
    """
    moved: list[int] = []
    index = shift = 0
    for place in places:
        while index < len(changes) and changes[index].start < place:
            change = changes[index]
            if change.end > place:
                break
            shift += len(change.replacement) - (change.end - change.start)
            index += 1
        inside = index < len(changes) and changes[index].start < place
        moved.append((changes[index].start if inside else place) + shift)
    return moved
