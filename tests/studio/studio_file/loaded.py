"""Loading texts in tests, on a day before the booking of the specification's example."""

from datetime import UTC
from typing import Any

from bookings.scheduling.hours import to_minute
from studio.studio_file.loading import load
from studio.studio_file.loading.report import Report
from studio.studio_file.mistakes import StudioFileError
from studio.studio_file.schema import StudioFile
from tests.factories import at
from tests.studio.studio_file.texts import example

NOW = to_minute(at("2026-11-30 08:00"))


def load_text(text: str, *, now: int = NOW) -> Report:
    """What loading a text has done."""
    return load(text.encode(), now=now)


def load_example(*changes: tuple[str, str]) -> Report:
    """What loading the example with changes has done."""
    return load_text(example(*changes))


def refused(text: str, *, now: int = NOW) -> list[str]:
    """What keeps a text from being loaded, in words; an empty list when it is loaded."""
    try:
        load_text(text, now=now)
    except StudioFileError as error:
        return [str(mistake) for mistake in error.mistakes]
    return []


ORDERED = {"languages", "questions", "outcomes", "bookings"}


def meaning(file: StudioFile) -> dict[str, Any]:
    """What a file says, however it says it: order counts only where it means something.

    A shift on several days is one for each day, and times off name the location they mean.
    """
    tables = file.model_dump(warnings=False)
    everywhere = [location["slug"] for location in tables["locations"]]
    for therapist in tables["therapists"]:
        for off in therapist["time_off"]:
            if off["location"] is None:
                (off["location"],) = {
                    shift["location"] for shift in therapist["shifts"] + therapist["extra_shifts"]
                } or everywhere
        therapist["shifts"] = [
            {**shift, "days": [day]} for shift in therapist["shifts"] for day in shift["days"]
        ]
    for booking in tables["bookings"]:
        booking["starts_at"] = booking["starts_at"].astimezone(UTC)
    return {key: _sorted(value, key) for key, value in tables.items()}


def _sorted(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(item, name) for name, item in value.items()}
    if isinstance(value, list):
        items = [_sorted(item, "") for item in value]
        return items if key in ORDERED else sorted(items, key=repr)
    return value
