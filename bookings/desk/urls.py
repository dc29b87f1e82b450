"""The routes of the desk, inside the admin site."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, URLResolver, path

from bookings.desk.attention.count import attention_count
from bookings.desk.attention.dealing import deal
from bookings.desk.attention.page import AttentionPage
from bookings.desk.board.rows import rows_css
from bookings.desk.board.views import DayBoard, WeekBoard
from bookings.desk.booking.doing import (
    ChangeBooking,
    MoveBooking,
    ReceivePayment,
    TakeStep,
    WriteNotes,
)
from bookings.desk.booking.page import BookingPage
from bookings.desk.booking.telephone import BookPage
from bookings.desk.certifications import CertificationPage, CertificationsPage, download_proof
from bookings.desk.clients.finding import find_client
from bookings.desk.clients.merging import Duplicates, MergePage, MergeSame
from bookings.desk.clients.page import ClientPage
from bookings.desk.clients.steps import Block, Erase, Export, Unblock
from bookings.desk.explaining import ExplainPage
from bookings.desk.health.day import DayPage
from bookings.desk.health.giving import HandOver, SeenOnPaper
from bookings.desk.health.review import ReviewPage
from bookings.desk.moving.views import board_move, board_targets
from bookings.desk.pairs.booking import BookPairPage
from bookings.desk.pairs.changing import CancelBoth, MoveBoth, UndoBoth
from bookings.desk.questionnaires.comparing import ChangesPage
from bookings.desk.questionnaires.question import QuestionPage, QuestionStep
from bookings.desk.questionnaires.signing import SignOffPage
from bookings.desk.questionnaires.trying import TrialPage
from bookings.desk.questionnaires.versions import (
    DiscardDraft,
    QuestionnairePage,
    QuestionnairesPage,
)
from bookings.desk.reports.page import FigureFile, ReportsPage
from bookings.desk.series.booking import BookSeriesPage
from bookings.desk.series.changing import CancelFollowing, MoveFollowing, UndoFollowing
from bookings.desk.therapist import TherapistPage
from bookings.desk.waitlist.joining import WaitlistAdd
from bookings.desk.waitlist.list import WaitlistPage, WaitlistStep
from bookings.desk.waitlist.places import WaitlistPlaces

type Route = tuple[str, Callable[..., Any], str]
"""Where a page is, the page, and its name."""

BOARD: list[Route] = [
    ("attention/", AttentionPage.as_view(), "attention"),
    ("attention/count/", attention_count, "attention_count"),
    ("attention/<int:pk>/", deal, "attention_deal"),
    ("board/", DayBoard.as_view(), "board"),
    ("board/now/", DayBoard.as_view(alone=True), "board_now"),
    ("board/week/", WeekBoard.as_view(), "board_week"),
    ("board/week/now/", WeekBoard.as_view(alone=True), "board_week_now"),
    ("board/targets/", board_targets, "board_targets"),
    ("board/move/", board_move, "board_move"),
]

BOOKING: list[Route] = [
    ("book/", BookPage.as_view(), "book"),
    ("book/series/", BookSeriesPage.as_view(), "book_series"),
    ("book/together/", BookPairPage.as_view(), "book_pair"),
    ("booking/<slug:reference>/", BookingPage.as_view(), "booking"),
    ("booking/<slug:reference>/step/<slug:name>/", TakeStep.as_view(), "booking_step"),
    ("booking/<slug:reference>/move/", MoveBooking.as_view(), "booking_move"),
    ("booking/<slug:reference>/change/", ChangeBooking.as_view(), "booking_change"),
    ("booking/<slug:reference>/payment/", ReceivePayment.as_view(), "booking_payment"),
    ("booking/<slug:reference>/notes/", WriteNotes.as_view(), "booking_notes"),
    ("booking/<slug:reference>/following/move/", MoveFollowing.as_view(), "booking_move_following"),
    (
        "booking/<slug:reference>/following/cancel/",
        CancelFollowing.as_view(),
        "booking_cancel_following",
    ),
    ("booking/<slug:reference>/following/undo/", UndoFollowing.as_view(), "booking_undo_following"),
    ("booking/<slug:reference>/both/move/", MoveBoth.as_view(), "booking_move_both"),
    ("booking/<slug:reference>/both/cancel/", CancelBoth.as_view(), "booking_cancel_both"),
    ("booking/<slug:reference>/both/undo/", UndoBoth.as_view(), "booking_undo_both"),
    ("booking/<slug:reference>/review/", ReviewPage.as_view(), "review"),
    ("booking/<slug:reference>/tablet/", HandOver.as_view(), "booking_tablet"),
    ("booking/<slug:reference>/paper/", SeenOnPaper.as_view(), "booking_paper"),
]

PEOPLE: list[Route] = [
    ("certifications/", CertificationsPage.as_view(), "certifications"),
    ("certifications/<int:pk>/", CertificationPage.as_view(), "certification"),
    ("certifications/proofs/<int:pk>/", download_proof, "proof"),
    ("therapist/<slug:slug>/", TherapistPage.as_view(), "therapist"),
    ("my-clients/", DayPage.as_view(), "my_clients"),
    ("clients/find/", find_client, "find_client"),
    ("clients/duplicates/", Duplicates.as_view(), "duplicates"),
    ("client/<int:pk>/", ClientPage.as_view(), "client"),
    ("client/<int:pk>/merge/", MergePage.as_view(), "client_merge"),
    ("client/<int:pk>/merge-same/", MergeSame.as_view(), "client_merge_same"),
    ("client/<int:pk>/block/", Block.as_view(), "client_block"),
    ("client/<int:pk>/unblock/", Unblock.as_view(), "client_unblock"),
    ("client/<int:pk>/export/", Export.as_view(), "client_export"),
    ("client/<int:pk>/erase/", Erase.as_view(), "client_erase"),
]

WAITLIST: list[Route] = [
    ("waitlist/", WaitlistPage.as_view(), "waitlist"),
    ("waitlist/add/", WaitlistAdd.as_view(), "waitlist_add"),
    ("waitlist/<slug:reference>/", WaitlistPlaces.as_view(), "waitlist_places"),
    ("waitlist/<slug:reference>/<slug:name>/", WaitlistStep.as_view(), "waitlist_step"),
]

QUESTIONS: list[Route] = [
    ("health-questions/", QuestionnairesPage.as_view(), "questionnaires"),
    ("health-questions/<int:version>/", QuestionnairePage.as_view(), "questionnaire"),
    ("health-questions/<int:version>/delete/", DiscardDraft.as_view(), "questionnaire_delete"),
    ("health-questions/<int:version>/changes/", ChangesPage.as_view(), "questionnaire_changes"),
    ("health-questions/<int:version>/trial/", TrialPage.as_view(), "questionnaire_trial"),
    ("health-questions/<int:version>/sign-off/", SignOffPage.as_view(), "questionnaire_sign"),
    ("health-questions/<int:version>/new-question/", QuestionPage.as_view(), "question_add"),
    ("health-questions/<int:version>/question/<slug:key>/", QuestionPage.as_view(), "question"),
    (
        "health-questions/<int:version>/question/<slug:key>/<slug:name>/",
        QuestionStep.as_view(),
        "question_step",
    ),
]

LOOKING: list[Route] = [
    ("explain/", ExplainPage.as_view(), "explain"),
    ("reports/", ReportsPage.as_view(), "reports"),
    ("reports/<slug:section>/<slug:figure>.csv", FigureFile.as_view(), "reports_file"),
]


def desk_urls(view: Callable[..., Any]) -> list[URLPattern | URLResolver]:
    """Every page of the desk; `view` lets in only those whom the admin lets in."""
    routes = [*BOARD, *BOOKING, *PEOPLE, *WAITLIST, *QUESTIONS, *LOOKING]
    return [
        *(path(route, view(page), name=name) for route, page, name in routes),
        path("board/rows.<slug:digest>.css", rows_css, name="board_rows"),
    ]
