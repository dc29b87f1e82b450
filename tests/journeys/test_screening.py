"""From health answers that somebody has to look at, over the reviewer, to the therapist's day."""

from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import PASSWORD, SETTINGS
from tests.journeys.looking import HEIGHT, PHONE_WIDTH, assert_fits
from tests.serving import Studio, environment

SCREENED = f"""
from bookings.domain.staff import Role, create_staff
from tests.bookings.domain.health.answering import usual_questions
from tests.factories import make_session_type
from studio.premises.models import Location
from therapists.models import Therapist
usual_questions()
place, therapist = Location.objects.get(), Therapist.objects.get()
make_session_type(slug="hands", barefoot=False, locations=(place,), therapists=(therapist,))
create_staff("lena", "{PASSWORD}", Role.THERAPIST, therapist=therapist)
"""
MAIL = """
from bookings.notifications.sending import Sender
from tests.clock import SEVEN_ON_MONDAY
Sender(clock=lambda: SEVEN_ON_MONDAY + 4, is_stopping=lambda: False).send_due()
"""
SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "dark"), (1280, "light"))
SAID = "A zither fell on my hip"


@pytest.fixture
def shell(studio: Studio, tmp_path: Path) -> Callable[[str], str]:
    """Runs code in the studio, beside the server."""
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    return lambda code: manage("shell", "-v0", "-c", code, env=env)


def answer_all(page: Page, **said: str) -> None:
    """Answer one screen of health questions after the other: no, but for what is said."""
    while page.get_by_role("heading", level=1).inner_text() == "Your health":
        for question in page.locator(".health-question").all():
            field = question.locator("[name^=answer-]").first
            key = (field.get_attribute("name") or "").removeprefix("answer-")
            if question.get_by_role("radio").count():
                question.locator(f"[value={said.get(key, 'no')}]").check()
            else:
                field.fill(said.get(key, ""))
            if when := said.get(f"{key}_on"):
                question.locator("[name^=when-]").fill(when)
        if (consent := page.get_by_label("I agree that the studio keeps")).count():
            consent.check()
        with page.expect_navigation():
            page.locator("form .button.large").click()


def book(page: Page) -> None:
    """Choose ten on Tuesday and say who comes; the health questions are next."""
    page.goto("/book/location-1/session-1/?day=2026-08-04")
    page.get_by_role("button", name="10 a.m.", exact=True).click()
    page.get_by_label("Your name").fill("Kim Lee")
    page.get_by_label("E-mail").fill("kim@example.org")
    page.locator("form .button.large").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your health")


def assert_at_hand(page: Page, where: str) -> None:
    """By day on a computer and by night on a telephone, nothing is in anybody's way."""
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        assert_fits(page, where)
        assert_accessible(page, f"{where}, {width} px, {scheme}")


def sign_in(page: Page, name: str) -> None:
    """Sign a member of staff in."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(
        page.get_by_role("link", name="Log out").or_(page.get_by_text("Log out"))
    ).to_be_visible()


def test_h2_answers_are_read_by_the_reviewer_and_the_therapist_and_the_client_is_confirmed(
    browser: Browser, studio: Studio, desk: Page, shell, complaints: list[str], tmp_path: Path
) -> None:
    shell(SCREENED)
    context = browser.new_context(
        base_url=studio.url,
        viewport={"width": PHONE_WIDTH, "height": HEIGHT},
        timezone_id="America/Denver",
    )
    client = context.new_page()
    book(client)
    assert_accessible(client, "health questions")
    answer_all(client, surgery="yes", surgery_on="2026-07-28", anything_else=SAID)

    expect(client.get_by_role("heading", level=1)).to_have_text("Received")
    expect(client.get_by_role("main")).to_contain_text("You will hear from us by")
    expect(client.get_by_role("main")).not_to_contain_text("zither")

    desk.goto("/admin/attention/")
    desk.get_by_role("link", name="Look at the answers").click()
    answers = desk.get_by_role("region", name="Answers")
    expect(answers).to_contain_text("unsuitable for barefoot work")
    expect(answers).to_contain_text("at most 42 days before the session")
    expect(answers).to_contain_text(SAID)
    expect(desk.get_by_role("option", name="Hands: a person decides")).to_be_attached()
    assert_at_hand(desk, "a review")
    desk.get_by_label("Note for the therapist").fill("Stay off the left hip")
    desk.get_by_role("button", name="Approve").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("confirmed")
    assert complaints == []

    therapist = browser.new_context(base_url=studio.url).new_page()
    sign_in(therapist, "lena")
    therapist.goto("/admin/my-clients/")
    expect(therapist.get_by_role("region", name="Kim Lee")).to_contain_text("Stay off the left hip")
    expect(therapist.get_by_role("main")).to_contain_text(SAID)
    assert_at_hand(therapist, "a therapist's clients")

    shell(MAIL)
    [mail] = mails_to("kim@example.org", studio.log_file.parent)
    assert "Your appointment is booked" in mail
    for private in ("zither", "hip", "surgery", "health"):
        assert private not in mail.lower()
    client.reload()
    expect(client.get_by_role("heading", level=1)).to_have_text("Confirmed")
    assert [each for each in files(tmp_path) if b"zither" in each.read_bytes()] == []
    for each in (client, therapist):
        each.context.close()


def mails_to(address: str, data_dir: Path) -> list[str]:
    """The text of each mail that was sent to somebody, from its file."""
    found = (
        message_from_bytes(each.read_bytes(), policy=policy.default)
        for each in sorted((data_dir / "mail").glob("*.eml"))
    )
    bodies = [each.get_body(("plain",)) for each in found if address in str(each["To"])]
    return [body.get_content() for body in bodies if body is not None]


def files(directory: Path) -> list[Path]:
    """All that the studio has written: database with its journal, log, mails."""
    found = [each for each in directory.rglob("*") if each.is_file()]
    assert {".sqlite3", ".eml"} <= {each.suffix for each in found}
    return found
