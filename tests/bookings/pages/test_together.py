"""Two together: one time held, booked, moved and cancelled for both, by the form and the links."""

from zoneinfo import ZoneInfo

import pytest
from django.template.defaultfilters import floatformat
from django.urls import reverse

from bookings.domain.pairs.changes import cancel_pair
from bookings.domain.pairs.partners import both_of
from bookings.enums import Status
from bookings.models import Booking
from tests.bookings.domain.asking import CLIENT
from tests.bookings.domain.asking import booked as booked_for_one
from tests.bookings.domain.health.answering import usual_questions
from tests.bookings.domain.pairs.pairing import (
    BO,
    NOON,
    TEN,
    book_both,
    hold_both,
    studio_for_two,
    wish_for_two,
)
from tests.bookings.pages.visiting import (
    DETAILS,
    filled_in,
    manage_url,
    offered_times,
    send,
    text,
    times_url,
)
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at, make_bookable, make_session_type

pytestmark = pytest.mark.django_db

DETAILS_URL = "/your-booking/together/"
BOTH = {**DETAILS, "companion_name": "Bo", "companion_pressure": "light"}


@pytest.fixture
def studio():
    return studio_for_two()


def together_url(studio, **query):
    names = (studio.location.slug, studio.session_type.slug)
    return reverse("bookings:book-together", args=names, query=query)


def local(wall):
    """A button's value."""
    return at(wall).astimezone(ZoneInfo("America/Denver")).isoformat()


def choose(client, studio, wall=TEN, **query):
    """Choose a time for two; the bookings that are held."""
    answer = client.post(together_url(studio, **query), {"starts_at": at(wall).isoformat()})
    assert answer.headers["Location"] == DETAILS_URL
    return both_of(Booking.objects.latest("pk"))


def confirm(client, first, **data):
    return client.post(DETAILS_URL, {**BOTH, "reference": first.reference, **data})


def made(studio, wall=TEN, **said):
    return book_both(wish_for_two(studio, wall), now=NOW, **said)


def states(*bookings):
    return [Booking.objects.get(pk=each.pk).status for each in bookings]


# Choosing


def test_the_times_lead_to_those_for_two_where_two_can_be_taken(client, studio):
    assert together_url(studio) in client.get(times_url(studio)).content.decode()


def test_who_looked_at_a_day_looks_at_the_same_day_for_two(client, studio):
    page = client.get(times_url(studio, day="2026-08-05")).content.decode()

    assert f'href="{together_url(studio, day="2026-08-05")}"' in page


def test_a_place_with_one_therapist_leads_to_none_for_two(client):
    studio = make_bookable()

    assert together_url(studio) not in client.get(times_url(studio)).content.decode()


def test_a_time_is_offered_where_two_therapists_and_rooms_are_free(client, studio):
    free = offered_times(client.get(together_url(studio, day="2026-08-03")))
    booked_for_one(studio, TEN, now=NOW)

    left = offered_times(client.get(together_url(studio, day="2026-08-03")))

    assert local(TEN) in free
    assert local(TEN) not in left and local(NOON) in left


def test_what_the_second_comes_for_is_asked_by_the_address(client, studio):
    longer = make_session_type(slug="longer", duration_minutes=120)
    longer.locations.add(studio.location)
    longer.therapists.set(studio.session_type.therapists.all())

    first, second = choose(client, studio, second="longer", second_therapist="zoe")

    assert (first.session_type, second.session_type) == (studio.session_type, longer)
    assert (first.therapist, second.therapist.slug) == (studio.therapist, "zoe")


def test_one_therapist_is_asked_for_by_one_of_them_alone(client, studio):
    page = client.get(together_url(studio, therapist="zoe", second_therapist="zoe"))

    assert page.context["first_therapist"].slug == "zoe"
    assert page.context["second_therapist"] is None


@pytest.mark.parametrize("query", [{"second": "nothing"}, {"second_therapist": "nobody"}])
def test_what_is_not_there_is_not_found(client, studio, query):
    assert client.get(together_url(studio, **query)).status_code == 404


def test_side_by_side_is_asked_only_where_rooms_lie_so(client, studio):
    page = client.get(together_url(studio, side_by_side="on"))

    assert "Only in rooms side by side" in text(page)
    assert offered_times(page)


def test_a_place_without_rooms_beside_each_other_does_not_ask(client):
    studio = studio_for_two(beside=False)

    page = client.get(together_url(studio, side_by_side="on"))

    assert "side by side" not in text(page)
    assert not offered_times(page)


def test_a_lost_time_is_answered_with_others_for_two(client, studio):
    booked_for_one(studio, TEN, now=NOW)

    page = client.post(together_url(studio), {"starts_at": at(TEN).isoformat()})

    assert page.status_code == 409
    assert "this time has just gone" in text(page) and offered_times(page)


# The form


def test_both_are_booked_by_one_form(client, studio):
    first, _second = choose(client, studio)

    answer = confirm(client, first)

    rows = Booking.objects.order_by("pair_position")
    assert answer.headers["Location"] == manage_url(first)
    assert list(rows.values_list("client__name", "client__email", "pressure")) == [
        ("Robin Client", "robin@example.org", "firm"),
        ("Bo", "robin@example.org", "light"),
    ]
    assert "Both sessions are booked." in text(client.get(manage_url(first)))


def test_who_comes_along_can_be_reached_by_herself(client, studio):
    first, _second = choose(client, studio)

    confirm(client, first, companion_email="bo@example.org")

    assert Booking.objects.filter(pair_position=2, client__email="bo@example.org").exists()


def test_the_form_shows_both_and_what_they_cost(client, studio):
    choose(client, studio)

    page = text(client.get(DETAILS_URL))

    assert page.count("Session-1, with") == 2
    price = floatformat(2 * studio.session_type.price, -2)
    assert f"You pay ${price} at the studio" in page


def test_one_person_twice_is_a_slip_in_the_form(client, studio):
    first, second = choose(client, studio)

    page = confirm(client, first, companion_name="Robin Client")

    assert page.status_code == 422
    assert "This is one person twice. Say who comes with you." in text(page)
    assert states(first, second) == [Status.HELD, Status.HELD]


def test_without_the_other_name_nothing_typed_is_lost(client, studio):
    first, _second = choose(client, studio)

    page = confirm(client, first, companion_name="")

    assert page.status_code == 422
    assert filled_in(page)["name"] == "Robin Client"


@pytest.mark.parametrize(
    ("for_two", "url", "other"),
    [(True, "/your-booking/", DETAILS_URL), (False, DETAILS_URL, "/your-booking/")],
)
def test_each_hold_has_the_form_that_fits_it(client, studio, for_two, url, other):
    if for_two:
        choose(client, studio)
    else:
        client.post(times_url(studio), {"starts_at": at(TEN).isoformat()})

    assert client.get(url).headers["Location"] == other
    assert client.get(other).status_code == 200


def test_two_are_not_repeated(client, studio):
    choose(client, studio)

    assert "Repeat this" not in text(client.get(DETAILS_URL))
    assert client.get("/your-booking/repeat/").headers["Location"] == "/your-booking/"


def test_a_hold_that_ran_out_and_went_is_held_again_with_what_was_typed(client, studio, turn_clock):
    first, _second = choose(client, studio)
    turn_clock("2026-08-03 07:11")
    booked_for_one(studio, TEN, now=NOW + 11)

    lost = confirm(client, first)
    again = client.post(DETAILS_URL, {**BOTH, "starts_at": offered_times(lost)[0]})

    assert lost.status_code == 409
    assert filled_in(again)["companion_name"] == "Bo"
    assert states(*both_of(Booking.objects.latest("pk"))) == [Status.HELD, Status.HELD]


def test_another_time_is_looked_for_as_it_was_chosen(client, studio):
    choose(client, studio, second_therapist="zoe", side_by_side="on")

    page = client.get(DETAILS_URL)

    assert page.context["other_times"] == together_url(
        studio,
        day="2026-08-03",
        second=studio.session_type.slug,
        second_therapist="zoe",
        side_by_side="on",
    )


def test_the_health_questions_are_those_of_who_books(client, studio):
    usual_questions()
    first, second = choose(client, studio)

    asked = confirm(client, first)
    confirm(client, first, without="1")

    assert "Your health" in text(asked)
    assert states(first, second) == [Status.PENDING_REVIEW, Status.PENDING_REVIEW]


# The bookings' own pages


def test_the_page_of_one_says_who_comes_with_her(client, studio):
    first, second = made(studio)

    page = text(client.get(manage_url(first)))

    assert "Two together Bo" in page
    assert "Your rooms are side by side." in page
    assert manage_url(second) in client.get(manage_url(first)).content.decode()


def test_who_is_reached_elsewhere_keeps_her_link_to_herself_p1(client, studio):
    first, second = made(studio)
    second.client.email = "bo@example.org"
    second.client.save()

    assert manage_url(second) not in client.get(manage_url(first)).content.decode()
    assert manage_url(first) not in client.get(manage_url(second)).content.decode()


def test_where_health_is_asked_each_is_told_to_answer_alone(client, studio):
    first, _second = made(studio)
    before = text(client.get(manage_url(first)))
    usual_questions()

    assert "Each of you answers the health questions alone" not in before
    assert "Each of you answers the health questions alone" in text(client.get(manage_url(first)))


def test_both_are_moved_from_the_page_of_one(client, studio):
    first, _second = made(studio)
    page = client.get(manage_url(first, "move"))

    send(client, first, "move-together", starts_at=at(NOON).isoformat())

    assert page.headers["Location"] == manage_url(first, "move-together")
    assert {each.starts_at for each in both_of(first)} == {at(NOON)}


def test_their_own_times_count_as_free_when_both_move(client, studio):
    first, _second = made(studio)

    page = client.get(manage_url(first, "move-together"))

    assert local(TEN) in offered_times(page)


def test_with_anyone_they_move_to_where_their_own_therapists_are_busy(client, studio):
    first, _second = made(studio)
    page = manage_url(first, "move-together")
    before = offered_times(client.get(page))
    booked_for_one(studio, NOON, now=NOW)

    with_the_same = offered_times(client.get(page))

    assert local(NOON) in before
    assert local(NOON) not in with_the_same
    assert client.get(f"{page}?anyone=1").context["with_anyone"]


def test_a_move_to_a_time_that_has_gone_leaves_both_and_offers_others(client, studio):
    first, _second = made(studio)
    booked_for_one(studio, NOON, now=NOW)

    page = send(client, first, "move-together", starts_at=at(NOON).isoformat())

    assert page.status_code == 409 and offered_times(page)
    assert {each.starts_at for each in both_of(first)} == {at(TEN)}


def test_who_was_brought_along_does_not_move_who_booked(client, studio):
    first, second = made(studio)
    second.client.email = "bo@example.org"
    second.client.save()

    asked = client.get(manage_url(second, "move-together"))
    sent = send(client, second, "move-together", starts_at=at(NOON).isoformat())
    alone = send(client, second, "move", starts_at=at(NOON).isoformat())

    assert [page.status_code for page in (asked, sent, alone)] == [409, 409, 409]
    assert {each.starts_at for each in both_of(first)} == {at(TEN)}
    assert "Move" not in text(client.get(manage_url(second))).partition("Change of plans")[2][:40]


def test_both_are_cancelled_and_taken_back_together(client, studio):
    first, second = made(studio)

    send(client, first, "cancel", scope="both")
    cancelled = states(first, second)
    page = text(client.get(manage_url(first)))
    send(client, first, "undo")

    assert cancelled == [Status.CANCELLED, Status.CANCELLED]
    assert "Undo both cancellations" in page
    assert states(first, second) == [Status.CONFIRMED, Status.CONFIRMED]


def test_one_of_both_is_cancelled_and_taken_back_alone(client, studio):
    first, second = made(studio)

    send(client, first, "cancel")
    cancelled = states(first, second)
    send(client, first, "undo")

    assert cancelled == [Status.CANCELLED, Status.CONFIRMED]
    assert states(first, second) == [Status.CONFIRMED, Status.CONFIRMED]


def test_who_was_brought_along_cancels_herself_alone(client, studio):
    first, second = made(studio)
    second.client.email = "bo@example.org"
    second.client.save()

    send(client, second, "cancel", scope="both")

    assert states(first, second) == [Status.CONFIRMED, Status.CANCELLED]


def test_what_both_have_cancelled_is_not_taken_back_by_the_other_alone(client, studio):
    first, second = made(studio)
    second.client.email = "bo@example.org"
    second.client.save()
    cancel_pair(first, caller=CLIENT, now=NOW)

    page = text(client.get(manage_url(second)))
    send(client, second, "undo")

    assert "Undo" not in page
    assert states(first, second) == [Status.CANCELLED, Status.CANCELLED]


def test_what_cancelling_both_means_is_said_before(client, studio):
    first, _second = made(studio)

    page = text(client.get(manage_url(first, "cancel")))

    assert f"You are booked together with {BO.name}." in page
    assert "Cancel both sessions" in page and "Cancel only this session" in page


def test_a_lapsed_hold_of_two_leads_back_to_the_times_for_two(client, studio, turn_clock):
    first, _second = hold_both(wish_for_two(studio), now=NOW)
    turn_clock("2026-08-03 07:11")

    page = client.get(manage_url(first))

    assert page.context["other_times"].startswith(together_url(studio))
