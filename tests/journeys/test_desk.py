"""A morning at reception, in a real browser and under the real content security policy."""

from playwright.sync_api import expect

FORMS = [
    "premises/location/1/change/",
    "premises/room/1/change/",
    "premises/closure/add/",
    "premises/roomblock/add/",
    "therapists/therapist/1/change/",
    "therapists/certification/1/change/",
    "therapists/shift/add/",
    "bookings/sessiontype/1/change/",
    "bookings/questionnaire/add/",
    "bookings/client/add/",
    "auth/user/add/",
    "api/stafftoken/",
]


def test_a_morning_at_reception(desk, complaints):
    desk.goto("/admin/bookings/booking/add/")
    desk.get_by_label("Session type").select_option("Session-1")
    desk.get_by_label("Start:").fill("2026-08-03T10:05")
    desk.locator(".field-client .select2-selection").click()
    desk.keyboard.type("ada@")
    desk.get_by_role("option", name="Ada L.").click()
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("Mon 3 Aug 2026, 10:05 -06:00, Therapist-1, Room-1")).to_be_visible()

    desk.get_by_label("Start:").fill("2026-08-03T19:00")
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("Tick S2 and give a reason")).to_be_visible()
    desk.get_by_label("S2:").check()
    desk.get_by_label("Reason:").fill("She stays longer today")
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.get_by_text("Mon 3 Aug 2026, 19:00 -06:00, Therapist-1, Room-1")).to_be_visible()

    desk.get_by_role("link", name="Record a payment").click()
    desk.get_by_role("button", name="Record a payment").click()
    expect(desk.get_by_text("120.00 USD received.")).to_be_visible()

    desk.goto("/admin/therapists/timeoff/add/")
    desk.get_by_label("Therapist:").select_option("Therapist-1")
    desk.get_by_label("From:").fill("2026-08-03T18:00")
    desk.get_by_label("Until:").fill("2026-08-03T21:00")
    desk.get_by_label("Wall clock of").select_option("Location-1")
    desk.get_by_role("button", name="Save", exact=True).click()
    warning = desk.locator(".messagelist .warning")
    expect(warning).to_contain_text("It was not cancelled; decide what becomes of it")

    warning.get_by_role("link").click()
    desk.get_by_role("link", name="Cancel the booking").click()
    desk.get_by_label("Reason:").fill("The therapist is away")
    desk.get_by_role("button", name="Cancel the booking").click()
    expect(desk.get_by_text("is cancelled.")).to_be_visible()
    assert complaints == []


def test_every_form_works_under_the_content_security_policy(desk, complaints):
    for path in FORMS:
        desk.goto(f"/admin/{path}")
        expect(desk.locator("#content")).to_be_visible()

    desk.goto("/admin/premises/closure/add/")
    desk.get_by_role("button", name="Today").first.click()
    expect(desk.get_by_label("First day")).not_to_have_value("")
    assert complaints == []
