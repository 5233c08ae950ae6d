"""The report at the end of a run: a table for a person, JSON for a machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleankit.terminal import escape

if TYPE_CHECKING:
    from cleankit.run.job import Job
    from cleankit.run.runner import Finished

_SHOWN = 6


def report(finished: Finished, job: Job) -> dict[str, Any]:
    """What a run did, as JSON-ready data."""
    from cleankit import __version__

    totals = finished.totals
    changes = totals.get("changes", {})
    return {
        "cleankit": __version__,
        "inputs": list(job.inputs),
        "to": job.to,
        "documents": {
            "read": totals["read"],
            "cleaned": totals["cleaned"],
            "set_aside": sum(totals.get("set_aside", {}).values()),
            "duplicates": totals["duplicates"],
        },
        "bytes": totals.get("bytes", 0),
        "characters": totals.get("characters", 0),
        "removed": _sorted(totals.get("removed", {})),
        "removed_characters": _sorted(totals.get("removed_characters", {})),
        "links": _sorted(changes.get("links", {})),
        "repairs": _sorted(changes.get("mojibake", {})),
        "changes": {name: _sorted(rules) for name, rules in sorted(changes.items())},
        "notes": {name: _sorted(rules) for name, rules in sorted(totals.get("notes", {}).items())},
        "formats": _sorted(totals.get("formats", {})),
        "charsets": _sorted(totals.get("charsets", {})),
        "set_aside": _sorted(totals.get("set_aside", {})),
        "skipped": _sorted(totals.get("skipped", {})),
        "seconds": {
            "in_all": round(finished.seconds, 3),
            **{name: round(value, 3) for name, value in totals.get("seconds", {}).items()},
        },
        "jobs": job.jobs or None,
        "units_found_done": finished.resumed,
    }


def write(finished: Finished, job: Job, path: Path) -> None:
    """Write the report to a file."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(json.dumps(report(finished, job), indent=2) + "\n", encoding="ascii")
    temporary.replace(path)


def table(finished: Finished, job: Job) -> str:
    """The table that a person reads at the end."""
    told = report(finished, job)
    documents, seconds = told["documents"], finished.seconds
    size = told["bytes"] / 1e6
    rows: list[tuple[str, str]] = [
        ("read", _counted(documents["read"], "document") + f", {size:,.1f} MB"),
        ("cleaned", f"{documents['cleaned']:,}"),
        ("set aside", _listed(documents["set_aside"], told["set_aside"])),
        ("duplicates", f"{documents['duplicates']:,}" if job.dedup else ""),
        ("skipped", _listed(sum(told["skipped"].values()), told["skipped"])),
        ("removed", _listed(sum(told["removed"].values()), told["removed"])),
        *((name, _listed(sum(rules.values()), rules)) for name, rules in _main_changes(told)),
        ("charsets", _largest(told["charsets"])),
        ("time", _time(finished, told["seconds"])),
    ]
    if finished.resumed:
        rows.append(("found done", _counted(finished.resumed, "unit")))
    elif seconds:
        rows.append(("speed", f"{documents['read'] / seconds:,.0f} a second"))
    width = max(len(name) for name, _ in rows) + 2
    return "\n".join(f"{name.ljust(width)}{what}" for name, what in rows if what)


def _main_changes(told: Mapping[str, Any]) -> list[tuple[str, Mapping[str, int]]]:
    return [("links", told["links"]), ("repairs", told["repairs"])]


def _time(finished: Finished, seconds: Mapping[str, float]) -> str:
    work = {name: value for name, value in seconds.items() if name != "in_all"}
    order = sorted(work.items(), key=lambda entry: -entry[1])
    parts = ", ".join(f"{escape(name)} {value:,.1f}" for name, value in order if value >= 0.05)
    return f"{finished.seconds:,.1f} s" + (f" (work: {parts})" if parts else "")


def _listed(number: int, by_name: Mapping[str, int]) -> str:
    return f"{number:,} ({_largest(by_name)})" if number else ""


def _largest(by_name: Mapping[str, int]) -> str:
    order = sorted(by_name.items(), key=lambda entry: (-entry[1], entry[0]))
    shown = ", ".join(f"{escape(name)} {number:,}" for name, number in order[:_SHOWN])
    return shown + (f", {len(order) - _SHOWN} more" if len(order) > _SHOWN else "")


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _sorted(by_name: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(by_name.items()))
