import pytest

from tests.factories import make_bookable

pytestmark = pytest.mark.django_db


def test_a_page_leads_to_itself_in_the_other_language(client):
    english = client.get("/sessions/").content.decode()
    spanish = client.get("/es/sessions/").content.decode()

    assert '<a class="language" href="/es/sessions/" lang="es" hreflang="es">Español</a>' in english
    assert '<a class="language" href="/sessions/" lang="en" hreflang="en">English</a>' in spanish


def test_what_was_chosen_on_a_page_is_kept_in_the_other_language(client):
    make_bookable()

    page = client.get("/book/location-1/session-1/?day=2026-08-06").content.decode()

    assert 'href="/es/book/location-1/session-1/?day=2026-08-06" lang="es"' in page


def test_a_page_that_is_nowhere_leads_to_the_first_page_of_the_other_language(client):
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert '<a class="language" href="/es/" lang="es"' in answer.content.decode()
