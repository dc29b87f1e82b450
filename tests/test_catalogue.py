import re
from io import BytesIO

import pytest
from babel.messages import Message
from babel.messages.mofile import read_mo

from tests.catalogue import (
    HOME,
    brought_up_to_date,
    compiled,
    forms,
    is_translated,
    said,
    translated,
)

PO = HOME / "locale/es/LC_MESSAGES/django.po"
PLACEHOLDERS = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAGS = re.compile(r"</?[a-z][^>]*>")


@pytest.fixture(scope="module")
def spanish():
    return translated(PO)


def pairs(message: Message) -> list[tuple[str, str]]:
    """What is said and how it is said in Spanish, each form of it."""
    return list(zip(forms(message.id), forms(message.string), strict=True))


def test_no_sentence_ends_with_a_time_that_ends_with_a_point_itself(spanish):
    doubled = re.compile(r"%\(time\)s\.(?!\w)")

    said_twice = [way for message in spanish for pair in pairs(message) for way in pair]

    assert [sentence for sentence in said_twice if doubled.search(sentence)] == []


def differing(catalogue, pattern: re.Pattern[str]) -> list[str]:
    """What does not keep the parts of a kind."""
    return [
        english
        for message in catalogue
        for english, spanish in pairs(message)
        if message.id and sorted(pattern.findall(english)) != sorted(pattern.findall(spanish))
    ]


def read(mo: bytes) -> list[tuple[object, ...]]:
    """What a program finds in a compiled catalogue; its header may name another compiler."""
    return [(each.context, each.id, each.string) for each in read_mo(BytesIO(mo)) if each.id]


def test_spanish_has_every_message_of_code_and_templates_and_no_other(spanish):
    known = {(message.context, message.id) for message in spanish}

    assert known == {(message.context, message.id) for message in said()}


def test_spanish_has_words_for_every_message_in_every_form(spanish):
    assert [each.id for each in spanish if each.id and not is_translated(each)] == []
    assert [each.id for each in spanish if each.id and each.fuzzy] == []


def test_spanish_keeps_placeholders_and_tags(spanish):
    assert differing(spanish, PLACEHOLDERS) == []
    assert differing(spanish, TAGS) == []


def test_what_the_program_reads_is_what_the_translator_wrote(spanish):
    program = PO.with_suffix(".mo").read_bytes()

    assert read(program) == read(compiled(spanish))


def test_bringing_up_to_date_adds_what_is_new_empty_and_drops_what_nobody_says():
    kept, removed = "Skip to the content", "Choose a place"
    catalogue = translated(PO)
    catalogue.delete(removed)
    catalogue.add("Nobody says this.", "Nadie lo dice.")

    brought_up_to_date(catalogue)

    assert catalogue[kept].string == "Saltar al contenido"
    assert not is_translated(catalogue[removed])
    assert "Nobody says this." not in catalogue
