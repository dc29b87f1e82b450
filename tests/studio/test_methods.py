"""Methods that pages do not answer."""

import pytest
from django.test import Client

from tests.bookings.pages.visiting import manage_url
from tests.factories import make_bookable, make_booking, make_page
from tests.public_pages import TIMES, TIMES_FOR_TWO, public_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger():
    """Somebody whose forms come from elsewhere."""
    return Client(enforce_csrf_checks=True)


def test_a_form_sent_to_a_page_that_is_only_read_is_told_so(stranger):
    bookable, page = make_bookable(), make_page()
    pages = public_pages(
        location=bookable.location.slug,
        session_type=bookable.session_type.slug,
        therapist=bookable.therapist.slug,
        article=page.slug,
    )
    del pages[TIMES], pages[TIMES_FOR_TWO]
    del pages["bookings:for-me"]  # it judges and forgets, whoever sends it
    booking = manage_url(make_booking())

    refusals = {
        path: stranger.post(path).status_code for path in [*pages.values(), "/sitemap.xml", booking]
    }

    assert set(refusals.values()) == {405}, refusals


def test_a_form_from_elsewhere_is_refused_where_forms_are_taken(stranger):
    booking = make_booking()

    assert stranger.post(manage_url(booking, "cancel")).status_code == 403
