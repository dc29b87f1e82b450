"""How static files are stored: under names that change with what is in them."""

from whitenoise.storage import (  # type: ignore[import-untyped]  # has no types
    CompressedManifestStaticFilesStorage,
)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # as above
    """Modules import one another by those names too, so browsers keep all of them for good."""

    support_js_module_import_aggregation = True
