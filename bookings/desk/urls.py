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
from bookings.desk.waitlist import WaitlistAdd, WaitlistPage, WaitlistStep
from bookings.desk.waitlist_places import WaitlistPlaces


def desk_urls(view: Callable[..., Any]) -> list[URLPattern | URLResolver]:
    """Every page of the desk; `view` lets in only those whom the admin lets in."""
    return [
        path("attention/", view(AttentionPage.as_view()), name="attention"),
        path("attention/count/", view(attention_count), name="attention_count"),
        path("attention/<int:pk>/", view(deal), name="attention_deal"),
        path("board/", view(DayBoard.as_view()), name="board"),
        path("board/now/", view(DayBoard.as_view(alone=True)), name="board_now"),
        path("board/week/", view(WeekBoard.as_view()), name="board_week"),
        path("board/week/now/", view(WeekBoard.as_view(alone=True)), name="board_week_now"),
        path("board/rows.<slug:digest>.css", rows_css, name="board_rows"),
        path("board/targets/", view(board_targets), name="board_targets"),
        path("board/move/", view(board_move), name="board_move"),
        path("book/", view(BookPage.as_view()), name="book"),
        path("book/series/", view(BookSeriesPage.as_view()), name="book_series"),
        path("book/together/", view(BookPairPage.as_view()), name="book_pair"),
        path("certifications/", view(CertificationsPage.as_view()), name="certifications"),
        path("certifications/<int:pk>/", view(CertificationPage.as_view()), name="certification"),
        path("certifications/proofs/<int:pk>/", view(download_proof), name="proof"),
        path("therapist/<slug:slug>/", view(TherapistPage.as_view()), name="therapist"),
        path("explain/", view(ExplainPage.as_view()), name="explain"),
        path("reports/", view(ReportsPage.as_view()), name="reports"),
        path(
            "reports/<slug:section>/<slug:figure>.csv",
            view(FigureFile.as_view()),
            name="reports_file",
        ),
        path("booking/<slug:reference>/", view(BookingPage.as_view()), name="booking"),
        path(
            "booking/<slug:reference>/step/<slug:name>/",
            view(TakeStep.as_view()),
            name="booking_step",
        ),
        path("booking/<slug:reference>/move/", view(MoveBooking.as_view()), name="booking_move"),
        path(
            "booking/<slug:reference>/change/", view(ChangeBooking.as_view()), name="booking_change"
        ),
        path(
            "booking/<slug:reference>/payment/",
            view(ReceivePayment.as_view()),
            name="booking_payment",
        ),
        path("booking/<slug:reference>/notes/", view(WriteNotes.as_view()), name="booking_notes"),
        path(
            "booking/<slug:reference>/following/move/",
            view(MoveFollowing.as_view()),
            name="booking_move_following",
        ),
        path(
            "booking/<slug:reference>/following/cancel/",
            view(CancelFollowing.as_view()),
            name="booking_cancel_following",
        ),
        path(
            "booking/<slug:reference>/following/undo/",
            view(UndoFollowing.as_view()),
            name="booking_undo_following",
        ),
        path(
            "booking/<slug:reference>/both/move/",
            view(MoveBoth.as_view()),
            name="booking_move_both",
        ),
        path(
            "booking/<slug:reference>/both/cancel/",
            view(CancelBoth.as_view()),
            name="booking_cancel_both",
        ),
        path(
            "booking/<slug:reference>/both/undo/",
            view(UndoBoth.as_view()),
            name="booking_undo_both",
        ),
        path("waitlist/", view(WaitlistPage.as_view()), name="waitlist"),
        path("waitlist/add/", view(WaitlistAdd.as_view()), name="waitlist_add"),
        path("waitlist/<slug:reference>/", view(WaitlistPlaces.as_view()), name="waitlist_places"),
        path(
            "waitlist/<slug:reference>/<slug:name>/",
            view(WaitlistStep.as_view()),
            name="waitlist_step",
        ),
        path("booking/<slug:reference>/review/", view(ReviewPage.as_view()), name="review"),
        path("booking/<slug:reference>/tablet/", view(HandOver.as_view()), name="booking_tablet"),
        path("booking/<slug:reference>/paper/", view(SeenOnPaper.as_view()), name="booking_paper"),
        path("health-questions/", view(QuestionnairesPage.as_view()), name="questionnaires"),
        path(
            "health-questions/<int:version>/",
            view(QuestionnairePage.as_view()),
            name="questionnaire",
        ),
        path(
            "health-questions/<int:version>/delete/",
            view(DiscardDraft.as_view()),
            name="questionnaire_delete",
        ),
        path(
            "health-questions/<int:version>/changes/",
            view(ChangesPage.as_view()),
            name="questionnaire_changes",
        ),
        path(
            "health-questions/<int:version>/trial/",
            view(TrialPage.as_view()),
            name="questionnaire_trial",
        ),
        path(
            "health-questions/<int:version>/sign-off/",
            view(SignOffPage.as_view()),
            name="questionnaire_sign",
        ),
        path(
            "health-questions/<int:version>/new-question/",
            view(QuestionPage.as_view()),
            name="question_add",
        ),
        path(
            "health-questions/<int:version>/question/<slug:key>/",
            view(QuestionPage.as_view()),
            name="question",
        ),
        path(
            "health-questions/<int:version>/question/<slug:key>/<slug:name>/",
            view(QuestionStep.as_view()),
            name="question_step",
        ),
        path("my-clients/", view(DayPage.as_view()), name="my_clients"),
        path("clients/find/", view(find_client), name="find_client"),
        path("clients/duplicates/", view(Duplicates.as_view()), name="duplicates"),
        path("client/<int:pk>/", view(ClientPage.as_view()), name="client"),
        path("client/<int:pk>/merge/", view(MergePage.as_view()), name="client_merge"),
        path("client/<int:pk>/merge-same/", view(MergeSame.as_view()), name="client_merge_same"),
        path("client/<int:pk>/block/", view(Block.as_view()), name="client_block"),
        path("client/<int:pk>/unblock/", view(Unblock.as_view()), name="client_unblock"),
        path("client/<int:pk>/export/", view(Export.as_view()), name="client_export"),
        path("client/<int:pk>/erase/", view(Erase.as_view()), name="client_erase"),
    ]
