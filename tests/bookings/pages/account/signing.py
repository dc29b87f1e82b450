"""How a browser signs in, in tests: with the code from the mail that was sent last."""

import re
from typing import Any

from django.core import mail
from django.test import Client

HOME = "home@example.org"


def ask(browser: Client, email: str = HOME, **data: str) -> Any:
    """Ask for a code."""
    return browser.post("/my-bookings/sign-in/", {"email": email, **data})


def mailed_code() -> str:
    """The digits of the last mail, as they stand in it."""
    found = re.search(r"\d{3} \d{3}", str(mail.outbox[-1].body))
    assert found is not None
    return found[0]


def wrong_code() -> str:
    """Other digits than those of the last mail."""
    return f"{(int(mailed_code().replace(' ', '')) + 1) % 10**6:06}"


def enter(browser: Client, code: str = "") -> Any:
    """Type the code."""
    return browser.post("/my-bookings/code/", {"code": code or mailed_code()})


def sign_in(browser: Client, email: str = HOME, **data: str) -> Any:
    """All of it."""
    ask(browser, email, **data)
    return enter(browser)
