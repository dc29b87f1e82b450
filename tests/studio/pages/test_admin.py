"""How managers write pages and replace the film."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from studio.pages.models import Film, Page
from tests.bookings.admin.filling import errors_of, fields_of, save
from tests.factories import make_page
from tests.uploading import picture

ADD = reverse("admin:pages_page_add")
LIST = reverse("admin:pages_page_changelist")
PREVIEW = reverse("admin:pages_page_preview")
ADD_FILM = reverse("admin:pages_film_add")
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm"
CAPTIONS = b"WEBVTT\n\n00:01 --> 00:02\nHi"
NEW = {"title": "Warm oil", "slug": "oil", "summary": "In short.", "body": "## Why\n\nSo.\n"}


def change(page):
    return reverse("admin:pages_page_change", args=[page.pk])


def history(page):
    return reverse("admin:pages_page_history", args=[page.pk])


def version(page, number):
    """The address of a page's version, the newest being 0."""
    pk = page.history.all()[number].pk
    return reverse("admin:pages_page_simple_history", args=[page.pk, pk])


def test_a_manager_writes_a_page_and_publishes_it(manager, client):
    save(manager, ADD, **NEW)
    page = Page.objects.get()
    assert client.get("/oil/").status_code == 404

    save(manager, change(page), published="on")

    assert "Warm oil</h1>" in client.get("/oil/").content.decode()
    assert 'href="/oil/" class="viewsitelink"' in manager.get(change(page)).content.decode()


def test_a_draft_cannot_be_viewed_on_the_site(manager):
    page = make_page(published=False)

    assert "View on site" not in manager.get(change(page)).content.decode()


def test_where_a_page_stands_is_given_once(manager):
    page = make_page(slug="oil")

    assert {"slug", "language"}.isdisjoint(fields_of(manager.get(change(page))))


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"slug": "sessions"}, "slug", "“sessions” is another page of this site."),
        ({"slug": "contact"}, "slug", "“contact” is another page of this site."),
        ({"slug": "admin"}, "slug", "“admin” is another page of this site."),
        ({"slug": "api"}, "slug", "“api” is another page of this site."),
        ({"slug": "es"}, "slug", "“es” is another page of this site."),
        ({"slug": "Hot Oil"}, "slug", "Give small letters and digits, with hyphens between"),
        ({"slug": "known"}, "__all__", "There is a page at this address in this language."),
        ({"slug": "home"}, "kind", "The page “home”, and no other, has the layout “home”."),
        ({"kind": "home"}, "kind", "The page “home”, and no other, has the layout “home”."),
        ({"summary": "a" * 161}, "summary", "at most 160 characters (it has 161)"),
        ({"body": "![](drawing:toes)"}, "body", "no drawing “toes”. There are: bar, benefits, "),
        ({"body": "![a](/a.png)"}, "body", "“/a.png” is no drawing."),
        ({"body": "[a](page:moon)"}, "body", "“page:moon”. There are: page:known, page:oil."),
        ({"body": "[a](site:moon)"}, "body", "“site:moon” leads nowhere."),
        ({"body": "a ![](film:)"}, "body", "The film needs a paragraph of its own"),
        ({"body": "# One"}, "body", "The heading “One” begins with #."),
    ],
)
def test_a_mistake_is_told_in_words_at_its_field(manager, typed, field, words):
    make_page(slug="known")

    page = save(manager, ADD, **NEW | typed)

    [told] = errors_of(page)[field]
    assert words in told
    assert Page.objects.count() == 1


def test_a_page_may_lead_to_itself_and_to_drafts(manager):
    make_page(slug="draft", published=False)

    save(manager, ADD, **NEW | {"body": "[a](page:oil) [b](page:draft)"})

    assert Page.objects.filter(slug="oil").exists()


def test_the_form_teaches_what_can_be_written(manager):
    page = manager.get(ADD).content.decode()

    assert "## begins a section" in page
    assert re.search(r"There are: bar, .*feet", page)


def test_the_order_is_changed_in_the_list(manager):
    first, second = make_page(slug="a", position=1), make_page(slug="b", position=2)
    listed = manager.get(LIST)
    assert 'aria-label="Position of A (en)"' in listed.content.decode()
    fields = fields_of(listed)

    manager.post(LIST, {**fields, "form-0-position": "9", "_save": "Save"})

    assert [page.slug for page in Page.objects.order_by("position")] == ["b", "a"]
    assert [page.history.count() for page in (first, second)] == [2, 1]


def test_a_preview_shows_what_was_typed_and_stores_nothing(manager):
    page = make_page(slug="oil", title="Oil", published=False)
    typed = NEW | {"kind": "steps", "title": "Warmer", "position": "1", "place": "none"}

    shown = manager.post(f"{PREVIEW}?page={page.pk}", typed)

    assert "Warmer</h1>" in shown.content.decode()
    assert 'class="step-list"' in shown.content.decode()
    assert "Nothing is saved yet" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert Page.objects.get().title == "Oil"
    assert page.history.count() == 1


def test_a_preview_of_a_new_page_in_spanish_is_in_spanish(manager):
    shown = manager.post(PREVIEW, NEW | {"language": "es", "kind": "article"})

    assert '<html lang="es"' in shown.content.decode()
    assert not Page.objects.exists()


def test_a_preview_with_mistakes_tells_them_and_shows_what_it_can(manager):
    shown = manager.post(PREVIEW, NEW | {"slug": "sessions", "body": "[a](page:moon) b"})

    assert "“sessions” is another page" in shown.content.decode()
    assert "“page:moon”" in shown.content.decode()
    assert "<p>a b</p>" in shown.content.decode()


@pytest.mark.parametrize("url", [PREVIEW, f"{PREVIEW}?page=1"])
def test_a_preview_is_for_those_who_write(receptionist, url):
    Page.objects.create(id=1, slug="oil", title="Oil", summary="In short.")

    assert receptionist.post(url, NEW).status_code == 403


def test_a_preview_is_never_only_opened(manager):
    assert manager.get(PREVIEW).status_code == 405
    assert manager.post(f"{PREVIEW}?page=1").status_code == 404


@pytest.mark.both_engines
def test_every_version_is_kept_and_an_earlier_one_put_back(manager):
    page = make_page(title="First", body="One.")
    save(manager, change(page), title="Second", body="Two.")

    listed = manager.get(history(page)).content.decode()
    manager.post(version(page, 1), {**fields_of(manager.get(version(page, 1))), "_save": "Yes"})

    assert "First → Second" in listed
    assert "<td>manager</td>" in listed
    page.refresh_from_db()
    assert (page.title, page.body) == ("First", "One.")
    assert [each.title for each in page.history.all()] == ["First", "Second", "First"]
    assert page.history.latest().history_user.username == "manager"


def test_who_only_looks_puts_nothing_back(manager, receptionist):
    page = make_page(title="First")
    save(manager, change(page), title="Second")
    fields = fields_of(manager.get(version(page, 1)))

    assert receptionist.get(version(page, 1)).status_code == 200
    assert receptionist.post(version(page, 1), fields).status_code == 403
    assert Page.objects.get().title == "Second"


@pytest.mark.parametrize("path", ["x/history/", "x/history/1/", "1/history/x/", "1/history/99/"])
def test_a_version_that_never_was_is_not_there(manager, path):
    Page.objects.create(id=1, slug="oil", title="Oil", summary="In short.")

    assert manager.get(f"{LIST}{path}").status_code == 404


@pytest.mark.both_engines
def test_a_deleted_page_is_put_back_from_its_history(manager):
    page = make_page(slug="oil", title="Oil")
    addresses = history(page), version(page, 0)
    page.delete()

    assert manager.get(addresses[0]).status_code == 200
    manager.post(addresses[1], {**fields_of(manager.get(addresses[1])), "_save": "Yes"})

    assert Page.objects.get().title == "Oil"


def film(content=WEBM, name="film.webm"):
    return SimpleUploadedFile(name, content)


def test_a_manager_uploads_a_film(manager):
    save(manager, ADD_FILM, file=film(name="../Ours.exe"), title_en="Ours")

    kept = Film.objects.get()
    assert re.fullmatch(r"films/[0-9a-f]{32}\.webm", str(kept.file.name))
    assert manager.get(ADD_FILM).status_code == 403
    answer = manager.get(kept.file.url)
    assert b"".join(answer.streaming_content) == WEBM


def test_the_picture_before_the_start_is_made_fit_for_a_page(manager):
    photo = picture(2400, 1200, orientation=1)

    save(manager, ADD_FILM, file=film(), poster=SimpleUploadedFile("me.jpg", photo))

    kept = Film.objects.get()
    assert str(kept.poster.name).endswith(".webp")
    assert (kept.poster_width, kept.poster_height) == (1200, 600)
    assert b"Secret Camera" not in Path(kept.poster.path).read_bytes()


def replace_film(manager):
    save(manager, reverse("admin:pages_film_change", args=[1]), file=film(WEBM + b" another"))


def delete_film(manager):
    manager.post(reverse("admin:pages_film_delete", args=[1]), {"post": "yes"})


def delete_film_in_the_list(manager):
    chosen = {"action": "delete_selected", "_selected_action": "1", "post": "yes"}
    manager.post(reverse("admin:pages_film_changelist"), chosen)


@pytest.mark.parametrize("go", [replace_film, delete_film, delete_film_in_the_list])
def test_files_that_no_film_names_any_more_go(manager, django_capture_on_commit_callbacks, go):
    captions = {"captions_en": film(CAPTIONS), "captions_es": film(CAPTIONS)}
    save(manager, ADD_FILM, file=film(), **captions)
    kept = Film.objects.get()
    before, shared = Path(kept.file.path), Path(kept.captions_en.path)

    with django_capture_on_commit_callbacks(execute=True):
        go(manager)

    assert not before.exists()
    assert shared.exists() == Film.objects.exists()
    assert all(Path(film.file.path).exists() for film in Film.objects.all())


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"link": "http://film.example/"}, "link", "begins with https://"),
        ({"link": "javascript:alert(1)"}, "link", "begins with https://"),
        ({}, "__all__", "Give a film or a link, and not both."),
        ({"file": film(), "link": "https://f.example/"}, "__all__", "Give a film or a link"),
        ({"file": film(b"<script>alert(1)</script>")}, "file", "none of these: WebM film, MP4"),
        ({"file": film(), "captions_en": film(b"WEBVTT\n\n")}, "captions_en", "no caption in this"),
        ({"file": film(), "captions_es": film(b"00:01 --> 00:02\nHi")}, "captions_es", "none of"),
        ({"file": film(), "captions_en": film(b"WEBVTT\n\n\xff")}, "captions_en", "UTF-8"),
        ({"file": film(), "poster": film(b"<svg/>")}, "poster", "valid image"),
    ],
)
def test_what_is_no_film_is_told_in_words_at_its_field(manager, typed, field, words):
    for sent in typed.values():
        if isinstance(sent, SimpleUploadedFile):
            sent.seek(0)
    page = save(manager, ADD_FILM, **typed)

    assert words in errors_of(page)[field][0]
    assert not Film.objects.exists()


def test_a_film_may_be_larger_than_other_uploads_but_not_endless(manager, settings):
    settings.UPLOAD_MEGABYTES, settings.FILM_MEGABYTES = 1, 2

    page = save(manager, ADD_FILM, file=film(WEBM.ljust(2_000_001)))
    assert errors_of(page)["file"] == ["The file is too large. Give one of at most 2 MB."]

    save(manager, ADD_FILM, file=film(WEBM.ljust(2_000_000)))
    assert Film.objects.get().file.size == 2_000_000
