"""What the modules of `<ashiatsu-booking>` say, held to itself and to its documentation."""

import re

from bookings.enums import DayPart
from tests.serving import ROOT

MODULES = ROOT / "studio" / "static" / "embed"
ENTRY = re.compile(r"^    (\w+): (.+),$", re.MULTILINE)


def words() -> dict[str, dict[str, str]]:
    """Each language's sentences by their names."""
    text = (MODULES / "words.js").read_text()
    _before, english, spanish = re.split(r"^  (?:en|es): \{$", text, flags=re.MULTILINE)
    return {"en": dict(ENTRY.findall(english)), "es": dict(ENTRY.findall(spanish))}


def documented(pattern: str) -> set[str]:
    return set(re.findall(pattern, (ROOT / "docs" / "embed.md").read_text()))


def in_modules(pattern: str) -> set[str]:
    return {
        found for file in MODULES.glob("*.js") for found in re.findall(pattern, file.read_text())
    }


def test_both_languages_say_the_same_things():
    said = words()

    assert said["en"].keys() == said["es"].keys()
    assert len(said["en"]) > 50


def test_what_is_said_has_words():
    said = in_modules(r'(?:say|build)\("(\w+)"')

    assert said - words()["en"].keys() == set()
    assert len(said) > 30


def test_both_languages_leave_the_same_places():
    said = words()

    def places(sentence: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", sentence))

    unlike = [name for name in said["en"] if places(said["en"][name]) != places(said["es"][name])]

    assert unlike == []


def test_every_property_and_attribute_is_documented_and_no_other():
    properties = r"--ashiatsu-[a-z-]+"
    (attributes,) = in_modules(r"observedAttributes = \[(.+)\]")

    assert documented(properties) == in_modules(properties)
    assert documented(r"(?m)^\| `([a-z][a-z-]+)` \|") == set(re.findall(r"[a-z-]+", attributes))


def test_every_part_is_documented():
    parts = in_modules(r'part: "([a-z ]+)"') | {"steps"}

    listed = documented(r"`([a-z]+)`")

    assert {part for names in parts for part in names.split()} - listed == set()


def test_the_parts_of_a_day_are_those_of_the_site():
    entry = re.compile(r'^  \["\w+", (\d+), (\d+)\],$', re.MULTILINE)
    parts = entry.findall((MODULES / "calendar.js").read_text())

    assert parts == [(str(part.hours.start), str(part.hours.stop)) for part in DayPart]
