"""Locations, rooms, closures and blocks, as a manager edits them."""

from datetime import date

import pytest
from django.urls import reverse

from bookings.enums import Status
from studio.premises.models import Closure, Location, Room, RoomBlock, ScheduleVersion
from tests.bookings.admin.filling import bookings_named, errors_of, messages_of, queries_of, save
from tests.factories import (
    at,
    make_bookable,
    make_booking,
    make_closure_of_dates,
    make_equipment,
    make_inspection,
    make_location,
    make_room,
    make_room_block,
)

pytestmark = pytest.mark.django_db

ADD_LOCATION = reverse("admin:premises_location_add")
ADD_ROOM = reverse("admin:premises_room_add")
ADD_CLOSURE = reverse("admin:premises_closure_add")
ADD_BLOCK = reverse("admin:premises_roomblock_add")


def change(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def version(location):
    return ScheduleVersion.objects.get(location=location).number


def book(made, reference="ABCDE-FGHJK", **values):
    return make_booking(
        **{
            "therapist": made.therapist,
            "room": made.room,
            "session_type": made.session_type,
            "reference": reference,
        }
        | values
    )


def test_a_manager_adds_a_location(manager):
    page = save(
        manager,
        ADD_LOCATION,
        name="Downtown",
        slug="downtown",
        timezone="America/Denver",
        address="12 Larimer St",
        phone="+1 303 555 0100",
        email="hello@example.org",
    )

    assert page.redirect_chain
    location = Location.objects.get()
    assert (location.slug, location.timezone, location.horizon_days) == (
        "downtown",
        "America/Denver",
        90,
    )


def test_a_new_location_has_a_schedule_version(manager):
    save(
        manager,
        ADD_LOCATION,
        name="Downtown",
        slug="downtown",
        timezone="America/Denver",
        address="12 Larimer St",
        phone="+1 303 555 0100",
        email="hello@example.org",
    )

    assert version(Location.objects.get()) == 1


def test_t2_a_step_that_is_no_multiple_of_five_is_refused(manager):
    location = make_location()

    page = save(manager, change(location), slot_step_minutes="7")

    assert errors_of(page) == {"slot_step_minutes": ["Give a multiple of 5 minutes."]}


def test_saving_ends_the_cached_answers_of_every_location(manager):
    edited, other = make_location(), make_location()

    save(manager, change(edited), horizon_days="60")

    assert (version(edited), version(other)) == (1, 1)


def test_t7_the_time_zone_stays_once_there_are_bookings(manager):
    booking = make_booking()

    page = manager.get(change(booking.location))

    assert "timezone" in page.context["adminform"].readonly_fields
    assert "timezone" not in page.context["adminform"].form.fields


def test_a_slug_stays_as_it_was_given(manager):
    location = make_location(slug="downtown")

    save(manager, change(location), slug="uptown", name="Uptown")

    location.refresh_from_db()
    assert (location.slug, location.name) == ("downtown", "Uptown")


@pytest.mark.parametrize("make", [make_location, make_room, make_equipment])
def test_b7_places_are_not_deleted(manager, make):
    row = make()
    name = row._meta.model_name

    page = manager.post(reverse(f"admin:premises_{name}_delete", args=[row.pk]), {"post": "yes"})

    assert page.status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


def test_b8_retiring_a_room_names_the_bookings_that_it_leaves_behind(manager):
    made = make_bookable()
    booking = book(made)

    page = save(manager, change(made.room), active=None)

    (warning, _saved) = messages_of(page)
    assert warning == (
        "1 coming booking does not fit the schedule. It was not cancelled; decide what becomes of"
        f' it:<br><a href="/admin/bookings/booking/{booking.pk}/change/">ABCDE-FGHJK</a>,'
        " Mon 3 Aug 2026, 10:00 -06:00, Therapist-1: S1"
        '<br><a href="/admin/attention/">See who could take them.</a>'
    )
    booking.refresh_from_db()
    assert booking.status == Status.CONFIRMED


def test_b8_the_names_in_the_warning_are_escaped(manager):
    made = make_bookable()
    made.therapist.name = "<b>Mei</b>"
    made.therapist.save()
    book(made)

    page = save(manager, change(made.room), active=None)

    assert "&lt;b&gt;Mei&lt;/b&gt;: S1" in messages_of(page)[0]


def test_b8_a_change_that_hurts_nobody_says_nothing(manager):
    made = make_bookable()
    book(made)

    page = save(manager, change(made.room), name="Bar room")

    assert len(messages_of(page)) == 1


def test_b8_many_affected_bookings_are_counted(manager):
    made = make_bookable()
    for day in range(1, 24):
        book(made, reference=f"DAY-{day}", starts_at=at(f"2026-08-{day:02} 10:00"))

    page = save(manager, change(made.room), active=None)

    assert messages_of(page)[0].startswith("21 coming bookings do not fit the schedule.")
    assert bookings_named(page).endswith("<br>and 1 more.")


def test_s5_an_inspection_is_edited_with_its_room(manager):
    bars = make_equipment()
    room = make_room(equipment=(bars,))

    save(
        manager,
        change(room),
        **{
            "inspections-TOTAL_FORMS": "1",
            "inspections-0-equipment": bars.pk,
            "inspections-0-due_on": "2026-09-01",
        },
    )

    assert room.inspections.get().due_on == date(2026, 9, 1)


def test_s5_an_overdue_inspection_stands_out(manager):
    bars = make_equipment()
    room = make_room(equipment=(bars,))
    make_inspection(room=room, equipment=bars, due_on=date(2026, 8, 2))

    page = manager.get(reverse("admin:premises_inspection_changelist"))

    assert 'class="field-is_overdue"><img src="/static/admin/img/icon-yes.svg"' in (
        page.content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Give a first and a last day, or a time from and a later time until; not both."),
        (
            {"first_day": "2026-12-26", "last_day": "2026-12-25"},
            "Give a first and a last day, or a time from and a later time until; not both.",
        ),
        (
            {
                "first_day": "2026-12-25",
                "last_day": "2026-12-26",
                "wall_from": "2026-12-24T12:00",
                "wall_until": "2026-12-24T18:00",
            },
            "Give a first and a last day, or a time from and a later time until; not both.",
        ),
    ],
)
def test_t4_a_closure_is_of_dates_or_of_times(manager, typed, error):
    location = make_location()

    page = save(manager, ADD_CLOSURE, location=location.pk, **typed)

    assert errors_of(page) == {"__all__": [error]}
    assert not Closure.objects.exists()


def test_b8_a_closure_names_the_bookings_of_its_days(manager):
    made = make_bookable()
    book(made)

    page = save(
        manager,
        ADD_CLOSURE,
        location=made.location.pk,
        first_day="2026-08-03",
        last_day="2026-08-03",
    )

    assert bookings_named(page).endswith("Therapist-1: S2")


def test_t2_a_block_off_the_five_minutes_is_refused(manager):
    room = make_room()

    page = save(
        manager,
        ADD_BLOCK,
        room=room.pk,
        wall_from="2026-08-03T10:03",
        wall_until="2026-08-03T12:00",
    )

    assert errors_of(page) == {"wall_from": ["Give a multiple of 5 minutes."]}


def test_a_block_that_ends_before_it_starts_is_refused(manager):
    room = make_room()

    page = save(
        manager,
        ADD_BLOCK,
        room=room.pk,
        wall_from="2026-08-03T12:00",
        wall_until="2026-08-03T10:00",
    )

    assert errors_of(page) == {"__all__": ["The end must come after the start."]}


def test_a_block_can_be_deleted_and_the_cached_answers_end(manager):
    room = make_room()
    block = make_room_block(room=room, wall_from="2026-08-03 10:00", wall_until="2026-08-03 12:00")

    manager.post(reverse("admin:premises_roomblock_delete", args=[block.pk]), {"post": "yes"})

    assert not RoomBlock.objects.exists()
    assert version(room.location) == 1


def test_closures_can_be_deleted_together(manager):
    location = make_location()
    for day in (3, 4):
        make_closure_of_dates(
            location=location, first_day=date(2026, 8, day), last_day=date(2026, 8, day)
        )

    manager.post(
        reverse("admin:premises_closure_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": list(Closure.objects.values_list("pk", flat=True)),
            "post": "yes",
        },
    )

    assert not Closure.objects.exists()
    assert version(location) == 1


def test_closures_that_are_over_can_be_left_out(manager):
    location = make_location()
    make_closure_of_dates(location=location, first_day=date(2026, 7, 1), last_day=date(2026, 7, 2))
    coming = make_closure_of_dates(
        location=location, first_day=date(2026, 8, 1), last_day=date(2026, 8, 5)
    )

    page = manager.get(reverse("admin:premises_closure_changelist"), {"when": "coming"})

    assert list(page.context["cl"].result_list) == [coming]


@pytest.mark.parametrize("model", ["location", "room", "inspection", "closure", "roomblock"])
def test_lists_need_as_many_queries_for_three_rows_as_for_one(manager, model):
    url = reverse(f"admin:premises_{model}_changelist")
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            room = make_room(equipment=())
            equipment = make_equipment(slug=f"bars-{room.pk}")
            make_inspection(room=room, equipment=equipment, due_on=date(2026, 9, 1))
            make_closure_of_dates(
                location=room.location, first_day=date(2026, 8, 1), last_day=date(2026, 8, 5)
            )
            make_room_block(room=room, wall_from="2026-08-03 10:00", wall_until="2026-08-03 12:00")
        counts.append(queries_of(manager, url))

    assert counts[0] == counts[1]


def test_a_room_with_many_inspections_needs_as_many_queries_as_with_one(manager):
    room = make_room()
    counts = []
    for number in range(3):
        equipment = make_equipment(slug=f"bars-{number}")
        make_inspection(room=room, equipment=equipment, due_on=date(2026, 9, 1))
        counts.append(queries_of(manager, change(room)))

    assert counts[0] == counts[1] == counts[2]


def test_a_room_is_added_with_its_equipment(manager):
    location, bars, table = make_location(), make_equipment(), make_equipment(slug="table")

    save(
        manager,
        ADD_ROOM,
        name="Bar room",
        slug="bar-room",
        location=location.pk,
        equipment=[bars.pk, table.pk],
    )

    assert set(Room.objects.get().equipment.all()) == {bars, table}


def test_a_room_is_beside_another_one_and_that_beside_it(manager):
    room = make_room()
    other = make_room(location=room.location, slug="other")

    save(manager, change(room), beside=[other.pk])

    assert list(other.beside.all()) == [room]


def test_a_room_is_beside_none_of_another_location(manager):
    room, elsewhere = make_room(), make_room(location=make_location(slug="uptown"), slug="up")

    page = save(
        manager, ADD_ROOM, name="Bay", slug="bay", location=room.location.pk, beside=[elsewhere.pk]
    )

    assert errors_of(page) == {"beside": ["These rooms are at another location: Up."]}
    assert not Room.objects.filter(slug="bay").exists()


@pytest.mark.parametrize(
    "name", ["premises_closure", "therapists_shift", "therapists_certification"]
)
def test_days_are_picked_without_a_time_zone(manager, name):
    page = manager.get(reverse(f"admin:{name}_add")).content.decode()

    assert 'type="date"' in page
    assert "vDateField" not in page
