"""Which steps are offered, and to whom."""

import pytest

from bookings.domain.callers import at_desk
from bookings.domain.cancelling import cancel
from bookings.domain.staff import Role, create_staff
from bookings.domain.steps import open_steps
from bookings.enums import Status
from bookings.scheduling.hours import to_instant, to_minute
from tests.bookings.conftest import PASSWORD
from tests.factories import at, make_booking

pytestmark = pytest.mark.django_db

NOW = to_minute(at("2026-08-03 07:00"))


def staff(role=Role.RECEPTIONIST):
    return create_staff(role.value, PASSWORD, role)


@pytest.mark.parametrize(
    ("status", "names"),
    [
        (Status.CONFIRMED, ["check-in", "complete", "no-show", "cancel"]),
        (Status.CHECKED_IN, ["complete", "step-back"]),
        (Status.COMPLETED, ["step-back"]),
        (Status.NO_SHOW, ["step-back"]),
        (Status.DECLINED, []),
        (Status.EXPIRED, []),
    ],
)
def test_only_the_steps_that_the_state_allows_are_open(status, names):
    booking = make_booking(status=status, starts_at=to_instant(NOW))

    assert list(open_steps(booking, staff(), now=NOW)) == names


def test_nobody_is_missed_before_the_session_begins():
    booking = make_booking(starts_at=to_instant(NOW + 5))

    assert "no-show" not in open_steps(booking, staff(), now=NOW)


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.CHECKED_IN])
def test_nothing_is_over_before_it_begins(status):
    booking, ann = make_booking(status=status, starts_at=to_instant(NOW + 5)), staff()

    offered = ["complete" in open_steps(booking, ann, now=now) for now in (NOW, NOW + 5)]

    assert offered == [False, True]


@pytest.mark.parametrize(
    ("role", "names"),
    [(Role.MANAGER, ["approve", "decline", "cancel"]), (Role.RECEPTIONIST, ["cancel"])],
)
def test_h3_a_decision_is_offered_to_those_who_may_take_it(role, names):
    booking = make_booking(status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 07:01"))

    assert list(open_steps(booking, staff(role), now=NOW)) == names


def test_h2_a_review_past_its_deadline_has_no_steps():
    booking = make_booking(status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 07:00"))

    assert list(open_steps(booking, staff(Role.MANAGER), now=NOW)) == []


@pytest.mark.parametrize(("minutes", "names"), [(3, ["undo"]), (4, [])])
def test_b6_an_undo_is_offered_for_some_minutes(minutes, names):
    user = staff()
    booking = cancel(make_booking(), caller=at_desk(user), now=NOW)

    assert list(open_steps(booking, user, now=NOW + minutes)) == names


def test_a_hold_that_was_given_back_cannot_be_restored():
    user, hold = staff(), make_booking(status=Status.HELD, expires_at=at("2026-08-03 07:05"))
    hold.client = None
    hold.save()

    assert list(open_steps(cancel(hold, caller=at_desk(user), now=NOW), user, now=NOW)) == []
