"""Rule B8: the list of what needs attention, as reception sees it."""

import pytest

from bookings.domain.callers import Caller
from bookings.domain.health.settling import answer
from bookings.domain.staff import Role
from bookings.enums import NotificationKind, Source, Status
from bookings.enums import NotificationState as State
from bookings.models import Notification
from tests.bookings.admin.filling import messages_of, queries_of
from tests.bookings.desk.attention.filling import (
    ATTENTION,
    NOON,
    booked,
    ill,
    lines_of,
    ticked,
)
from tests.bookings.domain.bookable.test_assignment import add_room, add_therapist
from tests.bookings.domain.health.answering import answers, usual_questions
from tests.clock import SEVEN_ON_MONDAY
from tests.factories import (
    at,
    make_bookable,
    make_client,
    make_location,
    make_room,
    make_room_block,
    make_time_off,
)

pytestmark = pytest.mark.django_db

CLIENT = Caller(source=Source.SITE)


@pytest.fixture
def made():
    """A therapist who works every day from nine to five, and her room."""
    return make_bookable()


def labels(buttons):
    return [button.label for button in buttons]


def test_an_empty_list_says_so(receptionist, made):
    booked(made)

    page = receptionist.get(ATTENTION).content.decode()

    assert "Nothing needs attention" in page


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, 200), (Role.THERAPIST, 403)])
def test_p2_therapists_do_not_come_to_the_list(sign_in, role, status):
    assert sign_in(role).get(ATTENTION).status_code == status


def test_p2_nobody_comes_to_the_list_without_signing_in(client, made):
    page = client.get(ATTENTION)

    assert (page.status_code, page["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_b8_a_line_says_whom_to_call_about_what(receptionist, made):
    robin = make_client()
    robin.phone = "+1 (303) 555-0142"
    robin.save()
    booked(made, client=robin)
    ill(made)

    page = receptionist.get(ATTENTION)
    text = page.content.decode()

    [line] = lines_of(page)
    assert line.when == "10:00"
    assert '<a class="attention-telephone" href="tel:+13035550142">+1 (303) 555-0142</a>' in text
    assert "through the whole session and its buffers then. (S2)" in text
    assert "Robin Client" in text


def test_b8_a_line_offers_who_can_take_it_and_when(receptionist, made):
    booked(made)
    zoe = add_therapist(made, "zoe")
    ill(made)

    [line] = lines_of(receptionist.get(ATTENTION))

    assert labels(line.givers) == [f"{zoe.name}, Room-1"]
    assert labels(line.own_times) == ["Tue 4 Aug, 09:00", "Tue 4 Aug, 10:00", "Tue 4 Aug, 11:00"]
    assert labels(line.other_times) == ["09:45 Zoe", "10:45 Zoe", "11:45 Zoe"]


def test_b8_more_than_three_who_can_take_it_are_a_click_away(receptionist, made):
    booked(made)
    for name in ("amy", "bo", "cleo", "zoe"):
        add_therapist(made, name)
    ill(made)

    [line] = lines_of(receptionist.get(ATTENTION))

    assert (len(line.givers), labels(line.more_givers)) == (3, ["Zoe, Room-1"])


def test_b8_bookings_stand_together_by_day_and_cause(receptionist, made):
    first, second = booked(made), booked(made, NOON)
    tuesday = booked(made, "2026-08-04 10:00")
    zoe, room = add_therapist(made, "zoe"), add_room(made, "room-2")
    blocked = booked(made, "2026-08-03 11:00", therapist=zoe, room=room)
    make_room_block(room=room, wall_from="2026-08-03 00:00", wall_until="2026-08-04 00:00")
    ill(made)
    ill(made, "2026-08-04")

    days = receptionist.get(ATTENTION).context["days"]

    assert [day.title for day in days] == [
        "Today: Monday, 3 August 2026",
        "Tomorrow: Tuesday, 4 August 2026",
    ]
    assert [
        [(group.subject, [line.booking for line in group.lines]) for group in day.groups]
        for day in days
    ] == [
        [("Therapist-1", [first, second]), ("Room-2", [blocked])],
        [("Therapist-1", [tuesday])],
    ]


def test_h2_a_review_is_due_on_the_day_of_its_deadline(receptionist, made):
    booked(
        made,
        "2026-08-06 10:00",
        status=Status.PENDING_REVIEW,
        expires_at=at("2026-08-04 09:00"),
    )

    page = receptionist.get(ATTENTION)

    [day], [line] = page.context["days"], lines_of(page)
    assert day.title == "Tomorrow: Tuesday, 4 August 2026"
    assert (line.when, line.decide_until) == ("Thu 6 Aug, 10:00", "Tue 4 Aug, 09:00")


@pytest.mark.parametrize(
    ("role", "steps"),
    [(Role.MANAGER, ["approve", "decline", "cancel"]), (Role.RECEPTIONIST, ["cancel"])],
)
def test_h3_only_managers_are_offered_to_decide(sign_in, made, role, steps):
    booked(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))

    page = sign_in(role).get(ATTENTION)

    [line] = lines_of(page)
    assert list(line.steps) == steps
    assert ("by a manager" in page.content.decode()) == (role is Role.RECEPTIONIST)


def test_b8_only_what_breaks_soft_rules_can_be_kept(receptionist, made):
    booked(made)
    booked(made, "2026-08-04 10:00")
    ill(made, "2026-08-04")
    make_room_block(room=made.room, wall_from="2026-08-03 00:00", wall_until="2026-08-04 00:00")

    page = receptionist.get(ATTENTION)

    assert [line.entry.can_be_kept for line in lines_of(page)] == [False, True]
    assert page.content.decode().count("Keep it as it is…") == 1


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.MANAGER, "The therapist does no barefoot work then. (S7)"),
        (Role.RECEPTIONIST, "The therapist cannot take this session then."),
    ],
)
def test_s7_a_private_period_is_not_given_away(sign_in, made, role, words):
    booked(made)
    make_time_off(
        therapist=made.therapist,
        location=made.location,
        wall_from="2026-08-03 00:00",
        wall_until="2026-08-04 00:00",
        barefoot_only=True,
    )

    page = sign_in(role).get(ATTENTION)

    [group] = page.context["days"][0].groups
    assert group.causes == (words,)
    assert ("(S7)" in page.content.decode()) == (role is Role.MANAGER)


def test_b8_a_retired_room_is_named_as_the_cause(receptionist, made):
    booked(made)
    made.room.active = False
    made.room.save()

    [group] = receptionist.get(ATTENTION).context["days"][0].groups

    assert group.subject == "Room-1, not in use"


def test_the_list_of_one_therapist(receptionist, made):
    zoe = add_therapist(made, "zoe")
    booking = booked(made, therapist=zoe, room=add_room(made, "room-2"))
    booked(made)
    ill(made)
    zoe.active = False
    zoe.save()

    page = receptionist.get(ATTENTION, {"therapist": "zoe"})

    assert [line.booking for line in lines_of(page)] == [booking]
    assert '<a href="?therapist=zoe" aria-current="true">Zoe</a>' in page.content.decode()


def test_the_list_of_one_therapist_is_empty_while_others_need_attention(receptionist, made):
    booked(made)
    ill(made)

    page = receptionist.get(ATTENTION, {"therapist": "zoe"}).content.decode()

    assert "Nothing of what you look at needs attention." in page
    assert '<a href="?">See all 1</a>' in page


def test_the_list_of_one_location(receptionist, made):
    boulder = make_location(slug="boulder")
    booking = booked(made, NOON, room=make_room(location=boulder))
    booked(made)
    ill(made)

    page = receptionist.get(ATTENTION, {"location": "boulder"})

    assert [line.booking for line in lines_of(page)] == [booking]


def test_a_long_list_comes_in_pages(receptionist, made):
    for hour in range(9, 17):
        for day in ("03", "04", "05", "06"):
            booked(made, f"2026-08-{day} {hour:02}:00")
    made.therapist.active = False
    made.therapist.save()

    first = receptionist.get(ATTENTION)
    second = receptionist.get(ATTENTION, {"page": "2"})

    assert (len(lines_of(first)), len(lines_of(second))) == (30, 2)
    assert "1 to 30 of 32" in first.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(receptionist, made):
    booked(made)
    add_therapist(made, "zoe")
    for day in range(3, 31):
        ill(made, f"2026-08-{day:02}")
    alone = queries_of(receptionist, ATTENTION)
    for day in range(4, 31):
        booked(made, f"2026-08-{day:02} 10:00", client=make_client(name=f"Client {day}"))

    assert queries_of(receptionist, ATTENTION) == alone


def test_the_number_of_queries_does_not_grow_with_reviews(manager, made):
    usual_questions()
    booking = booked(made, status=Status.PENDING_REVIEW, expires_at=at("2026-08-03 09:00"))
    answer(booking, answers(surgery="not_sure"), caller=CLIENT, now=SEVEN_ON_MONDAY)
    alone = queries_of(manager, ATTENTION)
    for day in range(4, 8):
        waiting = {"status": Status.PENDING_REVIEW, "expires_at": at("2026-08-03 09:00")}
        more = booked(made, f"2026-08-{day:02} 10:00", **waiting)
        answer(more, answers(surgery="not_sure"), caller=CLIENT, now=SEVEN_ON_MONDAY)
        booked(made, f"2026-08-{day:02} 12:00", **waiting)

    assert queries_of(manager, ATTENTION) == alone


def test_b8_all_of_a_group_are_given_to_whoever_can_take_them(receptionist, made):
    zoe = add_therapist(made, "zoe")
    bookings = [booked(made), booked(made, NOON)]
    ill(made)

    page = receptionist.post(ATTENTION, {"all": "1", "every": ticked(*bookings)}, follow=True)

    for booking in bookings:
        booking.refresh_from_db()
        assert booking.therapist == zoe
    assert lines_of(page) == []
    [told] = messages_of(page)
    assert told == (
        "2 bookings were given away:"
        "<br>Robin Client, Mon 3 Aug 2026, 10:00 -06:00: Zoe, Room-1"
        "<br>Robin Client, Mon 3 Aug 2026, 12:00 -06:00: Zoe, Room-1"
    )


@pytest.mark.parametrize(("tells", "state"), [("on", State.QUEUED), ("", State.TOLD)])
def test_p4_the_clients_of_a_group_are_told_or_reception_tells_them(
    receptionist, made, tells, state
):
    add_therapist(made, "zoe")
    bookings = [booked(made), booked(made, NOON)]
    ill(made)

    receptionist.post(ATTENTION, {"all": "1", "every": ticked(*bookings), "tells": tells})

    told = Notification.objects.filter(kind=NotificationKind.CONFIRMED)
    assert [row.state for row in told] == [state, state]


def test_b8_what_one_refuses_the_others_do_not_notice(receptionist, made):
    zoe = add_therapist(made, "zoe", time_from="11:00")
    early, late = booked(made), booked(made, NOON)
    ill(made)

    page = receptionist.post(
        ATTENTION, {"ticked": "1", "booking": ticked(early, late)}, follow=True
    )

    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.therapist, late.therapist) == (made.therapist, zoe)
    given, left = messages_of(page)
    assert given.startswith("1 booking was given away:")
    assert left.startswith("1 booking stays in the list:<br>Robin Client, Mon 3 Aug 2026, 10:00")
    assert left.endswith("(S2)")


def test_b8_only_the_ticked_are_given_away(receptionist, made):
    add_therapist(made, "zoe")
    one, other = booked(made), booked(made, NOON)
    ill(made)

    chosen = {"ticked": "1", "booking": ticked(one), "every": ticked(one, other)}
    page = receptionist.post(ATTENTION, chosen, follow=True)

    assert [line.booking for line in lines_of(page)] == [other]


@pytest.mark.parametrize(
    "nonsense", [[], ["x"], ["1"], ["@"], ["999999@29000000"], ["²@1"], ["1" * 5000 + "@1"]]
)
def test_what_cannot_be_meant_is_answered_politely(receptionist, made, nonsense):
    page = receptionist.post(ATTENTION, {"ticked": "1", "booking": nonsense}, follow=True)

    assert messages_of(page) == ["Nothing was left to be done about what you chose."]


def test_b8_a_booking_that_was_dealt_with_meanwhile_is_left_alone(receptionist, made):
    zoe = add_therapist(made, "zoe")
    booking = booked(made, therapist=zoe)

    page = receptionist.post(ATTENTION, {"ticked": "1", "booking": ticked(booking)}, follow=True)

    booking.refresh_from_db()
    assert booking.therapist == zoe
    assert messages_of(page) == ["Nothing was left to be done about what you chose."]


def test_the_list_is_shown_again_as_it_was_looked_at(receptionist, made):
    sent = {"ticked": "1", "query": "therapist=zoe&page=2"}

    answer = receptionist.post(ATTENTION, sent)

    assert answer["Location"] == f"{ATTENTION}?therapist=zoe&page=2"
