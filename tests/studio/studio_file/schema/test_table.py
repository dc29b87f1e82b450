import pytest

from tests.studio.studio_file.texts import mistakes_after, mistakes_in


@pytest.mark.parametrize(
    ("before", "where"),
    [
        ("[studio]\n", "studio"),
        ("[[equipment]]\n", 'equipment "ceiling-bars"'),
        ("[[qualifications]]\n", 'qualifications "bar-two-foot"'),
        ("[[locations]]\n", 'locations "downtown"'),
        ("  [[locations.rooms]]\n", 'locations "downtown" > rooms "bar-room"'),
        ("    [[locations.rooms.blocks]]\n", 'locations "downtown" > rooms "bar-room" > blocks #1'),
        ("  [[locations.closures]]\n", 'locations "downtown" > closures #1'),
        ("[[session_types]]\n", 'session_types "bar-60"'),
        ("[[therapists]]\n", 'therapists "mei"'),
        ("  [[therapists.certifications]]\n", 'therapists "mei" > certifications #1'),
        ("  [[therapists.shifts]]\n", 'therapists "mei" > shifts #1'),
        ("  [[therapists.extra_shifts]]\n", 'therapists "mei" > extra_shifts #1'),
        ("  [[therapists.time_off]]\n", 'therapists "mei" > time_off #1'),
        ("[[bookings]]                 # history or a demo day\n", "bookings #1"),
        ("[questionnaire]                # optional (rules H0, H1)\n", "questionnaire"),
        ("  [[questionnaire.questions]]\n", 'questionnaire > questions "eye_surgery"'),
    ],
)
def test_an_unknown_key_is_a_mistake_in_every_table(before, where):
    mistakes = mistakes_after((before, f'{before}colour = "green"\n'))

    assert len(mistakes) == 1
    assert mistakes[0].startswith(
        f'{where} > colour: found an unknown key with "green", expected one of '
    )


def test_an_unknown_key_in_an_inline_table_is_a_mistake():
    assert mistakes_after(('{ name = "Ada L.",', '{ fax = "1", name = "Ada L.",')) == [
        (
            'bookings #1 > client > fax: found an unknown key with "1",'
            " expected one of name, email, phone"
        )
    ]


def test_an_unknown_key_at_the_top_is_a_mistake():
    assert mistakes_in("[[therapist]]\nslug = 'mei'") == [
        (
            "therapist: found an unknown key with a list of tables, expected one of studio,"
            " equipment, qualifications, locations, session_types, therapists, bookings,"
            " questionnaire"
        )
    ]


def test_the_name_that_python_has_for_a_key_is_unknown():
    mistakes = mistakes_after(('from = "08:45"', 'from_ = "08:45"'))

    assert [mistake.partition(",")[0] for mistake in mistakes] == [
        'therapists "mei" > shifts #1 > from: found nothing',
        'therapists "mei" > shifts #1 > from_: found an unknown key with "08:45"',
    ]


def test_one_table_where_a_list_of_tables_belongs_is_a_mistake():
    assert mistakes_in('[equipment]\nslug = "mat"\nname = "Mat"') == [
        "equipment: found a table, expected tables, each under [[equipment]]"
    ]


def test_a_list_of_tables_where_one_belongs_is_a_mistake():
    assert mistakes_in('[[studio]]\nname = "Still Water"') == [
        "studio: found a list of tables, expected a table"
    ]


def test_a_missing_key_says_what_belongs_there():
    assert mistakes_after(('slug = "downtown"\nname = "Downtown"\n', 'slug = "downtown"\n')) == [
        (
            'locations "downtown" > name: found nothing,'
            " expected a text of 1 to 200 characters on one line"
        )
    ]


def test_a_missing_list_says_what_belongs_in_it():
    assert mistakes_after(('languages = ["en", "ja"]\nsession_types = ["bar-60"]', "")) == [
        (
            'therapists "mei" > session_types: found nothing, expected a list, each item'
            " a slug of 1 to 64 letters, digits, hyphens and underscores"
        )
    ]


def test_a_text_where_a_list_belongs_is_a_mistake():
    assert mistakes_after(('locations = ["downtown"]', 'locations = "downtown"')) == [
        (
            'session_types "bar-60" > locations: found "downtown", expected a list, each item'
            " a slug of 1 to 64 letters, digits, hyphens and underscores"
        )
    ]


def test_a_list_that_names_something_twice_is_a_mistake():
    assert mistakes_after(('["mon", "tue", "wed"]', '["mon", "tue", "mon"]')) == [
        (
            'therapists "mei" > shifts #1 > days: found ["mon", "tue", "mon"],'
            ' expected each item once, "mon" is there again'
        )
    ]
