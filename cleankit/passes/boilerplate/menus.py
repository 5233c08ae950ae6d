"""Ways into a sender's site at the head of a letter: rows of links, logos."""

from __future__ import annotations

import re

from cleankit.passes.boilerplate.naming import Naming
from cleankit.passes.boilerplate.reading import plain, visible
from cleankit.passes.boilerplate.targets import is_root

MENU = 3
"""The fewest ways into a site that are a menu; one more if they have no links."""

ENTRY = 4
"""Words of an entry of a menu."""

_BARS = re.compile(r"[|•·‧｜ㅣ]|\s/\s")
# Links with words, and nothing but blanks between them.
_LINKED = re.compile(r"\[([^\[\]]{1,40})\]\([^()\s]{1,2000}\)")
_LINKS = re.compile(rf"(?:{_LINKED.pattern}\s*)+")
_NOTE = re.compile(r"\[\d{1,3}\]")
_SHOWN = re.compile(r"\[?\s?!\[(?P<text>[^\[\]]{0,300})\]")
# By what it shows, or by the name of its file.
_PICTURE = re.compile(
    r"\[?\s?!\[[^\[\]]{0,80}(?:\b(?:logo|logotyp\w{0,2}|logotipo|banner|header|masthead|wordmark|crest)\b"
    r"|(?:شعار|λογότυπο|логотип|ロゴ|로고|标志|標誌)"
    r"|\]\([^()\s]{1,300}?[/_-](?:logo|wordmark|masthead|letterhead|testata|kopf|crest|hdr|header)"
    r"(?=[\W_\d])[\w-]{0,40}\."
    r"(?:png|jpe?g|gif|svg|webp)\b)",
    re.IGNORECASE,
)


def is_menu(content: str, *, alone: bool, beside: bool = False) -> bool:
    """True if a line is a row of ways into the sender's site: short names with links, or several
    without.

    Args:
        content: the line.
        alone: no line near it leads to the web, so that it must have links.
        beside: the line above it, in its paragraph, leads to the web: two are a menu.
    """
    items = [plain(item) for item in _BARS.split(visible(content))]
    if len(items) == 1 and _LINKS.fullmatch(content):
        items = _LINKED.findall(content)
    if (
        len(items) < (MENU - 1 if beside else MENU)
        or ":" in items[0]
        or any(not 0 < len(item.split()) <= ENTRY for item in items)
    ):
        return False
    links = content.count("://") or len(_NOTE.findall(content))
    if links:
        return links >= (len(items) if beside else len(items) - 1)
    return not alone and len(items) > MENU and not any(map(str.isdigit, content))


def is_picture_of_name(content: str, naming: Naming) -> bool:
    """True if a unit is a logo, or a picture whose text begins with a name."""
    if _PICTURE.match(content):
        return True
    shown = _SHOWN.match(content)
    return shown is not None and naming.begins(shown["text"])


def is_logo(
    content: str,
    naming: Naming,
    *,
    before: bool,
    home: bool,
    top: bool,
    below: bool,
    preview: bool,
) -> bool:
    """True if a link without words is none of the author's.

    Args:
        before: a line below it leads to the web.
        home: it stands at the top and leads to the sender's front page.
        top: nothing but boilerplate stands above it, or a line that leads to the web.
        below: a line that leads to the web, or a masthead below one, stands directly above it.
        preview: above it stands no more than the preview of the message may be.
    """
    shown = _SHOWN.match(content)
    title = shown["text"].strip() if shown else ""
    if home:
        return True
    if _PICTURE.match(content):
        return top or before or (preview and naming.begins(title))
    if title:
        return top and naming.names_sender(title)
    if before:
        return not content.startswith("!")
    return below or (top and content.startswith(("(", "<", "[", "|"))) or is_root(content)
