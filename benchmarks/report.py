"""What was measured, as Markdown tables and as one picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

QUALITY = {
    "mojibake": "repaired",
    "charsets": "charset",
    "links": "unwrap",
    "pages": "headings",
    "footers": "boilerplate_f1",
    "sections": "section_f1",
    "whole": "exact",
}
"""The measure by which a task is drawn."""

ASKED = {
    "mojibake": "Misread text repaired",
    "charsets": "Charsets told from bytes alone",
    "pages": "Headings of HTML mail kept",
    "links": "Click trackers unwrapped offline",
    "footers": "Footers and other boilerplate cut",
    "sections": "Sections found",
    "whole": "Raw messages to clean text",
}
"""What each task asks, for the head of its table."""


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of the same keys as a Markdown table."""
    if not rows:
        return ""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    lines = ["| " + " | ".join(key.replace("_", " ") for key in keys) + " |"]
    lines.append("|" + " --- |" * len(keys))
    lines += ["| " + " | ".join(_cell(row.get(key, "")) for key in keys) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int) and abs(value) >= 10_000:
        return f"{value:,}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def summary(peers: Mapping[str, Mapping[str, Any]]) -> str:
    """One row a task, for the README: the measure that is drawn, and the time, of every tool."""
    rows = []
    for task, tools in peers.items():
        measure = QUALITY[task]
        ours, *others = tools.items()
        others.sort(key=lambda item: -item[1]["rates"].get(measure, 0))
        rows.append(
            {
                "asked": f"{ASKED[task]} ({measure.replace('_', ' ')})",
                "cleankit": f"**{ours[1]['rates'][measure]:.3f}**",
                "others (and their time; ours is 1)": "; ".join(
                    f"{name} {result['rates'].get(measure, 0):.3f} ({_times(result['ratio'][0])})"
                    for name, result in others
                ),
            }
        )
    return table(rows)


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def peer_rows(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A task's tools, one a row: measures, milliseconds a case, times as long as cleankit."""
    rows = []
    for name, result in results.items():
        middle, least, most = result["ratio"]
        raised = {"raised": result["raised"]} if any(r["raised"] for r in results.values()) else {}
        rows.append(
            {
                "tool": name,
                **result["rates"],
                "ms_a_case": round(result["seconds"] * 1000, 3),
                "time_against_cleankit": f"{middle:.2f} ({least:.2f} to {most:.2f})",
                **raised,
            }
        )
    return rows


def markdown(results: Mapping[str, Any]) -> str:
    """Everything, for `benchmarks/results/results.md`."""
    parts = [f"# Measured\n\n{results['made']}\n"]
    if "correctness" in results:
        parts.append("## How right cleankit is\n")
        for task, groups in results["correctness"].items():
            rows = [{"cases": name or "all", **rates} for name, rates in groups.items()]
            parts += [f"### {task}\n", table(rows)]
        parts.append("Messages that differ from what is known:\n")
        parts.append("".join(f"- {line}\n" for line in results["surprises"]) or "none\n")
    if "peers" in results:
        parts.append("## Beside other tools\n")
        versions = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
        if results["missing"]:
            parts.append(f"Not installed, and so not measured: {', '.join(results['missing'])}.\n")
        parts.append(f"{versions}.\n\n![Quality against speed](quality-against-speed.svg)\n")
        parts.append(summary(results["peers"]))
        for task, tools in results["peers"].items():
            parts += [f"### {task}: {ASKED[task]}\n", table(peer_rows(tools))]
    for name, rows in results.get("throughput", {}).items():
        parts += [f"## {name}\n", table(rows)]
    return "\n".join(parts)


def picture(peers: Mapping[str, Mapping[str, Any]]) -> str:
    """Quality against speed as SVG, one panel a task; up and to the right is better."""
    width, height, columns = 300, 200, 3
    tasks = [task for task in QUALITY if task in peers]
    rows = math.ceil(len(tasks) / columns)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{columns * width}" '
        f'height="{rows * height}" font-family="sans-serif" font-size="11">',
        f'<rect width="{columns * width}" height="{rows * height}" fill="white"/>',
    ]
    for number, task in enumerate(tasks):
        left, top = number % columns * width, number // columns * height
        parts += _panel(task, peers[task], left, top, width, height)
    return "\n".join([*parts, "</svg>\n"])


def _panel(
    task: str, tools: Mapping[str, Any], left: int, top: int, width: int, height: int
) -> list[str]:
    speeds = {name: math.log10(1 / result["ratio"][0]) for name, result in tools.items()}
    low, high = min(*speeds.values(), -0.5), max(*speeds.values(), 0.5)
    x0, y0, wide, tall = left + 30, top + 30, width - 120, height - 70
    measure = QUALITY[task]
    parts = [
        f'<text x="{x0}" y="{top + 18}" font-weight="bold">{task}</text>',
        f'<text x="{x0}" y="{top + height - 12}" fill="#666">speed (log) →  '
        f"↑ {measure.replace('_', ' ')}, 0 to 1</text>",
        f'<path d="M{x0} {y0} v{tall} h{wide}" stroke="#999" fill="none"/>',
    ]
    labels: list[tuple[float, float]] = []
    for name, result in sorted(tools.items(), key=lambda item: -item[1]["rates"].get(measure, 0)):
        x = x0 + (speeds[name] - low) / (high - low) * wide
        y = y0 + (1 - result["rates"].get(measure, 0)) * tall
        colour = "#c0392b" if name == "cleankit" else "#34495e"
        end = x - x0 > wide * 0.75
        place = f'x="{x - 6:.1f}" text-anchor="end"' if end else f'x="{x + 6:.1f}"'
        label = _free(x - 105 if end else x, y + 4, labels)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
        parts.append(f'<text {place} y="{label:.1f}" fill="{colour}">{name}</text>')
    return parts


def _free(x: float, y: float, labels: list[tuple[float, float]]) -> float:
    """The height at or below `y` where a label covers none that was put down before."""
    while any(abs(x - left) < 105 and abs(y - top) < 11 for left, top in labels):
        y += 1
    labels.append((x, y))
    return y
