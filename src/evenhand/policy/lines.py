"""On which line of a TOML text each key stands: the standard reader gives values and no places."""

import re
import tomllib
from collections.abc import Mapping

from evenhand.policy.faults import Path

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # text over several lines, with escapes
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
    r"|\#[^\n]*"
    r"|[\n\[\]{},=.]"
    r"|[^\s\[\]{},=.\"'\#]+",
    re.DOTALL,
)
_ENDS_A_VALUE = frozenset({",", "]", "}", "\n", ""})


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table, key and list item of a text that is valid TOML."""
    return _Scan(text).lines


class _Scan:
    """One pass over the marks of a text. It trusts the text to be valid, so it never has to say what is wrong."""

    def __init__(self, text: str) -> None:
        self.marks: list[tuple[str, int]] = []
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.last_item: dict[Path, int] = {}
        line = 1
        for match in _TOKEN.finditer(text):
            if not match[0].startswith("#"):
                self.marks.append((match[0], line))
            line += match[0].count("\n")
        self._document()

    def _peek(self) -> str:
        return self.marks[self.at][0] if self.at < len(self.marks) else ""

    def _next(self) -> str:
        self.at += 1
        return self.marks[self.at - 1][0]

    def _document(self) -> None:
        table: Path = ()
        while mark := self._peek():
            if mark == "\n":
                self.at += 1
            elif mark == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        """Reads `[a.b]`, or `[[a.b]]`, which is one more item of a list."""
        self.at += 1
        is_item = self._peek() == "["
        self.at += is_item
        path: Path = ()
        for part in self._key("]"):
            above = (*path, self.last_item[path]) if path in self.last_item else path
            path = (*above, part)
        if is_item:
            self.at += 1
            self.last_item[path] = self.last_item.get(path, -1) + 1
            path = (*path, self.last_item[path])
        self._note(path)
        return path

    def _pair(self, table: Path) -> None:
        start = self.at
        path = (*table, *self._key("="))
        self._note(path, start)
        self._value(path)

    def _key(self, end: str) -> list[str]:
        parts = []
        while (mark := self._next()) != end:
            if mark != ".":
                parts.append(tomllib.loads(f"key = {mark}")["key"] if mark[0] in "\"'" else mark)
        return parts

    def _note(self, path: Path, at: int | None = None) -> None:
        line = self.marks[self.at - 1 if at is None else at][1]
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def _value(self, path: Path) -> None:
        match self._next():
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case _:
                while self._peek() not in _ENDS_A_VALUE:
                    self.at += 1

    def _list(self, path: Path) -> None:
        index = 0
        while (mark := self._peek()) != "]":
            if mark in ",\n":
                self.at += 1
                index += mark == ","
            else:
                self._note((*path, index), self.at)
                self._value((*path, index))
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        while (mark := self._peek()) != "}":
            if mark == ",":
                self.at += 1
            else:
                self._pair(path)
        self.at += 1
