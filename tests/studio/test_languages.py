import pytest

pytestmark = pytest.mark.django_db

SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


def test_the_api_says_why_in_the_readers_language(client):
    problem = client.get("/api/v1/locations/nowhere/", headers=SPANISH).json()

    assert problem["code"] == "not_found"
    assert problem["detail"] == "Aquí no hay nada."


def test_the_api_speaks_english_unless_asked_otherwise(client):
    assert client.get("/api/v1/nothing/").json()["detail"] == "There is nothing here."
    french = client.get("/api/v1/nothing/", headers={"Accept-Language": "fr"})
    assert french.json()["detail"] == "There is nothing here."


def test_caches_keep_the_languages_of_the_api_apart(client):
    answer = client.get("/api/v1/locations/", headers=SPANISH)

    assert answer.headers["Content-Language"] == "es"
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_description_of_the_api_is_one_for_all(client):
    spanish = client.get("/api/v1/schema/", headers=SPANISH)

    assert spanish.content == client.get("/api/v1/schema/").content


def test_the_desk_speaks_the_language_of_the_browser(admin_client):
    spanish = admin_client.get("/admin/attention/", headers=SPANISH).content.decode()
    english = admin_client.get("/admin/attention/").content.decode()

    assert '<html lang="es"' in spanish
    assert "Requiere atención" in spanish
    assert "Needs attention" in english


def test_a_page_that_is_nowhere_says_so_in_the_language_of_its_address(client):
    answer = client.get("/es/no/such/page/")

    assert answer.status_code == 404
    assert '<html lang="es"' in answer.content.decode()
    assert "Aquí no hay nada" in answer.content.decode()
