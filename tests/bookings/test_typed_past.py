"""What is typed in SQL, past the program, is seen within five minutes wherever times are shown.

Of all that is kept one thing is made of another, and each may be as old as it is allowed to be.
"""

import pytest
from django.core.cache.backends import base, locmem
from django.test import Client

from bookings.models import SessionType
from studio import memory
from studio.premises.locking import bump_versions
from tests.bookings.api.views.availability.looking import query_for
from tests.bookings.pages.visiting import offered_times, times_url
from tests.calling import anyone
from tests.factories import make_bookable
from therapists.models import Shift

pytestmark = pytest.mark.django_db

FIVE_MINUTES, STEP, BOOKED_EVERY = 300, 10, 90


class Seconds:
    """The time that memories go by; it stands still until a test turns it."""

    passed = 0.0

    def monotonic(self) -> float:
        return self.passed

    time = monotonic


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    seconds = Seconds()
    for module in (memory, base, locmem):
        monkeypatch.setattr(module, "time", seconds)
    return seconds


def listed(place):
    answer = anyone().get("availability/", query_for(place)).json()
    return [slot["starts_at"] for day in answer["days"] for slot in day["slots"]]


def on_the_page(place):
    return offered_times(Client().get(times_url(place, day="2026-08-03")))


def nobody_works():
    Shift.objects.all().delete()


def a_session_takes_longer():
    SessionType.objects.update(duration_minutes=120)


@pytest.mark.parametrize("shown", [listed, on_the_page])
@pytest.mark.parametrize("change", [nobody_works, a_session_takes_longer])
def test_it_is_seen_though_all_is_asked_for_again_and_again(seconds, shown, change):
    place = make_bookable(duration_minutes=60)
    before = shown(place)

    change()
    while seconds.passed < FIVE_MINUTES:
        seconds.passed += STEP
        if seconds.passed % BOOKED_EVERY == 0:
            bump_versions([place.location.pk], rules=False)
        shown(place)

    assert shown(place) != before
