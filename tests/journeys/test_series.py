"""A series of six with two obstacles: chosen, booked, and changed with all that follow."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import HEIGHT, NOTE_SHIFTS, PHONE_WIDTH, assert_stands_well
from tests.serving import Studio


def hold(page: Page, day: str, time: str = "10 a.m.") -> None:
    """Choose a time of August 2026."""
    page.goto(f"/book/location-1/session-1/?day=2026-08-{day}")
    page.get_by_role("button", name=time, exact=True).click()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()


def the_way(page: Page) -> Iterator[str]:
    """Walk from a time that is held to a series that has moved, and stop at what is new."""
    main = page.get_by_role("main")
    hold(page, "10")
    page.get_by_role("link", name="Repeat this").click()
    page.get_by_role("button", name="Look at the dates").click()
    expect(page.get_by_role("heading", name="4 of 6 dates can be booked")).to_be_visible()
    page.get_by_role("button", name="Go on with these dates").click()
    expect(page.get_by_role("alert")).to_be_focused()
    yield "two obstacles"
    page.get_by_label("Instead: Monday, Aug. 17, 2026, 9 a.m.").check()
    page.get_by_label("Leave this date out").last.check()
    page.get_by_role("button", name="Go on with these dates").click()

    expect(page.get_by_role("heading", name="Your 5 sessions")).to_be_visible()
    page.get_by_label("Your name").fill("Robin Client")
    page.get_by_label("E-mail").fill("robin@example.org")
    yield "the form for five"
    page.get_by_role("button", name="Book all 5 sessions").click()

    expect(page.get_by_role("status")).to_have_text("Your 5 sessions are booked.")
    expect(main.get_by_role("heading", name="Session 1 of 5")).to_be_visible()
    yield "the series"
    main.get_by_role("link", name="Monday, Aug. 17, 2026, 9 a.m.").click()
    expect(main.get_by_role("heading", name="Session 2 of 5")).to_be_visible()
    page.get_by_role("link", name="Cancel it").click()
    expect(page.get_by_role("button", name="Cancel all 4 of these")).to_be_visible()
    yield "what cancelling costs"
    page.get_by_role("button", name="Cancel all 4 of these").click()
    expect(page.get_by_role("status")).to_have_text("4 sessions have been cancelled.")
    page.get_by_role("button", name="Undo all 4 cancellations").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmed")
    expect(main.get_by_text("Cancelled", exact=True)).to_have_count(0)

    page.get_by_role("link", name="Move it").click()
    page.get_by_role("link", name="This and the 3 that follow").click()
    page.get_by_role("link", name="Tuesday, August 18").click()
    page.get_by_role("button", name="2 p.m.", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Move 4 sessions?")
    yield "each date before it moves"
    page.get_by_role("button", name="Move all 4 sessions").click()
    expect(page.get_by_role("status")).to_have_text("4 sessions have been moved.")
    expect(main).to_contain_text("Tuesday, Sept. 15, 2026, 3 p.m.")


def test_a_client_books_and_looks_after_a_series(browser: Browser, studio: Studio) -> None:
    for day in ("17", "31"):
        rival = browser.new_page(base_url=studio.url, timezone_id="America/Denver")
        hold(rival, day)
        rival.close()
    page = browser.new_page(
        base_url=studio.url,
        timezone_id="America/Denver",
        viewport={"width": PHONE_WIDTH, "height": HEIGHT},
        reduced_motion="reduce",
    )
    page.add_init_script(NOTE_SHIFTS)

    for stop in the_way(page):
        assert_stands_well(page, stop)

    page.close()
