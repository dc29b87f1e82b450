"""What a load has done, and all that kept it from being done."""

from collections import defaultdict

from django.db.models import Model

from bookings.domain.attention.judging import Affected
from studio.studio_file.mistakes import Mistake, Place, mistake_at
from studio.studio_file.schema import StudioFile


class Report:
    """Gathers what was added, what was updated and what is wrong, until the end of a load."""

    def __init__(self, file: StudioFile) -> None:
        self._file = file
        self._added: defaultdict[type[Model], set[int]] = defaultdict(set)
        self._updated: defaultdict[type[Model], set[int]] = defaultdict(set)
        self._left: defaultdict[type[Model], set[int]] = defaultdict(set)
        self._mistakes: list[tuple[Place, str, str]] = []
        self.affected: list[Affected] = []

    def added(self, model: type[Model], pk: int) -> None:
        """A row is new."""
        self._added[model].add(pk)

    def updated(self, model: type[Model], *pks: int) -> None:
        """Rows, or what belongs to them, are not as they were."""
        self._updated[model].update({*pks} - self._added[model])

    def left(self, model: type[Model], *pks: int) -> None:
        """Rows say something else than the file, and may."""
        self._left[model].update(pks)

    def mistake(self, place: Place, *, found: str, expected: str) -> None:
        """Something at a place of the file, given as keys and positions, cannot be loaded."""
        self._mistakes.append((place, found, expected))

    def updated_rows(self, *models: type[Model]) -> list[Model]:
        """The rows of these models that are not as they were."""
        return [
            row
            for model in models
            for row in model._base_manager.filter(pk__in=self._updated[model]).order_by("pk")
        ]

    def mistakes(self) -> list[Mistake]:
        """All mistakes, in the order in which they were found."""
        if not self._mistakes:
            return []
        # Without the warning that a time stands where a date could.
        document = self._file.model_dump(by_alias=True, warnings=False)
        return [mistake_at(document, *mistake) for mistake in self._mistakes]

    def __str__(self) -> str:
        changes = [
            ("added {}", self._added),
            ("updated {}", self._updated),
            ("left {} alone, changed here since", self._left),
        ]
        told = [words.format(counts) for words, rows in changes if (counts := _counts(rows))]
        return "; ".join(told) or "nothing was new"


def _counts(rows: dict[type[Model], set[int]]) -> str:
    return ", ".join(f"{len(pks)} {_called(model, len(pks))}" for model, pks in rows.items() if pks)


def _called(model: type[Model], count: int) -> str:
    meta = model._meta
    return str(meta.verbose_name if count == 1 else meta.verbose_name_plural)
