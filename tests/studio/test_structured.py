import json

import pytest

from studio.structured import path_thing, script, thing
from tests.factories import make_location
from tests.reading import Reading


def test_nothing_in_the_data_ends_the_element():
    evil = "</script><script>alert('&')</script>"

    written = script([thing("Person", name=evil)])

    inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inside) & set("<>&")
    assert json.loads(inside) == {
        "@context": "https://schema.org",
        "@graph": [{"@type": "Person", "name": evil}],
    }


def test_what_there_is_not_is_not_said():
    assert thing("Person", name="Mia", image=None, description="", knowsLanguage=[]) == {
        "@type": "Person",
        "name": "Mia",
    }


def test_a_path_counts_its_steps_and_says_whole_addresses(settings):
    settings.BASE_URL = "https://feet.example"

    steps = path_thing(("All", "/all/"), ("One", "/all/one/"))["itemListElement"]

    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "All", "https://feet.example/all/"),
        (2, "One", "https://feet.example/all/one/"),
    ]


@pytest.mark.django_db
def test_a_place_is_named_alike_in_each_language_and_read_in_the_one_at_hand(client, settings):
    settings.BASE_URL = "https://feet.example"
    make_location(slug="downtown")

    [english] = Reading(client.get("/contact/")).things("HealthAndBeautyBusiness")
    [spanish] = Reading(client.get("/es/contact/")).things("HealthAndBeautyBusiness")

    assert english["@id"] == spanish["@id"] == "https://feet.example/#location-downtown"
    assert english["url"] == "https://feet.example/locations/downtown/"
    assert spanish["url"] == "https://feet.example/es/locations/downtown/"
