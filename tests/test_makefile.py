import os
import shutil
import subprocess

import pytest

from tests.serving import ROOT

TOOLS = ("cat", "cmp", "cp", "expand", "make", "rm", "sed", "sh", "test")


@pytest.fixture
def clone(tmp_path):
    """A directory with the Makefile, and a PATH on which there is no Python."""
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def make(clone, *targets):
    """Run make in the clone, with nothing but its own PATH."""
    return subprocess.run(
        ["make", *targets],
        cwd=clone,
        env={"PATH": str(clone / "bin")},
        capture_output=True,
        text=True,
    )


def python(clone, name, script):
    """Put a command on the PATH that plays a Python."""
    program = clone / "bin" / name
    program.write_text(f"#!{shutil.which('sh')}\n{script}\n")
    program.chmod(0o755)


def test_help_lists_the_targets(clone):
    listed = make(clone, "help").stdout

    for target in ("run", "setup", "test", "check", "messages", "bench", "lock", "clean"):
        assert f"make {target} " in listed
    assert make(clone).stdout == listed


def test_a_missing_python_is_told_in_a_sentence(clone):
    ran = make(clone, "setup")

    assert ran.returncode == 2
    assert ran.stderr.startswith(
        "No Python 3.12 or newer among python3.13 python3.14 python3.12 python3 python:"
        " install one, or name it with make PYTHON=...\n"
    )


def test_a_python_that_only_seems_to_be_there_is_passed_over(clone):
    python(clone, "python3.13", "exit 127")

    assert "No Python 3.12 or newer" in make(clone, "setup").stderr


def test_a_python_without_venv_is_told_apart(clone):
    python(clone, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')

    assert make(clone, "setup").stderr.startswith("python3 has no venv module: install it")


def test_the_named_python_is_the_only_one_tried(clone):
    python(clone, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')

    assert "among python9:" in make(clone, "setup", "PYTHON=python9").stderr


def test_a_directory_with_spaces_and_quotes_is_no_obstacle(clone):
    elsewhere = clone / "it's a clone"
    elsewhere.mkdir()
    shutil.copy(ROOT / "Makefile", elsewhere)
    shutil.copytree(clone / "bin", elsewhere / "bin", symlinks=True)
    python(
        elsewhere,
        "python3",
        f'case "$2" in *venv) ;; esac; [ "$1" != -m ] || {shutil.which("mkdir")} -p .venv',
    )

    assert "Making .venv with" in make(elsewhere, "environment").stdout
    assert (elsewhere / ".venv" / "made").read_text() == f"{elsewhere}\n"


def test_ci_runs_the_checks_and_the_tests(clone):
    (clone / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", clone / ".ci")
    (clone / "Makefile").write_text("check:\n\t@echo checked; exit 1\ntest:\n\t@echo tested\n")

    ran = subprocess.run(
        ["bash", ".ci/run"],
        cwd=clone,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )

    assert ran.stdout == "checked\ntested\n"
    assert ran.returncode == 1
