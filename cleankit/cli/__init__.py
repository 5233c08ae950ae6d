"""The command line: `cleankit run`, `merge`, `clean`, `diff`, `restore`, `passes`, `rules`.

Each command is a module with `add(commands)`, which declares its arguments, and a function that
does it and returns the exit code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

DONE = 0
USAGE = 2
SET_ASIDE = 3
NOTHING_DONE = 4
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0: done. 2: wrong usage. 3: done, but some inputs were set aside. 4: nothing could be done.
    130: interrupted. Errors are one line on standard error; a closed pipe is no error.

    Args:
        arguments: those after the command's name; None for `sys.argv`.
    """
    from cleankit.cli.parser import parse
    from cleankit.errors import CleankitError, ConfigError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = parse(arguments)
        code: int = options.command(options)
        sys.stdout.flush()
        return code
    except ConfigError as error:
        return _fail(error, USAGE)
    except CleankitError as error:
        return _fail(error, NOTHING_DONE)
    except BrokenPipeError:
        # The reader has what it wanted. The interpreter flushes standard output once more at its
        # end, which must not fail either (see the note on SIGPIPE in Python's `signal`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("cleankit: interrupted", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("CLEANKIT_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}"
        return _fail(f"internal error: {what} (CLEANKIT_TRACEBACK=1 tells more)", NOTHING_DONE)


def _fail(error: object, code: int) -> int:
    from cleankit.terminal import escape

    print(f"cleankit: {escape(error)}", file=sys.stderr)
    return code
