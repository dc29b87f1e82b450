import re

import pytest
from django.urls import reverse

from tests.factories import make_location, make_page, make_session_type, make_studio

pytestmark = pytest.mark.django_db


def test_the_first_page_says_who_we_are_and_where(client):
    make_studio(name="Soft <Feet>")
    make_location(slug="downtown")

    page = client.get("/").content.decode()

    assert "Soft &lt;Feet&gt;" in page
    assert "Soft <Feet>" not in page
    assert "1 Main Street" in page
    assert 'href="tel:+13035550100"' in page


def test_the_first_page_leads_to_sessions_therapists_and_booking(client):
    page = client.get("/").content.decode()

    for name in ("bookings:sessions", "bookings:therapists", "bookings:book"):
        assert f'href="{reverse(name)}"' in page


def test_reading_sets_no_cookie(client):
    answer = client.get("/")

    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_closed_location_is_not_named(client):
    make_location(slug="uptown", active=False)

    assert "Uptown" not in client.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_takes_as_many_queries_however_much_there_is(
    client, count, django_assert_num_queries
):
    make_page(slug="home", kind="home")
    for number in range(count):
        make_session_type(slug=f"kind-{number}", locations=(make_location(),))
        make_page(slug=f"page-{number}", body="[on](page:page-0)")

    # What all of it is like, studio with locations, pages, this page, sessions.
    with django_assert_num_queries(5):
        client.get("/")
    with django_assert_num_queries(4):
        client.get("/page-0/")


@pytest.mark.parametrize("kind", ["article", "steps", "questions"])
def test_each_layout_shows_what_the_page_says(client, kind):
    make_page(slug="oil", kind=kind, title="Oil & us", body="Before\n\n## Warm\n\nAlways.\n")

    page = client.get("/oil/").content.decode()

    for words in ("<h1>Oil &amp; us</h1>", "<p>Before</p>", 'id="warm"', "<p>Always.</p>"):
        assert words in page


def test_a_page_that_is_not_published_is_not_there(client):
    make_page(slug="draft", published=False)

    assert client.get("/draft/").status_code == 404
    assert client.get("/never-written/").status_code == 404


def test_a_page_is_read_in_its_language_where_it_is_written_in_it(client):
    make_page(slug="oil", title="Oil")
    make_page(slug="oil", title="Aceite", language="es")

    assert "<h1>Oil</h1>" in client.get("/oil/").content.decode()
    assert "<h1>Aceite</h1>" in client.get("/es/oil/").content.decode()


def test_a_page_that_is_written_in_english_only_says_so_in_spanish(client):
    make_page(slug="oil", title="Oil")
    make_page(slug="oil", title="Borrador", language="es", published=False)

    page = client.get("/es/oil/").content.decode()

    assert '<html lang="es"' in page
    assert re.search(r'<article [^>]*lang="en"', page)
    assert "<h1>Oil</h1>" in page


def test_a_page_that_is_written_in_spanish_only_has_no_english_address(client):
    make_page(slug="oil", title="Aceite", language="es")

    assert client.get("/oil/").status_code == 404
    assert client.get("/es/oil/").status_code == 200


def test_links_between_pages_stay_in_the_language_of_the_reader(client):
    make_page(slug="oil", body="[next](page:feet#warm) [book](site:book)")
    make_page(slug="feet")

    page = client.get("/es/oil/").content.decode()

    assert '<a href="/es/feet/#warm">next</a>' in page
    assert '<a href="/es/book/">book</a>' in page


def test_a_link_to_a_page_that_nobody_can_read_is_words(client):
    make_page(slug="oil", body="[next](page:feet)")
    make_page(slug="feet", published=False)

    assert "<p>next</p>" in client.get("/oil/").content.decode()


def test_the_menus_know_the_published_pages_by_their_place(client):
    make_page(slug="two", position=2, place="header", menu="Second", title="The second")
    make_page(slug="one", position=1, place="header", title="The first")
    make_page(slug="foot", place="footer")
    make_page(slug="draft", place="header", published=False)

    house = client.get("/two/").context["house"]

    assert [page.name for page in house.header_pages] == ["The first", "Second"]
    assert [page.slug for page in house.footer_pages] == ["foot"]


def test_every_page_says_what_to_read_next(client):
    for position, slug in enumerate(("home", "one", "two", "three")):
        make_page(slug=slug, position=position, kind="home" if slug == "home" else "article")

    def following(slug):
        return [page.slug for page in client.get(f"/{slug}/").context["next_pages"]]

    assert following("one") == ["two", "three"]
    assert following("three") == ["one", "two"]
    assert 'href="/two/"' in client.get("/one/").content.decode()


def test_the_home_page_stands_at_the_sites_own_address(client):
    make_page(slug="home", kind="home", title="Feet first", body="## Why\n\nSo.\n")

    assert client.get("/home/").url == "/"
    page = client.get("/")
    assert "Feet first</h1>" in page.content.decode()
    assert page.context["sections"][0].title == "Why"


def test_an_empty_studio_has_a_name_and_a_way_to_book(client):
    page = client.get("/").content.decode()

    assert "Ashiatsu studio</h1>" in page
    assert 'href="/book/"' in page


def test_a_page_is_sent_again_only_when_something_changed(client):
    make_page(slug="oil", body="Warm.")
    first = client.get("/oil/")

    def again():
        return client.get("/oil/", headers={"If-None-Match": first["ETag"]})

    assert again().status_code == 304
    make_location()  # stands in the footer
    assert again().status_code == 200


def test_what_is_private_has_no_tag_to_ask_by(client):
    assert "ETag" not in client.get("/your-booking/")


def test_only_reading_is_possible(client):
    assert client.post("/").status_code == 405


def test_pages_that_name_no_icon_have_one_too(client):
    assert client.get("/favicon.ico").url == "/static/studio/icon.svg"


def test_the_address_says_the_language_of_a_page(client):
    spanish = client.get("/es/", headers={"Accept-Language": "en"})
    english = client.get("/", headers={"Accept-Language": "es"})

    assert '<html lang="es"' in spanish.content.decode()
    assert '<html lang="en"' in english.content.decode()


def test_what_is_no_page_has_one_address_in_every_language(client):
    assert client.get("/es/favicon.ico").status_code == 404


def test_the_booking_for_other_sites_has_an_address_that_stays(client):
    answer = client.get("/embed.js", headers={"Origin": "https://yoga.example"})

    assert answer.url == "/static/embed/embed.js"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=300"


def test_contact_names_every_place_and_what_to_do_when_something_comes_up(
    client, django_assert_num_queries
):
    for slug in ("downtown", "uptown"):
        make_location(slug=slug)
    make_page(slug="when-not", title="When not")

    with django_assert_num_queries(3):
        page = client.get("/contact/").content.decode()

    for words in ("Downtown", "Uptown", 'href="tel:+13035550100"', "You are late", "You are ill"):
        assert words in page
    assert f'href="{reverse("bookings:location", args=["uptown"])}"' in page
    assert 'href="/when-not/">When not</a>' in page


def test_a_question_can_be_linked_to(client):
    make_page(slug="ask", kind="questions", body="## Does it hurt?\n\nNo.\n\n## How much?\n\nSo.\n")

    page = client.get("/ask/").content.decode()

    assert '<div id="does-it-hurt"><p>No.</p></div>' in page
    assert page.count('<details class="question"') == 2
