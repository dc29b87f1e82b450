from decimal import Decimal

import pytest

from bookings.models import Booking, SessionType
from tests.studio.studio_file.loaded import load_example, load_text
from tests.studio.studio_file.texts import example

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_another_price_is_for_bookings_to_come():
    load_example()

    report = load_example(('price = "120.00"', 'price = "130"'))

    assert str(report) == "updated 1 session type"
    assert SessionType.objects.get().price == Decimal(130)
    assert Booking.objects.get().price == Decimal(120)


def test_what_it_requires_and_where_it_is_offered_is_replaced():
    text = example().partition("[[bookings]]")[0]
    load_text(text)

    load_text(
        text.replace('locations = ["downtown"]', "locations = []")
        .replace('requires_equipment = ["ceiling-bars", "table"]', 'requires_equipment = ["table"]')
        .replace(
            'requires_qualifications = ["bar-two-foot", "massage-licence"]',
            'requires_qualifications = ["massage-licence"]',
        )
    )

    session_type = SessionType.objects.get()
    assert not session_type.locations.exists()
    assert [thing.slug for thing in session_type.requires_equipment.all()] == ["table"]
    assert [one.slug for one in session_type.requires_qualifications.all()] == ["massage-licence"]


def test_who_offers_it_is_said_by_the_therapists():
    load_example()

    load_text(example()[example().index("[[session_types]]") : example().index("[[therapists]]")])

    assert [therapist.slug for therapist in SessionType.objects.get().therapists.all()] == ["mei"]
