import pytest

from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.enums import EventKind, Source, Status
from bookings.models import Booking, Client, Event
from tests.factories import at, make_room
from tests.studio.studio_file.loaded import NOW, load_example, load_text, refused
from tests.studio.studio_file.texts import example

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

CANCELLED = ('status = "confirmed"', 'status = "cancelled"')
NO_ROOM = ('room = "bar-room"              # optional', "")
BOOKING = example()[example().index("[[bookings]]") : example().index("[questionnaire]")]


def with_bookings(*bookings: str) -> str:
    """The example with other bookings."""
    return example((BOOKING, "\n".join(bookings)))


def booking(**values: str) -> str:
    """The example's booking with other values, as they stand in the file."""
    lines = BOOKING.partition("#")[0].splitlines() + BOOKING.splitlines()[1:]
    keys = dict(line.split(" = ", 1) for line in lines if " = " in line) | values
    return "[[bookings]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items()) + "\n"


def test_a_booking_is_loaded_with_its_client():
    load_example()

    loaded = Booking.objects.get()
    assert loaded.starts_at == at("2026-12-01 09:00")
    assert (loaded.status, loaded.source) == (Status.CONFIRMED, Source.FILE)
    assert (loaded.therapist.slug, loaded.room.slug) == ("mei", "bar-room")
    client = Client.objects.get()
    assert (client.name, client.email, client.phone) == (
        "Ada L.",
        "ada@example.com",
        "+13035550199",
    )


def test_a_booking_that_breaks_a_rule_is_told_with_its_number_and_words():
    text = with_bookings(booking(), booking(starts_at="2026-12-03T09:00:00-07:00"))

    (mistake,) = refused(text)

    assert mistake == (
        "bookings #2 > starts_at: found 2026-12-03T09:00:00-07:00, expected a booking that keeps"
        " rule S2 (broken: The therapist does not work through the whole session and its buffers"
        " then.)"
    )


def test_every_booking_that_breaks_a_rule_is_told_in_the_order_of_the_file():
    text = with_bookings(
        booking(starts_at="2027-01-05T09:00:00-07:00"),
        booking(starts_at="2026-12-03T09:00:00-07:00"),
        booking(),
        booking(starts_at="2026-12-01T09:30:00-07:00"),
    )

    told = [(line.split(" >")[0], line.split("rule ")[1][:2]) for line in refused(text)]

    assert told == [("bookings #1", "S6"), ("bookings #2", "S2"), ("bookings #4", "S3")]


def test_a_cancelled_booking_is_not_judged():
    assert not refused(
        with_bookings(
            booking(), booking(status='"cancelled"', starts_at="2026-12-01T03:00:00-07:00")
        )
    )


def test_the_nth_of_several_that_match_is_the_nth_in_the_database():
    twice = with_bookings(booking(status='"cancelled"'), booking())
    load_text(twice)

    report = load_text(twice)

    assert str(report) == "nothing was new"
    assert [one.status for one in Booking.objects.order_by("pk")] == ["cancelled", "confirmed"]


def test_another_of_several_is_added():
    load_text(with_bookings(booking()))

    report = load_text(with_bookings(booking(), booking(status='"cancelled"')))

    assert str(report) == "added 1 booking"


@pytest.mark.parametrize(
    "other",
    [
        {"starts_at": "2026-12-01T11:00:00-07:00"},
        {"client": '{ name = "Bo", email = "bo@example.com" }', "status": '"cancelled"'},
    ],
)
def test_another_start_or_address_is_another_booking(other):
    load_text(with_bookings(booking()))

    assert str(load_text(with_bookings(booking(), booking(**other)))) == "added 1 booking"


def test_one_instant_is_one_start_however_it_is_written():
    load_text(with_bookings(booking()))

    report = load_text(with_bookings(booking(starts_at="2026-12-01T16:00:00Z")))

    assert str(report) == "nothing was new"


def test_the_name_of_a_client_is_nothing_that_a_booking_is_matched_by():
    load_text(with_bookings(booking()))
    married = '{ name = "Ada M.", email = "ada@example.com" }'

    assert str(load_text(with_bookings(booking(client=married)))) == "nothing was new"


def test_a_new_state_in_the_file_is_taken_over():
    load_example()

    report = load_example(CANCELLED)

    assert str(report) == "updated 1 booking"
    assert Booking.objects.get().status == Status.CANCELLED
    assert [event.kind for event in Event.objects.all()] == [
        EventKind.BOOKED,
        EventKind.CANCELLED,
    ]


def test_another_room_in_the_file_is_taken_over():
    load_example()
    old = Booking.objects.get()
    make_room(location=old.location, slug="other", equipment=tuple(old.room.equipment.all()))

    load_text(with_bookings(booking(room='"other"')))

    assert Booking.objects.get().room.slug == "other"


def test_a_file_that_names_no_room_leaves_the_booking_in_its_own():
    load_example()
    make_room(location=Booking.objects.get().location, slug="aaa")

    report = load_text(
        with_bookings(booking(status='"completed"').replace('room = "bar-room"', ""))
    )

    assert str(report) == "updated 1 booking"
    assert Booking.objects.get().room.slug == "bar-room"


def test_what_was_changed_in_the_studio_since_is_left_alone():
    load_example()
    reception = Caller(source=Source.DESK, is_staff=True)
    cancel(Booking.objects.get(), caller=reception, now=NOW)

    report = load_example()

    assert str(report) == "left 1 booking alone, changed here since"
    assert Booking.objects.get().status == Status.CANCELLED


def test_a_cancelled_booking_without_a_room_is_filed_under_one_of_its_location():
    load_example(NO_ROOM, CANCELLED)

    assert Booking.objects.get().room.slug == "bar-room"


def test_a_cancelled_booking_needs_a_room_where_there_is_none():
    text = example(NO_ROOM, CANCELLED)
    start, end = text.index("  [[locations.rooms]]"), text.index("  [[locations.closures]]")

    assert refused(text[:start] + text[end:]) == [
        "bookings #1 > room: found nothing, expected a room, as the location has none"
    ]


def test_a_hold_needs_no_client():
    held = booking(status='"held"').splitlines()

    load_text(with_bookings("\n".join(line for line in held if "client" not in line) + "\n"))

    assert Booking.objects.get().client is None


@pytest.mark.parametrize("status", ['"confirmed"', '"cancelled"'])
def test_a_booking_is_in_a_room_of_its_location_or_in_none(status):
    make_room(slug="elsewhere")

    assert refused(with_bookings(booking(room='"elsewhere"', status=status))) == [
        'bookings #1 > room: found "elsewhere", expected a room of "downtown"'
    ]
