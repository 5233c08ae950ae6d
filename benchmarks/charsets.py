"""How many bodies each detector reads exactly, by charset, on our own held-out sentences.

    python -m benchmarks.charsets [NAME ...] [--floor SHARE]

NAME is a file of `corpus/cases/charsets/` (both held-out ones by default). Every body is written in
each charset of its language and read back without a declaration by each contender in turn, so that
a busy machine slows all of them alike. Right is what equals the text; the name of the charset does
not matter. A charset that a body cannot be written in is left out, and so are contenders that are
not installed. With --floor the exit code is 1 if we read a smaller share.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

CASES = Path(__file__).parent.parent / "corpus" / "cases" / "charsets"
HELD_OUT = ("held_out", "held_out_second")

Reader = Callable[[bytes], str | None]


def contenders() -> dict[str, Reader]:
    """Name to function from bytes to text, ours first."""
    from cleankit.readers import charset

    found: dict[str, Reader] = {"cleankit": lambda data: charset.decode(data).text}
    try:
        import charset_normalizer

        def normalized(data: bytes) -> str | None:
            best = charset_normalizer.from_bytes(data).best()
            return None if best is None else str(best)

        found["charset-normalizer"] = normalized
    except ImportError:
        pass
    try:
        import chardet

        def detected(data: bytes) -> str | None:
            name = chardet.detect(data)["encoding"]
            return None if name is None else data.decode(name, "replace")

        found["chardet"] = detected
    except ImportError:
        pass
    return found


def bodies(name: str) -> Iterator[tuple[str, str]]:
    """Each body of a file with each charset that it is written in."""
    languages = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    charsets = tomllib.loads((CASES / "charsets.toml").read_text(encoding="utf-8"))
    for language, texts in languages.items():
        for text in texts:
            for charset in charsets[language]:
                if text.encode(charset, "ignore").decode(charset) == text:
                    yield text, charset


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", default=list(HELD_OUT))
    parser.add_argument("--floor", type=float, default=0.0)
    options = parser.parse_args()
    readers = contenders()
    for read in readers.values():
        read("Zażółć gęślą jaźń.".encode("cp1250"))
    right: dict[str, dict[str, int]] = {name: defaultdict(int) for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    tried: dict[str, int] = defaultdict(int)
    for name in options.names:
        for text, charset in bodies(name):
            tried[charset] += 1
            data = text.encode(charset)
            for reader, read in readers.items():
                begin = time.perf_counter()
                found = read(data)
                seconds[reader] += time.perf_counter() - begin
                right[reader][charset] += found == text
    print(f"{'charset':14}{'bodies':>8}" + "".join(f"{name:>20}" for name in readers))
    for charset in sorted(tried):
        row = "".join(f"{right[name][charset] / tried[charset]:>20.3f}" for name in readers)
        print(f"{charset:14}{tried[charset]:>8}{row}")
    total = sum(tried.values())
    shares = {name: sum(right[name].values()) / total for name in readers}
    print(f"{'all':14}{total:>8}" + "".join(f"{shares[name]:>20.3f}" for name in readers))
    print(
        f"{'ms a body':22}" + "".join(f"{seconds[name] / total * 1e3:>20.2f}" for name in readers)
    )
    return 0 if shares["cleankit"] >= options.floor else 1


if __name__ == "__main__":
    raise SystemExit(main())
