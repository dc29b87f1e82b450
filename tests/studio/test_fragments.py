"""What a page repeats is drawn once, and filled in as a template would."""

from django.utils.translation import override

from studio.fragments import Fragment
from studio.pages.templatetags.fragments import constant


def test_what_is_left_open_is_filled_in_each_time():
    slot = Fragment("includes/slot.html", "starts_at", "time")

    first, second = (slot.fill(starts_at="2026-08-03", time=time) for time in ("9 a.m.", "5 p.m."))

    assert 'value="2026-08-03"' in first
    assert "9 a.m." in first
    assert first.replace("9 a.m.", "5 p.m.") == second


def test_what_is_filled_in_is_escaped_and_nothing_else_of_it_is_read():
    slot = Fragment("includes/slot.html", "starts_at", "time")

    filled = slot.fill(starts_at='"><b>', time="100%(time)s {{ time }}")

    assert 'value="&quot;&gt;&lt;b&gt;"' in filled
    assert ">100%(time)s {{ time }}<" in filled


def test_each_language_has_its_own():
    slot = Fragment("includes/slot.html", "starts_at", "time")
    english = slot.fill(starts_at="", time="")

    with override("es"):
        spanish = slot.fill(starts_at="", time="")
        clock = constant("includes/clock.html")

    assert "your time" in english
    assert "your time" not in spanish
    assert clock != constant("includes/clock.html")
