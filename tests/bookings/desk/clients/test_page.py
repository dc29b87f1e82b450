"""A client's page: who they are, and how it has been with them so far."""

from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from bookings.domain.clients.blocking import block
from bookings.domain.clients.data import erase
from bookings.domain.clients.merging import merge
from bookings.domain.staff import Role
from bookings.enums import PaymentMethod, Status
from bookings.models import Payment
from tests.bookings.admin.filling import messages_of, queries_of, save
from tests.bookings.domain.asking import RECEPTION
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at, make_booking, make_client, make_user

pytestmark = pytest.mark.django_db


def url(client, name="client"):
    return reverse(f"admin:{name}", args=[client.pk])


def words(page):
    return page.content.decode()


def references(page, name):
    return [row.booking.reference for row in page.context[name]]


def test_the_admins_own_address_leads_to_the_page(receptionist):
    client = make_client()

    page = receptionist.get(reverse("admin:bookings_client_change", args=[client.pk]))

    assert (page.status_code, page["Location"]) == (302, url(client))


def test_who_they_are_is_shown_and_edited(receptionist):
    client = make_client(name="Robin", phone="303 555 0142")

    page = save(receptionist, url(client), name="Röbin", notes="Likes it quiet")

    client.refresh_from_db()
    assert (client.name, client.notes, client.phone) == ("Röbin", "Likes it quiet", "303 555 0142")
    assert client.folded_name == " robin "
    assert messages_of(page) == ["Saved."]
    assert LogEntry.objects.get().get_change_message() == "Changed Name and Notes."


def test_a_client_without_a_name_is_not_saved_and_nothing_typed_is_lost(receptionist):
    client = make_client(name="Robin")

    page = save(receptionist, url(client), name="", notes="Typed for long")

    client.refresh_from_db()
    assert (page.status_code, client.name) == (422, "Robin")
    assert "Typed for long" in words(page)


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(receptionist):
    client = make_client(name="Robin")
    opened = receptionist.get(url(client)).context["form"]["seen"].value()
    client.notes = "From a colleague"
    client.save()

    page = receptionist.post(url(client), {"name": "Robin", "notes": "Mine", "seen": opened})

    client.refresh_from_db()
    assert page.status_code == 422
    assert "Somebody has changed this client in the meantime." in words(page)
    assert client.notes == "From a colleague"


def test_notes_say_whom_they_are_for(receptionist):
    page = receptionist.get(url(make_client()))

    assert "clients never see them. No health facts" in words(page)


def test_bookings_stand_under_ahead_and_before(receptionist):
    client = make_client()
    for reference, day, status in (
        ("SECOND", 5, Status.CONFIRMED),
        ("FIRST", 4, Status.PENDING_REVIEW),
        ("CALLED-OFF", 6, Status.CANCELLED),
        ("LAST", 2, Status.COMPLETED),
        ("LONG-AGO", 1, Status.NO_SHOW),
    ):
        make_booking(
            client=client,
            reference=reference,
            starts_at=at(f"2026-08-0{day} 10:00"),
            status=status,
            expires_at=at("2026-08-03 20:00") if status == Status.PENDING_REVIEW else None,
        )
    make_booking(reference="OTHER")

    page = receptionist.get(url(client))

    assert references(page, "coming") == ["FIRST", "SECOND"]
    assert references(page, "earlier") == ["CALLED-OFF", "LAST", "LONG-AGO"]


def test_visits_no_shows_and_late_cancellations_are_counted(receptionist):
    client = make_client()
    for day, status in enumerate(
        (Status.COMPLETED, Status.CHECKED_IN, Status.NO_SHOW, Status.CANCELLED), start=1
    ):
        make_booking(client=client, starts_at=at(f"2026-07-0{day} 10:00"), status=status)
    late = make_booking(client=client, starts_at=at("2026-07-10 10:00"), status=Status.CANCELLED)
    late.late_cancellation = True
    late.save()

    history = receptionist.get(url(client)).context["history"]

    assert (history.visits, history.no_shows, history.late_cancellations) == (2, 1, 1)


def test_b11_what_is_still_to_pay_stands_beside_each_booking(receptionist):
    client = make_client()
    start = at("2026-07-10 10:00")
    booking = make_booking(client=client, starts_at=start, status=Status.COMPLETED)
    Payment.objects.create(
        booking=booking,
        amount=Decimal(50),
        method=PaymentMethod.CASH,
        received_at=start,
        received_by=make_user(),
    )

    assert "70.00 USD to pay" in words(receptionist.get(url(client)))


def test_the_history_has_pages(receptionist):
    client = make_client()
    for number in range(26):
        make_booking(
            client=client,
            reference=f"R-{number:02}",
            starts_at=at(f"2026-07-{number + 1:02} 10:00"),
            status=Status.COMPLETED,
        )

    assert len(references(receptionist.get(url(client)), "earlier")) == 25
    assert references(receptionist.get(url(client), {"page": 2}), "earlier") == ["R-00"]
    assert references(receptionist.get(url(client), {"page": "x"}), "earlier")[0] == "R-25"


def test_fifty_bookings_take_as_many_queries_as_one(receptionist):
    one, many = make_client(email="one@example.org"), make_client(name="M", email="m@example.org")
    other = make_client(name="A", email="one@example.org")
    for client, count in ((one, 1), (many, 25)):
        for number in range(count):
            hour = f"{number % 12 + 8:02}:00"
            make_booking(client=client, starts_at=at(f"2026-07-{number // 12 + 1:02} {hour}"))
            make_booking(client=client, starts_at=at(f"2026-09-{number // 12 + 1:02} {hour}"))
    for number in range(5):
        make_client(name=f"A{number}", email="m@example.org")
    for client in (one, many, many):
        block(client, "why", caller=RECEPTION, now=NOW)

    assert queries_of(receptionist, url(many)) == queries_of(receptionist, url(one))
    assert other in [one.client for one in receptionist.get(url(one)).context["lookalikes"]]


def test_a_merged_client_leads_to_who_is_kept(receptionist):
    kept, gone = make_client(name="Kept"), make_client(name="Gone")
    merge(kept, gone, caller=RECEPTION, now=NOW)

    page = receptionist.get(url(gone), follow=True)

    assert page.redirect_chain == [(url(kept), 302)]
    assert messages_of(page) == ["Gone has been merged into this client."]


def test_an_erased_client_can_be_looked_at_and_nothing_else(manager):
    client = make_client()
    erase(client, caller=RECEPTION, now=NOW)

    page = manager.get(url(client))

    assert "The data of this client were erased" in words(page)
    assert page.context["form"] is None
    assert manager.post(url(client), {"name": "Back"}).status_code == 403
    for name in ("client_merge", "client_block", "client_erase"):
        assert manager.get(url(client, name)).status_code == 404


def test_the_block_stands_at_the_top(receptionist):
    client = make_client()
    block(client, "Left without paying", caller=RECEPTION, now=NOW)

    page = words(receptionist.get(url(client)))

    assert "Left without paying" in page
    assert "Let them book online again" in page


PAGES = ("client", "client_merge", "client_block", "client_unblock", "client_export")


@pytest.mark.parametrize("name", [*PAGES, "client_erase"])
def test_p2_a_therapist_comes_to_nothing_about_a_client(sign_in, name):
    client, browser = make_client(), sign_in(Role.THERAPIST)

    assert browser.get(url(client, name)).status_code == 403
    assert browser.post(url(client, name), {"reason": "x", "name": "x"}).status_code == 403


@pytest.mark.parametrize("name", [*PAGES, "client_erase"])
def test_p2_nobody_comes_in_without_signing_in(client, name):
    assert client.get(url(make_client(), name)).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_p2_a_receptionist_does_all_of_it(receptionist, name):
    assert receptionist.get(url(make_client(), name)).status_code in (200, 405)


def test_p2_p3_a_receptionist_does_not_erase(receptionist):
    client = make_client()

    assert receptionist.get(url(client, "client_erase")).status_code == 403
    assert receptionist.post(url(client, "client_erase"), {"name": client.name}).status_code == 403
    assert "Erase all data" not in words(receptionist.get(url(client)))


@pytest.mark.parametrize("name", ["client", "client_merge"])
def test_a_client_that_does_not_exist_is_not_found(receptionist, name):
    assert receptionist.get(reverse(f"admin:{name}", args=[12345])).status_code == 404
