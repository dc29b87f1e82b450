from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from studio.premises.models import Closure
from tests.factories import make_closure_of_dates, make_closure_of_times, make_location

NOON = (datetime(2026, 8, 3, 12) - datetime(1970, 1, 1)) // timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.both_engines
def test_a_closure_is_of_one_date_or_more():
    day = date(2026, 8, 3)

    assert make_closure_of_dates(location=make_location(), first_day=day, last_day=day).pk


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"last_day": date(2026, 8, 2)}, id="ends before it begins"),
        pytest.param({"last_day": None}, id="no last day"),
        pytest.param({"first_day": None}, id="no first day"),
        pytest.param({"first_day": None, "last_day": None}, id="nothing at all"),
        pytest.param({"wall_from": NOON, "wall_until": NOON + 60}, id="dates and times"),
        pytest.param({"wall_from": NOON}, id="dates and a time"),
    ],
)
def test_a_closure_of_dates_has_both_in_order_and_no_times(changes):
    day = date(2026, 8, 3)
    make_closure_of_dates(location=make_location(), first_day=day, last_day=day)

    with pytest.raises(IntegrityError, match="closure_is_dates_or_times"):
        Closure.objects.update(**changes)


def closed_for_an_hour():
    return make_closure_of_times(
        location=make_location(), wall_from="2026-08-03 12:00", wall_until="2026-08-03 13:00"
    )


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"wall_until": NOON - 60}, id="ends before it begins"),
        pytest.param({"wall_until": NOON}, id="empty"),
        pytest.param({"wall_until": None}, id="no end"),
        pytest.param({"wall_from": None}, id="no start"),
        pytest.param({"last_day": date(2026, 8, 3)}, id="times and a date"),
    ],
)
def test_a_closure_of_times_has_both_in_order_and_no_dates(changes):
    closed_for_an_hour()

    with pytest.raises(IntegrityError, match="closure_is_dates_or_times"):
        Closure.objects.update(**changes)


@pytest.mark.django_db
@pytest.mark.both_engines
@pytest.mark.parametrize("changes", [{"wall_from": NOON + 3}, {"wall_until": NOON + 63}])
def test_t2_a_closure_off_the_step_is_refused(changes):
    closed_for_an_hour()

    with pytest.raises(IntegrityError, match="closure_in_steps_of_five"):
        Closure.objects.update(**changes)


@pytest.mark.django_db
def test_a_form_hears_in_words_of_a_closure_that_is_neither():
    closure = closed_for_an_hour()
    closure.wall_from = closure.wall_until = None

    with pytest.raises(ValidationError, match="Give a first and a last day, or a time"):
        closure.full_clean()
