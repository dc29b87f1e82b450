"""What the form offers: only what the rules allow, from the first look on."""

import pytest

from tests.bookings.admin.filling import fields_of, queries_of
from tests.bookings.desk.booking.typing import BOOK, look, obstacles_of, place, press, typed
from tests.factories import (
    make_bookable,
    make_certification,
    make_client,
    make_location,
    make_room,
    make_session_type,
    make_shift,
    make_therapist,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_bookable()


def colleague(made, name="mei"):
    """Another therapist who can give the session, on Mondays."""
    therapist = make_therapist(slug=name)
    make_shift(therapist=therapist, location=made.location)
    make_certification(
        therapist=therapist, qualification=made.session_type.requires_qualifications.get()
    )
    made.session_type.therapists.add(therapist)
    return therapist


def offered(page, name):
    side = getattr(page.context["choices"], name)
    return [member.slug for member in side.members]


def test_the_only_location_is_chosen_already(receptionist, made):
    assert fields_of(receptionist.get(BOOK))["location"] == [made.location.slug]


def test_the_location_of_the_last_booking_is_chosen_again(receptionist, made):
    make_location()
    look(receptionist, made)

    assert receptionist.get(BOOK).context["location"] == made.location


def test_t1_the_day_is_today_at_the_location(receptionist):
    make_bookable(timezone="Pacific/Auckland")

    assert fields_of(receptionist.get(BOOK))["day"] == ["2026-08-04"]


def test_a_link_fills_the_form_in(receptionist, made):
    client = make_client()

    page = receptionist.get(
        BOOK,
        {
            "location": made.location.slug,
            "start": "2026-08-03T10:05",
            "therapist": made.therapist.slug,
            "room": made.room.slug,
            "session_type": made.session_type.slug,
            "client": client.pk,
        },
    )

    filled = fields_of(page)
    assert (filled["day"], filled["time"]) == (["2026-08-03"], ["10:05"])
    assert filled["therapist"] == [made.therapist.slug]
    assert filled["room"] == [made.room.slug]
    assert filled["session_type"] == [made.session_type.slug]
    assert (filled["client"], filled["client_name"]) == ([str(client.pk)], [client.name])


def test_t4_a_link_can_mean_the_second_passage(receptionist):
    make_bookable(time_from="00:00", time_until="24:00")

    page = receptionist.get(BOOK, {"start": "2026-11-01T01:30", "second": "1"})

    assert fields_of(page)["second"] == ["on"]


def test_t4_the_second_passage_is_asked_about_where_there_is_one(receptionist, made):
    assert 'name="second"' in look(receptionist, made, start="2026-11-01T01:30").content.decode()
    assert 'name="second"' not in look(receptionist, made).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"start": "soon"},
        {"start": "2026-13-45T99:99"},
        {"therapist": "nobody", "room": "nowhere", "session_type": "nothing", "client": "x"},
        {"location": "elsewhere"},
        {"client": "99999999999999999999999"},
    ],
)
def test_a_link_without_sense_shows_a_form_all_the_same(receptionist, made, query):
    assert receptionist.get(BOOK, query).status_code == 200


def test_a_look_complains_of_nothing_that_is_still_missing(receptionist, made):
    page = press(receptionist, "look", {"session_type": made.session_type.slug})

    assert not page.context["form"].errors


def test_t5_the_open_times_of_the_day_lie_on_the_step(receptionist, made):
    place(made)

    page = press(receptionist, "look", typed(made, start="2026-08-03"))

    times = [each.time for each in page.context["choices"].times]
    assert times[:3] == ["09:00", "11:00", "11:15"]
    assert times[-1] == "16:00"


def test_the_open_times_are_those_of_the_therapist_who_is_asked_for(receptionist, made):
    colleague(made)
    make_room(location=made.location, equipment=tuple(made.room.equipment.all()))
    place(made)

    page = look(receptionist, made, start="2026-08-03", therapist=made.therapist.slug)

    assert [each.time for each in page.context["choices"].times][:2] == ["09:00", "11:00"]


def test_before_a_time_is_chosen_one_of_all_who_give_it_can_be_asked_for(receptionist, made):
    mei = colleague(made)
    make_therapist(slug="gives-something-else")
    place(made)

    page = look(receptionist, made, start="2026-08-03")

    assert offered(page, "therapists") == [mei.slug, made.therapist.slug]
    assert page.context["choices"].therapists.best == ""
    assert not page.context["choices"].is_judged


def test_a_day_without_open_times_says_when_there_are_some(receptionist, made):
    made.therapist.shifts.exclude(weekday=0).delete()

    page = look(receptionist, made, start="2026-08-04", time="")

    assert not page.context["choices"].times
    assert "Nothing is open on that day" in page.content.decode()
    assert page.context["choices"].nearby[0].day == "Mon 3 Aug"


@pytest.mark.parametrize(
    ("button", "day"), [("day-before", "2026-08-02"), ("day-after", "2026-08-04")]
)
def test_a_button_goes_to_the_day_before_or_after(receptionist, made, button, day):
    page = press(receptionist, button, typed(made))

    assert fields_of(page)["day"] == [day]
    assert fields_of(page)["time"] == [""]


def test_only_who_can_take_it_is_offered(receptionist, made):
    free = colleague(made)
    make_room(location=made.location, slug="no-bars")
    second = make_room(location=made.location, equipment=tuple(made.room.equipment.all()))
    place(made)

    page = look(receptionist, made)

    assert offered(page, "therapists") == [free.slug]
    assert offered(page, "rooms") == [second.slug]
    assert obstacles_of(page) == []


def test_a1_a2_any_says_who_it_would_be(receptionist, made):
    colleague(made, "a-first")
    place(made, "2026-08-03 14:00")

    page = look(receptionist, made)

    assert page.context["choices"].therapists.best == "A-First"
    assert page.context["choices"].rooms.best == made.room.name


def test_who_is_asked_for_and_cannot_stays_chosen_with_the_rule(receptionist, made):
    free = colleague(made)
    make_room(location=made.location, equipment=tuple(made.room.equipment.all()))
    place(made)

    page = look(receptionist, made, therapist=made.therapist.slug)

    assert offered(page, "therapists") == [free.slug, made.therapist.slug]
    assert fields_of(page)["therapist"] == [made.therapist.slug]
    assert obstacles_of(page) == ["The therapist has another booking then. (S3)"]


def test_s10_a_client_who_is_elsewhere_is_warned_about_before_booking(receptionist, made):
    client = make_client()
    place(made, client=client)
    colleague(made)
    make_room(location=made.location, equipment=tuple(made.room.equipment.all()))

    page = look(receptionist, made, client=client.pk)

    assert obstacles_of(page) == ["The client has another session then. (S10)"]


def test_a_session_type_that_does_not_fit_then_says_why(receptionist, made):
    long = make_session_type(
        duration_minutes=90, locations=(made.location,), therapists=(made.therapist,)
    )
    place(made, "2026-08-03 11:00")

    kinds = {kind.slug: kind for kind in look(receptionist, made).context["choices"].kinds}

    assert kinds[made.session_type.slug].why_not == ""
    assert kinds[long.slug].why_not == "The therapist has another booking then. (S3)"


def test_without_scripts_a_look_finds_known_clients(receptionist, made):
    client = make_client(name="Ada Lindqvist")

    page = look(receptionist, made, client_name="lindq").content.decode()

    assert f'<input type="radio" name="client" value="{client.pk}"> Ada Lindqvist' in page


def test_without_scripts_a_client_is_forgotten_by_a_button(receptionist, made):
    client = make_client()

    page = press(receptionist, "forget", typed(made, client=client.pk))

    assert (fields_of(page)["client"], fields_of(page)["client_name"]) == ([""], [""])


def test_the_queries_do_not_grow_with_therapists_rooms_clients_and_bookings(receptionist, made):
    link = f"{BOOK}?start=2026-08-03T10:00&session_type={made.session_type.slug}&client="
    client = make_client()
    before = queries_of(receptionist, f"{link}{client.pk}")

    for number in range(3):
        place(
            made,
            "2026-08-03 14:00",
            reference=f"MORE-{number}",
            client=client,
            therapist=colleague(made, f"more-{number}"),
            room=make_room(location=made.location, equipment=tuple(made.room.equipment.all())),
        )
        make_client(name=f"Client {number}")

    assert queries_of(receptionist, f"{link}{client.pk}") == before


def test_what_is_ticked_with_a_reason_is_no_longer_in_the_way(receptionist, made):
    evening = {"start": "2026-08-03T18:00"}
    page = look(receptionist, made, **evening, override=["S2"], reason="She stays longer")

    assert page.context["choices"].is_open
    assert offered(page, "therapists") == [made.therapist.slug]
    assert "All the same, for this reason:" in page.content.decode()
    assert "Open instead:" not in page.content.decode()
