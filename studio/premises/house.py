"""The house as every page shows it: its name, and where it is."""

from functools import cached_property
from typing import Self

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from studio.premises.models import Location, Studio
from studio.premises.shown import Marks
from studio.premises.unchanged import Unchanging

STUDIO = {
    "studio_name": "name",
    "studio_currency": "currency",
    "studio_language": "language",
}
"""The columns of the studio that come with each location."""


class House:
    """Read when somebody first asks, so that what shows nothing of it queries nothing."""

    as_of: Marks | None = None
    """The marks of what is shown that the request had read before, if it had."""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The one of a request: a view and the page around it read it once."""
        found: House | None = getattr(request, "house", None)
        if not isinstance(found, cls):
            house = cls()
            house.as_of = getattr(request, "marks", None)
            house.__dict__ |= vars(found) if found else {}  # what a plain one has read already
            found = request.house = house  # type: ignore[attr-defined]  # lives with the request
        return found

    @cached_property
    def studio(self) -> Studio:
        """The studio; before its data is loaded, one by a plain name."""
        found = self._read_with_places() if self.locations else Studio.objects.first()
        return found or Studio(name=str(_("Ashiatsu studio")))

    @cached_property
    def locations(self) -> list[Location]:
        """The places that take bookings, each with its schedule's version.

        They bring the studio's one row along, so that a page asks once for both.
        """
        studio = {column: Subquery(Studio.objects.values(name)) for column, name in STUDIO.items()}
        places = Location.objects.filter(active=True).select_related("version")
        return list(places.annotate(**studio))

    def _read_with_places(self) -> Studio | None:
        row = {name: getattr(self.locations[0], column) for column, name in STUDIO.items()}
        return None if row["name"] is None else Studio(pk=1, **row)


def studio_language() -> str:
    """In which the studio writes to its own people, and to whom it knows no other language of."""
    found = _LANGUAGE.first()
    return found if found in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


_LANGUAGE = Unchanging(lambda: Studio.objects.order_by("pk").values_list("language", flat=True)[:1])
