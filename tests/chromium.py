"""Finds a Chromium for the browser tests; `python -m tests.chromium` installs one if it can."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "The browser tests need Chromium or Chrome on the PATH"
    " (Debian: apt-get install chromium; macOS: brew install chromium)."
)


def find() -> str | None:
    """The first browser on the PATH that really runs; some are only hints to install another."""
    for program in filter(None, map(shutil.which, NAMES)):
        if subprocess.run([program, "--version"], capture_output=True).returncode == 0:
            return program
    return None


def install() -> None:
    """Install Debian's Chromium, which only root can."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["--no-install-recommends", "chromium", "fonts-dejavu-core"]
    for command in (["update"], ["install", *packages]):
        subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=sys.stderr)


def main() -> None:
    """Make sure of a browser: without one CI stops here, and others run the remaining tests."""
    if not find() and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    if not find():
        print(MISSING, file=sys.stderr)
        sys.exit(os.environ.get("CI") == "true")


if __name__ == "__main__":
    main()
