import pytest

from tests.factories import make_location

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("places", [1, 2])
def test_a_page_that_shows_a_message_is_kept_nowhere(client, places):
    for _ in range(places):
        make_location()

    told = client.get("/your-booking/", follow=True)
    again = client.get(told.request["PATH_INFO"])

    assert "You are holding no time" in told.content.decode()
    assert told["Cache-Control"] == "private, no-store"
    assert "ETag" not in told
    assert "You are holding no time" not in again.content.decode()
    assert again["ETag"]


def test_a_message_is_not_lost_to_who_has_the_page_already(client):
    make_location()
    tag = client.get("/book/location-1/")["ETag"]

    told = client.get("/your-booking/", follow=True, headers={"If-None-Match": tag})

    assert told.status_code == 200
    assert "You are holding no time" in told.content.decode()
