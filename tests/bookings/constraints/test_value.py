"""The constraint as a value for migrations."""

from typing import Any

import pytest
from django.db import models
from django.db.models import Q

from bookings.constraints import NoOverlap
from bookings.models.booking_queryset import IS_LIVE


def a_constraint(**changes):
    parts: dict[str, Any] = {
        "start": "occupied_from",
        "end": "occupied_until",
        "condition": IS_LIVE,
        "name": "therapist_booked_once",
        "violation_error_message": "Taken.",
    }
    return NoOverlap("therapist", **parts | changes)


def test_a_constraint_is_put_together_again_from_its_parts():
    constraint = a_constraint(violation_error_code="taken")
    path, arguments, options = constraint.deconstruct()

    assert path == "bookings.constraints.NoOverlap"
    assert NoOverlap(*arguments, **options) == constraint


def test_a_clone_is_equal():
    assert a_constraint().clone() == a_constraint()


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "starts_at"},
        {"end": "starts_at"},
        {"condition": Q(status="confirmed")},
        {"name": "another"},
        {"violation_error_message": "Busy."},
        {"violation_error_code": "busy"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_constraints_that_differ_are_not_equal(changes):
    assert a_constraint(**changes) != a_constraint()


def test_a_constraint_is_not_equal_to_another_kind():
    assert a_constraint() != models.CheckConstraint(condition=IS_LIVE, name="another_kind")
