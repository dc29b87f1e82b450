"""Each booking of a series has its own mail, which says that it is one of several."""

import pytest

from bookings.domain.requests import Details, Person
from bookings.domain.series.booking import book_series
from bookings.domain.series.following import cancel_following
from bookings.enums import NotificationKind as Kind
from bookings.models import Booking, Notification
from bookings.notifications.messages import compose
from tests.bookings.domain.asking import CLIENT, NOW, minute, wish
from tests.bookings.notifications.mailing import row_of
from tests.factories import make_bookable, make_studio

pytestmark = pytest.mark.django_db

DAYS = ("2026-08-10", "2026-08-17", "2026-08-24")


@pytest.fixture
def series():
    make_studio(name="Still Water")
    made = make_bookable()
    starts = [minute(f"{day} 10:00") for day in DAYS]
    asked = wish(made, f"{DAYS[0]} 10:00")
    ada = Person("Ada L.", "ada@example.org")
    return book_series(
        asked, starts, Details(ada), all_or_nothing=True, every_weeks=1, caller=CLIENT, now=NOW
    ).bookings


def text_of(booking, kind):
    mail = compose(booking.notifications.get(kind=kind), now=NOW + 4)
    assert mail is not None
    return " ".join(str(mail.body).split())


def test_the_confirmation_names_its_place_and_lists_all_dates(series):
    text = text_of(series[1], Kind.CONFIRMED)

    assert "Series: Session 2 of 3 Every week" in text
    assert (
        "All dates: Monday, Aug. 10, 2026, 10 a.m. Monday, Aug. 17, 2026, 10 a.m."
        " Monday, Aug. 24, 2026, 10 a.m." in text
    )


def test_as_many_mails_come_as_there_are_dates_each_with_its_own_subject(series):
    rows = Notification.objects.filter(kind=Kind.CONFIRMED)

    mails = [compose(row, now=NOW + 4) for row in rows]

    assert len({mail.subject for mail in mails if mail is not None}) == 3


def test_a_date_that_is_cancelled_is_listed_no_more(series):
    cancel_following(series[2], caller=CLIENT, now=NOW + 1)

    assert "Aug. 24" not in text_of(series[0], Kind.CONFIRMED)


def test_a_reminder_names_the_place_alone(series):
    first = Booking.objects.get(pk=series[0].pk)
    mail = compose(row_of(Kind.REMINDER, first, lead_hours=5), now=NOW + 4)

    assert mail is not None
    assert "Session 1 of 3" in mail.body
    assert "All dates" not in mail.body
