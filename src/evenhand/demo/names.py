"""Invented names and addresses, to make people and homes of."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def read_text_only(folder: str, name: str) -> Any:
    """A YAML file of the demonstration's own; every scalar is text, where plain YAML would turn `no` into false."""
    text = files(folder).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - our own file, and this loader makes nothing but text


_NAMES = read_text_only("evenhand.demo", "names.yaml")

WOMEN: list[str] = _NAMES["women"]
MEN: list[str] = _NAMES["men"]
FAMILIES: list[str] = _NAMES["families"]
STREETS: list[str] = _NAMES["streets"]
TOWNS: list[tuple[str, str]] = list(_NAMES["towns"].items())
"""Each with the first half of its postcodes."""
LANGUAGES: list[str] = _NAMES["languages"]
