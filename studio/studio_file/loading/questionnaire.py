"""The health questionnaire (rules H0 and H1)."""

from bookings.models import Question, Questionnaire
from studio.studio_file import schema
from studio.studio_file.dumping import questionnaire_table
from studio.studio_file.loading.report import Report
from studio.studio_file.loading.rows import Rows, replace


def load_questionnaire(file: schema.StudioFile, report: Report) -> None:
    """A version of the questions: a draft is replaced, a signed-off one stays as it is."""
    table = file.questionnaire
    if table is None:
        return
    rows = Rows(Questionnaire, "version", report=report)
    stored = rows.get(table.version)
    if stored is not None and stored.signed_off_on is not None:
        _check_signed_off(stored, table, report)
        return
    questionnaire = rows.put(
        version=table.version,
        signed_off_by=table.signed_off_by or "",
        signed_off_on=table.signed_off_on,
    )
    questions = [
        Question(
            questionnaire=questionnaire,
            position=position,
            **question.model_dump(exclude={"outcomes"}),
            outcomes=[outcome.model_dump(exclude_none=True) for outcome in question.outcomes],
        )
        for position, question in enumerate(table.questions, start=1)
    ]
    changed = replace(Question, "questionnaire_id", [questionnaire.pk], questions)
    report.updated(Questionnaire, *changed)


def _check_signed_off(stored: Questionnaire, table: schema.Questionnaire, report: Report) -> None:
    """Clients have answered these very questions: others need a version of their own.

    A file without the sign-off keys takes no sign-off back; it was given after the file was made.
    """
    signed_off = questionnaire_table(stored)
    if table.signed_off_by is None:
        signed_off = signed_off.model_copy(update={"signed_off_by": None, "signed_off_on": None})
    if table != signed_off:
        expected = (
            f"what {stored.signed_off_by} signed off on {stored.signed_off_on} as this version,"
            " or another version"
        )
        found = f"{table.version} with other questions or another sign-off"
        report.mistake(("questionnaire", "version"), found=found, expected=expected)
