import pytest

from tests.studio.studio_file.texts import mistakes_after, read_example


def test_t4_a_shift_may_end_on_the_next_day():
    file = read_example(('until = "17:00"', 'until = "01:00"'))

    assert file.therapists[0].shifts[0].until == "01:00"


def test_t4_a_shift_without_length_is_refused():
    assert mistakes_after(('until = "17:00"', 'until = "08:45"')) == [
        (
            'therapists "mei" > shifts #1 > until: found "08:45",'
            ' expected another time than from, "08:45"'
        )
    ]


def test_the_last_date_of_a_shift_is_not_before_its_first():
    assert mistakes_after(("last = 2027-03-31", "last = 2026-10-31")) == [
        (
            'therapists "mei" > shifts #1 > last: found 2026-10-31,'
            " expected first (2026-11-01) or a later day"
        )
    ]


def test_a_certification_is_not_revoked_before_it_was_issued():
    assert mistakes_after(("# revoked_on = 2026-12-20", "revoked_on = 2024-01-01")) == [
        (
            'therapists "mei" > certifications #1 > revoked_on: found 2024-01-01,'
            " expected issued_on (2024-03-01) or a later day"
        )
    ]


def test_s6_a_certification_may_be_verified_before_it_is_issued():
    assert mistakes_after(("verified_on = 2024-03-05", "verified_on = 2024-02-01")) == []


def test_a_style_has_a_level():
    assert mistakes_after(("level = 2  ", "")) == [
        (
            'qualifications "bar-two-foot" > level: found nothing,'
            ' expected a level: 1, 2, 3 or more, as the style is "bar"'
        )
    ]


def test_a_licence_has_no_level():
    licence = 'name = "State massage licence"'

    assert mistakes_after((licence, f"{licence}\nlevel = 1")) == [
        (
            'qualifications "massage-licence" > level: found 1,'
            " expected nothing, as only a style has levels"
        )
    ]


@pytest.mark.parametrize("minutes", [0, 7, 1445])
def test_t2_a_daily_cap_off_five_minutes_is_refused(minutes):
    key = "max_barefoot_minutes_per_day"

    assert mistakes_after((f"{key} = 300", f"{key} = {minutes}")) == [
        (
            f'therapists "mei" > {key}: found {minutes},'
            " expected whole minutes from 5 to 1440, a multiple of 5, without quotes"
        )
    ]


def test_s8_a_therapist_needs_no_daily_cap():
    file = read_example(("max_barefoot_minutes_per_day = 300", ""))

    assert file.therapists[0].max_barefoot_minutes_per_day is None


def test_every_mistake_of_one_table_is_told():
    mistakes = mistakes_after(
        ('location = "downtown"\n  days = ["mon"', 'location = "down town"\n  days = ["lun"'),
        ('until = "17:00"', 'until = "08:45"'),
        ("last = 2027-03-31", "last = 2026-10-31"),
    )

    assert [mistake.partition(":")[0].rpartition(" > ")[2] for mistake in mistakes] == [
        "location",
        "days #1",
        "until",
        "last",
    ]
