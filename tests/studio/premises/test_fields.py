from datetime import UTC, datetime

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Max
from django.forms import modelform_factory

from studio.premises.fields import (
    DayMinuteFormField,
    WallTimeFormField,
    format_day_minute,
    parse_day_minute,
    validate_step,
)
from studio.premises.models import Closure, RoomBlock
from tests.factories import make_closure_of_dates, make_location, make_room, make_room_block
from therapists.models import Shift

CHRISTMAS_NOON = datetime(2026, 12, 24, 12)

# Steps of five minutes


@pytest.mark.parametrize("minutes", [0, 5, 60, -5])
def test_t2_multiples_of_five_minutes_pass(minutes):
    validate_step(minutes)


@pytest.mark.parametrize("minutes", [1, 4, 63])
def test_t2_other_minutes_are_refused(minutes):
    with pytest.raises(ValidationError, match="multiple of 5 minutes"):
        validate_step(minutes)


# Times of day


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("00:00", 0),
        ("08:45", 525),
        ("8:45", 525),
        ("23:55", 1435),
        ("24:00", 1440),
        (" 9:00 ", 540),
    ],
)
def test_t4_a_time_of_day_is_read_as_minutes_since_midnight(text, minute):
    assert parse_day_minute(text) == minute


@pytest.mark.parametrize(
    "text",
    ["", "9", "9:0", "9:000", ":30", "9:", "24:05", "25:00", "9:60", "-1:00", "noon", "09:00:00"],
)
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(ValidationError, match="Give a time"):
        parse_day_minute(text)


def test_t2_a_time_of_day_off_the_step_is_refused():
    with pytest.raises(ValidationError, match="multiple of 5 minutes"):
        parse_day_minute("09:03")


@pytest.mark.parametrize(("minute", "text"), [(0, "00:00"), (525, "08:45"), (1440, "24:00")])
def test_t4_minutes_are_written_as_a_time_of_day(minute, text):
    assert format_day_minute(minute) == text


def test_a_form_reads_and_shows_a_time_of_day():
    field = DayMinuteFormField()

    assert field.clean("24:00") == 1440
    assert field.prepare_value(1440) == "24:00"


def test_a_form_shows_a_mistyped_time_of_day_as_it_was_typed():
    assert DayMinuteFormField().prepare_value("nine") == "nine"


def test_a_form_without_a_time_of_day_asks_for_it():
    with pytest.raises(ValidationError, match="required"):
        DayMinuteFormField().clean("")


def test_a_time_of_day_that_may_be_left_out_is_none():
    assert DayMinuteFormField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [(540, "09:00", False), (540, "09:05", True), (None, "", False)],
)
def test_a_form_knows_whether_a_time_of_day_has_changed(initial, typed, changed):
    assert DayMinuteFormField().has_changed(initial, typed) is changed


def test_a_model_form_asks_for_times_of_day_in_hours_and_minutes():
    field = modelform_factory(Shift, fields=["time_until"]).base_fields["time_until"]

    assert field.clean("24:00") == 1440
    assert field.label == "Until"


# Wall-clock times in forms


@pytest.mark.parametrize("text", ["2026-12-24 12:00", "2026-12-24T12:00", " 2026-12-24 12:00:00 "])
def test_a_wall_clock_time_is_typed_or_picked(text):
    assert WallTimeFormField().clean(text) == CHRISTMAS_NOON


@pytest.mark.parametrize("text", ["tomorrow", "2026-12-24", "12:00", "2026-13-24 12:00", "12"])
def test_what_is_no_wall_clock_time_is_refused(text):
    with pytest.raises(ValidationError, match="Give a date and a time"):
        WallTimeFormField().clean(text)


@pytest.mark.parametrize("text", ["2026-12-24T12:00Z", "2026-12-24 12:00-07:00"])
def test_t4_a_time_with_an_offset_is_no_wall_clock_time(text):
    with pytest.raises(ValidationError, match="without an offset"):
        WallTimeFormField().clean(text)


@pytest.mark.parametrize("text", ["2026-12-24 12:03", "2026-12-24 12:00:30"])
def test_t2_a_wall_clock_time_off_the_step_is_refused(text):
    with pytest.raises(ValidationError, match="multiple of 5 minutes"):
        WallTimeFormField().clean(text)


def test_a_wall_clock_time_that_may_be_left_out_is_none():
    assert WallTimeFormField(required=False).clean("") is None


def test_a_form_shows_a_wall_clock_time_as_browsers_want_it():
    assert WallTimeFormField().prepare_value(CHRISTMAS_NOON) == "2026-12-24T12:00"


@pytest.mark.parametrize(
    ("typed", "changed"),
    [("2026-12-24T12:00", False), ("2026-12-24 12:05", True), ("tomorrow", True), ("", True)],
)
def test_a_form_knows_whether_a_wall_clock_time_has_changed(typed, changed):
    assert WallTimeFormField().has_changed(CHRISTMAS_NOON, typed) is changed


def test_a_model_form_asks_for_wall_clock_times_as_the_model_names_them():
    fields = modelform_factory(Closure, fields=["wall_from"]).base_fields

    assert isinstance(fields["wall_from"], WallTimeFormField)
    assert (fields["wall_from"].label, fields["wall_from"].required) == ("From", False)


# Wall-clock times in the database


@pytest.fixture
def room(db):
    return make_room()


def a_block(room, wall_from="2026-12-24 12:00", wall_until="2026-12-24 14:00"):
    return make_room_block(room=room, wall_from=wall_from, wall_until=wall_until)


@pytest.mark.both_engines
def test_a_wall_clock_time_comes_back_as_it_was_stored(room):
    block = a_block(room)

    assert RoomBlock.objects.get(pk=block.pk).wall_from == CHRISTMAS_NOON


@pytest.mark.both_engines
@pytest.mark.parametrize("time", ["0001-01-01 00:00", "1969-12-31 23:55", "9999-12-31 23:50"])
def test_wall_clock_times_of_any_year_come_back(room, time):
    block = a_block(room, wall_from=time, wall_until="9999-12-31 23:55")

    assert RoomBlock.objects.get(pk=block.pk).wall_from == datetime.fromisoformat(time)


@pytest.mark.both_engines
def test_a_wall_clock_time_is_stored_as_minutes(room):
    a_block(room, wall_from="1970-01-02 00:05")

    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_from FROM premises_roomblock")
        assert cursor.fetchone() == (1445,)


@pytest.mark.both_engines
def test_wall_clock_times_are_compared_by_the_database(room):
    block = a_block(room)

    assert RoomBlock.objects.filter(wall_from__lt=datetime(2026, 12, 24, 12, 5)).get() == block
    assert not RoomBlock.objects.filter(wall_until__gt=datetime(2026, 12, 24, 14)).exists()


@pytest.mark.both_engines
def test_the_latest_wall_clock_time_is_a_time(room):
    a_block(room)

    assert RoomBlock.objects.aggregate(Max("wall_until")) == {
        "wall_until__max": datetime(2026, 12, 24, 14)
    }


@pytest.mark.both_engines
def test_a_closure_of_dates_has_no_wall_clock_times(db):
    day = CHRISTMAS_NOON.date()
    closure = make_closure_of_dates(location=make_location(), first_day=day, last_day=day)

    assert Closure.objects.get(pk=closure.pk).wall_from is None


@pytest.mark.parametrize(
    ("time", "message"),
    [
        (datetime(2026, 12, 24, 12, 3), "multiple of 5 minutes"),
        (datetime(2026, 12, 24, 12, 0, 1), "multiple of 5 minutes"),
        (datetime(2026, 12, 24, 12, tzinfo=UTC), "without an offset"),
    ],
)
def test_t2_a_wall_clock_time_off_the_step_or_with_an_offset_is_not_stored(room, time, message):
    with pytest.raises(ValidationError, match=message):
        RoomBlock.objects.create(room=room, wall_from=time, wall_until=datetime(2027, 1, 1))


@pytest.mark.parametrize("time", [datetime(2026, 12, 24, 12, 3), "2026-12-24 12:03"])
def test_t2_a_model_s_own_check_names_the_field_that_is_off_the_step(room, time):
    block = RoomBlock(room=room, wall_from=time, wall_until=datetime(2027, 1, 1))

    with pytest.raises(ValidationError) as caught:
        block.full_clean()

    assert list(caught.value.message_dict) == ["wall_from"]


def dumped_and_loaded(row):
    text = serializers.serialize("json", [row])
    row.delete()
    for loaded in serializers.deserialize("json", text):
        loaded.save()


def test_a_wall_clock_time_survives_serializing(room):
    dumped_and_loaded(a_block(room))

    assert RoomBlock.objects.get().wall_from == CHRISTMAS_NOON


def test_an_empty_wall_clock_time_survives_serializing(db):
    day = CHRISTMAS_NOON.date()

    dumped_and_loaded(make_closure_of_dates(location=make_location(), first_day=day, last_day=day))

    assert Closure.objects.get().wall_from is None
