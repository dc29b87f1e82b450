"""What the studio offers, for search engines; the steps of booking are for people."""

from django.urls import reverse

from bookings.domain.offers import offered, open_locations
from studio.sitemaps import Part
from therapists.models import Therapist

MENUS = ("bookings:sessions", "bookings:therapists")
LAST = ("bookings:privacy", "bookings:terms")


class StudioPart(Part):
    """Sessions, therapists and places, each with its own page, and what goes for bookings."""

    def items(self) -> list[tuple[str, ...]]:
        """The name of a route, and the slug that it takes."""
        places = list(open_locations().values_list("slug", flat=True))
        # The list of one place leads to the place.
        menus = MENUS if len(places) == 1 else (*MENUS, "bookings:locations")
        sessions = offered().values_list("slug", flat=True)
        therapists = Therapist.objects.filter(active=True).values_list("slug", flat=True)
        return [
            *((name,) for name in menus),
            *(("bookings:session", slug) for slug in sessions),
            *(("bookings:therapist", slug) for slug in therapists),
            *(("bookings:location", slug) for slug in places),
            *((name,) for name in LAST),
        ]

    def location(self, item: tuple[str, ...]) -> str:
        """Where it is in the language that is spoken now."""
        name, *slugs = item
        return reverse(name, args=slugs)
