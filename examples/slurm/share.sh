#!/usr/bin/env bash
# One share of a run. All shares, and the merge when all are done:
#   export MAIL=/archive/mail OUT=/archive/out
#   array=$(sbatch --parsable --array=1-100 --cpus-per-task=4 share.sh)
#   sbatch --dependency="afterok:$array" merge.sh
# A share that was stopped goes on where it was when it is submitted again.
set -uo pipefail
cleankit run "$MAIL" -o "$OUT/shares/$SLURM_ARRAY_TASK_ID" --quiet \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --jobs "${SLURM_CPUS_PER_TASK:-1}"
code=$?
# 3: done, but some documents were set aside. They are told when all is merged.
[ "$code" -eq 3 ] || exit "$code"
