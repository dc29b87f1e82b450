"""Several dates at once: how often, what stands in the way, and one form for all of them."""

import pytest

from bookings.domain.cancelling import cancel
from bookings.enums import Source, Status
from bookings.models import Booking, Notification, Series
from tests.bookings.domain.asking import CLIENT, booked
from tests.bookings.domain.health.answering import usual_questions
from tests.bookings.pages.account.signing import HOME, sign_in
from tests.bookings.pages.series.repeating import (
    DATES,
    MONDAYS,
    REPEAT,
    WEEKLY,
    book_all,
    choices,
    choose_dates,
    fields,
    plan,
)
from tests.bookings.pages.visiting import DETAILS, filled_in, hold, manage_url, text
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at, make_booking, make_client, make_room, make_therapist

pytestmark = pytest.mark.django_db

TEN = f"{MONDAYS[0]} 10:00"
DETAILS_URL = "/your-booking/"


def starts() -> list[str]:
    """When the bookings of series are, by the studio's clock."""
    rows = Booking.objects.filter(series__isnull=False).order_by("starts_at")
    return [f"{each.starts_at.astimezone(each.location.zone):%m-%d %H:%M}" for each in rows]


def taken(bookable, *days):
    return [booked(bookable, f"{day} 10:00", now=NOW) for day in days]


def test_the_way_of_one_session_has_one_quiet_link_more(client, bookable):
    hold(client, bookable, TEN)

    page = text(client.get(DETAILS_URL))

    assert page.count("Repeat this") == 1


@pytest.mark.parametrize("url", [REPEAT, DATES])
def test_who_holds_nothing_is_sent_to_the_start(client, bookable, url):
    answer = client.get(url, follow=True)

    assert answer.redirect_chain[-1][0] in ("/book/", f"/book/{bookable.location.slug}/")


def test_what_was_offered_from_the_waitlist_is_one_time(client, bookable):
    held = hold(client, bookable, TEN)
    Booking.objects.filter(pk=held.pk).update(source=Source.WAITLIST)

    assert client.get(REPEAT).headers["Location"] == DETAILS_URL


def test_every_date_is_previewed_and_the_held_time_is_the_first(client, bookable):
    hold(client, bookable, TEN)

    page = text(client.get(WEEKLY))

    assert "All 4 dates can be booked Monday, Aug. 10, 2026, 10 a.m." in page
    assert page.count("free, with Therapist-1") == 4
    assert not Series.objects.exists()


def test_chosen_dates_are_previewed_at_the_time_that_is_held(client, bookable):
    hold(client, bookable, TEN)

    page = text(client.get(f"{REPEAT}?how=dates&date1=2026-08-12&date2=2026-08-20&date3="))

    assert "All 3 dates can be booked" in page
    assert "Thursday, Aug. 20, 2026, 10 a.m." in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("every=0&count=4", "Select a valid choice."),
        ("every=1&count=13", "Select a valid choice."),
        ("how=dates&date1=", "Choose at least one more date."),
        ("how=dates&date1=2026-08-10", "Choose at least one more date."),
        ("how=dates&date1=2026-08-02", "This day is over."),
        ("how=dates&date1=2030-08-02", "This day lies too far ahead."),
        ("how=dates&date1=tomorrow", "Enter a valid date."),
    ],
)
def test_dates_that_are_no_series_are_said(client, bookable, query, words):
    hold(client, bookable, TEN)

    page = text(client.get(f"{REPEAT}?{query}"))

    assert words in page
    assert "can be booked" not in page


def test_what_stands_in_the_way_comes_with_the_nearest_alternative(client, bookable):
    hold(client, bookable, TEN)
    taken(bookable, MONDAYS[1], MONDAYS[3])

    answer = client.get(WEEKLY)

    page = text(answer)
    assert "2 of 4 dates can be booked" in page
    assert "This time is not free. Instead: Monday, Aug. 17, 2026, 9 a.m." in page
    assert [len(values) for values in choices(answer).values()] == [2, 2]


def test_a_date_about_which_nothing_is_said_is_asked_for(client, bookable):
    hold(client, bookable, TEN)
    taken(bookable, MONDAYS[1])

    answer = choose_dates(client)

    assert answer.status_code == 422
    assert "Say what becomes of these dates Monday, Aug. 17, 2026" in text(answer)


def test_an_alternative_is_taken_and_another_date_left_out(client, bookable):
    hold(client, bookable, TEN)
    taken(bookable, MONDAYS[1], MONDAYS[3])
    first, last = choices(client.get(WEEKLY)).items()

    choose_dates(client, **{first[0]: first[1][0], last[0]: "out"})
    book_all(client)

    assert starts() == ["08-10 10:00", "08-17 09:00", "08-24 10:00"]


def test_those_that_fit_leave_out_all_others(client, bookable):
    hold(client, bookable, TEN)
    taken(bookable, MONDAYS[1], MONDAYS[3])

    choose_dates(client, do="fitting")
    book_all(client)

    assert starts() == ["08-10 10:00", "08-24 10:00"]


def test_one_date_is_no_series(client, bookable):
    hold(client, bookable, TEN)
    taken(bookable, *MONDAYS[1:])

    answer = choose_dates(client, do="fitting")

    assert answer.status_code == 422
    assert "That leaves fewer than two dates." in text(answer)


def test_an_alternative_that_was_not_offered_is_not_taken(client, bookable):
    hold(client, bookable, TEN)
    taken(bookable, MONDAYS[1])
    [(name, _values)] = choices(client.get(WEEKLY)).items()

    assert choose_dates(client, **{name: "29000000"}).status_code == 422


def test_the_form_shows_all_dates_and_their_price(client, bookable):
    plan(client, bookable)

    page = text(client.get(DATES))

    assert "Your 4 sessions" in page
    assert "$120 each, $480 together" in page
    assert "Every week Monday, Aug. 10, 2026, 10 a.m. with Therapist-1" in page
    assert "You pay $120 at the studio each time" in page
    assert "Book all 4 sessions" in page


def test_the_details_page_leads_to_the_dates_once_they_are_chosen(client, bookable):
    plan(client, bookable)

    assert client.get(DETAILS_URL).headers["Location"] == DATES


def test_all_are_booked_for_one_client(client, bookable):
    held = plan(client, bookable)

    answer = book_all(client)

    assert starts() == [f"{day[5:]} 10:00" for day in MONDAYS]
    made = Booking.objects.filter(series__isnull=False)
    assert made.values_list("client__email").distinct().get() == ("robin@example.org",)
    assert {each.notes for each in made} == {"My first time."}
    assert Series.objects.get().every_weeks == 1
    held.refresh_from_db()
    assert held.status == Status.CANCELLED
    assert answer.headers["Location"] == manage_url(made.get(series_position=1))
    assert "Your 4 sessions are booked." in text(client.get(answer.headers["Location"]))


def test_sending_the_form_twice_books_once(client, bookable):
    plan(client, bookable)
    sent = fields(client)
    before = dict(client.session.items())
    first = client.post(DATES, {**DETAILS, **sent})
    session = client.session
    session.update(before)  # as it was when the second one was sent
    session.save()

    second = client.post(DATES, {**DETAILS, **sent})

    assert second.headers["Location"] == first.headers["Location"]
    assert Booking.objects.filter(series__isnull=False).count() == 4


def test_nothing_typed_is_lost_when_a_date_is_lost(client, bookable):
    plan(client, bookable)
    sent = fields(client)
    taken(bookable, MONDAYS[2])

    answer = client.post(DATES, {**DETAILS, **sent})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "1 date cannot be booked any more" in text(answer)
    assert "Monday, Aug. 24, 2026, 10 a.m." in text(answer)
    assert 'value="Robin Client"' in page and "My first time." in page
    assert not Series.objects.exists()


def test_a_lost_date_is_replaced_with_all_that_was_typed(client, bookable):
    plan(client, bookable)
    taken(bookable, MONDAYS[2])
    lost = client.post(DATES, {**DETAILS, **fields(client)})
    [(name, values)] = choices(lost).items()

    answer = client.post(DATES, {**DETAILS, name: values[0], "do": "instead"})
    book_all(client)

    assert "These are the dates now. Check them, then book." in text(answer)
    assert 'value="Robin Client"' in answer.content.decode()
    assert starts() == ["08-10 10:00", "08-17 10:00", "08-24 09:00", "08-31 10:00"]


def test_a_lost_date_is_asked_about_again(client, bookable):
    plan(client, bookable)
    taken(bookable, MONDAYS[2])

    answer = client.post(DATES, {**DETAILS, "do": "instead"})

    assert answer.status_code == 409
    assert "Say what becomes of these dates" in text(answer)


def test_a_form_for_other_dates_is_shown_again(client, bookable):
    plan(client, bookable)
    sent = fields(client)
    choose_dates(client, f"{REPEAT}?every=2&count=3")

    answer = client.post(DATES, {**DETAILS, **sent})

    assert answer.status_code == 409
    assert "These are the dates now." in text(answer)
    assert not Series.objects.exists()


def test_what_is_missing_is_asked_for(client, bookable):
    plan(client, bookable)

    answer = book_all(client, name="")

    assert answer.status_code == 422
    assert "Tell us your name." in text(answer)


def test_h2_the_health_questions_come_once_for_all(client, bookable):
    usual_questions()
    plan(client, bookable)
    sent = {**DETAILS, **fields(client)}

    asked = client.post(DATES, sent)
    last = client.post(DATES, filled_in(asked) | {"no": "1"})
    answer = client.post(DATES, {**sent, "without": "1"})

    assert "Your health" in text(asked)
    assert "Book all 4 sessions" in text(last)
    statuses = Booking.objects.filter(series__isnull=False).values_list("status", flat=True)
    assert set(statuses) == {Status.PENDING_REVIEW}
    assert "All your times are kept for you." in text(client.get(answer.headers["Location"]))


def test_only_the_held_time_can_be_booked_after_all(client, bookable):
    held = plan(client, bookable)

    client.post(REPEAT, {"do": "one"})
    client.post(DETAILS_URL, {**DETAILS, "reference": held.reference})

    assert not Series.objects.exists()
    assert Booking.objects.get().status == Status.CONFIRMED


def test_choosing_another_time_forgets_the_dates(client, bookable):
    plan(client, bookable)

    hold(client, bookable, "2026-08-11 10:00")

    assert client.get(DATES).headers["Location"] == DETAILS_URL


def test_a_hold_that_was_given_back_books_nothing(client, bookable):
    held = plan(client, bookable)
    cancel(held, caller=CLIENT, now=NOW)

    assert client.get(DATES).headers["Location"] == "/book/"
    assert not Notification.objects.exists()


def test_t4_the_time_stays_where_the_clocks_change(client, bookable):
    hold(client, bookable, "2026-10-26 10:00")
    said = "The clocks change in between; the time that they show stays the same."

    across = text(client.get(f"{REPEAT}?every=1&count=2"))

    assert "Monday, Nov. 2, 2026, 10 a.m." in across
    assert said in across
    hold(client, bookable, TEN)
    assert said not in text(client.get(WEEKLY))


def test_s10_who_is_signed_in_is_in_one_place_at_a_time(client, bookable):
    ada = make_client(name="Ada", email=HOME)
    make_booking(
        starts_at=at(f"{MONDAYS[1]} 10:30"),
        client=ada,
        session_type=bookable.session_type,
        therapist=make_therapist(slug="zoe"),
        room=make_room(location=bookable.location, slug="second"),
    )
    sign_in(client)
    hold(client, bookable, TEN)

    page = client.get(WEEKLY)

    assert "Monday, Aug. 17, 2026, 10 a.m. You have another session at that time." in text(page)


def test_p1_who_is_signed_in_books_all_for_whom_they_choose(client, bookable):
    make_client(name="Ada", email=HOME)
    ben = make_client(name="Ben", email=HOME)
    sign_in(client)
    plan(client, bookable)

    page = client.get(f"{DATES}?client={ben.pk}")
    client.post(DATES, {"pressure": "firm", "client": str(ben.pk), **fields(client)})

    assert f'name="client" value="{ben.pk}"' in page.content.decode()
    assert Booking.objects.filter(series__isnull=False, client=ben).count() == 4
    assert "Confirmed 4 dates Every week" in text(client.get("/my-bookings/"))
    assert "The other 3 dates" in text(client.get("/my-bookings/"))
