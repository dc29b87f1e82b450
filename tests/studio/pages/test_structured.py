import pytest

from studio.drawing.film.facts import SECONDS
from studio.pages.models import Film
from tests.factories import make_location, make_page, make_studio
from tests.reading import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = "https://feet.example"


def read(client, path):
    return Reading(client.get(path))


def test_the_first_page_tells_the_site_by_its_name(client):
    make_studio(name="Soft Feet")

    [site] = read(client, "/").things("WebSite")

    assert (site["name"], site["url"]) == ("Soft Feet", "https://feet.example/")


@pytest.mark.parametrize("path", ["/", "/contact/"])
def test_places_are_told_as_they_stand_on_the_page(client, path):
    make_studio(name="Soft Feet", currency="EUR")
    location = make_location(slug="downtown")

    [place] = read(client, path).things("HealthAndBeautyBusiness")

    assert place["name"] == "Downtown"
    assert place["address"] == {"@type": "PostalAddress", "streetAddress": location.address}
    assert (place["telephone"], place["email"]) == (location.phone, location.email)
    assert place["image"] == "https://feet.example/static/studio/card.png"
    assert place["currenciesAccepted"] == "EUR"
    assert place["parentOrganization"]["name"] == "Soft Feet"


def test_an_empty_studio_tells_no_places(client):
    page = read(client, "/")

    assert len(page.things("WebSite")) == 1
    assert not page.things("HealthAndBeautyBusiness")


def test_questions_are_told_with_their_answers_in_plain_words(client):
    body = (
        "Ask.\n\n## Does it hurt?\n\n**No** & [never](site:contact).\n\n## Oil?\n\n- warm\n- ours\n"
    )
    make_page(slug="ask", kind="questions", title="Ask us", body=body)

    [page] = read(client, "/ask/").things("FAQPage")

    assert (page["name"], page["inLanguage"]) == ("Ask us", "en")
    assert [(one["name"], one["acceptedAnswer"]["text"]) for one in page["mainEntity"]] == [
        ("Does it hurt?", "No & never."),
        ("Oil?", "warm ours"),
    ]


def test_other_pages_tell_no_questions(client):
    make_page(slug="oil", body="## Warm\n\nYes.\n")

    assert not read(client, "/oil/").things("FAQPage")


def test_the_drawn_film_is_told_with_its_length_poster_and_captions(client):
    make_page(slug="oil", body="![](film:)")

    page = read(client, "/oil/")
    [film] = page.things("VideoObject")

    [video], sources = page.named("video"), page.named("source")
    assert film["name"] in page.words("h3")
    assert film["description"]
    assert film["duration"] == f"PT{SECONDS}S"
    assert film["thumbnailUrl"] == f"https://feet.example{video['poster']}"
    assert film["contentUrl"] == f"https://feet.example{sources[0]['src']}"
    assert [(each["inLanguage"], each["contentUrl"]) for each in film["caption"]] == [
        (track["srclang"], f"https://feet.example{track['src']}") for track in page.named("track")
    ]
    assert "uploadDate" not in film


def test_a_film_elsewhere_is_told_as_an_address(client):
    Film.objects.create(
        id=1, link="https://films.example/1", title_en="Feet", description_en="Two."
    )
    make_page(slug="oil", body="![](film:)")

    [film] = read(client, "/oil/").things("VideoObject")

    assert film == {
        "@type": "VideoObject",
        "name": "Feet",
        "description": "Two.",
        "url": "https://films.example/1",
    }
