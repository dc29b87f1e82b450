"""What a mail about one of two who come together says of the other: nothing of how she is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bookings.domain.pairs.partners import together_with
from bookings.enums import NotificationKind as Kind
from bookings.models import Booking
from bookings.notifications.letter import Fact
from bookings.scheduling.timeline import Minute

TO_COME = (Kind.RECEIVED, Kind.CONFIRMED, Kind.MOVED, Kind.REMINDER, Kind.ANSWERS_NEEDED)


def partner_facts(kind: Kind, booking: Booking, *, now: Minute) -> Iterator[Fact]:
    """Who comes at the same time, and to whom, as long as both do."""
    partner = together_with(booking, now=now) if kind in TO_COME else None
    if partner is None or partner.client is None:
        return
    names = {"session": partner.session_name, "name": partner.therapist.name}
    yield Fact(_("Together with"), (partner.client.name, _("%(session)s, with %(name)s") % names))
