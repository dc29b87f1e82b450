"""The page that says why not. It is seven on a Monday in Denver."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from bookings.domain.staff import Role
from tests.bookings.admin.filling import queries_of
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_certification,
    make_client,
    make_room,
    make_shift,
    make_therapist,
    make_time_off,
)

pytestmark = pytest.mark.django_db

EXPLAIN = reverse("admin:explain")


@pytest.fixture
def made():
    """A therapist, a room and a session type that fit, every day from nine to five."""
    return make_bookable()


def asked(made, start="2026-08-03T10:00", **more):
    return {
        "location": made.location.slug,
        "session_type": made.session_type.slug,
        "start": start,
        **more,
    }


def explain(browser, made, *args, **more):
    page = browser.get(EXPLAIN, asked(made, *args, **more))
    assert page.status_code == 200
    return page


def text(page):
    return " ".join(page.content.decode().split())


def test_the_page_begins_with_a_question(receptionist, made):
    page = receptionist.get(EXPLAIN)

    assert "explanation" not in page.context
    assert page.context["form"].errors == {}
    assert '<option value="location-1" selected>' in page.content.decode()


def test_a_link_may_fill_in_a_part(receptionist, made):
    page = receptionist.get(EXPLAIN, {"session_type": made.session_type.slug})

    assert '<option value="session-1" selected>' in page.content.decode()
    assert "explanation" not in page.context


def test_an_open_start_can_be_booked_from_here(receptionist, made):
    page = explain(receptionist, made)

    assert "Clients can book it online, now with Therapist-1 in Room-1." in text(page)
    assert page.context["book_url"] == (
        "/admin/book/?location=location-1&start=2026-08-03T10:00&session_type=session-1"
    )
    assert receptionist.get(page.context["book_url"]).status_code == 200


def test_s3_a_booking_in_the_way_is_linked_by_the_clients_name(receptionist, made):
    booking = make_booking(
        therapist=made.therapist, room=made.room, client=make_client(name="Ada L.")
    )

    page = explain(receptionist, made)

    change = reverse("admin:booking", args=[booking.reference])
    assert f'Is booked 10:00–11:00. (<a href="{change}">Ada L.</a>)' in text(page)
    assert "Reception cannot book it" in text(page)
    assert page.context["book_url"] == ""


def test_p2_without_the_permission_to_see_clients_the_reference_is_shown(client, made):
    make_booking(
        therapist=made.therapist, room=made.room, client=make_client(name="Ada L."), reference="REF"
    )
    user = User.objects.create_user("trainee", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_booking"))
    client.force_login(user)

    page = explain(client, made)

    assert ">REF</a>" in text(page)
    assert "Ada L." not in text(page)
    assert all(opening.url == "" for opening in page.context["openings"])


def test_s2_reception_reads_what_it_has_to_go_past(receptionist, made):
    page = explain(receptionist, made, "2026-08-03T18:00")

    assert "Reception can book it with a reason to go past S2" in text(page)
    assert [opening.words for opening in page.context["openings"]][-1] == (
        "Mon 3 Aug 2026, 16:00 -06:00"
    )
    assert page.context["openings"][-1].therapists == "Therapist-1"


def test_a_named_therapist_stays_named_where_it_is_booked(receptionist, made):
    page = explain(receptionist, made, therapist=made.therapist.slug)

    assert page.context["book_url"].endswith("&therapist=therapist-1")


@pytest.fixture
def private(made):
    """A period without barefoot work."""
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 09:00",
        wall_until="2026-08-03 17:00",
        barefoot_only=True,
    )


def test_s7_a_receptionist_does_not_read_why(receptionist, made, private):
    words = text(explain(receptionist, made))

    assert "The therapist cannot take this session then." in words
    assert "S7</b>" not in words
    assert "barefoot work" not in words


def test_s7_a_manager_reads_the_period(manager, made, private):
    words = text(explain(manager, made))

    assert "S7</b>" in words
    assert "Does no barefoot work 09:00–17:00." in words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"location": "nowhere"}, "location"),
        ({"session_type": ""}, "session_type"),
        ({"start": "soon"}, "start"),
        ({"start": "2026-08-03T10:03"}, "start"),
        ({"start": "0001-01-01T10:00"}, "start"),
        ({"therapist": "nobody"}, "therapist"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_was_typed(receptionist, made, changes, field):
    page = receptionist.get(EXPLAIN, asked(made) | changes)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert "explanation" not in page.context


def test_t4_the_second_passage_of_a_repeated_hour_can_be_asked_for(receptionist, made):
    first = explain(receptionist, made, "2026-11-01T01:30")
    second = explain(receptionist, made, "2026-11-01T01:30", second="on")

    assert first.context["form"].is_repeated
    assert (first.context["start"], second.context["start"]) == (
        "Sun 1 Nov 2026, 01:30 -06:00",
        "Sun 1 Nov 2026, 01:30 -07:00",
    )
    assert "The second time that clocks show it" in text(first)


def test_t4_any_other_time_asks_for_no_passage(receptionist, made):
    assert "The second time that clocks show it" not in text(explain(receptionist, made))


def test_a_form_that_cannot_book_leads_here(receptionist, made):
    make_booking(therapist=made.therapist, room=made.room)

    page = receptionist.get(reverse("admin:book"), asked(made, "2026-08-03T10:05"))

    [link] = re.findall(r'href="(/admin/explain/[^"]+)"', page.content.decode())
    answer = receptionist.get(link.replace("&amp;", "&"))
    assert answer.context["start"] == "Mon 3 Aug 2026, 10:05 -06:00"


def test_p2_therapists_do_not_come_here(sign_in, made):
    browser = sign_in(Role.THERAPIST)

    assert browser.get(EXPLAIN, asked(made)).status_code == 403
    assert "Why not?" not in browser.get(reverse("admin:tables")).content.decode()


def test_p2_nobody_comes_here_without_signing_in(client, made):
    assert client.get(EXPLAIN, asked(made)).status_code == 302


def test_more_rows_need_no_more_queries(receptionist, made):
    url = f"{EXPLAIN}?location=location-1&session_type=session-1&start=2026-08-03T10:00"
    make_booking(therapist=made.therapist, room=made.room, starts_at=at("2026-08-03 10:30"))
    counts = [queries_of(receptionist, url)]
    for _ in range(3):
        therapist = make_therapist()
        made.session_type.therapists.add(therapist)
        make_shift(therapist=therapist, location=made.location)
        make_certification(
            therapist=therapist, qualification=made.session_type.requires_qualifications.get()
        )
        room = make_room(location=made.location, equipment=tuple(made.room.equipment.all()))
        make_booking(therapist=therapist, room=room, starts_at=at("2026-08-03 10:30"))
    counts.append(queries_of(receptionist, url))

    assert counts[0] == counts[1]
