"""Scripts, styles and pictures, named by what is in them, so that browsers may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped] # has none


class Hashed(CompressedManifestStaticFilesStorage):
    """Follows a script's imports too; run by `make assets`, which set-up does."""

    support_js_module_import_aggregation = True
