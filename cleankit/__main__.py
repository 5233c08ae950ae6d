"""`python -m cleankit`: the same as the command `cleankit`."""

from __future__ import annotations

import sys

from cleankit.cli import main

if __name__ == "__main__":
    sys.exit(main())
