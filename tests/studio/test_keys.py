import subprocess
import sys
from base64 import urlsafe_b64decode

from studio.keys import kept_key
from tests.serving import ROOT

MAKE_ONE = "import sys; from pathlib import Path; from studio.keys import kept_key; "
MAKE_ONE += "print(kept_key(Path(sys.argv[1]), size_bytes=32))"


def test_a_key_is_made_once_and_kept(tmp_path):
    made = kept_key(tmp_path / "key", size_bytes=32)

    assert len(urlsafe_b64decode(made)) == 32
    assert kept_key(tmp_path / "key", size_bytes=32) == made


def test_only_its_owner_reads_the_file_and_no_draft_is_left(tmp_path):
    kept_key(tmp_path / "key", size_bytes=32)

    [file] = tmp_path.iterdir()
    assert file.name == "key"
    assert file.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_agree(tmp_path):
    command = [sys.executable, "-c", MAKE_ONE, str(tmp_path / "key")]
    racing = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(8)]
    made = {process.communicate()[0] for process in racing}

    assert made == {(tmp_path / "key").read_bytes()}
