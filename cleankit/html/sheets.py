"""Style sheets of a page, as far as they hide text.

Only what holds on every screen counts: rules inside `@media` and the like are for some readers,
and what they show or hide has its counterpart outside. So of a text that is there twice, for small
screens and for large ones, the one that the plain rules show is the one that is read. A rule that
hides the whole page does not count either: such a page waits for a script to show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from cleankit.html.styles import Said, Style, is_empty, of_declarations, parse, said

MAX_RULES = 200
"""Rules that hide something, or that may show it again, in one page. Real ones have a dozen."""

MAX_CLIMB = 100
"""Ancestors looked at for a rule that shows what is hidden around a node."""

_HIDING = (
    "display:none",
    "visibility:hidden",
    "opacity:0",
    "font-size:0",
    "font-size:1px",
    "max-height:0",
    "height:0",
    "width:0",
    "left:-",
    "indent:-",
    "top:-",
    "clip:",
    "clip-path:",
    "scale(0",
)
"""What a rule that hides says, white space aside: a quick look, before the rule is read."""

_CONDITIONAL = ("media", "supports", "container", "document", "-moz-document")
_EVERYWHERE = re.compile(r"media\s{1,9}(?:only\s{1,9})?(?:screen|all)\s{0,9}\{", re.IGNORECASE)
_END_OF_BLOCK = re.compile(r"\{\s*\}|\}\s*\}")
_SELECTOR = re.compile(
    r"(?:[\w\-.#*\s>+~\[\]=\"'^$|]|\\[^\w\s]|:not\([\w\-.#]{1,99}\)|:(?:first|last|only)-child){1,200}"
)
"""Selectors that hold whatever the reader does, and that are told in no time at each element."""
_NAME = re.compile(r"[.#]?[A-Za-z_][\w-]{0,99}")
_COLOURED = re.compile(r"(?:^|[;{\s])(?:color|background(?:-color|-image)?)\s{0,9}:", re.IGNORECASE)


class Rule(NamedTuple):
    """A selector, how much it weighs against others, where it stands, and what it says."""

    selector: str
    weight: tuple[int, int, int]
    sheet: str
    place: int
    said: Said


class Sheets:
    """The style sheets of a page.

    Attributes:
        styled: by the id of a node in memory, what rules say of it; empty for most pages.
    """

    def __init__(self, parser: LexborHTMLParser) -> None:
        self._parser = parser
        self._texts = [
            node.text()
            for node in parser.tags("style")
            if (node.attributes.get("media") or "all").strip().lower() in ("all", "screen", "")
        ]
        self._names: frozenset[str] | None = None
        self._certain: dict[int, bool] = {}
        self._shown: dict[str, frozenset[int]] = {}
        self.styled: dict[int, list[Rule]] = {}
        hiding = [rule for text in self._texts for rule in _hiding_rules(text)]
        if hiding:
            self._match(hiding[:MAX_RULES])

    def combined(self, rules: list[Rule], style: str | None) -> Style:
        """What rules and an inline style say together (CSS Cascading 4, 6)."""
        inline = said(style) if style else Said({}, {})
        values: dict[str, str] = {}
        for rule in rules:
            values.update(rule.said.ordinary)
        values.update(inline.ordinary)
        for rule in rules:
            values.update(rule.said.important)
        values.update(inline.important)
        return of_declarations(values)

    def certain(self, node: LexborNode) -> bool:
        """True if no rule of any sheet may give the node or what is around it another colour."""
        if self._names is None:
            self._names = frozenset(_coloured_names(self._texts))
        if not self._names:
            return True
        if "*" in self._names:
            return False
        each: LexborNode | None = node
        climbed: list[int] = []
        certain = True
        while certain and each is not None:
            known = self._certain.get(each.mem_id)
            if known is not None:
                certain = known
                break
            climbed.append(each.mem_id)
            certain = not self._may_be_coloured(each, self._names)
            each = each.parent
        self._certain.update(dict.fromkeys(climbed, certain))
        return certain

    @staticmethod
    def _may_be_coloured(node: LexborNode, names: frozenset[str]) -> bool:
        """True if rules for these tags, classes and ids may give a node itself a colour."""
        attributes = node.attributes
        own = [f".{name}" for name in (attributes.get("class") or "").split()]
        return node.tag in names or not names.isdisjoint([*own, f"#{attributes.get('id')}"])

    def shows(self, node: LexborNode, rule: str) -> bool:
        """True if text is seen in an element though what is around it hides text by an inline
        style: a rule says otherwise of something in between.

        Args:
            node: the element that holds the text.
            rule: why it would not be seen, as `cleankit.html.looks.Look` has it.
        """
        if rule == "colour":
            return not self.certain(node)
        if (shown := self._shown.get(rule)) is None:
            rules = [each for text in self._texts for each in _showing_rules(text, rule)]
            shown = self._shown[rule] = frozenset(
                each.mem_id for found in rules[:MAX_RULES] for each in self._select(found.selector)
            )
        each: LexborNode | None = node if shown else None
        for _ in range(MAX_CLIMB):
            if each is None or each.mem_id in self.styled:
                return False
            if _says(parse(each.attributes.get("style") or ""), rule) is not None:
                return False
            if each.mem_id in shown:
                return True
            each = each.parent
        return False

    def shows_any(self, rule: str) -> bool:
        """True if `shows` has been asked of this rule, and may hold for some nodes."""
        return bool(self._shown.get(rule))

    def _match(self, hiding: list[Rule]) -> None:
        """Find the nodes that rules hide, and what else is said of the same properties."""
        found: dict[int, list[Rule]] = {}
        for rule in hiding:
            for node in self._select(rule.selector):
                found.setdefault(node.mem_id, []).append(rule)
        for whole in (self._parser.root, self._parser.body):
            if whole is not None:
                found.pop(whole.mem_id, None)
        if not found:
            return
        properties = {name for rule in hiding for part in rule.said for name in part}
        if any(_is_empty(rule.said) for rule in hiding):
            properties |= {"overflow", "overflow-y"}
        inherited = not properties.isdisjoint(("font-size", "font", "visibility"))
        showing = [
            rule
            for text in self._texts
            for rule in _rules(text, sorted(properties))
            if not _hides(rule.said)
        ]
        for rule in showing[:MAX_RULES]:
            for node in self._select(rule.selector):
                if inherited or node.mem_id in found:
                    found.setdefault(node.mem_id, []).append(rule)
        for matched in found.values():
            matched.sort(key=lambda rule: (*rule.weight, self._texts.index(rule.sheet), rule.place))
        self.styled = found

    def _select(self, selector: str) -> list[LexborNode]:
        try:
            return self._parser.css(selector)
        except (SelectolaxError, ValueError):
            return []


@lru_cache(maxsize=64)
def _hiding_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a sheet that hide something on every screen; senders use a sheet for years."""
    return tuple(
        rule for rule in _rules(text, _HIDING) if _hides(rule.said) or _is_empty(rule.said)
    )


@lru_cache(maxsize=64)
def _showing_rules(text: str, rule: str) -> tuple[Rule, ...]:
    """The rules of a sheet that undo what is hidden by its font size or visibility."""
    return tuple(
        found
        for found in _rules(text, (f"{rule}:", "font:") if rule == "font-size" else (f"{rule}:",))
        if _says(of_declarations({**found.said.ordinary, **found.said.important}), rule)
    )


def _says(style: Style, rule: str) -> bool | None:
    """Whether a style makes text seen that this rule would hide; None if it says nothing of it."""
    return style.readable if rule == "font-size" else style.visible


def _rules(text: str, words: Sequence[str]) -> Iterator[Rule]:
    """The rules of a sheet that hold on every screen and have one of these words in them."""
    for place, selectors, body in _plain_rules(text, words):
        declared = said(body)
        if declared.ordinary or declared.important:
            for selector in map(str.strip, selectors.split(",")):
                if _SELECTOR.fullmatch(selector):
                    yield Rule(selector, _specificity(selector), text, place, declared)


def _hides(declared: Said) -> bool:
    for part in declared:
        if part:
            style = of_declarations(part)
            if style.hides or style.visible is False or style.readable is False:
                return True
    return False


def _is_empty(declared: Said) -> bool:
    return is_empty(declared.ordinary) or is_empty(declared.important)


def _plain_rules(text: str, words: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Place, selectors and body of the rules outside conditional blocks that hold one of the words.

    The words are looked for where white space does not count: `display : none` is `display:none`.
    """
    text = _without_blocks(_without_comments(text))
    squeezed = text.lower().replace(" ", "").replace("\n", "").replace("\r", "").replace("\t", "")
    here = [word for word in words if word in squeezed]
    if not here:
        return
    bare = squeezed.split("}")
    for place, piece in enumerate(text.split("}")):
        if any(word in bare[place] for word in here):
            selectors, _, body = piece.partition("{")
            yield place, selectors.rpartition(";")[2].strip(), body


def _without_comments(text: str) -> str:
    if "/*" in text:
        first, *others = text.split("/*")
        text = first + " ".join(other.partition("*/")[2] for other in others)
    if "<!--" in text:
        text = text.replace("<!--", " ").replace("-->", " ")
    return text


def _without_blocks(text: str) -> str:
    """A sheet without its conditional blocks, and with those that hold on every screen unwrapped.

    A block ends where two closing braces follow each other, or at once.
    """
    first, *others = text.split("@")
    if not others:
        return text
    pieces = [first]
    for other in others:
        if everywhere := _EVERYWHERE.match(other):
            pieces.append(other[everywhere.end() :])
        elif other[:20].lower().startswith(_CONDITIONAL):
            end = _END_OF_BLOCK.search(other)
            pieces.append(other[end.end() :] if end else "")
        else:
            pieces.append(other)
    return "".join(pieces)


def _specificity(selector: str) -> tuple[int, int, int]:
    """How specific a selector is (Selectors 4, 17): ids, then classes and attributes, then tags."""
    classes = selector.count(".") + selector.count("[") + selector.count("-child")
    tags = sum(1 for part in re.split(r"[\s>+~]+", selector) if part[:1].isalpha())
    return selector.count("#"), classes, tags


def _coloured_names(texts: list[str]) -> Iterator[str]:
    """The classes (`.name`), ids (`#name`) and tags that any rule, anywhere, gives a colour."""
    for text in texts:
        for piece in _without_comments(text).split("}"):
            prelude, brace, body = piece.rpartition("{")
            if brace and _COLOURED.search(body):
                selectors = prelude.rpartition("{")[2]
                if "*" in selectors:
                    yield "*"
                yield from _NAME.findall(selectors)
