"""A morning at reception, in a real browser and under the real content security policy."""

from playwright.sync_api import expect

from tests.journeys.accessibility import assert_accessible

FORMS = [
    "premises/location/1/change/",
    "premises/room/1/change/",
    "premises/closure/add/",
    "premises/roomblock/add/",
    "therapists/therapist/1/change/",
    "therapists/certification/1/change/",
    "therapists/shift/add/",
    "bookings/sessiontype/1/change/",
    "health-questions/",
    "bookings/client/add/",
    "auth/user/add/",
    "api/stafftoken/",
]


def test_a_morning_at_reception(desk, complaints):
    desk.goto("/admin/bookings/booking/add/?start=2026-08-03T10:05")
    desk.get_by_label("Name, telephone or e-mail").press_sequentially("ada@")
    desk.get_by_role("option", name="Ada L.").click()
    desk.get_by_role("radio", name="Session-1").check()
    expect(desk.get_by_text("Therapist-1 · Room-1")).to_be_visible()
    desk.get_by_role("button", name="Book", exact=True).click()
    expect(desk.get_by_text("Booked: Mon 3 Aug 2026, 10:05 -06:00")).to_be_visible()

    desk.get_by_text("Another day or time").click()
    desk.get_by_label("Start", exact=True).fill("19:00")
    desk.get_by_role("checkbox", name="(S2)").check()
    desk.locator("#id_reason").fill("She stays longer today")
    expect(desk.get_by_text("Therapist-1 · Room-1")).to_be_visible()
    desk.get_by_role("button", name="Move", exact=True).click()
    expect(desk.get_by_text("Now: Mon 3 Aug 2026, 19:00 -06:00")).to_be_visible()
    assert_accessible(desk, "the booking's page")

    desk.get_by_role("button", name="Payment received").click()
    expect(desk.get_by_text("120.00 USD received.")).to_be_visible()

    desk.goto("/admin/waitlist/add/")
    desk.get_by_label("Name:").fill("Wanda Waits")
    desk.get_by_label("Telephone:").fill("+1 303 555 0177")
    desk.get_by_label("Until:").fill("2026-08-05")
    assert_accessible(desk, "an entry of the waitlist")
    desk.get_by_role("button", name="Put on the waitlist").click()
    place = desk.get_by_role("link", name="Find a place for Wanda Waits")
    expect(place).to_be_visible()
    assert_accessible(desk, "the waitlist")
    place.click()
    expect(desk.get_by_label("Open places that suit")).to_be_visible()
    assert_accessible(desk, "a place for who waits")
    desk.get_by_label("Open places that suit").select_option(index=0)
    desk.get_by_role("button", name="Book it now").click()
    expect(desk.get_by_text("Booked: Mon 3 Aug 2026")).to_be_visible()

    desk.goto("/admin/therapists/timeoff/add/")
    desk.get_by_label("Therapist:").select_option("Therapist-1")
    desk.get_by_label("From:").fill("2026-08-03T18:00")
    desk.get_by_label("Until:").fill("2026-08-03T21:00")
    desk.get_by_label("Wall clock of").select_option("Location-1")
    desk.get_by_role("button", name="Save", exact=True).click()
    warning = desk.locator(".messagelist .warning")
    expect(warning).to_contain_text("It was not cancelled; decide what becomes of it")

    warning.get_by_role("link").first.click()
    desk.get_by_text("Cancel the booking…").click()
    desk.get_by_role("region", name="Next").get_by_label("Reason").fill("The therapist is away")
    desk.get_by_role("button", name="Cancel the booking").click()
    expect(desk.get_by_text("is cancelled.")).to_be_visible()
    expect(desk.get_by_text("Time left:")).to_be_visible()
    assert complaints == []


def test_every_form_works_under_the_content_security_policy(desk, complaints):
    for path in FORMS:
        desk.goto(f"/admin/{path}")
        expect(desk.locator("#content")).to_be_visible()

    desk.goto("/admin/premises/closure/add/")
    desk.get_by_label("Location:").select_option("Location-1")
    desk.get_by_label("First day").fill("2026-08-04")
    desk.get_by_label("Last day").fill("2026-08-05")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("was added successfully")).to_be_visible()
    assert complaints == []
