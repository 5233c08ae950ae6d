"""What the header of a message tells: who, when, on what, by which list and program.

The addresses that a message was sent to are no part of this: they are told apart, for the passes
that mask them, and are masked in whatever else the header tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cleankit.readers import dates
from cleankit.readers.email import words
from cleankit.readers.email.fields import Fields
from cleankit.readers.email.senders import service

_TOKEN = re.compile(
    r'"((?:[^"\\]|\\.){0,999}+)"|\(((?:[^()\\]|\\.){0,999}+)\)|<([^<>]*)>'
    r'|(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)|([,;:])|([^",;:<>()=\s]+)|(\s+)|(.)',
    re.DOTALL,
)
_ADDRESS = re.compile(r"([^\s<>\"(),;:\[\]@]+)(?:@([^\s<>\"(),;:@]+))?")
_QUOTED_NAME = re.compile(r"^'([^']{1,200})'")
# Lists that send in others' names write `'Ann' via Boats`.
_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED_LOCAL = re.compile(r"\"([^\"\s@]{1,64})\"@|(?<=\w)\([^()]{0,99}\)@")
_BRACKETED = re.compile(r"<[^<>]{1,300}>")
_CONTROLS = dict.fromkeys([*range(32), 127], " ")
_FOR = re.compile(r"\bfor\s{1,9}<?([^\s<>;]{1,254}@[^\s<>;]{1,254})>?", re.IGNORECASE)
_RECIPIENT_FIELDS = (
    "to",
    "cc",
    "bcc",
    "resent-to",
    "resent-cc",
    "delivered-to",
    "x-delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-forwarded-to",
    "apparently-to",
    "x-apparently-to",
    "x-gm-original-to",
    "x-resolved-to",
    "x-rcpt-to",
    "x-listmember",
    "x-receiver",
    "x-recipient",
    "x-pm-recipient",
    "x-mailgun-recipient",
    "x-ses-recipient",
    "x-failed-recipients",
    "x-ms-exchange-organization-originalenveloperecipients",
    "x-apple-original-to",
    "x-original-recipient",
    "original-recipient",
    "final-recipient",
)
_RETURN_FIELDS = ("return-path", "errors-to", "x-envelope-from", "list-unsubscribe")
# A variable envelope return path: `bounces-17-bob=example.org@example.com` tells `bob@example.org`.
_VERP = re.compile(r"([A-Za-z0-9._]{1,64})=((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,20})@")
_MAX_RECEIVED = 50
# A field of recipients that damage made a folded line of another (RFC 5322, section 2.2.3).
_FOLDED_FIELD = re.compile(
    r"(>|@[\w.-]{1,255})[ \t]+(?:[A-Za-z-]{1,40}-)?(?:to|b?cc)[ \t]?:.*", re.IGNORECASE | re.DOTALL
)


def of(fields: Fields) -> tuple[dict[str, Any], frozenset[str]]:
    """What the header tells, under the names of `Document.meta`, and the recipients' addresses."""
    senders = _senders(fields)
    recipients = _recipients(fields) - {address.lower() for _, address in senders}
    dates_given = [line for value in fields.all("date")[:10] if (line := _line(value))]
    given = next(filter(dates.iso, dates_given), next(iter(dates_given), None))
    meta: dict[str, Any] = {
        "subject": _line(fields.first("subject")),
        "sender": ", ".join(_shown(name, address) for name, address in senders) or None,
        "recipients": len(_addresses(fields, "to") | _addresses(fields, "cc")),
        "date": dates.iso(given) if given else None,
        "date_as_given": given,
        "message_id": _identifier(fields.first("message-id")),
        "list_id": _identifier(fields.first("list-id")),
        "list_unsubscribe": True if fields.first("list-unsubscribe") else None,
        "mailer": _line(fields.first("x-mailer") or fields.first("user-agent")),
        "esp": service(fields),
        "language": _language(fields.first("content-language")),
    }
    shown = "\n".join(value for value in meta.values() if isinstance(value, str))
    hidden = _masking(recipients, shown)
    found = {
        key: hidden.sub(_stars, value) if hidden and isinstance(value, str) else value
        for key, value in meta.items()
        if value is not None and value != ""
    }
    return found, recipients


def addresses(value: str) -> Iterator[tuple[str, str]]:
    """The names and addresses in a field (RFC 5322, section 3.4), in one walk over it.

    Names are decoded; one of the two may be empty.
    """
    name: list[str] = []
    comment = address = ""
    for token in _TOKEN.finditer(value):
        quoted, remark, angle, word, mark, plain, space, other = token.groups()
        if mark == ":":
            # The name of a group ends; its members follow.
            if not any("@" in piece for piece in name):
                name, comment, address = [], "", ""
        elif mark:
            if name or comment or address:
                yield _mailbox(name, comment, address)
            name, comment, address = [], "", ""
        elif angle is not None:
            address = angle
        elif remark is not None:
            comment = comment or remark
        elif quoted is not None:
            name.append(re.sub(r"\\(.)", r"\1", quoted))
        elif space is not None:
            name.append(" ")
        else:
            name.append(word or plain or other)
    if "".join(name).strip() or comment or address:
        yield _mailbox(name, comment, address)


def _mailbox(name: list[str], comment: str, address: str) -> tuple[str, str]:
    shown = "".join(name).strip()
    address = words.decode(_COMMENT.sub("", address).strip())
    if address.startswith("@"):
        # An obsolete route of hosts stands before the address.
        address = address.rpartition(":")[2]
    if not address:
        found = next((match for match in _ADDRESS.finditer(shown) if match[2]), None)
        if found:
            address = found[0]
            shown = (shown[: found.start()] + shown[found.end() :]).strip()
    shown = shown or comment
    shown = " ".join(words.decode(shown).replace('"', "").split())
    return _QUOTED_NAME.sub(r"\1", shown).strip("' "), address


def _shown(name: str, address: str) -> str:
    if name and address and name != address:
        return f"{name} <{address}>"
    return address or name


def _senders(fields: Fields) -> list[tuple[str, str]]:
    for field in ("from", "sender", "reply-to"):
        found = [
            mailbox
            for value in fields.all(field)
            for mailbox in addresses(_FOLDED_FIELD.sub(r"\1", value[:20_000]))
            if any(mailbox)
        ]
        if found:
            return list(dict.fromkeys(found))[:10]
    return []


def _recipients(fields: Fields) -> frozenset[str]:
    found = set[str]().union(
        *(_addresses(fields, field) for field in _RECIPIENT_FIELDS if field in fields.values)
    )
    for field in _RETURN_FIELDS:
        for local, domain in _VERP.findall((fields.first(field) or "")[:1_000]):
            found.add(f"{local}@{domain}".lower())
    for number, value in enumerate(fields.all("received")):
        if number < _MAX_RECEIVED:
            found.update(match.strip("'.").lower() for match in _FOR.findall(value[:5_000]))
    return frozenset(found)


def _addresses(fields: Fields, field: str) -> set[str]:
    """The addresses in the fields of a name, in lower case."""
    return {
        f"{local}@{domain}".strip("'.").lower()
        for value in fields.all(field)
        for local, domain in _ADDRESS.findall(_plain(words.decode(value)))
        if domain
    }


def _plain(value: str) -> str:
    """A field with its addresses as they are meant: without quotation marks around the local part,
    comments beside the sign, and blanks within brackets."""
    value = _QUOTED_LOCAL.sub(r"\1@", value)
    return _BRACKETED.sub(lambda found: "".join(found[0].split()), value)


def _line(value: str | None) -> str | None:
    return " ".join(words.decode(value).translate(_CONTROLS).split()) if value else None


def _identifier(value: str | None) -> str | None:
    """What stands between `<` and `>`, or the whole value if nothing does."""
    if not value:
        return None
    inner = value.rpartition("<")[2].partition(">")[0].strip()
    return "".join(inner.split())[:500] or None


def _language(value: str | None) -> str | None:
    found = re.match(r"\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)", value or "")
    return found[1] if found else None


def _masking(recipients: frozenset[str], shown: str) -> re.Pattern[str] | None:
    """What tells a recipient's address: itself, or with another sign for the `@` as in VERP.

    Only of the recipients that `shown` may tell; None if it tells none. Most messages do not, and
    patterns take longer to build than to match.
    """
    forms = []
    folded = shown.casefold()
    for address in sorted(recipients)[:1_000]:
        local, _, domain = address.partition("@")
        if local and domain and local.casefold() in folded and domain.casefold() in folded:
            forms.append(f"(?<![A-Za-z0-9]){re.escape(local)}(?:@|=|%40|#|_at_){re.escape(domain)}")
    return re.compile("|".join(forms), re.IGNORECASE) if forms else None


def _stars(found: re.Match[str]) -> str:
    return re.sub(r"\w", "*", found[0])
