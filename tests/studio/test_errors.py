import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import path

from studio import errors, urls
from tests.calling import code_of


def fail_with(error: Exception):
    def view(request):
        raise error

    return view


urlpatterns = [
    path(f"{start}{name}/", fail_with(error))
    for start in ("api/v1/", "pages/")
    for name, error in {
        "suspicious": SuspiciousOperation("secret"),
        "forbidden": PermissionDenied("secret"),
        "broken": RuntimeError("secret"),
        "away": OperationalError("secret"),
    }.items()
] + urls.urlpatterns
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

FAILURES = [
    ("suspicious", 400, "invalid"),
    ("forbidden", 403, "permission_denied"),
    ("broken", 500, "server_error"),
    ("away", 503, "unavailable"),
]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def failing_routes(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.usefixtures("failing_routes")
@pytest.mark.parametrize(("name", "status", "code"), FAILURES)
def test_a_failure_below_api_is_a_problem_without_details(client, name, status, code):
    response = client.get(f"/api/v1/{name}/")

    assert code_of(response) == (status, code)
    assert b"secret" not in response.content


@pytest.mark.django_db
@pytest.mark.usefixtures("failing_routes")
@pytest.mark.parametrize(("name", "status", "code"), FAILURES)
def test_a_failure_elsewhere_is_a_page_without_details(client, name, status, code):
    response = client.get(f"/pages/{name}/")

    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("text/html")
    assert b"secret" not in response.content


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v1/",
        "/api/v2/locations/",
        "/api/v1/nothing",
        "/api/v1/locations",
        "/api/v1/locations/x/",
        "/api/v1/bookings/%00/",
        "/api/v1/bookings/%FF%FE/",
        "/api/v1/bookings/%zz/",
        "/api/v1/bookings/../../admin/",
        "/api/v1/bookings/" + "A" * 3000 + "/",
    ],
)
def test_an_unknown_path_below_api_is_not_found_with_any_method(client, method, address):
    assert code_of(getattr(client, method)(address)) == (404, "not_found")


def test_a_path_without_its_slash_is_told_so_and_not_redirected(client):
    problem = client.post("/api/v1/bookings").json()

    assert problem["detail"].endswith("Paths end with a slash.")


def test_an_unknown_path_is_not_found_although_its_form_came_from_elsewhere():
    client = Client(enforce_csrf_checks=True)

    assert code_of(client.post("/api/v1/nothing/")) == (404, "not_found")


@pytest.mark.django_db
def test_an_unknown_page_is_a_page(client):
    response = client.get("/nothing/")

    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_a_problem_below_api(client):
    assert code_of(client.get("/api/v1/locations/", headers={"Host": "evil.example"})) == (
        400,
        "invalid",
    )


def test_a_form_from_elsewhere_is_a_problem_below_api(rf):
    response = errors.csrf_failure(rf.post("/api/v1/bookings/"), "No token.")

    assert response.status_code == 403
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_a_page_on_the_site(rf):
    response = errors.csrf_failure(rf.post("/book/"), "No token.")

    assert response.status_code == 403
    assert response.headers["Content-Type"].startswith("text/html")
