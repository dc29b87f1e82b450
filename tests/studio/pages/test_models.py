"""What the database itself refuses of pages and of the film."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from studio.pages.models import Film, Page, best_of
from tests.factories import make_page

pytestmark = pytest.mark.django_db


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "bad",
    [
        {"slug": "known"},
        {"language": "fr"},
        {"kind": "story"},
        {"place": "left"},
        {"kind": "home"},
        {"slug": "home", "kind": "article"},
    ],
)
def test_the_database_refuses_what_no_page_can_be(bad):
    make_page(slug="known")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_page(**{"slug": "oil", **bad})

    assert Page.objects.count() == 1


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "bad",
    [
        {"id": 2, "link": "https://films.example/"},
        {"id": 1},
        {"id": 1, "file": "films/a.webm", "link": "https://films.example/"},
    ],
)
def test_the_database_refuses_a_second_film_and_one_that_is_none_or_two(bad):
    with pytest.raises(IntegrityError), transaction.atomic():
        Film.objects.create(**bad)


def test_a_page_stands_in_its_own_language_whatever_is_spoken():
    home, oil = make_page(slug="home", kind="home"), make_page(slug="oil", language="es")

    with override("es"):
        assert (home.get_absolute_url(), home.url) == ("/", "/es/")
    assert (oil.get_absolute_url(), oil.url) == ("/es/oil/", "/oil/")


def test_the_best_of_a_page_is_that_in_the_readers_language():
    english, spanish = make_page(slug="oil"), make_page(slug="oil", language="es")
    only = make_page(slug="feet")

    assert best_of([english, spanish, only], "es") == {"oil": spanish, "feet": only}
    assert best_of([spanish, english, only], "en") == {"oil": english, "feet": only}
