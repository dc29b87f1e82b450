"""Looking after certifications, in a real browser and under the real content policy."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.forking import manage
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import SETTINGS
from tests.serving import environment
from tests.uploading import PDF

NOBODY_HAS_LOOKED = """
from therapists.models import Certification
Certification.objects.update(verified_on=None)
"""


def test_a_manager_looks_after_a_certification(
    desk: Page, complaints: list[str], tmp_path: Path
) -> None:
    env = environment(f"sqlite:///{tmp_path}/journey.sqlite3", tmp_path / "data", **SETTINGS)
    manage("shell", "-v0", "-c", NOBODY_HAS_LOOKED, env=env)

    desk.get_by_role("link", name="Certifications", exact=True).click()
    expect(desk.get_by_role("table", name="Not verified yet (1)")).to_be_visible()
    assert_accessible(desk, "the list")

    desk.get_by_role("link", name="Massage-Licence").click()
    file = {"name": "licence.pdf", "mimeType": "application/pdf", "buffer": PDF}
    desk.get_by_label("Proof:").set_input_files(file)  # type: ignore[arg-type]  # as documented
    desk.get_by_role("button", name="Upload").click()
    expect(desk.get_by_text("The proof was kept.")).to_be_visible()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="PDF, 12").click()
    assert Path(download.value.path()).read_bytes() == PDF
    desk.get_by_role("button", name="Verify").click()
    expect(desk.get_by_text("3 Aug 2026, robin").first).to_be_visible()
    assert_accessible(desk, "one of them")

    desk.get_by_role("link", name="All about Therapist-1").click()
    expect(desk.get_by_text("times from 09:00 on")).to_be_visible()
    assert_accessible(desk, "the therapist")
    assert complaints == []
