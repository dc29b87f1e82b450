"""The film on a page."""

import pytest
from django.core.files.base import ContentFile

from studio.drawing.film import facts
from studio.pages.models import Film
from studio.uploads import public_kind_of
from tests.factories import make_location, make_page
from tests.serving import ROOT
from tests.studio.pages.test_uploaded import WEBM

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client):
    """What a page with the film says, in a language."""
    make_page(slug="see", body="## See\n\n![](film:)\n")
    return lambda prefix="": client.get(f"{prefix}/see/").content.decode()


@pytest.fixture
def uploaded(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    film = Film(id=1, title_en="Ours", title_es="La nuestra", description_en="Feet & oil.")
    film.file.save("ours.webm", ContentFile(WEBM), save=False)
    film.captions_en.save("en.vtt", ContentFile(b"WEBVTT\n\n00:01 --> 00:02\nHi"), save=False)
    film.captions_es.save("es.vtt", ContentFile(b"WEBVTT\n\n00:01 --> 00:02\nHola"), save=False)
    film.save()
    return film


def test_the_drawn_film_comes_with_pictures_that_tell_the_same(shown):
    page = shown()

    assert "A session, drawn" in page
    assert page.count("<li>\n            <img") == 6
    assert "Your therapist steps up barefoot and takes hold of the bars." in page
    assert "te reparten aceite tibio por la espalda." in shown("/es")
    assert '<source src="/static/film/ashiatsu.webm" type="video/webm">' in page
    assert 'poster="/static/film/poster.jpg"' in page


def test_an_uploaded_film_plays_on_demand_and_keeps_its_place(shown, uploaded):
    page = shown()

    assert '<video controls playsinline preload="none" width="1280" height="720"' in page
    assert f'<source src="{uploaded.file.url}" type="video/webm">' in page
    assert "autoplay" not in page
    assert "Feet &amp; oil." in page


def test_captions_are_shown_in_the_language_of_the_page(shown, uploaded):
    english, spanish = shown(), shown("/es")

    assert 'srclang="en" label="English" default>' in english
    assert 'srclang="es" label="Español">' in english
    assert 'srclang="es" label="Español" default>' in spanish
    assert "Ours</h3>" in english
    assert "La nuestra</h3>" in spanish


def test_a_film_elsewhere_is_a_link_that_says_where_it_leads(shown):
    Film.objects.create(id=1, link="https://films.example/ours", title_en="Ours")

    page = shown()

    assert 'href="https://films.example/ours" rel="noopener noreferrer"' in page
    assert "Watch “Ours” at films.example" in page
    assert "<video" not in page
    assert "<iframe" not in page


def test_a_page_with_the_film_links_its_style(client, shown):
    make_page(slug="read", body="## Read\n")

    assert "site/film.css" in shown()
    assert "site/film.css" not in client.get("/read/").content.decode()


@pytest.mark.parametrize("kind", ["home", "steps", "questions"])
def test_the_film_stands_on_pages_of_every_kind(client, kind):
    slug = "home" if kind == "home" else "see"
    make_page(slug=slug, kind=kind, body="## See\n\n![](film:)\n")

    page = client.get("/" if kind == "home" else "/see/").content.decode()

    assert page.count('id="film"') == 1


def test_the_home_page_with_a_film_takes_six_queries(client, django_assert_num_queries):
    make_location()
    make_page(slug="home", kind="home", body="## See\n\n![](film:)\n")

    with django_assert_num_queries(6):
        client.get("/")


def test_the_drawn_film_is_of_a_kind_that_could_be_uploaded():
    for name, content_type in facts.SOURCES:
        with (ROOT / "studio/static/film" / name).open("rb") as file:
            kind = public_kind_of(file)
            assert kind and kind.content_type == content_type
