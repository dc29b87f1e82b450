"""A series on the desk's page of one of its bookings."""

import pytest
from django.urls import reverse

from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.domain.staff import Role
from bookings.enums import EventKind
from bookings.models import Booking, Event
from tests.bookings.admin.filling import fields_of, messages_of, queries_of
from tests.bookings.desk.booking.typing import page_of, place
from tests.bookings.domain.asking import CLIENT, minute, wish
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import make_bookable, make_client

pytestmark = pytest.mark.django_db

DAYS = ("2026-08-10", "2026-08-17", "2026-08-24", "2026-08-31")


@pytest.fixture
def made():
    return make_bookable()


@pytest.fixture
def series(made):
    starts = [minute(f"{day} 10:00") for day in DAYS]
    asked = wish(made, f"{DAYS[0]} 10:00")
    return book_series(
        asked,
        starts,
        Details(make_client()),
        all_or_nothing=True,
        every_weeks=1,
        caller=CLIENT,
        now=NOW - 60,
    ).bookings


def url(booking, what):
    return reverse(f"admin:booking_{what}_following", args=[booking.reference])


def states():
    rows = Booking.objects.filter(series__isnull=False).order_by("series_position")
    return list(rows.values_list("status", flat=True))


def walls():
    rows = Booking.objects.filter(series__isnull=False).order_by("series_position")
    return [f"{each.starts_at.astimezone(each.location.zone):%m-%d %H:%M}" for each in rows]


BEFORE = ["08-10 10:00", "08-17 10:00", "08-24 10:00", "08-31 10:00"]


def test_the_page_names_the_place_and_links_the_others(receptionist, series):
    page = receptionist.get(page_of(series[2]))

    card = page.context["series"]
    assert (card.position, card.rhythm, len(card.members)) == (3, "Every week", 4)
    assert (
        f'<a href="{page_of(series[0])}">Mon 10 Aug 2026, 10:00 -06:00</a>' in page.content.decode()
    )
    assert (card.to_cancel, card.to_move, card.to_restore) == (2, 2, 0)


def test_p2_a_therapist_is_told_nothing_of_other_days(sign_in, series):
    browser = sign_in(Role.THERAPIST)
    own = browser.get("/admin/board/")  # signed in
    assert own.status_code == 200

    assert browser.get(page_of(series[2])).status_code == 404


def test_a_booking_that_stands_alone_has_no_card(receptionist, made):
    assert receptionist.get(page_of(place(made))).context["series"] is None


def test_the_page_of_one_of_four_needs_no_more_queries_than_of_one_of_two(receptionist, series):
    of_four = queries_of(receptionist, page_of(series[0]))
    Booking.objects.filter(pk__in=[each.pk for each in series[2:]]).update(series=None)

    assert queries_of(receptionist, page_of(series[0])) == of_four


def test_all_that_follow_are_cancelled_with_a_reason(receptionist, series):
    unsaid = receptionist.post(url(series[1], "cancel"), {"reason": ""})
    done = receptionist.post(url(series[1], "cancel"), {"reason": "Moves away"}, follow=True)

    assert "This field is required." in unsaid.content.decode()
    assert messages_of(done) == ["3 bookings cancelled."]
    assert states() == ["confirmed", *["cancelled"] * 3]
    reasons = Event.objects.filter(kind=EventKind.CANCELLED).values_list("reason", flat=True)
    assert list(reasons) == ["Moves away"] * 3


def test_what_was_cancelled_together_is_taken_back_together(receptionist, series):
    receptionist.post(url(series[1], "cancel"), {"reason": "Moves away"})

    page = receptionist.get(page_of(series[1]))
    done = receptionist.post(url(series[1], "undo"), follow=True)

    assert "Undo all 3 cancellations" in page.content.decode()
    assert messages_of(done)[-1] == "3 bookings restored."
    assert states() == ["confirmed"] * 4


def test_none_is_taken_back_where_one_has_gone(receptionist, made, series):
    receptionist.post(url(series[1], "cancel"), {"reason": "Moves away"})
    place(made, f"{DAYS[2]} 10:30")

    done = receptionist.post(url(series[1], "undo"), follow=True)

    assert messages_of(done)[-1] == "The therapist has another booking then. (S3)"
    assert states() == ["confirmed", *["cancelled"] * 3]


def look(browser, booking, **values):
    opened = browser.get(url(booking, "move"))
    assert opened.status_code == 200
    return browser.post(url(booking, "move"), fields_of(opened) | {"do": "look"} | values)


def move(browser, booking, **values):
    return browser.post(
        url(booking, "move"),
        fields_of(browser.get(url(booking, "move"))) | {"do": "move"} | values,
        follow=True,
    )


def test_each_date_is_shown_before_it_is_moved(receptionist, series):
    page = look(receptionist, series[1], time="14:05")

    rows = page.context["rows"]
    assert [row.now[-13:] for row in rows] == [", 10:00 -06:00"[1:]] * 3
    assert rows[2].then == "Mon 31 Aug 2026, 14:05 -06:00"
    assert walls() == BEFORE


def test_all_that_follow_are_moved(receptionist, series):
    done = move(receptionist, series[1], day="2026-08-18", time="14:05")

    assert messages_of(done) == ["3 bookings moved."]
    assert walls() == ["08-10 10:00", "08-18 14:05", "08-25 14:05", "09-01 14:05"]


def test_nothing_moves_where_one_cannot(receptionist, made, series):
    place(made, f"{DAYS[3]} 14:30")

    page = look(receptionist, series[1], time="14:00")
    refused = move(receptionist, series[1], time="14:00")

    assert page.context["rows"][2].why_not == "The therapist has another booking then. (S3)"
    assert "Not moved." in refused.content.decode()
    assert walls() == BEFORE


def test_s2_a_soft_rule_is_gone_past_with_a_reason(receptionist, series):
    page = look(receptionist, series[1], time="16:30")

    move(receptionist, series[1], time="16:30", override=["S2"], reason="Stays longer")

    assert [rule.number for rule in page.context["past"]] == ["S2"]
    assert walls()[1:] == ["08-17 16:30", "08-24 16:30", "08-31 16:30"]


def test_what_somebody_else_has_moved_is_not_moved_unseen(receptionist, series):
    opened = receptionist.get(url(series[1], "move"))
    move(receptionist, series[1], time="14:00")

    again = receptionist.post(
        url(series[1], "move"), fields_of(opened) | {"do": "move", "time": "15:00"}, follow=True
    )

    assert "Somebody has changed this booking in the meantime." in again.content.decode()
    assert walls()[1] == "08-17 14:00"


def test_what_is_cancelled_is_not_moved(receptionist, series):
    receptionist.post(url(series[1], "cancel"), {"reason": "Moves away"})

    assert receptionist.get(url(series[1], "move")).headers["Location"] == page_of(series[1])
