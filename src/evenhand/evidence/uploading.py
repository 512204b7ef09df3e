"""What is dropped while it is still arriving: files that are too large, too many, or from somebody not signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MOST_AT_ONCE = 20


class Limits(FileUploadHandler):
    """Stands first among the upload handlers. What it dropped stands in `request.dropped`, a sentence for each file.

    The rest of a request goes on: the other files, and everything typed, arrive.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._begun = 0
        self._dropped: list[str] = []
        if request is not None:
            request.dropped = self._dropped

    def new_file(self, *described: Any, **more: Any) -> None:
        super().new_file(*described, **more)
        self._begun += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        # Never in `new_file`: what is dropped before the next handlers know of it, closes the file before it.
        if getattr(self.request, "viewer", None) is None:
            self._drop("was sent by nobody who is signed in")
        if self._begun > MOST_AT_ONCE:
            self._drop(f"is one of more than {MOST_AT_ONCE} at once; send it by itself")
        if start + len(raw_data) > settings.LARGEST_FILE:
            self._drop(f"is larger than {settings.LARGEST_FILE // 1024**2} MB; send a shorter or smaller one")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers that follow make the file."""

    def _drop(self, why: str) -> None:
        self._dropped.append(f"‘{self.file_name}’ {why}.")
        raise SkipFile
