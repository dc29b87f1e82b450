"""How far a large file is, said while it is loaded."""

from django.core.management.base import OutputWrapper

LARGE = 1000
"""From so many bookings on there is something to wait for."""


class Progress:
    """Says how many of a file's bookings are judged.

    On a terminal it is one line that is written over; in a pipe or a log, where nothing can be
    written over, a line for each tenth.
    """

    def __init__(self, output: OutputWrapper) -> None:
        self._output = output
        self._tenth = -1

    def __call__(self, done: int, total: int) -> None:
        """Say it, if there is enough to wait for and enough has been done since."""
        if total < LARGE:
            return
        line = f"{done:,} of {total:,} bookings judged"
        if self._output.isatty():
            # Numbers only grow, so nothing of the line before is left beside it.
            self._say(f"\r{line}", ending="\n" if done == total else "")
        elif (tenth := 10 * done // total) > self._tenth:
            self._tenth = tenth
            self._say(line, ending="\n")

    def _say(self, text: str, *, ending: str) -> None:
        self._output.write(text, style_func=str, ending=ending)
        self._output.flush()
