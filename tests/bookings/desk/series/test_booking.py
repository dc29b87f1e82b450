"""Reception books several dates on the telephone."""

import re

import pytest
from django.urls import reverse

from bookings.enums import EventKind, Source, Status
from bookings.models import Booking, Event, Series
from tests.bookings.admin.filling import fields_of, messages_of
from tests.bookings.desk.booking.typing import BOOK, place, typed
from tests.factories import (
    make_bookable,
    make_client,
    make_room,
    make_therapist,
    make_time_off,
)

pytestmark = pytest.mark.django_db

SERIES = reverse("admin:book_series")


@pytest.fixture
def made():
    return make_bookable()


def repeat(browser, made, /, **values):
    """Type a session on Monday the third at ten, and ask for several dates."""
    opened = browser.get(BOOK)
    data = fields_of(opened) | typed(made, **values) | {"do": "repeat"}
    return browser.post(SERIES, data)


def press(browser, page, button, /, **values):
    return browser.post(SERIES, fields_of(page) | values | {"do": button}, follow=True)


def rows(page):
    return [
        (row.start, row.planned.therapist or row.why_not, row.instead)
        for row in page.context["rows"]
    ]


def walls():
    return [
        f"{each.starts_at.astimezone(each.location.zone):%m-%d %H:%M}"
        for each in Booking.objects.filter(series__isnull=False).order_by("starts_at")
    ]


def test_what_is_typed_is_shown_on_six_weeks(receptionist, made):
    page = repeat(receptionist, made)

    assert rows(page)[1] == ("Mon 10 Aug 2026, 10:00 -06:00", "Therapist-1", "")
    assert [who for _start, who, _instead in rows(page)] == ["Therapist-1"] * 6
    assert not Booking.objects.exists()


def test_all_are_booked_with_what_was_typed(receptionist, made):
    page = repeat(receptionist, made, notes="Left knee", pressure="firm")

    done = press(receptionist, page, "book-all", every="2", count="3")

    assert messages_of(done) == [
        "3 sessions booked. Nobody is written to: the client has no mail address."
    ]
    assert walls() == ["08-03 10:00", "08-17 10:00", "08-31 10:00"]
    first = Booking.objects.earliest("starts_at")
    assert (str(first.client), first.notes, first.source) == ("Ada L.", "Left knee", Source.DESK)
    assert Series.objects.get().every_weeks == 2
    assert "1 of 3" in done.content.decode()


def test_chosen_dates_are_booked(receptionist, made):
    page = repeat(receptionist, made)

    press(
        receptionist,
        page,
        "book-all",
        every="0",
        date1="2026-08-05",
        date2="2026-08-13",
    )

    assert walls() == ["08-03 10:00", "08-05 10:00", "08-13 10:00"]
    assert Series.objects.get().every_weeks is None


def test_an_incomplete_session_goes_back_to_its_form(receptionist, made):
    page = repeat(receptionist, made, client_name="", client_phone="")

    assert "Say who comes: find a client, or type a name." in page.content.decode()
    assert "client_name" in page.context["form"].errors


def test_looking_at_the_address_begins_with_one_session(receptionist, made):
    assert receptionist.get(SERIES).headers["Location"] == BOOK


def test_the_rule_and_the_nearest_time_are_named(receptionist, made):
    place(made, "2026-08-10 10:30")

    page = repeat(receptionist, made)

    start, why, instead = rows(page)[1]
    assert start == "Mon 10 Aug 2026, 10:00 -06:00"
    assert why == "The therapist has another booking then. (S3)"
    assert instead == "Mon 10 Aug 2026, 09:30 -06:00"


def test_an_alternative_is_booked_and_one_left_out(receptionist, made):
    place(made, "2026-08-10 10:30", reference="ABCDE-FGHJ2")
    place(made, "2026-08-24 10:30", reference="ABCDE-FGHJ3")
    page = repeat(receptionist, made)
    one, other = (row.planned for row in page.context["rows"] if row.instead)

    press(receptionist, page, "book-all", **{one.field: str(one.instead), other.field: "out"})

    assert walls() == ["08-03 10:00", "08-10 09:30", "08-17 10:00", "08-31 10:00", "09-07 10:00"]


def test_dates_about_which_nothing_is_said_are_asked_for(receptionist, made):
    place(made, "2026-08-10 10:30")
    page = repeat(receptionist, made)

    again = press(receptionist, page, "book-all")

    assert "Say what becomes of the dates that cannot be booked." in again.content.decode()
    assert not Series.objects.exists()


def test_only_those_that_fit_are_booked(receptionist, made):
    place(made, "2026-08-10 10:30")
    page = repeat(receptionist, made)

    press(receptionist, page, "book-fitting", count="3")

    assert walls() == ["08-03 10:00", "08-17 10:00"]


def test_s2_a_soft_rule_is_gone_past_with_a_reason(receptionist, made):
    page = repeat(receptionist, made, start="2026-08-03T08:00")

    unsaid = press(receptionist, page, "book-all", count="2", override=["S2"])
    press(receptionist, page, "book-all", count="2", override=["S2"], reason="Works before nine")

    assert "Say why, if you go past a rule." in unsaid.content.decode()
    assert walls() == ["08-03 08:00", "08-10 08:00"]
    events = Event.objects.filter(kind=EventKind.BOOKED)
    assert {(event.reason, *event.overridden) for event in events} == {("Works before nine", "S2")}


def test_s7_a_private_period_is_not_given_away(receptionist, made):
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-10 00:00",
        wall_until="2026-08-11 00:00",
        barefoot_only=True,
    )
    made.session_type.barefoot = True
    made.session_type.save()

    page = repeat(receptionist, made)

    assert rows(page)[1][1] == "The therapist cannot take this session then."
    assert "barefoot work then" not in page.content.decode()


def test_s10_a_known_client_is_in_one_place_at_a_time(receptionist, made):
    ada = make_client()
    place(
        made,
        "2026-08-10 10:30",
        therapist=make_therapist(slug="zoe"),
        room=make_room(location=made.location, slug="second"),
        client=ada,
    )

    page = repeat(receptionist, made, client=ada.pk, client_name=ada.name)

    assert rows(page)[1][1] == "The client has another session then. (S10)"


def test_a_form_that_is_sent_twice_books_once(receptionist, made):
    page = repeat(receptionist, made)

    press(receptionist, page, "book-all")
    press(receptionist, page, "book-all")

    assert Booking.objects.filter(status=Status.CONFIRMED).count() == 6


def test_changing_the_session_keeps_all_that_was_typed(receptionist, made):
    page = repeat(receptionist, made, notes="Left knee")

    back = receptionist.post(BOOK, fields_of(page) | {"do": "look"})

    assert "Left knee" in back.content.decode()
    assert re.search(r'name="time"[^>]*value="10:00"', back.content.decode())


def test_a_client_need_not_be_told(receptionist, made):
    page = repeat(receptionist, made, client_email="ada@example.org")

    press(receptionist, page, "book-all", tells="", count="2")

    assert not any(
        booking.notifications.filter(state="queued", therapist=None, kind="confirmed")
        for booking in Booking.objects.all()
    )
