"""Each of two who come together has her own mail, which names the other, and no more of her."""

import pytest

from bookings.domain.cancelling import cancel
from bookings.domain.requests import Details, Person
from bookings.enums import NotificationKind as Kind
from bookings.notifications.messages import compose
from tests.bookings.domain.asking import ADA, CLIENT, NOW
from tests.bookings.domain.pairs.pairing import book_both, studio_for_two, wish_for_two
from tests.factories import make_studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    make_studio(name="Still Water")
    asked = wish_for_two(studio_for_two())
    return book_both(asked, Details(ADA), Details(Person("Bo", "bo@example.org")))


def text_of(booking):
    mail = compose(booking.notifications.get(kind=Kind.CONFIRMED), now=NOW + 4)
    assert mail is not None
    return " ".join(str(mail.body).split())


def test_each_is_told_with_whom_she_comes(both):
    first, second = both

    assert f"Together with: Bo Session-1, with {second.therapist.name}" in text_of(first)
    assert f"Together with: Ada L. Session-1, with {first.therapist.name}" in text_of(second)


def test_who_comes_alone_after_all_is_told_of_nobody(both):
    first, second = both
    cancel(second, caller=CLIENT, now=NOW + 1)

    assert "Together with" not in text_of(first)
