"""The ledger: what passes propose, what was changed, and how to take it back.

A pass proposes `Change`s on the text that it sees. Applied, they become `Edit`s: a flat list, in
the order of the text, whose positions are those of the *final* text. `compose` keeps that list true
while pass after pass changes the text, in time linear in the number of edits.

Positions are offsets in characters (code points), half-open: `text[start:end]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cleankit.errors import EditError


class Change(NamedTuple):
    """A proposal of a pass: `text[start:end]` becomes `replacement`, by `rule`.

    `kind` says what is cut (see `cleankit.kinds`); a repair has none. `note` is a remark for the
    reader of the ledger. A change that replaces text by itself is a note: it is recorded, and
    changes nothing.
    """

    start: int
    end: int
    replacement: str
    rule: str
    kind: str = ""
    note: str = ""


class Step(NamedTuple):
    """One of the changes that were merged into an `Edit`, as it was when it was made."""

    before: str
    after: str
    pass_name: str
    rule: str
    kind: str = ""
    note: str = ""


class Edit(NamedTuple):
    """One place where the text differs from the original, or a note about a place.

    `text[start:end] == after` in the final text, and `before` is what the original has there.
    Where several passes changed the same place, the edit bears the name of the last one and
    `history` tells every step, oldest first; otherwise `history` is empty.
    """

    start: int
    end: int
    before: str
    after: str
    pass_name: str
    rule: str
    kind: str = ""
    note: str = ""
    history: tuple[Step, ...] = ()

    @property
    def is_note(self) -> bool:
        """True if the edit records something and changes nothing."""
        return self.before == self.after

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every change made at this place, oldest first."""
        return self.history or (
            Step(self.before, self.after, self.pass_name, self.rule, self.kind, self.note),
        )

    def to_dict(self) -> dict[str, Any]:
        """The edit as JSON-ready data; empty `kind`, `note` and `history` are left out."""
        data: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "before": self.before,
            "after": self.after,
            "pass_name": self.pass_name,
            "rule": self.rule,
        }
        if self.kind:
            data["kind"] = self.kind
        if self.note:
            data["note"] = self.note
        if self.history:
            data["history"] = [
                {key: value for key, value in step._asdict().items() if value or key in _ALWAYS}
                for step in self.history
            ]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Edit:
        """Read back what `to_dict` wrote.

        Raises:
            EditError: a field is missing or has the wrong shape.
        """
        try:
            fields = dict(data)
            history = tuple(Step(**step) for step in fields.pop("history", ()))
            return cls(**fields, history=history)
        except (TypeError, ValueError) as error:
            raise EditError(f"not an edit: {error}") from None


_ALWAYS = frozenset({"before", "after", "pass_name", "rule"})
_new = tuple.__new__  # Half the time of `Edit(...)`: ledgers of damaged texts have an edit a word.


def restore(text: str, edits: Iterable[Edit | Mapping[str, Any]]) -> str:
    """Take every edit back and return the original, exactly.

    Args:
        text: the final text, `doc.text`.
        edits: its ledger, `doc.edits`, or the same as read from a JSON record.

    Raises:
        EditError: the edits do not belong to this text.
    """
    ledger = [edit if isinstance(edit, Edit) else Edit.from_dict(edit) for edit in edits]
    ledger.sort(key=lambda edit: (edit.start, edit.end))
    pieces: list[str] = []
    position = 0
    for edit in ledger:
        if edit.is_note:
            continue
        if edit.start < position or text[edit.start : edit.end] != edit.after:
            raise EditError(
                f"the edit at {edit.start} ({edit.pass_name}: {edit.rule}) "
                "does not belong to this text"
            )
        pieces += (text[position : edit.start], edit.before)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


def apply(text: str, changes: Sequence[Change]) -> str:
    """The text with `changes` made; they are in order and do not overlap."""
    return _with(text, 0, len(text), (change[:3] for change in changes))


def _with(text: str, start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> str:
    """A stretch of a text with other texts at some spans, in order and without overlap."""
    pieces: list[str] = []
    position = start
    for first, last, other in spans:
        pieces += (text[position:first], other) if position < first else (other,)
        position = last
    pieces.append(text[position:end])
    return "".join(pieces)


def compose(
    text: str,
    earlier: Sequence[Edit],
    changes: Sequence[Change],
    notes: Sequence[Change],
    pass_name: str,
) -> tuple[Edit, ...]:
    """The ledger after `changes` are made on `text`, whose ledger so far is `earlier`.

    Edits and changes that touch no common character stay apart; those that do are merged into one
    edit, from the original to the new text, with their steps as its history. Notes never widen an
    edit: a note inside a change becomes a step of it.

    Args:
        text: the text before the changes.
        earlier: its ledger, in order.
        changes: what changes the text: in order, without overlap.
        notes: what changes nothing, anywhere in the text.
        pass_name: the pass that makes them.
    """
    repairs = [edit for edit in earlier if edit.before != edit.after]
    noted = [edit for edit in earlier if edit.before == edit.after]
    if notes:
        told = set(noted)  # A pass that looks again says the same again.
        made = (_edit(note, note.replacement, note.start, pass_name) for note in notes)
        noted += [note for note in made if note not in told]
    if not repairs and not noted:
        return tuple(_first(text, changes, pass_name))
    merged, spans = _merge(text, repairs, changes, pass_name)
    if not noted:
        return tuple(merged)
    return _with_notes(merged, spans, noted)


def _edit(change: Change, before: str, start: int, pass_name: str) -> Edit:
    after = change.replacement
    end = start + len(after)
    fields = start, end, before, after, pass_name, change.rule, change.kind, change.note, ()
    return _new(Edit, fields)


def _first(text: str, actions: Sequence[Change], pass_name: str) -> Iterator[Edit]:
    """The edits of the first changes to a text: there is nothing to merge them with."""
    shift = 0
    for start, end, after, rule, kind, note in actions:
        place = start + shift
        grown = len(after)
        fields = place, place + grown, text[start:end], after, pass_name, rule, kind, note, ()
        yield _new(Edit, fields)
        shift += grown - (end - start)


def _merge(
    text: str, repairs: Sequence[Edit], actions: Sequence[Change], pass_name: str
) -> tuple[list[Edit], list[tuple[int, int]]]:
    """Merge two ordered lists over the same text; also give each result's span in that text.

    One walk over both lists. Edits before the next change only move. A group grows while the next
    item begins before the group ends. At the same place an empty item comes before a longer one,
    and an earlier edit before a new change: that is the order in which `restore` takes them back.
    """
    merged: list[Edit] = []
    spans: list[tuple[int, int]] = []
    shift = 0
    i = j = 0
    count = len(repairs)
    while i < count or j < len(actions):
        until = actions[j].start if j < len(actions) else len(text)
        while i < count and (edit := repairs[i])[1] <= until:
            span = start, end = edit[:2]
            spans.append(span)
            merged.append(_new(Edit, (start + shift, end + shift, *edit[2:])) if shift else edit)
            i += 1
        if j == len(actions):
            break
        start, end, after, rule, kind, note = actions[j]
        if i == count or repairs[i][0] >= end:
            place = start + shift
            fields = text[start:end], after, pass_name, rule, kind, note, ()
            merged.append(_new(Edit, (place, place + len(after), *fields)))
            spans.append((start, end))
            shift += len(after) - (end - start)
            j += 1
            continue
        first_edit, first_change = i, j
        if repairs[i][:2] <= (start, end):
            start, end = repairs[i][:2]
            i += 1
        else:
            j += 1
        while True:
            if i < count and repairs[i].start < end:
                end = max(end, repairs[i].end)
                i += 1
            elif j < len(actions) and actions[j].start < end:
                end = max(end, actions[j].end)
                j += 1
            else:
                break
        group = actions[first_change:j]
        edit = _combine(text, start, end, repairs[first_edit:i], group, start + shift, pass_name)
        shift += len(edit.after) - (end - start)
        merged.append(edit)
        spans.append((start, end))
    return merged, spans


def _combine(
    text: str,
    start: int,
    end: int,
    repairs: Sequence[Edit],
    actions: Sequence[Change],
    place: int,
    pass_name: str,
) -> Edit:
    """One edit for a stretch of text that both earlier edits and new changes touch."""
    before = _with(text, start, end, (edit[:3] for edit in repairs))
    after = _with(text, start, end, (change[:3] for change in actions))
    steps = [step for edit in repairs for step in edit.steps]
    for first, last, replacement, *why in actions:
        steps.append(_new(Step, (text[first:last], replacement, pass_name, *why)))
    main = actions[0]
    if len(actions) > 1:
        main = max(actions, key=lambda act: act.end - act.start)
    fields = place, place + len(after), before, after, pass_name, *main[3:], tuple(steps)
    return _new(Edit, fields)


def _with_notes(
    merged: list[Edit], spans: list[tuple[int, int]], noted: list[Edit]
) -> tuple[Edit, ...]:
    """Put notes, still in the positions of the text before, among the merged edits."""
    noted.sort(key=lambda note: note[:2])
    result: list[Edit] = []
    index = shift = 0
    for note in noted:
        place = (note.start, note.end)
        while index < len(merged) and spans[index] <= place and spans[index][1] <= note.start:
            shift = merged[index].end - spans[index][1]
            result.append(merged[index])
            index += 1
        if index < len(merged) and (spans[index] <= place or spans[index][0] < note.end):
            edit = merged[index]
            merged[index] = edit._replace(history=edit.steps + note.steps)
        else:
            result.append(note._replace(start=note.start + shift, end=note.end + shift))
    return (*result, *merged[index:])
