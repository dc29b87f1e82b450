import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from bookings.models import SessionType
from bookings.scheduling.slots import SessionLength
from tests.factories import make_session_type

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_a_session_type_gives_its_length_to_the_scheduling_core():
    session_type = make_session_type(
        duration_minutes=90, buffer_before_minutes=5, buffer_after_minutes=15
    )

    assert session_type.length == SessionLength(90, 5, 15)


@pytest.mark.parametrize(
    "minutes",
    [
        {"duration_minutes": 62},
        {"buffer_before_minutes": 3},
        {"buffer_after_minutes": 1},
        {"talk_minutes": 4},
    ],
    ids=lambda minutes: next(iter(minutes)),
)
def test_t2_minutes_off_the_step_are_refused(minutes):
    with pytest.raises(IntegrityError, match="session_type_in_steps_of_five"):
        make_session_type(**minutes)


@pytest.mark.parametrize("minutes", [60, 62, 0])
def test_t2_a_form_says_which_minutes_are_off_the_step(minutes):
    session_type = make_session_type()
    session_type.duration_minutes = minutes

    named = []
    try:
        session_type.full_clean()
    except ValidationError as error:
        named = list(error.message_dict)

    assert ("duration_minutes" in named) is (minutes != 60)


def test_a_session_may_fill_a_day_with_its_buffers():
    assert make_session_type(
        duration_minutes=1400, buffer_before_minutes=20, buffer_after_minutes=20
    ).pk


@pytest.mark.parametrize(("duration", "before", "after"), [(1440, 0, 5), (1400, 25, 20), (0, 0, 0)])
def test_a_session_that_takes_no_time_or_more_than_a_day_is_refused(duration, before, after):
    with pytest.raises(IntegrityError, match="session_type_fits_a_day"):
        make_session_type(
            duration_minutes=duration, buffer_before_minutes=before, buffer_after_minutes=after
        )


def test_a_session_may_be_free():
    assert make_session_type(price="0.00").pk


def test_a_price_below_nothing_is_refused():
    with pytest.raises(IntegrityError, match="session_type_price_not_negative"):
        make_session_type(price="-0.01")


def test_two_session_types_do_not_share_a_slug():
    make_session_type(slug="deep")

    with pytest.raises(IntegrityError):
        make_session_type(slug="deep")


def test_session_types_come_in_the_order_of_their_slugs():
    for slug in ("swedish", "deep", "fijian"):
        make_session_type(slug=slug)

    assert [session_type.slug for session_type in SessionType.objects.all()] == [
        "deep",
        "fijian",
        "swedish",
    ]


@pytest.mark.parametrize(("minutes", "talk", "left"), [(60, 10, 50), (90, 0, 90), (5, 10, 0)])
def test_hands_on_time_is_what_talk_and_dressing_leave(minutes, talk, left):
    session_type = make_session_type(duration_minutes=minutes, talk_minutes=talk)

    assert session_type.hands_on_minutes == left


@pytest.mark.parametrize(("talk", "is_refused"), [(55, False), (60, True)])
def test_a_form_refuses_a_talk_that_leaves_nothing(talk, is_refused):
    session_type = make_session_type(duration_minutes=60, talk_minutes=talk)

    named = []
    try:
        session_type.full_clean()
    except ValidationError as error:
        named = list(error.message_dict)

    assert ("talk_minutes" in named) is is_refused
