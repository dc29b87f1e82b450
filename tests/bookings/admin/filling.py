"""Pages of the admin as a browser sees them: what stands in their forms, sent back with changes."""

from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.models import Booking
from tests.factories import Bookable, make_booking

PRESSED = ("submit", "button", "image", "reset")


class _Fields(HTMLParser):
    """What a browser would send of every form of a page, or of those with one action."""

    def __init__(self, action: str | None) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._select = self._textarea = ""
        self._wanted, self._is_wanted = action, action is None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "form":
            self._is_wanted = self._wanted in (None, given.get("action"))
        if not self._is_wanted:
            return
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]
        elif tag == "option" and self._select and "selected" in given:
            self.values.setdefault(self._select, []).append(given.get("value", ""))
        elif tag == "input" and name and kind not in PRESSED:
            is_box = kind in ("checkbox", "radio")
            if not is_box or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on" if is_box else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea][0] += data.removeprefix("\n").removeprefix("\r\n")


def fields_of(page: Any, action: str | None = None) -> dict[str, list[str]]:
    """The names of a page's fields, or of one form's by its action, and what stands in them."""
    parser = _Fields(action)
    parser.feed(page.content.decode())
    return parser.values


def save(browser: Client, url: str, /, **changes: Any) -> Any:
    """Open a page, change some of its fields, press "Save", and follow to the next page.

    None empties a field.
    """
    opened = browser.get(url)
    assert opened.status_code == 200, (opened.status_code, url)
    typed: dict[str, Any] = fields_of(opened)
    for name in ("action", "CHANGE_FORM-action", "q", "_popup"):
        typed.pop(name, None)
    for name, value in changes.items():
        if value is None:
            typed.pop(name, None)
        else:
            typed[name] = value
    return browser.post(url, typed | {"_save": "Save"}, follow=True)


def errors_of(page: Any) -> dict[str, list[str]]:
    """What the page's form complains of, by field; `__all__` for the form as a whole."""
    return {name: list(errors) for name, errors in page.context["adminform"].form.errors.items()}


def messages_of(page: Any) -> list[str]:
    """What the page says at its top."""
    return [str(message) for message in page.context["messages"]]


def queries_of(browser: Client, url: str) -> int:
    """How many queries a page needs, once what outlives a request is known."""
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


def bookings_named(page: Any) -> str:
    """Whom the warning about a change of the schedule names, without the way to deal with them."""
    named, _br, way = messages_of(page)[0].rpartition("<br>")
    assert way == '<a href="/admin/attention/">See who could take them.</a>'
    return named


def change(row: Model) -> str:
    """The address of the page on which a row is changed."""
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def listed(page: Any) -> list[Any]:
    """The rows that a list shows."""
    return list(page.context["cl"].result_list)


def book(made: Bookable, **values: Any) -> Booking:
    """A booking whose reference is ABCDE-FGHJK."""
    return make_booking(
        therapist=made.therapist,
        room=made.room,
        session_type=made.session_type,
        reference="ABCDE-FGHJK",
        **values,
    )
