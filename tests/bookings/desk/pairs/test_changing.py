"""Two together on the desk's page of either booking."""

import pytest
from django.urls import reverse

from bookings.domain.staff import Role
from bookings.enums import EventKind
from bookings.models import Booking, Event
from tests.bookings.admin.filling import fields_of, messages_of, queries_of
from tests.bookings.desk.booking.typing import move as move_one
from tests.bookings.desk.booking.typing import obstacles_of, page_of, place, send, take
from tests.bookings.domain.asking import NOW
from tests.bookings.domain.bookable.test_assignment import add_room
from tests.bookings.domain.pairs.pairing import book_both, studio_for_two, wish_for_two
from therapists.models import Therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio():
    return studio_for_two()


@pytest.fixture
def both(studio):
    return book_both(wish_for_two(studio), now=NOW - 60)


def url(booking, what):
    return reverse(f"admin:booking_{what}_both", args=[booking.reference])


def states():
    return list(Booking.objects.order_by("pk").values_list("status", flat=True))


def walls():
    rows = Booking.objects.order_by("pk")
    return [f"{each.starts_at.astimezone(each.location.zone):%H:%M}" for each in rows]


def test_the_page_names_and_links_the_other(receptionist, both):
    page = receptionist.get(page_of(both[0])).content.decode()

    assert f'Together with <a href="{page_of(both[1])}">Bo</a>' in page
    assert "Their rooms lie side by side." in page


def test_rooms_that_do_not_lie_side_by_side_are_named_so(receptionist, studio, both):
    third = add_room(studio, "third")
    Booking.objects.filter(pk=both[1].pk).update(room=third)

    assert "Their rooms do not lie side by side." in (
        receptionist.get(page_of(both[0])).content.decode()
    )


def test_of_two_who_were_parted_the_page_says_where_the_other_is(receptionist, both):
    move_one(receptionist, both[1], start="2026-08-03T13:00", alone="on")

    card = receptionist.get(page_of(both[0])).context["pair"]

    assert (card.are_together, card.start) == (False, "Mon 3 Aug 2026, 13:00 -06:00")
    assert not (card.to_move or card.to_cancel or card.to_restore)


def test_p2_a_therapist_is_told_nothing_of_the_other(sign_in, studio, both):
    browser = sign_in(Role.THERAPIST)
    mine = Therapist.objects.get(slug="own-account")
    Booking.objects.filter(pk=both[0].pk).update(therapist=mine)

    page = browser.get(page_of(both[0]))

    assert page.status_code == 200
    assert page.context["pair"] is None


def test_a_booking_that_was_made_alone_has_no_card_and_no_query_for_it(receptionist, studio):
    alone = place(studio)

    assert receptionist.get(page_of(alone)).context["pair"] is None
    assert receptionist.post(url(alone, "cancel"), {"reason": "Ill"}).status_code == 302
    assert states() == ["confirmed"]


def test_the_page_of_one_of_two_needs_five_queries_more(receptionist, studio, both):
    alone = place(studio, "2026-08-03 14:00")
    queries_of(receptionist, page_of(both[0]))  # what is kept of the location

    more = queries_of(receptionist, page_of(both[0])) - queries_of(receptionist, page_of(alone))

    assert more <= 5


def test_a_reason_that_is_too_long_comes_back_to_be_shortened(receptionist, both):
    typed = "Both are ill. " * 100

    again = receptionist.post(url(both[1], "cancel"), {"reason": typed})

    assert f'value="{typed}"' in again.content.decode()


def test_both_are_cancelled_with_a_reason(receptionist, both):
    unsaid = receptionist.post(url(both[1], "cancel"), {"reason": ""})
    done = receptionist.post(url(both[1], "cancel"), {"reason": "Both are ill"}, follow=True)

    assert "This field is required." in unsaid.content.decode()
    assert messages_of(done) == ["Both bookings are cancelled."]
    assert states() == ["cancelled"] * 2
    reasons = Event.objects.filter(kind=EventKind.CANCELLED).values_list("reason", flat=True)
    assert list(reasons) == ["Both are ill"] * 2


def test_one_is_cancelled_alone_and_it_says_that_the_other_stays(receptionist, both):
    page = receptionist.get(page_of(both[1])).content.decode()
    done = take(receptionist, both[1], "cancel", reason="Bo is ill")

    assert "Only this one is cancelled; Ada L. stays." in page
    assert f"{both[0]}, booked together with it, stays." in messages_of(done)[0]
    assert states() == ["confirmed", "cancelled"]


def test_both_are_taken_back_at_once_and_not_one_by_one(receptionist, both):
    receptionist.post(url(both[0], "cancel"), {"reason": "Both are ill"})

    page = receptionist.get(page_of(both[0]))
    done = receptionist.post(url(both[0], "undo"), follow=True)

    assert "Undo both cancellations" in page.content.decode()
    assert "It can be undone until" in page.content.decode()
    assert "undo" not in page.context["steps"]
    assert messages_of(done)[-1] == "Both bookings are restored."
    assert states() == ["confirmed"] * 2


def test_neither_is_taken_back_where_one_of_the_places_has_gone(receptionist, studio, both):
    receptionist.post(url(both[0], "cancel"), {"reason": "Both are ill"})
    for number, each in enumerate(both):
        place(
            studio,
            therapist=each.therapist,
            room=each.room,
            reference=f"ABCDE-FGHJ{number + 2}",
        )

    receptionist.post(url(both[0], "undo"))

    assert states() == ["cancelled", "cancelled", "confirmed", "confirmed"]


def look(browser, booking, **values):
    opened = browser.get(url(booking, "move"))
    assert opened.status_code == 200
    return browser.post(url(booking, "move"), fields_of(opened) | {"do": "look"} | values)


def move(browser, booking, **values):
    fields = fields_of(browser.get(url(booking, "move")))
    return browser.post(url(booking, "move"), fields | {"do": "move"} | values, follow=True)


def test_the_open_times_for_both_are_buttons(receptionist, studio, both):
    place(studio, "2026-08-03 13:00", therapist=both[1].therapist, room=both[1].room)

    times = [each.time for each in receptionist.get(url(both[0], "move")).context["choices"].times]

    assert "10:00" in times
    assert "13:00" not in times


def test_both_are_moved(receptionist, both):
    done = move(receptionist, both[1], time="14:00")

    assert messages_of(done) == ["Both are moved to Mon 3 Aug 2026, 14:00 -06:00."]
    assert walls() == ["14:00", "14:00"]


def test_both_are_given_to_others_at_one_start(receptionist, both):
    move(
        receptionist,
        both[0],
        therapist=both[1].therapist.slug,
        partner_therapist=both[0].therapist.slug,
    )

    then = Booking.objects.order_by("pk").values_list("therapist", flat=True)
    assert list(then) == [both[1].therapist_id, both[0].therapist_id]


def test_s3_it_says_in_whose_way_a_rule_is_and_neither_moves(receptionist, studio, both):
    place(studio, "2026-08-03 13:00", therapist=both[1].therapist, room=both[1].room)

    page = look(receptionist, both[0], time="13:00")
    refused = move(receptionist, both[0], time="13:00")

    assert obstacles_of(page) == ["Bo: The therapist has another booking then. (S3)"]
    assert page.context["choices"].nearby
    assert "For the second of the two: The therapist has another booking then." in (
        refused.content.decode()
    )
    assert walls()[:2] == ["10:00", "10:00"]


def test_one_therapist_cannot_take_both(receptionist, both):
    same = both[0].therapist.slug

    page = look(receptionist, both[0], time="13:00", therapist=same, partner_therapist=same)

    assert obstacles_of(page) == [
        "There are not two therapists and two rooms free then. Choose another time."
    ]
    assert page.context["choices"].is_hard


def test_s2_a_soft_rule_is_gone_past_with_a_reason(receptionist, both):
    page = look(receptionist, both[0], time="16:30")

    move(receptionist, both[0], time="16:30", override=["S2"], reason="Both stay longer")

    assert [each.number for each in page.context["choices"].obstacles] == ["S2"]
    assert obstacles_of(page)[0].endswith("(S2)")
    assert walls() == ["16:30", "16:30"]


def test_what_somebody_else_has_moved_is_not_moved_unseen(receptionist, both):
    opened = receptionist.get(url(both[0], "move"))
    move(receptionist, both[1], time="14:00")

    fields = fields_of(opened) | {"do": "move", "time": "15:00"}
    again = receptionist.post(url(both[0], "move"), fields, follow=True)

    assert "Somebody has changed this booking in the meantime." in again.content.decode()
    assert walls() == ["14:00", "14:00"]


def test_who_are_not_together_any_more_are_not_moved_together(receptionist, both):
    take(receptionist, both[1], "cancel", reason="Bo is ill")

    assert receptionist.get(url(both[0], "move")).headers["Location"] == page_of(both[0])


def test_one_moves_alone_only_where_that_is_ticked(receptionist, both):
    page = receptionist.get(page_of(both[1])).content.decode()
    refused = move_one(receptionist, both[1], start="2026-08-03T13:00")
    before = walls()
    move_one(receptionist, both[1], start="2026-08-03T13:00", alone="on")

    assert "Move this one alone; Ada L. stays" in page
    assert "They come together. Move both, or tick that this one moves alone." in (
        refused.content.decode()
    )
    assert (before, walls()) == (["10:00", "10:00"], ["10:00", "13:00"])


def test_at_the_same_start_one_is_given_to_another_without_being_asked(receptionist, studio, both):
    third = add_room(studio, "third")

    send(receptionist, both[1], "change", room=third.slug)

    assert Booking.objects.get(pk=both[1].pk).room == third


def test_either_of_two_can_be_told_though_the_other_has_no_address(receptionist, both):
    for each, email in zip(both, ("", "bo@example.org"), strict=True):
        each.client.email = email
        each.client.save()

    page = receptionist.get(url(both[0], "move")).content.decode()

    assert "Tell the client" in page
    assert "Nobody is written to" not in page
