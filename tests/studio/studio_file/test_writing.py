from hypothesis import HealthCheck, given, settings

from studio.studio_file.reading import read
from studio.studio_file.schema import Equipment, SessionType, StudioFile
from studio.studio_file.writing import write
from tests.studio.studio_file.arbitrary import studio_files
from tests.studio.studio_file.texts import EXAMPLE, read_example


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studio_files())
def test_whatever_is_written_reads_the_same(file):
    assert read(write(file).encode()) == file


def test_the_example_is_written_as_it_stands_in_the_specification():
    written = [line for line in write(read(EXAMPLE)).splitlines() if line]

    # The specification shows these two keys, whose values are the defaults.
    shown = EXAMPLE.read_text().replace("  barefoot_only = false", "#").replace('  help = ""', "#")
    stripped = (line.partition("#")[0].rstrip() for line in shown.splitlines())
    assert written == [line for line in stripped if line]


def test_what_equals_its_default_is_left_out():
    file = StudioFile(equipment=[Equipment(slug="mat", name="Mat")])

    assert write(file) == '[[equipment]]\nslug = "mat"\nname = "Mat"\n'


def test_an_empty_file_is_written_empty():
    assert write(StudioFile()) == ""


def session_type_with(**values: object) -> str:
    """The text of the example's session type with other values."""
    (before,) = read_example().session_types
    return write(StudioFile(session_types=[SessionType(**{**before.model_dump(), **values})]))


def test_a_text_of_several_lines_is_written_in_lines():
    text = session_type_with(description="One.\n\nTwo, \\ and three.")

    assert 'description = """\nOne.\n\nTwo, \\\\ and three."""\n' in text


def test_a_long_list_gets_a_line_for_each_item():
    text = session_type_with(requires_qualifications=[f"qualification-{n}" for n in range(5)])

    assert 'requires_qualifications = [\n    "qualification-0",\n    "qualification-1",\n' in text
