"""The rows that bookings are made of."""

from bookings.models.account import Account, SignInCode
from bookings.models.answers import Answers, Look, Review
from bookings.models.booking import Booking
from bookings.models.calendar_feed import CalendarFeed
from bookings.models.client import Client
from bookings.models.client_event import ClientEvent
from bookings.models.event import Event
from bookings.models.mail_text import MailText
from bookings.models.notification import Notification
from bookings.models.pair import Pair
from bookings.models.payment import Payment
from bookings.models.questionnaire import Question, Questionnaire
from bookings.models.series import Series
from bookings.models.session_type import SessionType
from bookings.models.waitlist import WaitlistEntry, WaitlistEvent, WaitlistLook, WaitlistOffer

__all__ = [
    "Account",
    "Answers",
    "Booking",
    "CalendarFeed",
    "Client",
    "ClientEvent",
    "Event",
    "Look",
    "MailText",
    "Notification",
    "Pair",
    "Payment",
    "Question",
    "Questionnaire",
    "Review",
    "Series",
    "SessionType",
    "SignInCode",
    "WaitlistEntry",
    "WaitlistEvent",
    "WaitlistLook",
    "WaitlistOffer",
]
