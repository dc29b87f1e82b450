"""A family under one address: sign in by a code, book for two, move one's session, sign out."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import HEIGHT, NOTE_SHIFTS, PHONE_WIDTH, assert_stands_well
from tests.serving import Studio

HOME = "home@example.org"


def mailed_code(data_dir: Path) -> str:
    """The digits of the mail that was sent last, from its file."""
    last = max((data_dir / "mail").glob("*.eml"))
    body = message_from_bytes(last.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    found = re.search(r"\d{3} \d{3}", body.get_content())
    assert found is not None
    return found[0]


def hold(page: Page, day: str, time: str) -> None:
    """Choose a time of August 2026."""
    page.goto(f"/book/location-1/session-1/?day=2026-08-{day}")
    page.get_by_role("button", name=time, exact=True).click()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()


def book(page: Page) -> None:
    """Send the form."""
    page.get_by_role("button", name="Book this session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")


def the_way(page: Page, data_dir: Path) -> Iterator[str]:
    """Walk from a booking without signing in to signing out, and stop at each page."""
    hold(page, "06", "10 a.m.")
    page.get_by_label("Your name").fill("Ada Lee")
    page.get_by_label("E-mail").fill(HOME)
    book(page)
    page.get_by_role("main").get_by_role("link", name="My bookings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My bookings")
    yield "signing in"
    page.get_by_label("E-mail").fill(HOME)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill("no digits")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "a wrong code"
    page.get_by_label("Code").fill(mailed_code(data_dir))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("main")).to_contain_text(f"Everything under {HOME}")

    hold(page, "07", "11 a.m.")
    expect(page.get_by_role("link", name="Ada Lee")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Somebody else").click()
    expect(page.get_by_label("E-mail")).to_have_value(HOME)
    page.get_by_label("Your name").fill("Ben Lee")
    yield "booking for somebody else"
    book(page)

    page.goto("/my-bookings/")
    yield "the bookings"
    bens = page.get_by_role("listitem").filter(has_text="for Ben Lee")
    bens.get_by_role("link", name="Move it").click()
    page.get_by_role("link", name="Monday, August 10").click()
    page.get_by_role("button", name="3 p.m.", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Your session has been moved.")

    page.goto("/my-bookings/")
    expect(bens).to_contain_text("Monday, Aug. 10, 2026, 3 p.m.")
    page.get_by_role("link", name="Change", exact=True).first.click()
    page.get_by_label("Remind me before each session").uncheck()
    yield "the choices"
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("No reminders")

    page.get_by_role("link", name="Erase me").click()
    page.get_by_label("All of us").check()
    page.get_by_label("Type your e-mail address").fill(HOME)
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing has been erased")
    yield "refused to erase"
    page.get_by_role("link", name="My bookings").first.click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")


def test_a_family_looks_after_its_bookings(browser: Browser, studio: Studio) -> None:
    context = browser.new_context(
        base_url=studio.url,
        timezone_id="America/Denver",
        viewport={"width": PHONE_WIDTH, "height": HEIGHT},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.add_init_script(NOTE_SHIFTS)

    for stop in the_way(page, studio.log_file.parent):
        assert_stands_well(page, stop)

    assert mailed_code(studio.log_file.parent).replace(" ", "") not in studio.log
    context.close()
