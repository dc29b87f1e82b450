"""Where sessions fit on each date is where they fit at all, parted at the midnights of a zone."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bookings.scheduling.cells import window_of
from bookings.scheduling.hours import WallClock, dates_of
from bookings.scheduling.open_days import first_start, open_days
from bookings.scheduling.slots import Resource, Rule, Search, SessionLength

HOUR = SessionLength(duration=60, buffer_before=0, buffer_after=0)
MONDAY = date(2026, 8, 3)


def search(zone, first, last, *starts):
    """Everybody is free throughout, and may start at their own cells."""
    clock = WallClock(zone, first, last)
    window = window_of(clock, first, last, 24 * 60)
    asked = window_of(clock, first, last, 0)
    people = tuple(
        Resource(f"number-{number}", {}, {Rule.OFFERED: bits}) for number, bits in enumerate(starts)
    )
    within = window.bits(asked.origin, asked.end)
    return Search(window, HOUR, people, (Resource("room", {}, {}),), within)


@given(
    st.sampled_from(["America/Denver", "Asia/Beirut", "Pacific/Apia", "Australia/Lord_Howe"]),
    st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    st.integers(0, 40),
    st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=4),
)
def test_the_slots_of_all_dates_are_those_of_the_search(zone, first, days, seeds):
    last = date.fromordinal(first.toordinal() + days)
    # Seeds are short; laid out again and again they reach through the window.
    bits = [int(f"{seed:064b}" * 5 * (days + 4), 2) for seed in seeds]
    found = search(zone, first, last, *bits)
    clock = WallClock(zone, first, last)

    by_date = open_days(found, zone, first, last)

    expected = list(found.slots())
    assert [
        slot for day in by_date for opened in day.stretches for slot in opened.slots()
    ] == expected
    assert [day.date for day in by_date] == [
        date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)
    ]
    assert all(
        clock.date(slot.starts_at) == day.date
        for day in by_date
        for opened in day.stretches
        for slot in opened.slots()
    )
    assert first_start(by_date) == (expected[0].starts_at if expected else None)


def test_a_day_on_which_clocks_change_has_two_stretches():
    [(_, stretches)] = dates_of("America/Denver", date(2026, 11, 1), date(2026, 11, 1))

    assert [(each.end - each.start, each.offset) for each in stretches] == [
        (2 * 60, -6 * 60),
        (23 * 60, -7 * 60),
    ]


def test_days_are_equal_where_sessions_fit_at_the_same_starts_with_the_same_therapists():
    one, same, other = (
        open_days(search("America/Denver", MONDAY, MONDAY, bits), "America/Denver", MONDAY, MONDAY)
        for bits in (1 << 400, 1 << 400, 1 << 401)
    )

    assert one == same != other
    assert len({*one, *same, *other}) == 2
