"""What a mail about one booking says of the series that it belongs to."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bookings.domain.series.following import members
from bookings.enums import NotificationKind as Kind
from bookings.enums import Status
from bookings.models import Booking
from bookings.notifications.letter import Fact
from bookings.notifications.times import moment_words
from bookings.words import every_words

FIRST_NEWS = (Kind.RECEIVED, Kind.CONFIRMED)
"""With these as many mails come as there are dates, so each of them lists all."""

STANDING = (Status.CONFIRMED, Status.PENDING_REVIEW)


def series_facts(kind: Kind, booking: Booking) -> Iterator[Fact]:
    """Which of how many it is; and all dates that stand, where the client hears of it first."""
    found = members(booking)
    if booking.series is None or len(found) < 2:
        return
    place = {"position": found.index(booking) + 1, "all": len(found)}
    yield Fact(
        _("Series"),
        (_("Session %(position)s of %(all)s") % place, every_words(booking.series.every_weeks)),
    )
    if kind in FIRST_NEWS:
        standing = [each for each in found if each.status in STANDING]
        dates = tuple(moment_words(each.starts_at, each.location) for each in standing)
        yield Fact(_("All dates"), dates)
