"""Where each key of a TOML text stands."""

from __future__ import annotations

import tomllib

from evenhand.policy.lines import lines_of
from tests.policy.small_edition import SOUND

AWKWARD = '''\
# a comment with [brackets] and = "signs"
top = 1.5 # with [another]
"quoted.key" = "a # no comment, [no] list"
'lit"eral'.inner = 2021-03-01 10:00:00

[table]
lines = """
[not.a.table]
not = "a key"
quoted "" twice, \\""" once"""
after = \'\'\'
it's = 'this'
\'\'\'
empty = ""
nothing = []
list = [
  "one", # first

  { two = [1, 2], "th.ree" = { four = true } },
  [
    "five",
  ],
]

[[rows]]
name = "first"
[rows.under]
key = 1

[[rows]]
name = "second"
[[rows.deep]]
key = 2
[[rows.deep]]
key = 3
[ table . "sub" ]
last = "x"'''


def test_lines_of_awkward_text_are_where_they_stand():
    assert lines_of(AWKWARD) == {
        ("top",): 2,
        ("quoted.key",): 3,
        ('lit"eral',): 4,
        ('lit"eral', "inner"): 4,
        ("table",): 6,
        ("table", "lines"): 7,
        ("table", "after"): 11,
        ("table", "empty"): 14,
        ("table", "nothing"): 15,
        ("table", "list"): 16,
        ("table", "list", 0): 17,
        ("table", "list", 1): 19,
        ("table", "list", 1, "two"): 19,
        ("table", "list", 1, "two", 0): 19,
        ("table", "list", 1, "two", 1): 19,
        ("table", "list", 1, "th.ree"): 19,
        ("table", "list", 1, "th.ree", "four"): 19,
        ("table", "list", 2): 20,
        ("table", "list", 2, 0): 21,
        ("rows",): 25,
        ("rows", 0): 25,
        ("rows", 0, "name"): 26,
        ("rows", 0, "under"): 27,
        ("rows", 0, "under", "key"): 28,
        ("rows", 1): 30,
        ("rows", 1, "name"): 31,
        ("rows", 1, "deep"): 32,
        ("rows", 1, "deep", 0): 32,
        ("rows", 1, "deep", 0, "key"): 33,
        ("rows", 1, "deep", 1): 34,
        ("rows", 1, "deep", 1, "key"): 35,
        ("table", "sub"): 36,
        ("table", "sub", "last"): 37,
    }


def test_lines_are_known_for_everything_the_reader_reads():
    assert lines_of(AWKWARD).keys() == _paths(tomllib.loads(AWKWARD))
    assert lines_of(SOUND).keys() == _paths(tomllib.loads(SOUND))


def test_lines_end_as_windows_ends_them():
    assert lines_of("a = 1\r\n[b]\r\nc = 'd'\r\n") == {("a",): 1, ("b",): 2, ("b", "c"): 3}


def _paths(node, path=()):
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return {path} - {()} | {found for name, child in children for found in _paths(child, (*path, name))}
