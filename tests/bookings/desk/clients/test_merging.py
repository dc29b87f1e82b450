"""Two clients side by side, to become one."""

import pytest
from django.urls import reverse

from bookings.domain.clients.merging import merge
from bookings.domain.staff import Role
from tests.bookings.admin.filling import messages_of, queries_of
from tests.bookings.domain.asking import RECEPTION
from tests.clock import SEVEN_ON_MONDAY as NOW
from tests.factories import at, make_booking, make_client

pytestmark = pytest.mark.django_db


DUPLICATES = reverse("admin:duplicates")


def page_of(client):
    return reverse("admin:client", args=[client.pk])


def words(page):
    return page.content.decode()


def url(client):
    return reverse("admin:client_merge", args=[client.pk])


def test_who_may_be_the_same_is_suggested(receptionist):
    client, same = make_client(name="A"), make_client(name="B")
    make_client(name="C", email="c@example.org")

    page = receptionist.get(url(client))

    assert [one.client for one in page.context["lookalikes"]] == [same]


def test_somebody_else_is_found_by_what_is_typed(receptionist):
    client, other = make_client(name="Robin"), make_client(name="Jürg", email="j@example.org")

    page = receptionist.get(url(client), {"q": "jurg"})

    assert page.context["found"] == [other]
    assert receptionist.get(url(client), {"q": "robin"}).context["found"] == []


def test_two_stand_side_by_side_and_what_is_empty_is_taken_from_the_other(receptionist):
    client = make_client(name="Robin", email="", phone="303 555 0142")
    other = make_client(name="Robin", email="robin@example.org", phone="(303) 555-0142")

    page = receptionist.get(url(client), {"with": other.pk})

    choices = {choice.field: choice for choice in page.context["choices"]}
    assert not choices["name"].is_open
    assert (choices["email"].is_open, choices["email"].takes_other) == (True, True)
    assert (choices["phone"].is_open, choices["phone"].takes_other) == (True, False)


def test_merging_keeps_what_was_chosen_and_says_what_came_over(receptionist):
    client, other = make_client(name="Robin"), make_client(name="Röbin", phone="303 555 0142")
    booking = make_booking(client=other)

    page = receptionist.post(
        url(client), {"with": other.pk, "name": "kept", "phone": "other"}, follow=True
    )

    client.refresh_from_db()
    assert (client.name, client.phone) == ("Robin", "303 555 0142")
    assert list(client.bookings.all()) == [booking]
    assert messages_of(page) == ["Merged. 1 booking has come over."]


def test_s10_two_sessions_at_one_time_are_told(receptionist):
    client, other = make_client(), make_client()
    make_booking(client=client, reference="ONE")
    make_booking(client=other, reference="TWO", starts_at=at("2026-08-03 10:30"))

    page = receptionist.post(url(client), {"with": other.pk}, follow=True)

    warning = messages_of(page)[1]
    assert "Two sessions at one time (S10)" in warning
    assert ">ONE</a>" in warning
    assert ">TWO</a>" in warning


def test_merging_into_oneself_is_refused_kindly(receptionist):
    client = make_client()

    page = receptionist.post(url(client), {"with": client.pk}, follow=True)

    assert messages_of(page) == ["These are one and the same client already."]


def test_merging_twice_is_refused_kindly(receptionist):
    client, other = make_client(name="Robin"), make_client(name="Kim")
    merge(make_client(name="Third"), other, caller=RECEPTION, now=NOW)

    page = receptionist.post(url(client), {"with": other.pk}, follow=True)

    assert messages_of(page) == ["Kim has been merged already."]
    assert receptionist.get(url(client), {"with": other.pk}).context["other"] is None


@pytest.mark.parametrize("pk", ["", "x", "12345", "9" * 30, "٣"])
def test_one_who_does_not_exist_is_nobody(receptionist, pk):
    client = make_client()

    assert receptionist.get(url(client), {"with": pk}).context["other"] is None
    assert receptionist.post(url(client), {"with": pk}).status_code == 404


def test_the_comparison_takes_as_many_queries_for_ten_bookings_as_for_one(receptionist):
    client, one, ten = make_client(), make_client(), make_client()
    make_booking(client=one)
    for _ in range(10):
        make_booking(client=ten)

    counts = [queries_of(receptionist, f"{url(client)}?with={other.pk}") for other in (one, ten)]

    assert counts[0] == counts[1]


def test_who_says_exactly_the_same_is_merged_at_the_press_of_a_button(receptionist):
    client, other = make_client(), make_client()
    make_booking(client=other)
    assert "Merge the one who says exactly the same" in words(receptionist.get(page_of(client)))

    page = receptionist.post(reverse("admin:client_merge_same", args=[client.pk]), follow=True)

    assert messages_of(page) == ["Merged. 1 booking has come over."]
    assert "exactly the same" not in words(page)


def test_duplicates_are_listed_by_what_they_have_in_common(receptionist):
    make_client(name="A", email="same@example.org", phone="303 555 0142")
    make_client(name="B", email="same@example.org")
    make_client(name="C", email="", phone="(303) 555-0142")

    def names(**query):
        groups = receptionist.get(DUPLICATES, query).context["groups"]
        return [[client.name for client in group.clients] for group in groups]

    assert names() == [["A", "C"]]
    assert names(by="email") == [["A", "B"]]
    assert names(by="name") == []
    assert names(by="shoes") == [["A", "C"]]


def test_p2_a_therapist_sees_no_duplicates(sign_in):
    browser = sign_in(Role.THERAPIST)

    assert browser.get(DUPLICATES).status_code == 403
    url_same = reverse("admin:client_merge_same", args=[make_client().pk])
    assert browser.post(url_same).status_code == 403


def test_the_list_of_clients_leads_to_the_duplicates(receptionist):
    page = receptionist.get(reverse("admin:bookings_client_changelist"))

    assert f'href="{DUPLICATES}"' in words(page)


def test_fifty_duplicates_take_as_many_queries_as_one_pair(receptionist):
    for _ in range(2):
        make_booking(client=make_client(email="one@example.org"))
    one = queries_of(receptionist, f"{DUPLICATES}?by=email")
    for number in range(48):
        make_client(email=f"{number // 3}@example.org")

    assert queries_of(receptionist, f"{DUPLICATES}?by=email") == one
