"""What counts as the same name and the same number."""

import pytest

from bookings.folding import after_prefix, digits, folded, folded_address, same_number


@pytest.mark.parametrize(
    "name", ["Müller", "Muller", "MULLER", "Mueller", "müller", "Mu\u0308ller"]
)
def test_a_name_is_one_with_its_umlaut_and_without(name):
    assert folded(name) == "muller"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Anne-Marie  O'Brien", "anne marie obrien"),
        ("O’Brien, Anne", "obrien anne"),
        ("Łukasz Jørgensen", "lukasz jorgensen"),
        ("Groß", "gross"),
        ("王小明", "王小明"),
        ("  ", ""),
    ],
)
def test_a_name_is_folded_to_its_words(name, words):
    assert folded(name) == words


@pytest.mark.parametrize("name", ["Michael", "Müller", "Aeneas", "Großmann", "Joelle"])
def test_the_beginning_of_a_name_folds_to_the_beginning_of_its_fold(name):
    for end in range(1, len(name) + 1):
        assert folded(name).startswith(folded(name[:end]))


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+1 (303) 555-0142", "13035550142"),
        ("001 303 555 0142", "13035550142"),
        ("+44 (0)20 7946 0000", "442079460000"),
        ("020 7946 0000", "2079460000"),
        ("٣٠٣", "303"),
        ("ask at work", ""),
    ],
)
def test_a_number_is_its_digits(phone, number):
    assert digits(phone) == number


@pytest.mark.parametrize(
    ("phone", "national"),
    [
        ("+1 303 555", "303555"),
        ("+44 20 7946", "207946"),
        ("00353 1 234", "1234"),
        ("303 555", ""),
    ],
)
def test_a_country_prefix_is_known_where_a_plus_leads_it(phone, national):
    assert after_prefix(phone) == national


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("13035550142", "13035550142", True),
        ("13035550142", "3035550142", True),
        ("3035550142", "13035550142", True),
        ("442079460000", "2079460000", True),
        ("13035550142", "7205550142", False),
        ("13035550142", "5550142", False),
        ("", "", False),
    ],
)
def test_two_numbers_are_one_but_for_a_country_prefix(one, other, same):
    assert same_number(one, other) is same


def test_the_case_of_a_mail_address_does_not_count():
    assert folded_address(" Robin@Example.ORG ") == "robin@example.org"
