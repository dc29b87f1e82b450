"""Calendars that are kept are true, and nobody's own."""

import re
from http import HTTPStatus

import pytest
from django.test import Client

from bookings.pages.lasting import PAGES
from studio.premises.models import Closure, Location
from tests.bookings.pages.visiting import hold, markup, offered_times, text, times_url
from tests.factories import make_bookable, make_closure_of_times, make_page, make_studio
from tests.remembering import forget
from therapists.models import Shift

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def bookable():
    make_studio(name="Barefoot")
    return make_bookable()


def test_unchanged_it_costs_two_queries_and_is_what_it_was(bookable, django_assert_num_queries):
    first = Client().get(times_url(bookable))

    with django_assert_num_queries(2):  # the marks of what is shown, the schedule's version
        again = Client().get(times_url(bookable))

    assert TOKEN.sub("", markup(again)) == TOKEN.sub("", markup(first))
    for name in ("Content-Type", "Cache-Control", "Vary"):
        assert again[name] == first[name]
    assert again["Cache-Control"] == "private, no-store"


def test_each_visitor_has_a_token_of_their_own_with_which_a_time_is_held(bookable):
    first, second = (Client(enforce_csrf_checks=True) for _ in range(2))
    tokens = [set(TOKEN.findall(markup(each.get(times_url(bookable))))) for each in (first, second)]

    for each, (token,) in zip((first, second), tokens, strict=True):
        starts_at = offered_times(each.get(times_url(bookable)))[0]
        body = {"starts_at": starts_at, "therapist": "", "csrfmiddlewaretoken": token}
        assert each.post(times_url(bookable), body).status_code == HTTPStatus.FOUND
    (token,) = tokens[0]
    refused = second.post(times_url(bookable), {**body, "csrfmiddlewaretoken": token})
    assert refused.status_code == HTTPStatus.FORBIDDEN
    kept = repr(list(PAGES))
    assert not any(token in kept for of_one in tokens for token in of_one)


def test_who_holds_a_time_sees_it_and_leaves_nothing_behind(client, bookable):
    hold(client, bookable)
    forget()

    assert "You are holding a time" in text(client.get(times_url(bookable)))

    assert list(PAGES) == []
    assert "You are holding a time" not in text(Client().get(times_url(bookable)))
    assert len(list(PAGES)) == 1
    assert "You are holding a time" in text(client.get(times_url(bookable)))


def test_who_is_to_be_told_something_is_told(client, bookable):
    Client().get(times_url(bookable))
    client.get("/your-booking/")

    assert "You are holding no time" in text(client.get(times_url(bookable)))
    assert "You are holding no time" not in repr(list(PAGES))


def test_a_time_that_another_holds_is_gone(client, bookable):
    before = offered_times(Client().get(times_url(bookable)))

    hold(client, bookable)

    assert set(before) - set(offered_times(Client().get(times_url(bookable))))


def test_s9_a_time_that_the_notice_has_reached_is_gone(bookable, turn_clock):
    turn_clock("2026-08-03 07:00")
    assert offered_times(Client().get(times_url(bookable)))[0] == "2026-08-03T09:00:00-06:00"

    turn_clock("2026-08-03 07:01")

    assert offered_times(Client().get(times_url(bookable)))[0] == "2026-08-03T09:15:00-06:00"


def test_at_midnight_another_day_begins(bookable, turn_clock):
    address = times_url(bookable, day="2026-08-10")
    turn_clock("2026-08-03 23:59")
    assert '"today": "2026-08-03"' in Client().get(address).content.decode()

    turn_clock("2026-08-04 00:00")

    assert '"today": "2026-08-04"' in Client().get(address).content.decode()


def test_who_has_the_address_read_by_another_charset_leaves_nothing_behind(bookable):
    address = times_url(bookable, day="2026-08-12")
    other = Client().get(address, headers={"Content-Type": "text/html; charset=utf-16"})

    assert offered_times(other)[0] == "2026-08-03T09:00:00-06:00"
    assert offered_times(Client().get(address))[0] == "2026-08-12T09:00:00-06:00"


def test_a_closure_up_to_the_horizon_is_named_from_the_minute_it_begins(bookable, turn_clock):
    Shift.objects.all().delete()
    hours = {"wall_from": "2026-08-03 15:00", "wall_until": "2027-08-03 15:00"}
    make_closure_of_times(location=bookable.location, **hours)
    Closure.objects.update(reason="Rebuilding")
    turn_clock("2026-08-03 14:59")
    assert "Rebuilding" not in text(Client().get(times_url(bookable)))

    turn_clock("2026-08-03 15:00")

    assert "Rebuilding" in text(Client().get(times_url(bookable)))


def rename_place():
    Location.objects.update(name="Elsewhere")


def write_page():
    make_page(slug="oil", title="Elsewhere", place="footer")


@pytest.mark.parametrize("change", [rename_place, write_page])
def test_what_the_page_around_shows_is_as_it_is_now(bookable, change):
    assert "Elsewhere" not in text(Client().get(times_url(bookable)))

    change()

    assert "Elsewhere" in text(Client().get(times_url(bookable)))


def test_each_language_and_each_address_has_its_own(bookable):
    assert text(Client().get(times_url(bookable))) != text(
        Client().get(f"/es{times_url(bookable)}")
    )
    forms = [
        re.findall(r'method="post" action="(/[^"]*)"', markup(Client().get(address)))
        for address in (times_url(bookable, look="1"), times_url(bookable, look="2"))
    ]
    assert ["look=1" in forms[0][0], "look=2" in forms[1][0]] == [True, True]
