"""The columns, and the forms that the board leads to."""

import pytest

from bookings.domain.staff import Role
from studio.premises.models import Closure, RoomBlock
from tests.bookings.admin.filling import messages_of, save
from tests.bookings.desk.board.standing import BOARD, WEEK, booked, columns_of
from tests.factories import make_bookable, make_extra_shift
from therapists.models import TimeOff

pytestmark = pytest.mark.django_db

BACK = "/admin/board/?location=location-1&date=2026-08-03&by=therapist"


@pytest.fixture
def made():
    return make_bookable()


def tool(page, label):
    [url] = [tool.url for tool in page.context["tools"] if tool.label == label]
    return url


def times_of(row):
    return [f"{wall:%a %H:%M}" for wall in (row.wall_from, row.wall_until)]


def test_a_column_says_when_she_works(receptionist, made):
    make_extra_shift(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 18:00",
        wall_until="2026-08-04 00:00",
    )

    [column] = columns_of(receptionist)

    assert column.hours == "09:00–17:00, 18:00–24:00"
    assert column.working == ["from-0 until-96", "from-108 until-180"]


def test_the_board_begins_and_ends_with_full_hours(receptionist):
    make_bookable(time_from="08:45", time_until="17:05")

    board = receptionist.get(BOARD).context["board"]

    assert [label.text for label in board.labels] == [f"{hour:02}:00" for hour in range(8, 18)]
    assert board.columns[0].working == ["from-9 until-109"]


def test_the_present_time_has_a_line(receptionist):
    make_bookable(time_from="06:30", time_until="17:00")

    board = receptionist.get(BOARD).context["board"]

    assert (board.now.text, board.now.place) == ("07:00", "from-12 until-15")
    assert board.columns[0].now == "from-12"


def test_the_present_time_covers_no_other_time(receptionist):
    make_bookable(time_from="06:30", time_until="09:00")

    board = receptionist.get(BOARD).context["board"]

    assert [label.text for label in board.labels] == ["06:00", "08:00"]


def test_the_board_asks_why_not_about_its_own_day(receptionist, made):
    page = receptionist.get(tool(receptionist.get(BOARD), "Why not?"))

    form = page.context["form"]
    assert (form["location"].value(), form["start"].value()) == ("location-1", "2026-08-03T09:00")
    assert "explanation" not in page.context
    assert not form.errors


def test_in_a_week_today_alone_has_the_line(receptionist):
    make_bookable(time_from="06:30", time_until="17:00")

    columns = columns_of(receptionist, WEEK, therapist="therapist-1")

    assert [column.key for column in columns if column.now] == ["2026-08-03"]
    assert [column.key for column in columns if column.is_today] == ["2026-08-03"]


def test_a_session_out_of_hours_makes_the_board_longer(receptionist, made):
    booked(made, "2026-08-03 19:30")

    board = receptionist.get(BOARD).context["board"]

    assert board.labels[-1].text == "20:00"


def test_time_off_is_entered_from_her_column(receptionist, made):
    [column] = columns_of(receptionist)
    assert column.add is not None

    page = save(receptionist, column.add.url)

    off = TimeOff.objects.get()
    assert (off.therapist, off.location) == (made.therapist, made.location)
    assert times_of(off) == ["Mon 09:00", "Mon 17:00"]
    assert page.redirect_chain == [(BACK, 302)]
    assert "was added successfully" in messages_of(page)[0]


def test_a_room_is_blocked_from_its_column(manager, made):
    [column] = columns_of(manager, by="room")
    assert column.add is not None

    page = save(manager, column.add.url, wall_from="2026-08-03T12:00", reason="Deep clean")

    block = RoomBlock.objects.get()
    assert (block.room, block.reason) == (made.room, "Deep clean")
    assert times_of(block) == ["Mon 12:00", "Mon 17:00"]
    assert page.redirect_chain == [(BACK.replace("by=therapist", "by=room"), 302)]


def test_a_part_of_the_day_is_closed_from_the_board(manager, made):
    url = tool(manager.get(BOARD), "Close part of the day")

    page = save(manager, url, wall_from="2026-08-03T15:00")

    closure = Closure.objects.get()
    assert (closure.location, closure.first_day) == (made.location, None)
    assert times_of(closure) == ["Mon 15:00", "Mon 17:00"]
    assert page.redirect_chain == [(BACK, 302)]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:1", ""])
def test_a_form_leads_back_to_our_own_pages_only(manager, made, back):
    url = tool(manager.get(BOARD), "Block a room").partition("&back=")[0] + f"&back={back}"

    page = save(manager, url, room=made.room.pk)

    assert page.redirect_chain == [("/admin/premises/roomblock/", 302)]


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (Role.MANAGER, ["Why not?", "Time off", "Close part of the day", "Block a room"]),
        (Role.RECEPTIONIST, ["Why not?", "Time off", "Close part of the day", "Block a room"]),
        (Role.THERAPIST, []),
    ],
)
def test_p2_each_role_enters_what_it_may(sign_in, made, role, labels):
    page = sign_in(role).get(BOARD)

    assert [tool.label for tool in page.context["tools"]] == labels
