"""Routes of the pages on which clients book."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from bookings.pages import (
    cancelling,
    choosing,
    locations,
    managing,
    moving,
    sessions,
    terms,
    therapists,
    waiting,
)
from bookings.pages.account.about_me import MyAddress, MyChoices
from bookings.pages.account.my_data import EraseMe, MyData
from bookings.pages.account.overview import MyBookings
from bookings.pages.account.signing_in import EnterCode, Prove, SignIn, SignOut
from bookings.pages.again import Again
from bookings.pages.answering import AnswersByLink, AnswersOnTablet
from bookings.pages.details import BookingDetails
from bookings.pages.for_me import IsItForMe
from bookings.pages.mail_choices import ChooseMail
from bookings.pages.pairs.choosing import PairTimes
from bookings.pages.pairs.details import PairDetails
from bookings.pages.pairs.moving import MoveBoth
from bookings.pages.previewing import PreviewQuestions
from bookings.pages.series.details import SeriesDetails
from bookings.pages.series.moving import MoveFollowing
from bookings.pages.series.repeat import Repeat
from bookings.pages.taking_over import TakeOver


class PlainConverter(StringConverter):
    """Letters, digits and hyphens: what references and tokens are made of."""

    regex = "[-_a-zA-Z0-9]{1,64}"


register_converter(PlainConverter, "plain")

app_name = "bookings"
urlpatterns = [
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<slug:slug>/", sessions.session, name="session"),
    path("therapists/", therapists.therapists, name="therapists"),
    path("therapists/<slug:slug>/", therapists.therapist, name="therapist"),
    path("locations/", locations.locations, name="locations"),
    path("locations/<slug:slug>/", locations.location, name="location"),
    path("is-it-for-me/", IsItForMe.as_view(), name="for-me"),
    path("health-questions/<int:version>/", PreviewQuestions.as_view(), name="health-preview"),
    path("privacy/", terms.privacy, name="privacy"),
    path("terms/", terms.terms, name="terms"),
    path("book/", choosing.location, name="book"),
    path("book/<slug:location>/", choosing.session, name="book-session"),
    path("book/<slug:location>/<slug:session_type>/", choosing.Times.as_view(), name="book-time"),
    path("book/<slug:location>/<slug:session_type>/waitlist/", waiting.Join.as_view(), name="join"),
    path(
        "book/<slug:location>/<slug:session_type>/together/",
        PairTimes.as_view(),
        name="book-together",
    ),
    path("waitlist/<plain:reference>/<plain:token>/", waiting.Waiting.as_view(), name="waiting"),
    path(
        "waitlist/<plain:reference>/<plain:token>/take/", waiting.Take.as_view(), name="take-offer"
    ),
    path(
        "waitlist/<plain:reference>/<plain:token>/decline/",
        waiting.Decline.as_view(),
        name="decline-offer",
    ),
    path(
        "waitlist/<plain:reference>/<plain:token>/withdraw/",
        waiting.Withdraw.as_view(),
        name="withdraw",
    ),
    path("your-booking/", BookingDetails.as_view(), name="details"),
    path("your-booking/repeat/", Repeat.as_view(), name="repeat"),
    path("your-booking/dates/", SeriesDetails.as_view(), name="dates"),
    path("your-booking/together/", PairDetails.as_view(), name="together-details"),
    path("your-booking/take-over/", TakeOver.as_view(), name="take-over"),
    path("my-bookings/", MyBookings.as_view(), name="my-bookings"),
    path("my-bookings/sign-in/", SignIn.as_view(), name="my-sign-in"),
    path("my-bookings/code/", EnterCode.as_view(), name="my-code"),
    path("my-bookings/prove/", Prove.as_view(), name="my-proof"),
    path("my-bookings/sign-out/", SignOut.as_view(), name="my-sign-out"),
    path("my-bookings/people/<int:pk>/", MyChoices.as_view(), name="my-choices"),
    path("my-bookings/address/", MyAddress.as_view(), name="my-address"),
    path("my-bookings/data/", MyData.as_view(), name="my-data"),
    path("my-bookings/erase/", EraseMe.as_view(), name="my-erase"),
    path("manage/<plain:reference>/<plain:token>/", managing.Manage.as_view(), name="manage"),
    path("manage/<plain:reference>/<plain:token>/move/", moving.Move.as_view(), name="move"),
    path(
        "manage/<plain:reference>/<plain:token>/move/following/",
        MoveFollowing.as_view(),
        name="move-following",
    ),
    path(
        "manage/<plain:reference>/<plain:token>/move/together/",
        MoveBoth.as_view(),
        name="move-together",
    ),
    path(
        "manage/<plain:reference>/<plain:token>/cancel/", cancelling.Cancel.as_view(), name="cancel"
    ),
    path("manage/<plain:reference>/<plain:token>/undo/", cancelling.Undo.as_view(), name="undo"),
    path("manage/<plain:reference>/<plain:token>/again/", Again.as_view(), name="again"),
    path(
        "mail/<plain:choice>/<int:client>/<plain:token>/", ChooseMail.as_view(), name="mail-choice"
    ),
    path(
        "manage/<plain:reference>/<plain:token>/answers/", AnswersByLink.as_view(), name="answers"
    ),
    path("tablet/", AnswersOnTablet.as_view(), name="tablet"),
]
