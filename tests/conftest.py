"""What holds for every test."""

from __future__ import annotations

import os

from hypothesis import settings

# A change is judged by the same examples on every machine; at home each run looks elsewhere.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("home", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "home")
