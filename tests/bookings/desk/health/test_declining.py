"""What a client hears of a review that was declined (rule H2)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.domain.callers import Caller
from bookings.domain.health.settling import answer
from bookings.domain.links import manage_token
from bookings.enums import NotificationKind, Source
from bookings.models import Notification
from bookings.notifications.messages import compose
from tests.bookings.desk.booking.typing import place
from tests.bookings.domain.health.answering import answers, usual_questions
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import MONDAY, make_bookable, make_session_type

pytestmark = pytest.mark.django_db

INSTEAD = "We suggest instead, at the same time: "


@pytest.fixture
def made():
    usual_questions()
    return make_bookable()


@pytest.fixture
def hands(made):
    return make_session_type(
        locations=(made.location,),
        therapists=(made.therapist,),
        barefoot=False,
    )


@pytest.fixture
def waiting(made):
    given = answers(surgery=MONDAY - timedelta(days=7), anything_else="A zither fell")
    return answer(place(made), given, caller=Caller(source=Source.SITE), now=NOW)


def declined(manager, booking, **typed):
    manager.post(reverse("admin:review", args=[booking.reference]), {"do": "decline", **typed})
    booking.refresh_from_db()
    assert booking.status == "declined"


def mailed(booking):
    row = Notification.objects.get(booking=booking, kind=NotificationKind.DECLINED)
    message = compose(row, now=NOW)
    assert message is not None
    return message.body


def page(client, booking):
    return client.get(reverse("bookings:manage", args=[booking.reference, manage_token(booking)]))


def test_h2_the_mail_is_neutral_and_leads_to_what_is_suggested(manager, client, waiting, hands):
    declined(manager, waiting, note="Not on that hip", substitute=hands.pk)

    words = mailed(waiting)

    assert INSTEAD + hands.name in " ".join(words.split())
    link = next(word for word in words.split() if hands.slug in word)
    assert client.get(link).context["session_type"] == hands
    for private in ("zither", "hip", "health", "surgery"):
        assert private not in words.lower()


def test_h2_so_does_the_page_of_the_booking(manager, client, waiting, hands):
    declined(manager, waiting, note="Not on that hip", substitute=hands.pk)

    words = " ".join(page(client, waiting).content.decode().split())

    assert INSTEAD + hands.name in words
    assert "hip" not in words


def test_where_nothing_is_suggested_nothing_is_said_of_it(manager, client, waiting):
    declined(manager, waiting)

    assert "instead" not in mailed(waiting)
    assert "instead" not in page(client, waiting).content.decode()


def test_what_is_not_offered_any_more_is_suggested_to_nobody(manager, client, waiting, hands):
    declined(manager, waiting, substitute=hands.pk)
    hands.active = False
    hands.save()

    assert "instead" not in mailed(waiting)
    assert "instead" not in page(client, waiting).content.decode()
