#!/usr/bin/env bash
# How long the README's first command takes in a fresh clone, with installation; and again.
#
# Example:
#     scripts/benchmarks/demo.sh
set -euo pipefail
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
git clone --quiet "$root" "$place/clone"
cd "$place/clone"
start=$(date +%s.%N)
make demo > first.log
middle=$(date +%s.%N)
make demo > second.log
end=$(date +%s.%N)
tail -n 5 first.log
awk -v a="$start" -v b="$middle" -v c="$end" 'BEGIN {
  printf "\nmake demo, fresh clone, with installation  %5.0f s   to reach: 180 s\n", b - a
  printf "make demo, again                           %5.0f s   to reach:  15 s\n", c - b }'
