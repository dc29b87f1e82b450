import re
from importlib.metadata import version
from itertools import pairwise

import pytest

from tests.serving import ROOT

FILES = ["requirements.txt", "requirements-postgres.txt", "requirements-dev.txt"]


def pins(file):
    """The packages of a requirements file with their versions."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", (ROOT / file).read_text(), re.MULTILINE))


@pytest.mark.parametrize("file", FILES)
def test_every_line_is_a_pin_a_hash_or_a_remark(file):
    lines = (ROOT / file).read_text().splitlines()

    known = re.compile(
        r"[a-z0-9-]+==\S+ \\"
        r"|    --hash=sha256:[0-9a-f]{64}( \\)?"
        r"|\s*#.*"
        r"|"
    )
    assert [line for line in lines if not known.fullmatch(line)] == []
    assert all("--hash" in after for line, after in pairwise(lines) if "==" in line)


@pytest.mark.parametrize("file", FILES)
def test_no_line_names_an_index_a_host_or_a_place_on_this_machine(file):
    text = (ROOT / file).read_text()

    assert re.findall(r"https?://|file:|--index|--find-links|--trusted|(?<!\S)/\w+", text) == []


def test_the_larger_files_pin_what_the_smaller_ones_pin():
    base, postgres, dev = map(pins, FILES)

    assert base.items() <= postgres.items() <= dev.items()


def test_what_is_installed_is_what_is_pinned():
    pinned = pins("requirements.txt")

    assert {name: version(name) for name in pinned} == pinned
