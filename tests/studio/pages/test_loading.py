"""What the program brings becomes rows, once."""

import pytest
from django.core.management import CommandError, call_command

from studio.pages.content_files import ContentError, content_pages, page_of
from studio.pages.loading import load, load_again
from studio.pages.models import Page

FRONT = {
    "kind": '"article"',
    "title": '"Oil"',
    "summary": '"Warm oil."',
    "place": '"footer"',
    "position": "3",
}


@pytest.fixture
def directory(tmp_path):
    for language in ("en", "es"):
        (tmp_path / language).mkdir()
    return tmp_path


def write(directory, name="en/oil.md", body="Warm.\n", **front):
    given = FRONT | front
    lines = "".join(f"{key} = {value}\n" for key, value in given.items() if value is not None)
    file = directory / name
    file.write_text(f"+++\n{lines}+++\n{body}", encoding="utf-8")
    return file


@pytest.mark.django_db
def test_a_file_becomes_a_published_page(directory):
    write(directory, menu='"The oil"', body="\nWarm.\n\n+++\n\nReally.\n")

    load(content_pages(directory))

    page = Page.objects.get()
    assert (page.slug, page.language, page.published) == ("oil", "en", True)
    assert (page.kind, page.title, page.menu, page.place) == ("article", "Oil", "The oil", "footer")
    assert (page.position, page.body) == (3, "Warm.\n\n+++\n\nReally.")


@pytest.mark.django_db
def test_what_was_loaded_once_is_the_managers(directory):
    for name in ("changed", "deleted", "renamed"):
        write(directory, f"en/{name}.md")
    load(content_pages(directory))
    Page.objects.get(slug="deleted").delete()
    for slug, new in (("changed", {"title": "Ours"}), ("renamed", {"slug": "ours"})):
        page = Page.objects.get(slug=slug)
        for name, value in new.items():
            setattr(page, name, value)
        page.save()
    write(directory, "es/changed.md", title='"Aceite"')

    added = load(content_pages(directory))

    assert [(page.slug, page.language) for page in added] == [("changed", "es")]
    assert set(Page.objects.values_list("slug", "title")) == {
        ("changed", "Ours"),
        ("changed", "Aceite"),
        ("ours", "Oil"),
    }


@pytest.mark.django_db
def test_what_the_program_brings_can_be_put_back(directory):
    write(directory)
    load(content_pages(directory))
    page = Page.objects.get()
    page.title = "Ours"
    page.save()

    assert load_again(content_pages(directory)) == [page]
    assert load_again(content_pages(directory)) == []
    assert Page.objects.get().title == "Oil"
    assert [each.title for each in page.history.all()] == ["Oil", "Ours", "Oil"]


@pytest.mark.parametrize(
    ("front", "sentence"),
    [
        ({"kind": '"story"'}, "kind: found 'story', expected one of home, article, steps, "),
        ({"kind": '"home"'}, "kind: found 'home', expected one of home, article, steps, "),
        ({"title": None}, "title: found '', expected text of at most 120 characters."),
        ({"summary": f'"{"a" * 161}"'}, "expected text of at most 160 characters."),
        ({"position": '"3"'}, "position: found '3', expected a whole number."),
        ({"position": "-1"}, "position: found -1, expected a whole number."),
        ({"place": '"left"'}, "place: found 'left', expected one of header, footer, none."),
        ({"colour": '"red"'}, "colour: found an unknown key, expected one of kind, title, "),
        ({"title": "Oil"}, "+++: found a mistake in the TOML (Invalid value (at line 2, "),
    ],
)
@pytest.mark.django_db
def test_a_bad_file_is_told_by_its_name_its_key_and_what_was_expected(directory, front, sentence):
    file = write(directory, **front)

    with pytest.raises(ContentError) as refused:
        content_pages(directory)

    assert str(refused.value).startswith(f"{file}, ")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Warm.\n", "line 1: found 'Warm.', expected TOML between two lines of +++, and the text"),
        (b"+++\ntitle = 1\n", "line 1: found '+++', expected TOML between two lines of +++"),
        (b"", "line 1: found '', expected TOML between two lines of +++"),
        (b"+++\n\xff", "the file: found nothing readable, expected text in UTF-8."),
    ],
)
def test_a_file_that_is_no_page_is_told(directory, content, sentence):
    file = directory / "en/oil.md"
    file.write_bytes(content)

    with pytest.raises(ContentError) as refused:
        page_of(file)

    assert str(refused.value).startswith(f"{file}, {sentence}")


def test_a_file_whose_name_is_no_address_is_told(directory):
    file = write(directory, "en/Hot Oil.md")

    with pytest.raises(ContentError, match="slug: found 'Hot Oil', expected Give small letters"):
        page_of(file)


@pytest.mark.django_db
def test_the_command_says_what_it_loaded_and_nothing_the_second_time(capsys):
    call_command("loadpages")
    said = capsys.readouterr().out

    call_command("loadpages")

    assert said.startswith("Pages loaded: en/ashiatsu, ")
    assert capsys.readouterr().out == ""
    assert Page.objects.filter(language="en").count() >= 7


@pytest.mark.django_db
def test_the_command_loads_nothing_while_a_file_is_bad(monkeypatch, directory):
    write(directory, "en/good.md")
    write(directory, "en/worse.md", title=None)
    monkeypatch.setattr(
        "studio.pages.management.commands.loadpages.content_pages",
        lambda: content_pages(directory),
    )

    with pytest.raises(CommandError, match=r"No page was loaded. .*worse.md, title: found ''"):
        call_command("loadpages")

    assert not Page.objects.exists()
