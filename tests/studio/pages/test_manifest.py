import pytest
from django.contrib.staticfiles.finders import find
from PIL import Image

from tests.factories import make_studio
from tests.reading import Reading

pytestmark = pytest.mark.django_db


def test_a_phone_learns_the_studios_name_and_where_to_begin(client):
    make_studio(name="Soft Feet")

    answer = client.get("/manifest.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["name"] == manifest["short_name"] == "Soft Feet"
    assert manifest["start_url"] == manifest["scope"] == "/"


def test_its_icons_are_there_in_the_size_that_they_are_told_in(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]

    for icon in icons:
        file = find(icon["src"].removeprefix("/static/"))
        assert file, icon
        if icon["type"] == "image/png":
            with Image.open(file) as image:
                assert icon["sizes"] == f"{image.width}x{image.height}"
    assert [icon.get("purpose") for icon in icons].count("maskable") == 1


def test_every_page_leads_to_it(client):
    page = Reading(client.get("/contact/"))

    assert page.links("manifest") == ["/manifest.webmanifest"]
    assert page.links("apple-touch-icon") == ["/static/studio/icon-180.png"]


def test_it_is_sent_again_only_when_it_changed(client):
    first = client.get("/manifest.webmanifest")

    def again():
        return client.get("/manifest.webmanifest", headers={"If-None-Match": first["ETag"]})

    assert again().status_code == 304
    make_studio(name="Other Feet")
    assert again().status_code == 200
