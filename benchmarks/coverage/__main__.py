"""The command; see the package."""

import argparse
import os
import sys
import time
from collections.abc import Sequence

SEED = 2026


def main(words: Sequence[str] | None = None) -> int:
    # Many small matrices: threads of the algebra would only be in each other's way.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    from benchmarks.coverage.plan import CHECKS
    from benchmarks.coverage.rows import markdown
    from benchmarks.coverage.running import gathered

    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage")
    parser.add_argument("--r", type=int, default=2000, help="runs of each check")
    parser.add_argument("--only", help="some checks: S1,S5b")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(words)
    by_name = {check.name: check for check in CHECKS}
    names = asked.only.split(",") if asked.only else list(by_name)
    if unknown := set(names) - set(by_name):
        parser.error(f"no such check: {', '.join(sorted(unknown))}")
    began, rows = time.monotonic(), []
    for found in gathered([by_name[n] for n in names], asked.r, asked.seed, asked.jobs):
        rows += found
        took = time.monotonic() - began
        print(f"{found[0].check}: {took:.0f} s", file=sys.stderr)
    print(markdown(rows))
    missed = [row for row in rows if row.limited and not row.passes]
    print(f"\nSeed {asked.seed}; {len(missed)} limits missed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
