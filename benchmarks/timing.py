"""Timing side by side: the least of several runs, since a busy machine only ever adds."""

import timeit
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, with its ratio to the bare thing measured in the same run, and what was asked for."""

    what: str
    value: float
    unit: str
    ratio: float | None = None
    note: str = ""

    def __str__(self) -> str:
        ratio = f"{self.ratio:8.1f} x" if self.ratio is not None else " " * 10
        return f"{self.what:62}{self.value:12,.3f} {self.unit:4}{ratio}  {self.note}"


def best_of(function: Callable[[], object], *, number: int = 100, repeats: int = 7) -> float:
    """Milliseconds a call takes at its quickest."""
    return min(timeit.repeat(function, number=number, repeat=repeats)) / number * 1000
