"""Entries as each release stored them, one of each step: they must fold for ever."""

from pathlib import Path

CORPUS = Path(__file__).parent
