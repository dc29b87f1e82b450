import subprocess
import sys
from email import message_from_bytes

import pytest
from django.core.mail import EmailMessage

from studio.mail import AT_ONCE, EmlFiles, mailer, mailers
from tests.serving import ROOT


def test_each_message_becomes_a_file_in_order(tmp_path):
    messages = [
        EmailMessage(subject, "Body", "studio@example.com", ["ada@example.com"])
        for subject in ("First", "Second")
    ]

    sent = EmlFiles(alias="default", directory=str(tmp_path / "mail")).send_messages(messages)

    files = sorted((tmp_path / "mail").iterdir())
    assert sent == 2
    assert [file.suffix for file in files] == [".eml", ".eml"]
    subjects = [message_from_bytes(file.read_bytes())["Subject"] for file in files]
    assert subjects == ["First", "Second"]


def test_a_file_can_be_read_in_a_terminal(tmp_path):
    message = EmailMessage("Cita", "¡Hasta mañana!", "studio@example.com", ["ada@example.com"])
    EmlFiles(alias="default", directory=str(tmp_path)).send_messages([message])
    [file] = tmp_path.iterdir()

    shown = subprocess.run(
        [sys.executable, "-m", "studio.mail", str(file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout

    assert "To: ada@example.com\nSubject: Cita\n\n¡Hasta mañana!" in shown


def test_who_waits_for_a_mail_does_not_wait_as_long_as_the_worker():
    found = mailers("smtp://mail.example")

    seconds = {alias: mailer["OPTIONS"]["timeout"] for alias, mailer in found.items()}
    assert seconds == {"default": 60, AT_ONCE: 10}


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp://ann:p%40ss@mail.example", 587, True, False),
        ("smtps://ann:p%40ss@mail.example", 465, False, True),
        ("smtp://ann:p%40ss@mail.example:2525", 2525, True, False),
    ],
)
def test_a_mail_server_is_spoken_to_as_its_address_says(address, port, tls, ssl):
    options = mailer(address)["OPTIONS"]

    assert options["host"] == "mail.example"
    assert options["password"] == ("p@ss" if "@" in address else "")
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, tls, ssl)
