"""The mails in a browser: axe finds nothing on them, on a phone, in light and in dark."""

import pytest

from bookings.enums import NotificationKind as Kind
from bookings.notifications.example import example_letter
from bookings.notifications.wording import program_words
from tests.clock import SEVEN_ON_MONDAY
from tests.journeys.accessibility import assert_accessible
from tests.journeys.looking import assert_fits

pytestmark = pytest.mark.django_db


def test_every_mail_is_within_everybody_s_reach(browser):
    page = browser.new_page()
    for kind in Kind:
        letter = example_letter(kind, "en", program_words(kind), now=SEVEN_ON_MONDAY)
        for width, scheme in ((390, "light"), (320, "dark")):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            page.set_content(letter.html)
            assert_fits(page, kind)
            assert_accessible(page, f"{kind}, {scheme}")
    page.close()
