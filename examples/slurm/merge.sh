#!/usr/bin/env bash
# All shares as one run's output; see share.sh.
set -euo pipefail
cleankit merge "$OUT"/shares/* -o "$OUT/all"
