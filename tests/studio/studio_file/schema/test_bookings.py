import pytest

from tests.studio.studio_file.texts import mistakes_after, read_example

ADA = 'client = { name = "Ada L.", email = "ada@example.com", phone = "+13035550199" }\n'


@pytest.mark.parametrize("minutes", ["0", "-60", "62", "1445", "60.0", '"60"', "true"])
def test_t2_a_session_lasts_whole_steps_of_five_minutes(minutes):
    assert mistakes_after(("duration_minutes = 60", f"duration_minutes = {minutes}")) == [
        (
            f'session_types "bar-60" > duration_minutes: found {minutes},'
            " expected whole minutes from 5 to 1440, a multiple of 5, without quotes"
        )
    ]


@pytest.mark.parametrize("minutes", ["-5", "12"])
def test_t2_a_buffer_lasts_whole_steps_of_five_minutes(minutes):
    assert mistakes_after(("buffer_before_minutes = 10", f"buffer_before_minutes = {minutes}")) == [
        (
            f'session_types "bar-60" > buffer_before_minutes: found {minutes},'
            " expected whole minutes from 0 to 1440, a multiple of 5, without quotes"
        )
    ]


def test_a_session_may_fill_a_day_with_its_buffers():
    assert mistakes_after(("duration_minutes = 60", "duration_minutes = 1415")) == []


def test_a_session_that_overfills_a_day_with_its_buffers_is_refused():
    assert mistakes_after(("duration_minutes = 60", "duration_minutes = 1420")) == [
        (
            'session_types "bar-60" > buffer_after_minutes: found 15,'
            " expected session and buffers of at most 1440 minutes together"
        )
    ]


def test_a_session_that_overfills_a_day_is_refused_without_its_last_buffer():
    mistakes = mistakes_after(
        ("duration_minutes = 60", "duration_minutes = 1435"),
        ("buffer_after_minutes = 15", ""),
    )

    assert mistakes == [
        (
            'session_types "bar-60" > buffer_after_minutes: found 0,'
            " expected session and buffers of at most 1440 minutes together"
        )
    ]


def test_buffers_and_requirements_may_be_left_out():
    file = read_example(
        ("buffer_before_minutes = 10\nbuffer_after_minutes = 15\n", ""),
        ('requires_equipment = ["ceiling-bars", "table"]', ""),
        ('requires_qualifications = ["bar-two-foot", "massage-licence"]', ""),
    )

    session_type = file.session_types[0]
    assert (session_type.buffer_before_minutes, session_type.buffer_after_minutes) == (0, 0)
    assert (session_type.requires_equipment, session_type.requires_qualifications) == ([], [])


def test_a_status_that_no_booking_has_is_refused():
    (mistake,) = mistakes_after(('status = "confirmed"', 'status = "booked"'))

    assert mistake == (
        'bookings #1 > status: found "booked", expected one of "held", "pending_review",'
        ' "confirmed", "checked_in", "completed", "no_show", "cancelled", "declined", "expired"'
    )


def test_a_confirmed_booking_has_a_client():
    assert mistakes_after((ADA, "")) == [
        'bookings #1 > status: found "confirmed", expected another status, as no client is named'
    ]


def test_a_hold_needs_no_client():
    file = read_example((ADA, ""), ('status = "confirmed"', 'status = "held"'))

    assert file.bookings[0].client is None


def test_the_client_of_a_confirmed_booking_can_be_reached():
    assert mistakes_after((ADA, 'client = { name = "Ada L." }\n')) == [
        (
            'bookings #1 > status: found "confirmed",'
            " expected another status, as the client has neither email nor phone"
        )
    ]


def test_a_client_may_have_a_telephone_alone():
    assert mistakes_after((ADA, 'client = { name = "Ada L.", phone = "303 555 0199" }\n')) == []


def test_history_may_be_of_a_client_who_cannot_be_reached_any_more():
    mistakes = mistakes_after(
        (ADA, 'client = { name = "Erased" }\n'), ('status = "confirmed"', 'status = "completed"')
    )

    assert mistakes == []


def test_a_talk_that_leaves_nothing_of_the_session_is_refused():
    assert mistakes_after(
        ("duration_minutes = 60", "duration_minutes = 60\ntalk_minutes = 60")
    ) == [
        (
            'session_types "bar-60" > talk_minutes: found 60,'
            " expected fewer minutes than the session has"
        )
    ]


def test_a_session_shorter_than_the_usual_talk_needs_to_say_nothing_of_it():
    assert mistakes_after(("duration_minutes = 60", "duration_minutes = 5")) == []
