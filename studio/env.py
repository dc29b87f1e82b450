"""Typed readers of environment variables. A variable that is set but empty counts as not set.

A bad value stops the start with one sentence: `BadSetting` is a `SystemExit`, so every way in
(`manage.py`, the server, a test run) prints the sentence and no trace.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

ON = ("on", "true", "yes", "1")
OFF = ("off", "false", "no", "0")


class BadSetting(SystemExit):
    """The sentence that says which variable is wrong, what it holds and what was expected."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"{name} is {found!r}, but {expected} was expected.")


def text(name: str, default: str = "") -> str:
    """The variable as it stands, without the spaces around it."""
    return os.environ.get(name, "").strip() or default


def whole(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number between `least` and `most`, both allowed."""
    found = text(name)
    if not found:
        return default
    # Not `isdigit` alone: it is true of "²", which `int` refuses.
    number = int(found) if found.isascii() and found.isdigit() else None
    if number is None or number < least or (most is not None and number > most):
        limits = f"of at least {least}" if most is None else f"from {least} to {most}"
        raise BadSetting(name, found, f"a whole number {limits}")
    return number


def flag(name: str, *, default: bool) -> bool:
    """Something that is on or off."""
    found = text(name).lower()
    if not found:
        return default
    if found not in ON + OFF:
        raise BadSetting(name, found, '"on" or "off"')
    return found in ON


def words(name: str, default: Iterable[str] = ()) -> list[str]:
    """Words with commas or spaces between them."""
    return text(name).replace(",", " ").split() or list(default)


def choice(name: str, default: str, choices: Iterable[str]) -> str:
    """One of a few words, in upper or lower case."""
    allowed = {word.lower(): word for word in choices}
    found = text(name, default)
    if found.lower() not in allowed:
        raise BadSetting(name, found, f"one of {', '.join(allowed.values())}")
    return allowed[found.lower()]


def path(name: str, default: Path) -> Path:
    """A place in the file system; a relative one counts from where the command is typed."""
    return Path(text(name, str(default))).expanduser().absolute()


def url(name: str, default: str, schemes: Iterable[str]) -> str:
    """An address of one of the given schemes, as it stands."""
    found = text(name, default)
    expected = " or ".join(f"{scheme}://..." for scheme in schemes)
    try:
        parts = urlsplit(found)
        _ = parts.port  # read here because a bad port is only noticed when it is looked at
    except ValueError:
        raise BadSetting(name, without_password(found), expected) from None
    if parts.scheme not in schemes or "://" not in found:
        raise BadSetting(name, without_password(found), expected)
    return found


def origin(name: str, found: str) -> SplitResult:
    """A scheme and a host, perhaps a port, and nothing after them."""
    expected = "http://HOST or https://HOST, perhaps with a port and without a path,"
    try:
        parts = urlsplit(found.rstrip("/"))
        _ = parts.port
    except ValueError:
        raise BadSetting(name, without_password(found), expected) from None
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.username is not None
        or any((parts.path, parts.query, parts.fragment))
    ):
        raise BadSetting(name, without_password(found), expected)
    return parts


def secret(name: str, make: Callable[[], str]) -> str:
    """A secret given as NAME, or kept in the file NAME_FILE, or else made."""
    kept_in = text(f"{name}_FILE")
    if not kept_in:
        return text(name) or make()
    if text(name):
        raise BadSetting(f"{name}_FILE", kept_in, f"only one of {name} and {name}_FILE")
    try:
        found = Path(kept_in).expanduser().read_text().strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    if not found:
        raise BadSetting(f"{name}_FILE", kept_in, "a readable text file with the secret in it")
    return found


def without_password(address: str) -> str:
    """The address, fit for a log: what stands between the scheme and the host is left out."""
    before, at, host = address.rpartition("@")
    scheme, slashes, _ = before.partition("://")
    return f"{scheme}{slashes}...@{host}" if at else address
