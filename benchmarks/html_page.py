"""What there is on a page, told with the standard library's parser, independent of ours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from benchmarks.measures import words

SILENT = {"script", "style", "title", "head", "template", "noscript", "textarea", "select", "svg"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
INLINE = {"a", "b", "i", "em", "strong", "span", "font", "u", "s", "sub", "sup", "code", "small"}
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|mso-hide\s*:\s*all"
    r"|position\s*:\s*absolute.*\b(?:left|top)\s*:\s*-\d{4}",
    re.IGNORECASE,
)
SIZE = re.compile(r"font-size\s*:\s*(?P<number>\d+(?:\.\d+)?)", re.IGNORECASE)
GROUND = re.compile(r"background(?:-color)?\s*:\s*(?P<colour>[#\w]+)", re.IGNORECASE)
INK = re.compile(r"(?<![\w-])color\s*:\s*(?P<colour>[#\w]+)", re.IGNORECASE)
WHITE = {"#fff", "#ffffff", "white"}
CLASS_HIDING = re.compile(r"\.([\w-]+)\s*\{[^{}]*display\s*:\s*none[^{}]*\}")
AT_BLOCK = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def told(html: str) -> dict[str, list[str]]:
    """The visible words of a page, its headings, list items, links, images' texts; hidden text.

    Headings, items and hidden text are given by their first words, links by their address.
    """
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    visible = words("".join(reader.visible))
    joined = f" {' '.join(visible)} "
    hidden = words("".join(reader.hidden))
    beginnings = {key: [words("".join(parts)) for parts in reader.parts[key]] for key in "hl"}
    return {
        "words": visible,
        "headings": [" ".join(one[:4]) for one in beginnings["h"] if one],
        "items": [" ".join(one[:3]) for one in beginnings["l"] if one],
        "links": reader.links,
        "images": [" ".join(words(text)) for text in reader.images if words(text)],
        "hidden": [
            run
            for run in (" ".join(hidden[n : n + 3]) for n in range(0, len(hidden) - 2, 3))
            if f" {run} " not in joined
        ],
    }


class _Element(NamedTuple):
    tag: str = ""
    is_hidden: bool = False
    is_silent: bool = False
    is_tiny: bool = False
    ink: str = "black"
    ground: str = "white"

    def within(self, tag: str, given: dict[str, str], is_hidden: bool) -> _Element:
        """An element within this one, with the attributes given."""
        style = given.get("style", "")
        size = SIZE.search(style)
        ink = INK.search(style)
        ground = GROUND.search(style)
        return _Element(
            tag,
            is_hidden,
            self.is_silent or tag in SILENT,
            float(size["number"]) == 0 if size else self.is_tiny,
            (ink["colour"] if ink else given.get("color", self.ink)).lower(),
            (ground["colour"] if ground else given.get("bgcolor", self.ground)).lower(),
        )

    @property
    def is_unseen(self) -> bool:
        return self.is_hidden or self.is_tiny or (self.ink in WHITE and self.ground in WHITE)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        styles = "".join(re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL | re.IGNORECASE))
        self.hiding = set(CLASS_HIDING.findall(AT_BLOCK.sub("", styles)))
        self.open: list[_Element] = []
        self.visible: list[str] = []
        self.hidden: list[str] = []
        self.parts: dict[str, list[list[str]]] = {"h": [], "l": []}
        self.links: list[str] = []
        self.images: list[str] = []
        self.link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        outside = self.open[-1] if self.open else _Element()
        hidden = (
            outside.is_hidden or "hidden" in given or bool(HIDING.search(given.get("style", "")))
        )
        hidden = hidden or bool(self.hiding & set(given.get("class", "").split()))
        element = outside.within(tag, given, hidden)
        if tag not in INLINE:
            self.handle_data(" ")
        if tag in VOID:
            small = given.get("width") in ("0", "1") and given.get("height") in ("0", "1")
            if tag == "img" and given.get("alt") and not element.is_unseen and not small:
                self.images.append(given["alt"])
                for texts in self._texts():
                    texts.append(f" {given['alt']} ")
            return
        self.open.append(element)
        if element.is_unseen or element.is_silent:
            return
        if re.fullmatch("h[1-6]", tag):
            self.parts["h"].append([])
        elif tag == "li":
            self.parts["l"].append([])
        elif tag == "a" and given.get("href", "").startswith(("http", "mailto")):
            self.link = given["href"].strip(), len(self.visible)

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]
        if tag == "a" and self.link:
            if "".join(self.visible[self.link[1] :]).strip():
                self.links.append(self.link[0])
            self.link = None
        if tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].is_silent:
            return
        if self._hidden():
            self.hidden.append(data)
            return
        self.visible.append(data)
        for texts in self._texts():
            texts.append(data)

    def _hidden(self) -> bool:
        return bool(self.open) and self.open[-1].is_unseen

    def _texts(self) -> list[list[str]]:
        """The headings and items that are open now."""
        names = [element.tag for element in self.open]
        heading = any(re.fullmatch("h[1-6]", name) for name in names)
        opened = self.parts["h"][-1:] if heading else []
        return opened + (self.parts["l"][-1:] if "li" in names else [])
