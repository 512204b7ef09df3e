"""Writes one stored entry of each step that the stories take, for a release: `python -m tests.corpus`.

What a release stored must fold for ever: once it is out, its folder is never written again.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import version

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
django.setup()

from django.db import transaction  # noqa: E402 - Django must be set up first

from evenhand.cases.replay import Recorded, _pointed_at, _scratch  # noqa: E402 - Django is set up first
from evenhand.casework.story import play  # noqa: E402 - Django is set up first
from evenhand.record.models import Head  # noqa: E402 - Django is set up first
from evenhand.record.reading import read_files  # noqa: E402 - Django is set up first
from tests.cases.stories import STORIES, told  # noqa: E402 - Django is set up first
from tests.corpus import CORPUS  # noqa: E402 - Django is set up first


def write() -> int:
    """Writes the first whole entry of each step that has none yet; returns how many there are."""
    folder = CORPUS / ".".join(version("evenhand").split(".")[:2])
    folder.mkdir(exist_ok=True)
    with _pointed_at(_scratch()):
        for path in STORIES:
            with transaction.atomic():
                play(told(path), Recorded(told(path)))
                for entries in read_files(Head.objects.values_list("kind", "file_id")).values():
                    for entry in entries:
                        file = folder / f"{entry.header.step}.json"
                        if not file.exists() and not entry.erased and not entry.replaced:
                            stored = {"header": entry.header._asdict(), "parts": entry.parts}
                            file.write_text(json.dumps(stored, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
                transaction.set_rollback(True)
    return len(list(folder.iterdir()))


if __name__ == "__main__":
    sys.stdout.write(f"{write()} steps.\n")
