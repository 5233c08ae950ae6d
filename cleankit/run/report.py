"""The report at the end of a run, for a person and for a machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cleankit.terminal import escape

if TYPE_CHECKING:
    from cleankit.run.runner import Finished


def table(finished: Finished) -> str:
    """The table that a person reads at the end."""
    totals, seconds = finished.totals, finished.seconds
    aside = sum(totals.get("set_aside", {}).values())
    duplicates = totals.get("duplicates", 0)
    size = totals.get("bytes", 0)
    lines = [
        f"read {totals['read']:,} = cleaned {totals['cleaned']:,} + set aside {aside:,}"
        f" + duplicates {duplicates:,}",
        f"{size / 1e6:,.1f} MB in {seconds:,.1f} s",
    ]
    lines += _row("removed", totals.get("removed", {}))
    for name, rules in totals.get("changes", {}).items():
        lines += _row(name, rules)
    lines += _row("charsets", totals.get("charsets", {}))
    lines += _row("seconds", totals.get("seconds", {}), digits=2)
    lines += _row("set aside", totals.get("set_aside", {}))
    lines += _row("skipped", totals.get("skipped", {}))
    return "\n".join(lines)


def _row(title: str, numbers: Mapping[str, float], *, digits: int = 0, limit: int = 8) -> list[str]:
    """One line: the largest numbers with their names."""
    if not numbers:
        return []
    order = sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0]))
    shown = ", ".join(f"{escape(name)} {number:,.{digits}f}" for name, number in order[:limit])
    more = f", {len(order) - limit} more" if len(order) > limit else ""
    return [f"{title}: {shown}{more}"]
