"""One target for a while, guided by coverage: `python -m tests.fuzz.one TARGET FINDS [options]`.

A find does not end the run: a few are saved by where they were raised and by what they say, and the
search goes on.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cleankit"]):
    from tests.fuzz.targets import TARGETS

ALIKE = 2
"""How many finds are saved that are raised at one place and say the same."""


def main(name: str, finds: Path, options: list[str]) -> None:
    """Fuzz until libFuzzer's options say that it is enough; ends the process."""
    run, seen = TARGETS[name].run, Counter[str]()

    def attempt(data: bytes) -> None:
        try:
            run(data)
        except Exception as error:
            told = "".join(traceback.format_exception(error))
            where = str(error).partition("\n")[0] + "".join(
                f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)
            )
            seen[where] += 1
            if seen[where] > ALIKE:
                return
            find = finds / f"{name} {hashlib.sha256(where.encode()).hexdigest()[:8]}-{seen[where]}"
            find.write_bytes(data)
            find.with_suffix(".txt").write_text(told, encoding="utf-8", errors="replace")
            print(f"FOUND {find}\n{told}", flush=True)

    atheris.Setup([sys.argv[0], *options], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
