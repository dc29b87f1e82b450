"""How static files are stored and sent: under names that change with what is in them."""

from wsgiref.headers import Headers

from whitenoise.storage import (  # type: ignore[import-untyped]  # has no types
    CompressedManifestStaticFilesStorage,
)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # as above
    """Modules import one another by those names too, so browsers keep all of them for good."""

    support_js_module_import_aggregation = True


def add_headers(headers: Headers, path: str, url: str) -> None:
    """Let a drawing use the style that stands in it, by which it follows a dark scheme.

    It gets nothing else: no script, nothing from anywhere. Pages keep their stricter policy.
    """
    if path.endswith(".svg"):
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
