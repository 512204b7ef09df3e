"""`make bench`: every performance bar, each beside the bare thing, in one run."""

import argparse
from pathlib import Path

from benchmarks import pure, stored, web


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cases", type=int, default=2_000, help="synthetic cases to load and verify (the bar: 200000)")
    parser.add_argument("--sizes", type=int, nargs="*", default=[2_000, 20_000], help="landlords to serve, by cases")
    parser.add_argument("--databases", nargs="*", default=["SQLite", "PostgreSQL"], choices=["SQLite", "PostgreSQL"])
    parser.add_argument("--kept", type=Path, help="a folder to keep landlords in for another run: 200000 take minutes")
    parser.add_argument("--only-web", action="store_true", help="leave out the pure core and the record")
    asked = parser.parse_args()
    if not asked.only_web:
        _inside(asked.cases)
    for line in web.measures(asked.sizes, asked.databases, asked.kept):
        print(line, flush=True)


def _inside(cases: int) -> None:
    print("The pure core")
    for measure in pure.measures():
        print(f"  {measure}")
    print("  a replay's own time goes to:")
    for line in pure.spent_on():
        print(f"    {line}")
    print("The record, on SQLite with synchronous FULL")
    for measure in stored.measures(cases):
        print(f"  {measure}", flush=True)


if __name__ == "__main__":
    main()
