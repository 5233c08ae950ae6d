"""Images: what they show in words, and which ones only count that the message was opened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleankit.html.addresses import balanced
from cleankit.html.text import one_line

_OPEN_COUNT = re.compile(
    r"[/.?&=](?:open|opens|o|pixel|px|beacon|track(?:ing)?|wf/open|e/o|imp|1x1|spacer|blank|clear)"
    r"(?:\.(?:gif|png|aspx?|php|ashx))?(?:[?&/#]|$)",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(
    r"(?:tracking|open|web)?[\s_-]?(?:pixel|beacon|tracker|spacer|image|img)?", re.I
)
_TINY = re.compile(
    r"(?:^|[;\s])(width|height)\s{0,9}:\s{0,9}([01](?:\.0)?)(?:px|%)?\s{0,9}(?=[!;]|$)", re.I
)


def words_of(attributes: Mapping[str, str | None]) -> str:
    """The words that stand for an image, on one line; empty if it has none."""
    return one_line(attributes.get("alt")) or one_line(attributes.get("title"))


def counts_opens(attributes: Mapping[str, str | None], words: str) -> bool:
    """True if an image is there to be fetched, not to be seen.

    Either it has no size (both sides one pixel or none, as attributes or style), or its address is
    one of the shapes in which senders count opened messages and it has no words of its own.
    """
    sizes = [attributes.get("width"), attributes.get("height")]
    style = attributes.get("style")
    if style and ("width" in style or "height" in style):
        for name, _ in _TINY.findall(style):
            sizes[name.lower() == "height"] = "1"
    if all(size is not None and size.strip().removesuffix("px") in ("0", "1") for size in sizes):
        return True
    source = attributes.get("src") or ""
    return bool(_NO_WORDS.fullmatch(words) and _OPEN_COUNT.search(source[:2000]))


def source_of(attributes: Mapping[str, str | None]) -> str:
    """The address of an image that others can fetch; empty for data in the page or attachments."""
    source = (attributes.get("src") or "").strip()
    scheme = source[:5].lower()
    return "" if scheme == "data:" or scheme.startswith("cid:") else source


def markdown(alt: str, address: str) -> str:
    """An image in Markdown, or its words alone where there is no address."""
    if not address:
        return alt
    if ("[" in alt or "]" in alt) and not balanced(alt, "[", "]"):
        alt = alt.replace("[", "\\[").replace("]", "\\]")
    return f"![{alt}]({address})"
