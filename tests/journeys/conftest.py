import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.conftest import MakeOnce
from tests.forking import manage
from tests.serving import Studio, environment

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.live_settings"}
PASSWORD = "barefoot-on-oiled-backs"

MAKE_STUDIO = """
from django.core.management import call_command
from tests.factories import make_bookable
make_bookable()
call_command("loadpages")
"""
MAKE_STAFF = f"""
from bookings.domain.staff import Role, create_staff
from tests.factories import make_client
create_staff("robin", "{PASSWORD}", Role.MANAGER)
make_client(name="Ada L.", email="ada@example.org")
"""


@pytest.fixture(scope="session")
def furnished(migrated_sqlite: Path, make_once: MakeOnce) -> Path:
    """A directory to copy: a studio with one session to book, its pages, and a manager."""

    def furnish(directory: Path) -> None:
        file = directory / "journey.sqlite3"
        shutil.copy(migrated_sqlite, file)
        env = environment(f"sqlite:///{file}", directory / "data", **SETTINGS)
        manage("shell", "-v0", "-c", MAKE_STUDIO + MAKE_STAFF, env=env)

    return make_once("furnished", furnish)


@pytest.fixture
def bookable(furnished: Path, tmp_path: Path) -> str:
    """The DATABASE_URL of a studio with one session to book, and with the pages of the program."""
    return copied(furnished, tmp_path)


def copied(furnished: Path, directory: Path) -> str:
    """The DATABASE_URL of such a studio in another directory; its `data` has the keys."""
    shutil.copytree(furnished, directory, dirs_exist_ok=True)
    return f"sqlite:///{directory}/journey.sqlite3"


@pytest.fixture
def studio(
    bookable: str, start_studio: Callable[..., AbstractContextManager[Studio]]
) -> Iterator[Studio]:
    """A running studio with one session to book; its clock shows seven on a Monday in August."""
    # One worker: a desk of its own for each test needs no second one to start.
    with start_studio(bookable, WORKERS="1", **SETTINGS) as running:
        yield running


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of."""
    return []


@pytest.fixture
def desk(browser: Browser, studio: Studio, complaints: list[str]) -> Iterator[Page]:
    """A page on which a manager has signed in."""

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    context = browser.new_context(base_url=studio.url)
    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/admin/")
    page.get_by_label("Username").fill("robin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".board-scroll")).to_be_visible()
    yield page
    context.close()
