"""A series on the pages of one of its bookings: seen, cancelled with all that follow, moved."""

from datetime import date

import pytest
from django.urls import reverse

from bookings.domain.cancelling import cancel
from bookings.domain.links import manage_token
from bookings.domain.requests import Details
from bookings.domain.series.booking import book_series
from bookings.enums import Status
from bookings.models import Booking
from tests.bookings.domain.asking import ADA, CLIENT, booked, minute, wish
from tests.bookings.pages.visiting import (
    manage_url,
    markup,
    move,
    second_therapist,
    send,
    text,
)
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at, make_client, make_closure_of_dates

pytestmark = pytest.mark.django_db

DAYS = ("2026-08-10", "2026-08-17", "2026-08-24", "2026-08-31")
LONG_AGO = NOW - 24 * 60


@pytest.fixture
def series(bookable):
    starts = [minute(f"{day} 10:00") for day in DAYS]
    asked = wish(bookable, f"{DAYS[0]} 10:00")
    return book_series(
        asked,
        starts,
        Details(ADA),
        all_or_nothing=True,
        every_weeks=1,
        caller=CLIENT,
        now=LONG_AGO,
    ).bookings


def states():
    return list(
        Booking.objects.filter(series__isnull=False)
        .order_by("series_position")
        .values_list("status", flat=True)
    )


def walls():
    rows = Booking.objects.filter(series__isnull=False).order_by("series_position")
    return [f"{each.starts_at.astimezone(each.location.zone):%m-%d %H:%M}" for each in rows]


BEFORE = ["08-10 10:00", "08-17 10:00", "08-24 10:00", "08-31 10:00"]


def test_a_booking_names_its_place_and_links_the_others(client, series):
    answer = client.get(manage_url(series[1]))

    assert "Session 2 of 4 Every week Monday, Aug. 10, 2026, 10 a.m." in text(answer)
    page = markup(answer).split("Keep this link")[0]
    links = [f'<a href="{manage_url(each)}">' in page for each in series]
    assert links == [True, False, True, True]


def test_p1_those_of_somebody_else_are_not_linked(client, series):
    Booking.objects.filter(pk=series[3].pk).update(client=make_client(name="Bo"))

    page = markup(client.get(manage_url(series[0])))

    assert manage_token(series[3]) not in page
    assert manage_token(series[2]) in page


def test_a_booking_without_a_series_says_nothing_of_one(client, booking):
    assert "Session 1 of" not in text(client.get(manage_url(booking)))
    assert "all that follow" not in text(client.get(manage_url(booking, "cancel")))
    assert "Which of them?" not in text(client.get(manage_url(booking, "move")))


def test_b6_what_cancelling_each_costs_is_said_before(client, series, turn_clock):
    turn_clock("2026-08-16 12:00")

    page = text(client.get(manage_url(series[1], "cancel")))

    assert "Aug. 17, 2026, 10 a.m. late: the studio may ask for $120" in page
    assert page.count("free of charge Monday") + page.count("free of charge Cancel") == 2
    assert "Cancel all 3 of these" in page


def test_all_that_follow_are_cancelled(client, series):
    answer = send(client, series[1], "cancel", scope="following", reason="Moving away")

    assert states() == ["confirmed", *["cancelled"] * 3]
    page = text(client.get(answer.headers["Location"]))
    assert "3 sessions have been cancelled." in page
    assert "Undo all 3 cancellations" in page


def test_one_of_a_series_is_cancelled_by_itself(client, series):
    send(client, series[1], "cancel")

    assert states() == ["confirmed", "cancelled", "confirmed", "confirmed"]
    assert "Undo all" not in text(client.get(manage_url(series[1])))


def test_cancelling_all_is_taken_back_together(client, series):
    send(client, series[1], "cancel", scope="following")

    send(client, series[1], "undo", scope="following")

    assert states() == ["confirmed"] * 4
    page = text(client.get(manage_url(series[1])))
    assert "3 cancellations have been undone." in page


def test_one_of_them_is_taken_back_alone(client, series):
    send(client, series[1], "cancel", scope="following")

    send(client, series[1], "undo")

    assert states() == ["confirmed", "confirmed", "cancelled", "cancelled"]


def test_none_is_taken_back_where_one_has_gone(client, bookable, series):
    send(client, series[1], "cancel", scope="following")
    booked(bookable, f"{DAYS[2]} 10:30", now=NOW)

    answer = send(client, series[1], "undo", scope="following")

    assert answer.status_code == 409
    assert "Not all of them could be restored: a time has been taken since." in text(answer)
    assert states().count(Status.CANCELLED) == 3


def test_the_calendar_asks_which_of_them_move(client, series):
    one = text(client.get(manage_url(series[1], "move")))
    all_ = text(client.get(manage_url(series[1], "move", scope="following")))

    assert "Only this one This and the 2 that follow" in one
    assert "Anyone" in one
    assert "Anyone" not in all_  # each keeps its own therapist, or one is named


def test_each_date_is_shown_before_anything_moves(client, series):
    answer = client.post(
        manage_url(series[1], "move", scope="following"),
        {"starts_at": at("2026-08-17 14:00").isoformat()},
    )

    page = text(client.get(answer.headers["Location"]))
    assert "Move 3 sessions?" in page
    assert "Aug. 31, 2026, 10 a.m. → Monday, Aug. 31, 2026, 2 p.m." in page
    assert walls() == BEFORE


def move_all_url(booking, wall, **more):
    return manage_url(booking, "move-following", starts_at=at(wall).isoformat(), **more)


def test_all_that_follow_are_moved(client, series):
    answer = client.post(move_all_url(series[1], "2026-08-18 14:00"))

    assert walls() == ["08-10 10:00", "08-18 14:00", "08-25 14:00", "09-01 14:00"]
    assert "3 sessions have been moved." in text(client.get(answer.headers["Location"]))


def test_they_move_together_or_not_at_all(client, bookable, series):
    booked(bookable, f"{DAYS[3]} 14:30", now=NOW)

    seen = client.get(move_all_url(series[1], "2026-08-17 14:00"))
    sent = client.post(move_all_url(series[1], "2026-08-17 14:00"))

    assert "→ Monday, Aug. 31, 2026, 2 p.m. This time is not free." in text(seen)
    assert "They move together or not at all" in text(seen)
    assert sent.status_code == 409
    assert walls() == BEFORE


def test_they_go_to_a_therapist_who_is_named(client, bookable, series):
    zoe = second_therapist(bookable, "zoe")
    answer = client.post(
        manage_url(series[2], "move", scope="following"),
        {"starts_at": at("2026-08-25 10:00").isoformat(), "therapist": "zoe"},
    )

    client.post(answer.headers["Location"])

    rows = Booking.objects.filter(series__isnull=False).order_by("series_position")
    assert [each.therapist == zoe for each in rows] == [False, False, True, True]


def test_b6_nothing_is_moved_after_the_deadline_of_the_first(client, series, turn_clock):
    turn_clock("2026-08-16 12:00")

    seen = client.get(move_all_url(series[1], "2026-08-17 14:00"))
    sent = client.post(move_all_url(series[1], "2026-08-17 14:00"))

    assert (seen.status_code, sent.status_code) == (409, 409)
    assert "It is too late to change this online." in text(sent)
    assert walls() == BEFORE


@pytest.mark.parametrize("query", [{}, {"starts_at": "noon"}])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_without_a_time_leads_to_where_one_is_chosen(client, series, method, query):
    answer = getattr(client, method)(manage_url(series[0], "move-following", **query))

    assert answer.headers["Location"] == manage_url(series[0], "move", scope="following")


def test_times_that_suit_all_are_offered_first(client, bookable, series):
    booked(bookable, f"{DAYS[3]} 11:00", now=NOW)

    answer = client.get(manage_url(series[1], "move", scope="following"))

    page = text(answer)
    assert "Times that suit all 3 dates" in page
    assert page.index("suit all 3 dates") < page.index("August 2026")
    by_day = {f"{day:%a %d}": times for day, times in answer.context["suiting"].days}
    assert list(by_day) == ["Fri 14", "Sat 15", "Sun 16", "Mon 17", "Tue 18", "Wed 19"]
    assert [f"{each:%H:%M}" for each in by_day["Mon 17"]] == ["09:45", "12:00", "13:00"]
    assert [f"{each:%H:%M}" for each in by_day["Tue 18"]] == ["09:00", "10:00", "11:00"]


def test_whatever_is_offered_for_all_can_be_pressed(client, bookable, series):
    booked(bookable, f"{DAYS[3]} 11:00", now=NOW)
    url = manage_url(series[1], "move", scope="following")
    days = client.get(url).context["suiting"].days

    for instant in [instant for _day, times in days for instant in times][::5]:
        sent = {"starts_at": instant.isoformat(), "therapist": ""}
        page = client.get(client.post(url, sent).headers["Location"])
        assert page.context["is_possible"]


def test_another_therapist_who_suits_all_is_named(client, bookable, series):
    second_therapist(bookable, "zoe")  # she works on Tuesdays

    answer = client.get(manage_url(series[1], "move", scope="following", therapist="zoe"))

    assert "Times that suit all 3 dates with Zoe" in text(answer)
    assert [f"{day:%a}" for day, _times in answer.context["suiting"].days] == ["Tue", "Tue"]
    assert 'name="therapist" value="zoe"' in markup(answer)


def test_where_no_time_suits_all_that_is_said(client, bookable, series):
    make_closure_of_dates(
        location=bookable.location, first_day=date(2026, 8, 27), last_day=date(2026, 9, 10)
    )
    make_closure_of_dates(
        location=bookable.location, first_day=date(2026, 8, 11), last_day=date(2026, 8, 26)
    )

    page = text(client.get(manage_url(series[1], "move", scope="following")))

    assert "Within a week of it no time suits all of them." in page


def test_a_time_that_does_not_suit_all_is_answered_with_those_that_do(client, bookable, series):
    booked(bookable, f"{DAYS[3]} 14:30", now=NOW)

    answer = client.get(move_all_url(series[1], "2026-08-17 14:00"))

    assert "Times that suit all 3 dates" in text(answer)
    action = manage_url(series[1], "move", scope="following")
    assert f'action="{action}"' in markup(answer)


def test_one_alone_is_offered_no_times_for_all(client, series):
    assert "Times that suit" not in text(client.get(manage_url(series[1], "move")))


def test_another_ones_link_moves_nothing(client, series):
    names = (series[0].reference, manage_token(series[1]))

    assert client.post(reverse("bookings:move-following", args=names)).status_code == 404


def test_moving_one_of_a_series_leaves_the_others(client, series):
    move(client, series[1], "2026-08-17 14:00")

    assert walls() == ["08-10 10:00", "08-17 14:00", "08-24 10:00", "08-31 10:00"]


def test_what_was_cancelled_before_is_not_moved(client, series):
    cancel(series[2], caller=CLIENT, now=NOW)

    client.post(move_all_url(series[1], "2026-08-17 14:00"))

    assert walls() == ["08-10 10:00", "08-17 14:00", "08-24 10:00", "08-31 14:00"]
