"""What is said while a large file is loaded."""

from io import StringIO

from django.core.management.base import OutputWrapper

from studio.studio_file.progress import Progress


class Terminal(StringIO):
    def isatty(self):
        return True


def said(stream, *calls):
    progress = Progress(OutputWrapper(stream))
    for done, total in calls:
        progress(done, total)
    return stream.getvalue()


def test_a_pipe_gets_a_line_for_each_tenth():
    steps = ((done, 100_000) for done in range(0, 100_001, 4000))

    lines = said(StringIO(), *steps).splitlines()

    assert lines[:3] == [
        "0 of 100,000 bookings judged",
        "12,000 of 100,000 bookings judged",
        "20,000 of 100,000 bookings judged",
    ]
    assert lines[-1] == "100,000 of 100,000 bookings judged"
    assert len(lines) == 11


def test_a_terminal_gets_one_line_that_is_written_over():
    text = said(Terminal(), (0, 2000), (900, 2000), (2000, 2000))

    assert text == (
        "\r0 of 2,000 bookings judged\r900 of 2,000 bookings judged"
        "\r2,000 of 2,000 bookings judged\n"
    )


def test_of_a_small_file_nothing_is_said():
    assert said(StringIO(), (0, 999), (999, 999)) == ""
