"""Files to upload in tests."""

from pathlib import Path

from therapists.models import Proof

PDF = b"%PDF-1.7\n..."


def content_of(proof: Proof) -> bytes:
    """What is kept of a proof."""
    return Path(proof.file.path).read_bytes()
