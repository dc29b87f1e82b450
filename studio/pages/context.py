"""What every page shows of the house: its name, and where it is."""

from collections.abc import Mapping
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from studio.premises.models import Location, Studio


class House:
    """Read when a template first asks, so that what shows nothing of it queries nothing."""

    @cached_property
    def studio(self) -> Studio:
        """The studio; before its data is loaded, one by a plain name."""
        return Studio.objects.first() or Studio(name=str(_("Ashiatsu studio")))

    @cached_property
    def locations(self) -> list[Location]:
        """The places that take bookings."""
        return list(Location.objects.filter(active=True))


def house(_request: HttpRequest) -> Mapping[str, House]:
    """The context processor."""
    return {"house": House()}
