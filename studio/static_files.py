"""How static files are stored and sent: under names that change with what is in them."""

from collections.abc import Iterator
from typing import Any
from wsgiref.headers import Headers

import brotli
from whitenoise.compress import Compressor  # type: ignore[import-untyped]  # has no types
from whitenoise.storage import (  # type: ignore[import-untyped]  # as above
    CompressedManifestStaticFilesStorage,
)

MUCH = 200_000
"""Bytes; none of our own files has so many."""


class BeforeItIsAsked(Compressor):  # type: ignore[misc]  # as above
    """Takes its time over what visitors are sent; less over what only the API's page needs.

    Maps of sources are for developers, and are sent as they are.
    """

    SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """As short as it gets, for files of a usual size."""
        packed: bytes = brotli.compress(data, quality=11 if len(data) < MUCH else 5)
        return packed


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # as above
    """Modules import one another by those names too, so browsers keep all of them for good."""

    support_js_module_import_aggregation = True

    def create_compressor(self, **options: Any) -> BeforeItIsAsked:
        """Of our kind."""
        return BeforeItIsAsked(**options)

    def compress_files(self, paths: set[str]) -> Iterator[tuple[str, str]]:
        """Those that pages name; the others, by their plain names, are there for people."""
        compressed: Iterator[tuple[str, str]] = super().compress_files(
            paths & set(self.hashed_files.values())
        )
        return compressed


def add_headers(headers: Headers, path: str, url: str) -> None:
    """Let a drawing use the style that stands in it, by which it follows a dark scheme.

    It gets nothing else: no script, nothing from anywhere. Pages keep their stricter policy.
    """
    if path.endswith(".svg"):
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
