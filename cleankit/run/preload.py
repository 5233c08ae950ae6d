"""Imported by the fork server, so that each worker begins with everything loaded."""

from __future__ import annotations

import gc
from contextlib import suppress

import cleankit
import cleankit.run.work

WARM_UP = """\
---
title: A letter
---

# A letter

Read [more](https://example.com/a?utm_source=letter) \u200b today, it\u00e2\u20ac\u2122s free.

Unsubscribe | \u00a9 Example
"""
"""Enough of everything that rules are loaded for."""

with suppress(Exception):
    cleankit.clean(WARM_UP)

# What is loaded stays for good: the collector need not look through it again and again, nor make
# each worker's memory its own by that (see the Python documentation of `gc.freeze`).
gc.collect()
gc.freeze()
