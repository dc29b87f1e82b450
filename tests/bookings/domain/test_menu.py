import pytest

from bookings.domain.menu import Offer, With, offers, styles_of
from bookings.domain.offers import offered
from tests.factories import (
    make_equipment,
    make_location,
    make_qualification,
    make_session_type,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_a_session_comes_with_each_of_its_parts_once_by_slug():
    here, there = make_location(slug="a"), make_location(slug="b")
    bars, table = (make_equipment(slug=slug) for slug in ("bars", "table"))
    licence, training = (make_qualification(slug=slug) for slug in ("licence", "training"))
    session_type = make_session_type(
        locations=(there, here),
        requires_equipment=(table, bars),
        requires_qualifications=(training, licence),
    )

    assert offers(offered(), *With) == [
        Offer(session_type, [licence, training], [bars, table], [here, there])
    ]


def test_a_part_that_is_not_asked_for_is_left_out():
    session_type = make_session_type(
        locations=(make_location(),), requires_equipment=(make_equipment(),)
    )

    assert offers(offered()) == [Offer(session_type)]


def test_a_session_that_requires_nothing_is_there_all_the_same():
    here = make_location()
    session_type = make_session_type(locations=(here,))

    assert offers(offered(), *With) == [Offer(session_type, places=[here])]


def test_a_retired_place_is_left_out():
    here = make_location()
    make_session_type(locations=(here, make_location(active=False)))

    (offer,) = offers(offered(), With.PLACES)

    assert offer.places == [here]


@pytest.mark.parametrize("count", [1, 4])
def test_all_of_it_takes_one_query(count, django_assert_num_queries):
    here, bars = make_location(), make_equipment()
    for _ in range(count):
        make_session_type(locations=(here,), requires_equipment=(bars,))

    with django_assert_num_queries(1):
        assert len(offers(offered(), *With)) == count


def test_styles_are_named_once_in_the_order_of_the_list():
    here = make_location()
    for style in ("mat", "bar", "", "mat"):
        make_session_type(style=style, locations=(here,))

    assert styles_of(offered()) == ["bar", "mat"]
