"""Invitations: the events of a calendar (RFC 5545) as lines that a person can read."""

from __future__ import annotations

import re

_SHOWN = {
    "SUMMARY": "",
    "DTSTART": "Start: ",
    "DTEND": "End: ",
    "LOCATION": "Location: ",
    "ORGANIZER": "Organizer: ",
    "URL": "",
    "DESCRIPTION": "",
}
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r'([A-Za-z-]+)((?:[^:"]|"[^"]*")*+):(.*)', re.DOTALL)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?\Z")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ESCAPED = re.compile(r"\\([\\;,nN])")


def readable(text: str) -> str:
    """The events in a calendar, each as its title and a line for each thing that it tells."""
    events: list[str] = []
    found: dict[str, str] | None = None
    nested = 0
    for line in _FOLD.sub("", text).split("\n"):
        match = _LINE.match(line.strip())
        if match is None:
            continue
        name, value = match[1].upper(), match[3].strip()
        if name == "BEGIN" and value.upper() in ("VEVENT", "VTODO", "VJOURNAL"):
            found, nested = {}, 0
        elif name == "BEGIN":
            nested += 1
        elif name == "END" and value.upper() in ("VEVENT", "VTODO", "VJOURNAL"):
            if found:
                events.append(_event(found))
            found = None
        elif name == "END":
            nested = max(nested - 1, 0)
        elif found is not None and not nested and name in _SHOWN and value:
            found.setdefault(name, _value(name, match[2], value))
    return "\n\n".join(events)


def is_told(event: str, text: str) -> bool:
    """True if a text names an event that `readable` gives, or the place where it is."""
    place = event.partition("\nLocation: ")[2]
    words = {_bare(each.partition("\n")[0]) for each in (event, place)}
    told = _bare(text)
    return any(each in told for each in words if each)


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()


def _event(found: dict[str, str]) -> str:
    lines = [f"{label}{found[name]}" for name, label in _SHOWN.items() if name in found]
    description = "DESCRIPTION" in found and len(lines) > 1
    return "\n".join([*lines[:-1], "", lines[-1]] if description else lines)


def _value(name: str, parameters: str, value: str) -> str:
    if name == "ORGANIZER":
        common = re.search(r";CN=\"?([^\";:]+)", parameters, re.IGNORECASE)
        return common[1] if common else re.sub(r"(?i)^mailto:", "", value)
    stamp = _STAMP.match(value)
    if stamp:
        day = f"{stamp[1]}-{stamp[2]}-{stamp[3]}"
        if not stamp[4]:
            return day
        zone = re.search(r";TZID=\"?([^\";:]+)", parameters, re.IGNORECASE)
        suffix = " UTC" if stamp[7] else f" {zone[1]}" if zone else ""
        return f"{day} {stamp[4]}:{stamp[5]}{suffix}"
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
