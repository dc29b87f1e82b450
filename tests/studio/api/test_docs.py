import pytest
from playwright.sync_api import Browser, expect

from studio.api.problems import KINDS
from tests.calling import BASE, anyone


@pytest.mark.parametrize(
    "accepted",
    ["application/json", "application/vnd.oai.openapi+json", "*/*", "text/html, */*;q=0.5"],
)
def test_the_schema_is_openapi_as_json(accepted):
    response = anyone().get("schema/", Accept=accepted)

    assert response.status_code == 200
    assert response.headers["Content-Type"].endswith("json")
    assert response.json()["openapi"].startswith("3.1.")


def test_the_page_has_every_problem_where_its_type_points():
    page = anyone().get("docs/").content.decode()

    assert [code for code in KINDS if f'id="{code}"' not in page] == []


def test_the_page_needs_nothing_inline():
    page = anyone().get("docs/").content.decode()

    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script src=") == page.count("<script")


@pytest.mark.parametrize("live_database", ["sqlite"], indirect=True)
def test_the_page_shows_every_call_under_our_own_policy(
    browser: Browser, live_database, start_studio
):
    complaints: list[str] = []
    with start_studio(live_database, WORKERS="1") as studio:
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{studio.url}{BASE}docs/")

        expect(page.locator(".opblock-summary-path").first).to_be_visible()
        shown = page.locator(".opblock").count()
        paths = page.request.get(f"{studio.url}{BASE}schema/").json()["paths"]
        page.close()

    assert shown == sum(len(methods) for methods in paths.values())
    assert complaints == []
