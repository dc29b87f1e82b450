"""Two together on the day board."""

import pytest
from django.urls import reverse

from bookings.domain.requests import Details, Person
from bookings.domain.staff import Role
from bookings.models import Booking
from bookings.scheduling.hours import to_minute
from tests.bookings.admin.filling import queries_of
from tests.bookings.domain.asking import NOW, minute
from tests.bookings.domain.pairs.pairing import NOON, book_both, studio_for_two, wish_for_two
from therapists.models import Therapist

pytestmark = pytest.mark.django_db

BOARD = reverse("admin:board")


@pytest.fixture
def studio():
    return studio_for_two()


@pytest.fixture
def both(studio):
    return book_both(wish_for_two(studio), now=NOW - 60)


def put_down(browser, booking, wall, *, column):
    return browser.post(
        reverse("admin:board_move"),
        {
            "booking": booking.pk,
            "by": "therapist",
            "start": minute(wall),
            "column": column,
            "seen_start": to_minute(booking.starts_at),
            "seen_column": booking.therapist.slug,
        },
    )


def test_each_of_two_says_with_whom(receptionist, both):
    page = receptionist.get(BOARD).content.decode()

    assert page.count("Together with Bo<") == 1
    assert page.count("Together with Ada L.<") == 1


def test_p2_a_therapist_is_told_nothing_of_the_other(sign_in, both):
    browser = sign_in(Role.THERAPIST)
    own = Therapist.objects.get(slug="own-account")
    Booking.objects.filter(pk=both[0].pk).update(therapist=own)

    page = browser.get(BOARD).content.decode()

    assert "Ada L." in page
    assert "Together with" not in page


def test_a_board_with_two_pairs_needs_no_more_queries_than_with_one(receptionist, studio, both):
    of_one = queries_of(receptionist, BOARD)
    book_both(wish_for_two(studio, NOON), Details(Person("Cy", "cy@example.org")), now=NOW - 60)

    assert queries_of(receptionist, BOARD) == of_one


def test_carried_over_the_board_only_their_own_start_is_left_to_one_of_two(receptionist, both):
    asked = {"booking": both[0].pk, "by": "therapist", "date": "2026-08-03"}
    shown = receptionist.get(reverse("admin:board_targets"), asked).json()

    start = to_minute(both[0].starts_at)
    own = shown["columns"][both[0].therapist.slug]
    [kept] = [verdict for first, past, verdict in own if first <= start < past]
    others = {
        shown["verdicts"][verdict]["words"] for first, _past, verdict in own if first != start
    }
    assert shown["verdicts"][kept]["can"] == "yes"
    assert others == {"Together with Bo: open the booking, and move both there."}


def test_put_down_at_another_start_both_stay(receptionist, both):
    answer = put_down(receptionist, both[1], "2026-08-03 13:00", column=both[1].therapist.slug)

    assert answer.status_code == 409
    assert answer.json() == {
        "words": "Together with Ada L.: open the booking, and move both there."
    }
    assert not Booking.objects.exclude(starts_at=both[0].starts_at).exists()
