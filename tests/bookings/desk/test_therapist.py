"""A therapist's page at the desk. It is seven on a Monday in Denver."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.domain.staff import Role
from tests.bookings.admin.filling import queries_of
from tests.factories import MONDAY, make_bookable, make_booking, make_room, make_therapist
from therapists.models import Certification

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_bookable()


def url(therapist):
    return reverse("admin:therapist", args=[therapist.slug])


def text(page):
    return " ".join(page.content.decode().split())


def test_what_is_bookable_today_is_told(receptionist, made):
    words = text(receptionist.get(url(made.therapist)))

    assert "yes, 29 times from 09:00 on" in words
    assert "Tue 4 Aug 2026, 09:00 -06:00" in words


def test_s6_what_is_not_says_why(manager, made):
    Certification.objects.update(expires_on=MONDAY - timedelta(days=1))

    words = text(manager.get(url(made.therapist)))

    assert "Massage-Licence lapsed on 2 Aug 2026." in words
    assert "none within two weeks" in words
    assert '<span aria-hidden="true">✕</span> lapsed' in words


def test_p2_a_receptionist_sees_no_list_of_certifications(receptionist, made):
    page = receptionist.get(url(made.therapist))

    assert page.context["certifications"] == []
    assert reverse("admin:certification", args=[Certification.objects.get().pk]) not in text(page)


def test_a_retired_therapist_has_a_page_too(receptionist):
    retired = make_therapist(active=False)

    assert "Gives no sessions any more." in text(receptionist.get(url(retired)))


def test_who_is_not_there_is_not_found(receptionist):
    assert receptionist.get("/admin/therapist/nobody/").status_code == 404


def test_p2_therapists_do_not_come_here(sign_in, made):
    assert sign_in(Role.THERAPIST).get(url(made.therapist)).status_code == 403


def test_more_bookings_need_no_more_queries(receptionist, made):
    counts = [queries_of(receptionist, url(made.therapist))]
    make_booking(
        therapist=made.therapist,
        room=make_room(location=made.location),
        session_type=made.session_type,
    )
    counts.append(queries_of(receptionist, url(made.therapist)))

    assert counts[0] == counts[1]
