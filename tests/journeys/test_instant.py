"""The booking page with its modules: nothing is loaded anew, and nothing is worse than without."""

import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.forking import manage, running_studio
from tests.journeys.conftest import SETTINGS
from tests.journeys.looking import NOTE_SHIFTS, assert_steady
from tests.serving import Studio, environment

TIMES = "/book/location-1/session-1/"

MAKE = """
from datetime import date
from tests.factories import *
made = make_bookable()
make_certification(
    therapist=(idle := make_therapist(slug="idle")),
    qualification=made.session_type.requires_qualifications.get(),
)
make_shift(therapist=idle, location=made.location, last=date(2026, 1, 1))
made.session_type.therapists.add(idle)
september = {"first_day": date(2026, 9, 1), "last_day": date(2026, 9, 30)}
make_closure_of_dates(location=made.location, **september)
make_extra_shift(
    therapist=made.therapist, location=made.location,
    wall_from="2026-11-01 00:00", wall_until="2026-11-01 04:00",
)
"""

WHAT_IS_DRAWN = """
(page) => ["who", "calendar", "times"].map((id) => {
  const part = page.getElementById(id).cloneNode(true);
  for (const own of part.querySelectorAll("[name=csrfmiddlewaretoken], .your-time")) own.remove();
  for (const note of part.querySelectorAll("[data-your-zone]")) note.textContent = "";
  for (const place of part.querySelectorAll("[tabindex]")) place.removeAttribute("tabindex");
  return part.outerHTML.replace(/\\s+/g, " ").replace(/ ?(<[^>]*>) ?/g, "$1");
}).join("\\n")
"""

GO_AND_COMPARE = f"""
async (query) => {{
  const drawn = {WHAT_IS_DRAWN};
  history.pushState(null, "", location.pathname + query);
  dispatchEvent(new PopStateEvent("popstate"));
  const answer = await (await fetch(location.href)).text();
  const theirs = drawn(new DOMParser().parseFromString(answer, "text/html"));
  for (let tries = 0; drawn(document) !== theirs && tries < 250; tries++) {{
    await new Promise((wait) => setTimeout(wait, 40));
  }}
  return [drawn(document), theirs];
}}
"""


@pytest.fixture(scope="module")
def database(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A therapist who works every day but in September, and one who does not work any more."""
    file = tmp_path_factory.mktemp("instant") / "live.sqlite3"
    file.write_bytes(migrated_sqlite.read_bytes())
    env = environment(f"sqlite:///{file}", file.parent / "data", **SETTINGS)
    manage("shell", "-v0", "-c", MAKE, env=env)
    return file


@pytest.fixture(scope="module")
def studio(database: Path, static_files: Path) -> Iterator[Studio]:
    """One server for all tests here: each has a day of August of its own."""
    data = database.parent / "served"
    with running_studio(f"sqlite:///{database}", data, static_files, **SETTINGS) as running:
        yield running


@pytest.fixture
def open_times(browser: Browser, studio: Studio, database: Path) -> Iterator[Callable[..., Page]]:
    """The booking page in a browser of its own, in Denver unless told, with its modules at work."""
    contexts = []

    def open_(query: str = "", *, prefix: str = "", timezone_id: str = "America/Denver") -> Page:
        context = browser.new_context(base_url=studio.url, timezone_id=timezone_id)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(NOTE_SHIFTS)
        with page.expect_response("**/availability/**"):
            page.goto(prefix + TIMES + query)
        return page

    yield open_
    for context in contexts:
        context.close()
    with contextlib.closing(sqlite3.connect(database)) as rows, rows:
        # An address holds five times at once, and all browsers here have the same.
        rows.execute("update bookings_booking set status = 'expired' where status = 'held'")


def requests_of(page: Page, kind: str) -> list[str]:
    """What the page asks for from now on; kinds are the browser's: document, fetch, script."""
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url) if each.resource_type == kind else None)
    return asked


def day(page: Page, name: str):
    return page.locator("#calendar").get_by_role("link", name=name)


def time_of_day(page: Page, name: str):
    return page.locator("#times").get_by_role("button", name=name, exact=True)


def held(database: Path, date: str) -> list[str]:
    """What is held on a date, by its start in UTC."""
    with contextlib.closing(sqlite3.connect(database)) as rows:
        query = "select starts_at from bookings_booking where status = 'held' and date = ?"
        return [start for (start,) in rows.execute(query, [date])]


# Looking


def test_days_months_and_therapists_change_without_a_page_load(open_times: Callable[..., Page]):
    page = open_times()
    page.wait_for_load_state("networkidle")
    documents, reads = requests_of(page, "document"), requests_of(page, "fetch")

    day(page, "Thursday, August 6").click()
    expect(page.get_by_role("heading", name="Thursday, August 6")).to_be_visible()
    expect(page).to_have_url(f"{TIMES}?day=2026-08-06#times")
    in_spanish = page.get_by_role("banner").get_by_role("link", name="Español")
    expect(in_spanish).to_have_attribute("href", re.compile(r"/es/book/.+\?day=2026-08-06$"))
    assert reads == []

    page.get_by_role("link", name="September").click()
    expect(page.get_by_role("heading", name="Nothing is free in September 2026")).to_be_visible()
    page.get_by_role("link", name="Next free: Thursday, October 1, 9 a.m.").click()
    expect(page.get_by_role("heading", name="Thursday, October 1")).to_be_focused()
    page.get_by_role("link", name="Idle").click()
    expect(page.locator("#times")).to_contain_text("Idle has no free time at the moment.")
    expect(page).to_have_url(f"{TIMES}?therapist=idle")
    assert documents == []


def test_back_forward_and_reload_show_what_the_address_says(open_times: Callable[..., Page]):
    page = open_times("?day=2026-08-06")
    day(page, "Friday, August 7").click()
    expect(page.get_by_role("heading", name="Friday, August 7")).to_be_visible()
    page.get_by_role("link", name="September").click()
    expect(page.get_by_role("heading", name="Nothing is free in September 2026")).to_be_visible()

    page.go_back()
    expect(page.get_by_role("heading", name="Friday, August 7")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Thursday, August 6")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Friday, August 7")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Friday, August 7")).to_be_visible()


def test_the_focus_stays_where_the_keyboard_is_and_the_day_is_announced(
    open_times: Callable[..., Page],
):
    page = open_times()

    day(page, "Thursday, August 6").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Friday, August 14")).to_be_visible()
    expect(day(page, "Friday, August 14")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Friday, August 14: 29 times free")


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_the_modules_draw_what_the_server_draws(open_times: Callable[..., Page], prefix: str):
    page = open_times(prefix=prefix)

    for query in (
        "?day=2026-08-31",
        "?month=2026-09",
        "?month=2026-09&therapist=therapist-1",
        "?day=2026-09-02",
        "?month=2026-11",  # clocks change, and an hour comes twice
        "?therapist=idle",
        "?therapist=idle&month=2026-10",
        "?therapist=",
        "",
    ):
        mine, theirs = page.evaluate(GO_AND_COMPARE, query)
        assert mine.split("><") == theirs.split("><"), query


def test_in_another_time_zone_days_and_times_are_the_studios(open_times: Callable[..., Page]):
    page = open_times(timezone_id="Asia/Tokyo")

    day(page, "Thursday, August 6").click()

    expect(page.get_by_role("heading", name="Thursday, August 6")).to_be_visible()
    expect(page.get_by_role("button", name="9:15 a.m.")).to_contain_text("Fri 12:15 a.m.")
    assert_steady(page, "the times, in another time zone")


def test_who_comes_back_on_another_day_sees_that_days_page(open_times: Callable[..., Page]):
    page = open_times()
    page.clock.set_fixed_time("2999-01-01T12:00Z")

    with page.expect_navigation():
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


# Choosing


def test_a_double_click_holds_once_and_another_time_takes_its_place(
    open_times: Callable[..., Page], database: Path
):
    page = open_times("?day=2026-08-10")
    time_of_day(page, "10 a.m.").dblclick()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    assert held(database, "2026-08-10") == ["2026-08-10 16:00:00"]

    page.goto(f"{TIMES}?day=2026-08-11")
    day(page, "Monday, August 10").click()
    expect(time_of_day(page, "10 a.m. yours now")).to_be_visible()
    time_of_day(page, "10:30 a.m.").click()

    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    assert held(database, "2026-08-10") == ["2026-08-10 16:30:00"]
    page.go_back()
    expect(time_of_day(page, "10:30 a.m. yours now")).to_be_visible()


def test_a_time_that_has_gone_is_answered_in_place_with_the_nearest(
    open_times: Callable[..., Page], database: Path
):
    page, rival = open_times("?day=2026-08-12"), open_times("?day=2026-08-12")
    documents = requests_of(page, "document")
    time_of_day(rival, "10 a.m.").click()
    expect(rival.get_by_role("heading", name="Your details")).to_be_visible()

    time_of_day(page, "10 a.m.").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Sorry, this time has just gone")
    expect(time_of_day(page, "10 a.m.")).to_have_count(0)
    assert documents == []
    nearest = page.get_by_role("alert").get_by_role("button", name="Wed, August 12, 11 a.m.")
    nearest.click()
    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    assert held(database, "2026-08-12") == ["2026-08-12 16:00:00", "2026-08-12 17:00:00"]


def test_a_time_is_held_once_when_its_answer_gets_lost(
    open_times: Callable[..., Page], database: Path
):
    page, keys = open_times("?day=2026-08-13"), []

    def lose(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/api/v1/bookings/", lose)
    time_of_day(page, "10 a.m.").click()
    expect(page.get_by_role("alert")).to_contain_text("No answer has come")
    time_of_day(page, "10 a.m.").click()

    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    assert keys[0] == keys[1]
    assert held(database, "2026-08-13") == ["2026-08-13 16:00:00"]


def test_without_the_api_plain_links_and_forms_do_it(
    open_times: Callable[..., Page], database: Path
):
    page = open_times()
    page.route("**/api/**", lambda route: route.fulfill(status=503, json={"code": "unavailable"}))
    page.reload()

    day(page, "Friday, August 14").click()
    expect(page.get_by_role("heading", name="Friday, August 14")).to_be_visible()
    time_of_day(page, "10 a.m.").click()

    expect(page.get_by_role("heading", name="Your details")).to_be_visible()
    assert held(database, "2026-08-14") == ["2026-08-14 16:00:00"]


def test_when_no_answer_ever_comes_the_third_click_sends_the_plain_form(
    open_times: Callable[..., Page],
):
    page = open_times("?day=2026-08-18")
    page.route("**/api/v1/bookings/", lambda route: route.abort())

    for _ in range(2):
        time_of_day(page, "10 a.m.").click()
        expect(time_of_day(page, "10 a.m.")).not_to_have_attribute("aria-busy", "true")
    time_of_day(page, "10 a.m.").click()

    expect(page.get_by_role("heading", name="Your details")).to_be_visible()


def test_who_must_wait_is_told_how_long(open_times: Callable[..., Page]):
    page = open_times("?day=2026-08-17")
    wait = {"status": 429, "headers": {"Retry-After": "90"}, "json": {"code": "throttled"}}
    page.route("**/api/v1/bookings/", lambda route: route.fulfill(**wait))

    time_of_day(page, "10 a.m.").click()

    expect(page.get_by_role("alert")).to_contain_text("Please try again in 2 minutes.")


# The modules


def test_all_scripts_of_the_page_are_small_and_kept_for_good(open_times: Callable[..., Page]):
    page, scripts = open_times(), []

    def note(answer: Response) -> None:
        if answer.url.endswith(".js"):
            scripts.append(answer)

    page.on("response", note)
    page.reload()
    page.wait_for_load_state("networkidle")

    assert {"calendar", "api"} <= {each.url.rpartition("/")[2].split(".")[0] for each in scripts}
    assert all("immutable" in each.headers["cache-control"] for each in scripts)
    assert {each.headers["content-encoding"] for each in scripts} <= {"br", "gzip"}
    assert sum(int(each.headers["content-length"]) for each in scripts) <= 30_000
