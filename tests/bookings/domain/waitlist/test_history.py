"""Who has let too many offers run out is taken off the list."""

from datetime import timedelta

import pytest

from bookings.domain.waitlist.matching import match
from bookings.enums import NotificationState as State
from bookings.enums import WaitlistState
from bookings.models import Notification
from bookings.scheduling.hours import to_instant
from tests.bookings.domain.asking import NOW
from tests.bookings.domain.waitlist.waiting import held_for, waits
from tests.factories import MONDAY, make_bookable

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def studio():
    """Open for one hour on each day."""
    return make_bookable(time_from="10:00", time_until="11:00")


def test_who_lets_three_offers_run_out_is_taken_off_the_list(studio):
    entry = waits(studio, last=MONDAY + timedelta(days=9))

    for hours in (0, 2, 4, 6):
        match(now=NOW + hours * 60)
        queued = Notification.objects.filter(state=State.QUEUED)
        queued.update(state=State.SENT, sent_at=to_instant(NOW))

    entry.refresh_from_db()
    assert entry.state == WaitlistState.WITHDRAWN
    assert len(held_for(entry)) == 3


def test_an_offer_whose_mail_never_left_counts_against_nobody(studio):
    entry = waits(studio, last=MONDAY + timedelta(days=9))

    for hours in (0, 2, 4, 6):
        match(now=NOW + hours * 60)

    entry.refresh_from_db()
    assert entry.state == WaitlistState.OFFERED
