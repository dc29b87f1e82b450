"""The telephone rings: a booking by keyboard alone, a check-in and an approval in a browser."""

from playwright.sync_api import expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import SETTINGS
from tests.journeys.keyboard import tab_to
from tests.serving import environment

WAITING = """
from bookings.enums import Status
from bookings.models import Booking, Pair, SessionType
from studio.premises.models import Room
from tests.factories import at, make_booking, make_client, make_room, make_therapist
from therapists.models import Therapist
room, session_type = Room.objects.get(), SessionType.objects.get()
waiting = make_booking(
    therapist=Therapist.objects.get(),
    room=room,
    session_type=session_type,
    reference="REVIE-WABCD",
    status=Status.PENDING_REVIEW,
    expires_at=at("2026-08-03 09:00"),
)
other = make_booking(
    therapist=make_therapist(slug="zoe"),
    room=make_room(location=room.location, slug="other"),
    session_type=session_type,
    client=make_client(name="Bo"),
    reference="TOGET-HERAB",
)
pair = Pair.objects.create(side_by_side=False, made_at=at("2026-08-01 09:00"), source="desk")
for position, each in enumerate((waiting, other), start=1):
    Booking.objects.filter(pk=each.pk).update(pair=pair, pair_position=position)
"""


def test_a_booking_is_made_on_the_telephone_with_the_keyboard_alone(desk, complaints):
    desk.goto("/admin/book/?start=2026-08-03T10:00&therapist=therapist-1")
    desk.keyboard.type("ada")
    expect(desk.get_by_role("option", name="Ada L.")).to_be_visible()
    desk.keyboard.press("ArrowDown")
    answers = []
    desk.route("**/admin/book/**", lambda route: answers.append(route), times=1)
    with desk.expect_request("**/admin/book/**"):
        desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Somebody else")).to_be_visible()
    tab_to(desk, "Session-1")
    # What could be chosen for this client comes while the key is down.
    desk.keyboard.down("Space")
    with desk.expect_event("requestfinished"):
        answers.pop().continue_()
    desk.keyboard.up("Space")
    expect(desk.locator("#summary")).to_contain_text("Therapist-1 · Room-1 · 120.00 USD")
    assert_accessible(desk, "booking on the telephone")
    # To another time: one of a row of buttons, with the arrow keys.
    tab_to(desk, "10:00")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Enter")
    expect(desk.locator("#summary")).to_contain_text("10:15")
    tab_to(desk, "Book")
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("Booked: Mon 3 Aug 2026, 10:15 -06:00")).to_be_visible()
    expect(desk.get_by_role("link", name="Ada L.")).to_be_visible()
    desk.get_by_role("link", name="The day").click()
    expect(desk.get_by_role("link", name="Ada L.")).to_be_focused()
    assert complaints == []


def test_a_new_client_is_booked_past_a_rule_and_a_taken_time_offers_others(desk, complaints):
    desk.goto("/admin/book/?start=2026-08-03T18:00&session_type=session-1")
    desk.get_by_label("Name, telephone or e-mail").fill("Kim Lee")
    desk.get_by_label("Telephone", exact=True).fill("+1 303 555 0177")
    desk.get_by_role("button", name="Book", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("Not booked. The therapist does not work")
    desk.get_by_role("checkbox", name="(S2)").check()
    expect(desk.locator("#summary")).to_contain_text("Therapist-1")
    desk.locator("#id_reason").fill("She stays longer")
    desk.get_by_role("button", name="Book", exact=True).click()
    expect(desk.get_by_text("Past S2: She stays longer")).to_be_visible()

    desk.goto("/admin/book/?start=2026-08-03T18:00&session_type=session-1")
    expect(desk.get_by_text("This cannot be booked:")).to_be_visible()
    desk.get_by_role("button", name="Mon 3 Aug, 16:00").click()
    expect(desk.get_by_role("button", name="Book", exact=True)).to_be_focused()
    expect(desk.locator("#summary")).to_contain_text("16:00 -06:00")
    assert complaints == []


def test_a_client_is_checked_in_and_a_review_is_approved(desk, complaints, tmp_path):
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    manage("shell", "-v0", "-c", WAITING, env=env)

    desk.goto("/admin/booking/REVIE-WABCD/")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("pending review")
    expect(desk.get_by_role("heading", name="Together with Bo")).to_be_visible()
    assert_accessible(desk, "a review of one of two")
    desk.get_by_role("button", name="Approve").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("confirmed")
    desk.get_by_role("button", name="Check in").dblclick()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("checked in")
    expect(desk.get_by_text("Checked in by robin, at reception.")).to_have_count(1)
    desk.get_by_role("button", name="Back one step").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("confirmed")

    desk.goto("/admin/book/together/?start=2026-08-03T13:00&session_type=session-1")
    expect(desk.locator("#summary")).to_contain_text("13:00 -06:00")
    assert_accessible(desk, "booking for two on the telephone")
    assert complaints == []
