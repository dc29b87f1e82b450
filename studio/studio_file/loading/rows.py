"""Rows made to say what the file says; one that says it already is not touched.

So loading a file twice writes nothing the second time, and ids and histories stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from studio.studio_file.loading.report import Report


class Rows[Row: Model]:
    """All rows of a model, by the fields that the file matches them by."""

    def __init__(self, model: type[Row], *key: str, report: Report) -> None:
        self._model, self._key, self._report = model, key, report
        self._found = {
            tuple(getattr(row, name) for name in key): row
            for row in model._default_manager.order_by()
        }

    def get(self, *key: object) -> Row | None:
        """The row with this key, if there is one."""
        return self._found.get(key)

    def put(self, **values: Any) -> Row:
        """Update the row that matches these values, or add it."""
        key = tuple(values[name] for name in self._key)
        row = self._found.get(key)
        if row is None:
            row = self._found[key] = self._model._default_manager.create(**values)
            self._report.added(self._model, row.pk)
            return row
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        if changed:
            for name in changed:
                setattr(row, name, values[name])
            row.save(update_fields=changed)
            self._report.updated(self._model, row.pk)
        return row


def by_slug[Row: Model](model: type[Row]) -> dict[str, Row]:
    """Every row of a model that has slugs."""
    return model._default_manager.in_bulk(field_name="slug")


def replace[Row: Model](
    model: type[Row], owner: str, owners: Iterable[int], wanted: Iterable[Row]
) -> set[int]:
    """Make the rows that belong to the owners say exactly what the wanted ones say.

    `owner` is the column of the foreign key. Returns the owners for whom something changed.
    """
    columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]

    def said(row: Row) -> list[Any]:
        return [getattr(row, column) for column in columns]

    left: defaultdict[int, list[Row]] = defaultdict(list)
    for row in model._base_manager.filter(**{f"{owner}__in": list(owners)}).order_by("pk"):
        left[getattr(row, owner)].append(row)
    missing = []
    for row in wanted:
        here = left[getattr(row, owner)]
        same = next((there for there in here if said(there) == said(row)), None)
        if same is None:
            missing.append(row)
        else:
            here.remove(same)
    surplus = [row for rows in left.values() for row in rows]
    if surplus:
        model._base_manager.filter(pk__in=[row.pk for row in surplus]).delete()
    model._base_manager.bulk_create(missing)
    return {getattr(row, owner) for row in [*surplus, *missing]}
