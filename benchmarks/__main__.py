"""`make bench`: every performance bar, each beside the bare thing, in one run."""

import argparse

from benchmarks import pure, stored


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cases", type=int, default=2_000, help="synthetic cases to load and verify (the bar: 200000)")
    asked = parser.parse_args()
    print("The pure core")
    for measure in pure.measures():
        print(f"  {measure}")
    print("  a replay's own time goes to:")
    for line in pure.spent_on():
        print(f"    {line}")
    print("The record, on SQLite with synchronous FULL")
    for measure in stored.measures(asked.cases):
        print(f"  {measure}", flush=True)


if __name__ == "__main__":
    main()
