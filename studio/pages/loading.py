"""The first content: what the program brings becomes rows that managers then make their own."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_noop

from studio.pages.models import Page

FIELDS = ("kind", "title", "menu", "summary", "drawing", "body", "position", "place", "published")
REASON = gettext_noop("As it came with the program")


@transaction.atomic
def load(pages: Iterable[Page]) -> list[Page]:
    """Add the pages that were never there, and give them.

    The history knows every page that ever was, deleted ones too: what a manager changed, renamed
    or deleted stays as it is.
    """
    known = set(Page.history.values_list("slug", "language"))
    added = [page for page in pages if (page.slug, page.language) not in known]
    for page in added:
        page._change_reason = REASON  # type: ignore[attr-defined]  # read by the history
        page.save()
    return added


@transaction.atomic
def load_again(pages: Iterable[Page]) -> list[Page]:
    """Put every page back to what the program brings, and give those that this changed.

    What stood there stays in the history.
    """
    rows = {(row.slug, row.language): row for row in Page.objects.all()}
    changed = []
    for page in pages:
        row = rows.get((page.slug, page.language), page)
        new = {name: getattr(page, name) for name in FIELDS}
        if row is not page and all(getattr(row, name) == new[name] for name in FIELDS):
            continue
        for name, value in new.items():
            setattr(row, name, value)
        row._change_reason = REASON  # type: ignore[attr-defined]  # read by the history
        row.save()
        changed.append(row)
    return changed
