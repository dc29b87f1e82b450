"""What a mail about one booking says of the series that it belongs to."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bookings.domain.series.members import membership
from bookings.enums import BOOKED
from bookings.enums import NotificationKind as Kind
from bookings.models import Booking
from bookings.notifications.letter import Fact
from bookings.notifications.times import moment_words
from bookings.words import every_words

FIRST_NEWS = (Kind.RECEIVED, Kind.CONFIRMED)
"""With these as many mails come as there are dates, so each of them lists all."""


def series_facts(kind: Kind, booking: Booking) -> Iterator[Fact]:
    """Which of how many it is; and all dates that stand, where the client hears of it first."""
    found = membership(booking)
    if found is None:
        return
    place = {"position": found.position, "all": len(found.members)}
    words = _("Session %(position)s of %(all)s") % place
    yield Fact(_("Series"), (words, every_words(found.every_weeks)))
    if kind in FIRST_NEWS:
        standing = [each for each in found.members if each.status in BOOKED]
        dates = tuple(moment_words(each.starts_at, each.location) for each in standing)
        yield Fact(_("All dates"), dates)
