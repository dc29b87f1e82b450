"""What is kept of answers, and what is forgotten (rules H3 and P3)."""

import json

import pytest
from django.db import IntegrityError

from bookings.domain.booking import book, confirm, hold
from bookings.domain.callers import Caller
from bookings.domain.cancelling import cancel
from bookings.domain.clients.data import erase, export
from bookings.domain.clients.merging import merge
from bookings.domain.health.answers import forget_unclaimed
from bookings.domain.health.settling import answer
from bookings.domain.reception import step
from bookings.domain.requests import Details
from bookings.enums import EventKind, LookPage, Source
from bookings.models import Answers, Client, Look, Review
from tests.bookings.domain.asking import ADA, CLIENT, NOW, RECEPTION, wish
from tests.bookings.domain.health.answering import answers, approved, reviewer, usual_questions
from tests.factories import make_bookable, make_client

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

TEN, NOON = "2026-08-03 10:00", "2026-08-03 12:00"
TOMORROW = NOW + 24 * 60 + 1
HERSELF = Caller(source=Source.SITE)


@pytest.fixture
def studio():
    usual_questions()
    return make_bookable()


def made(studio, given=None, *, client=ADA, wall=TEN):
    return book(wish(studio, wall), Details(client, answers=given), caller=CLIENT, now=NOW)


def test_new_answers_supersede_those_before(studio):
    booking = made(studio, answers())

    answer(booking, answers(veins="yes"), caller=CLIENT, now=NOW + 1)

    assert [row.superseded_at is None for row in booking.answers.all()] == [False, True]


def test_the_database_refuses_two_current_answers_to_one_set(studio):
    row = made(studio, answers()).answers.get()
    row.pk = None
    row._state.adding = True

    with pytest.raises(IntegrityError):
        row.save()


def test_the_database_keeps_no_answers_without_consent(studio):
    made(studio, answers())

    with pytest.raises(IntegrityError):
        Answers.objects.update(has_consent=False)


def test_who_answered_and_through_which_door_is_known(studio):
    booking, by = made(studio, answers()), reviewer()
    answer(booking, answers(), caller=by, now=NOW)

    first, second = booking.answers.all()
    assert (first.source, first.by, second.source, second.by) == ("api", None, "desk", by.user)


# Holds


def test_what_was_answered_with_a_hold_that_was_never_booked_is_forgotten(studio):
    given = Details(answers=answers())
    left, booked = [hold(wish(studio, wall), given, caller=CLIENT, now=NOW) for wall in (TEN, NOON)]
    confirm(booked, Details(ADA), caller=CLIENT, now=NOW)
    cancel(booked, caller=CLIENT, now=NOW)

    assert forget_unclaimed(now=NOW + 60) == 0
    assert forget_unclaimed(now=TOMORROW) == 1
    assert forget_unclaimed(now=TOMORROW) == 0
    assert left.answers.get().cipher == ""
    assert booked.answers.get().cipher != ""


# The person (rule P3)


def test_p3_an_export_holds_the_clients_own_answers(studio):
    ada = make_client()
    booking = made(studio, answers(anything_else="Xylophonitis"), client=ada)
    approved(booking, now=NOW, note="Not told to her")

    exported = export(ada, caller=HERSELF, now=NOW)

    [answered] = exported["bookings"][0]["health_answers"]
    assert {"question": "Anything else?", "text": "Xylophonitis"} in answered["answers"]
    assert "Not told to her" not in json.dumps(exported)
    assert not Look.objects.exclude(page=LookPage.REVIEW).exists()


def test_h3_an_export_by_a_reviewer_is_a_look_and_reception_gets_no_answers(studio):
    ada = make_client()
    made(studio, answers(anything_else="Xylophonitis"), client=ada)

    assert "Xylophonitis" not in json.dumps(export(ada, caller=RECEPTION, now=NOW))
    assert "Xylophonitis" in json.dumps(export(ada, caller=reviewer(), now=NOW))
    assert [look.page for look in Look.objects.all()] == [LookPage.EXPORT]


def test_p3_an_erased_clients_answers_and_notes_go(studio):
    ada = make_client()
    booking = made(studio, answers(blood_thinners="yes"), client=ada)
    by = reviewer()
    step(booking, EventKind.DECLINED, caller=by, now=NOW, reason="Not on thinners")

    erase(ada, caller=by, now=NOW)

    assert Answers.objects.get().cipher == ""
    assert Review.objects.get().note == ""


def test_merged_clients_have_the_answers_of_both(studio):
    made(studio, answers(veins="yes"))
    typed = Client.objects.get()
    ada = make_client()

    merge(ada, typed, caller=RECEPTION, now=NOW)

    assert made(studio, client=ada, wall=NOON).answers.get().taken_from is not None
