"""Where evidence lies: a folder in the home, each original sealed under a name that says nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class SealedFolder(FileSystemStorage):
    """Files that only the service's user may read and nobody may change; on the disk before `save` returns."""

    def __init__(self, **options: Any) -> None:
        sealed = {"file_permissions_mode": 0o400, "directory_permissions_mode": 0o700}
        super().__init__(**{"location": settings.HOME / "evidence", **sealed, **options})

    def _save(self, name: str, content: Any) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # documented for storages, and not in the stubs
        for path in (Path(self.path(saved)), Path(self.location)):
            _to_disk(path)
        return saved

    def url(self, name: str | None) -> str:
        """Nothing here has an address: what is given out passes a view that asks who wants it."""
        raise ValueError(f"Evidence has no address of its own: {name}")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def vault() -> Storage:
    """The storage that evidence lies in, as the settings name it."""
    return storages["evidence"]


def sealed(name: str) -> IO[bytes]:
    """An original or a copy, to be read and closed."""
    return cast("IO[bytes]", vault().open(name))
