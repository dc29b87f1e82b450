"""What a series would come to, date by date, and the way out where a date is taken."""

from datetime import date
from typing import Any

import pytest

from bookings.domain.requests import Override
from bookings.domain.series.preview import NOT_FREE, NOT_YET, preview
from bookings.errors import ClientBusy
from bookings.models import SessionType
from bookings.scheduling.series import starts_on, weekly_dates
from bookings.scheduling.slots import Rule
from tests.bookings.domain.asking import CLIENT, NOW, RECEPTION, booked, minute, wish
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.factories import Bookable, make_bookable, make_client, make_time_off

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN = "2026-08-03 10:00"


@pytest.fixture
def studio() -> Bookable:
    return make_bookable()


def weekly(count: int = 3, wall: str = TEN) -> list[int]:
    dates = weekly_dates(date.fromisoformat(wall[:10]), 1, count)
    return starts_on("America/Denver", dates, like=minute(wall))


def previewed(studio: Bookable, starts: list[int], **more: Any) -> Any:
    asked: dict[str, Any] = {"caller": CLIENT, "now": NOW} | more
    return preview(wish(studio, TEN), starts, **asked)


def test_a_free_series_can_be_booked_throughout(studio: Bookable):
    found = previewed(studio, weekly())

    assert [each.start for each in found] == weekly()
    assert [each.therapist for each in found] == [studio.therapist.slug] * 3


def test_a_taken_date_points_to_the_nearest_on_the_same_date(studio: Bookable):
    booked(studio, "2026-08-10 10:30")

    _, taken, _ = previewed(studio, weekly())

    assert (taken.is_bookable, taken.words, taken.rule) == (False, NOT_FREE, None)
    assert taken.instead.starts_at == minute("2026-08-10 09:30")


def test_a_date_without_any_points_to_another_within_a_week(studio: Bookable):
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-10 00:00",
        wall_until="2026-08-11 00:00",
    )

    _, taken, _ = previewed(studio, weekly())

    assert taken.instead.starts_at == minute("2026-08-09 16:00")


def test_no_two_dates_are_pointed_to_one_time(studio: Bookable):
    make_time_off(
        therapist=studio.therapist,
        location=studio.location,
        wall_from="2026-08-04 00:00",
        wall_until="2026-08-12 00:00",
    )
    first = minute(TEN)
    starts = [first, *(minute(f"2026-08-{day} 10:00") for day in (10, 11))]

    _, one, other = previewed(studio, starts)

    assert [one.instead.starts_at, other.instead.starts_at] == [
        minute("2026-08-12 09:00"),
        minute("2026-08-12 10:00"),
    ]


def test_s9_a_client_is_told_what_lies_beyond_the_horizon_and_reception_goes_there(
    studio: Bookable,
):
    starts = weekly(12, "2026-09-01 10:00")

    client, reception = (previewed(studio, starts, caller=each) for each in (CLIENT, RECEPTION))

    assert [each.words for each in client if not each.is_bookable] == [NOT_YET] * 3
    assert all(each.is_bookable for each in reception)


def test_reception_is_told_the_rule(studio: Bookable):
    early = [minute("2026-08-03 08:00"), minute("2026-08-10 08:00")]

    [one, _] = previewed(studio, early, caller=RECEPTION)
    [past, _] = previewed(
        studio, early, caller=RECEPTION, override=Override(frozenset({Rule.WORKING}), "Asked.")
    )

    assert (one.rule, one.overridable) == (Rule.WORKING, True)
    assert past.is_bookable


def test_s10_the_other_sessions_of_a_known_client_count(studio: Bookable):
    add_therapist(studio, "amy")
    add_room(studio, "second")
    ada = make_client()
    booked(studio, "2026-08-10 10:30", client=ada)

    _, busy, _ = previewed(studio, weekly(), client=ada)

    assert busy.words == ClientBusy.message
    assert busy.instead.starts_at == minute("2026-08-10 09:30")


def test_s8_the_barefoot_minutes_of_the_series_itself_count(studio: Bookable):
    studio.therapist.max_barefoot_minutes_per_day = 60
    studio.therapist.save()
    SessionType.objects.update(barefoot=True)
    studio.session_type.refresh_from_db()

    one, other = previewed(studio, [minute(TEN), minute("2026-08-03 14:00")])

    assert (one.is_bookable, other.is_bookable) == (True, False)


def test_a1_one_therapist_is_kept_who_can_take_all(studio: Bookable):
    amy, zoe = add_therapist(studio, "amy"), add_therapist(studio, "zoe")
    add_room(studio, "second")
    booked(studio, "2026-08-10 10:00", therapist=amy)
    booked(studio, "2026-08-17 10:00", therapist=studio.therapist)

    found = previewed(studio, weekly())

    assert [each.therapist for each in found] == [zoe.slug] * 3


def test_a1_picks_for_each_where_nobody_can_take_all(studio: Bookable):
    amy = add_therapist(studio, "amy")
    add_room(studio, "second")
    booked(studio, TEN, therapist=amy)
    booked(studio, "2026-08-10 10:00", therapist=studio.therapist)

    found = previewed(studio, weekly(2))

    assert [each.therapist for each in found] == [studio.therapist.slug, "amy"]


def test_as_many_queries_for_twelve_dates_as_for_two(studio: Bookable, django_assert_num_queries):
    ada = make_client()

    for count in (2, 12):
        with django_assert_num_queries(2):
            previewed(studio, weekly(count), client=ada)


def test_one_start_is_no_series(studio: Bookable):
    with pytest.raises(ValueError, match="series"):
        previewed(studio, [minute(TEN)])
