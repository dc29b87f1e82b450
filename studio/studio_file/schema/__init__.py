"""The studio file as typed tables: their keys, what may stand there, and what may be left out."""

from pydantic import Field

from studio.studio_file.schema.bookings import Booking, Client, SessionType
from studio.studio_file.schema.premises import Block, Closure, Equipment, Location, Room
from studio.studio_file.schema.questionnaire import Outcome, Question, Questionnaire
from studio.studio_file.schema.table import InlineTable, Table
from studio.studio_file.schema.therapists import (
    Certification,
    ExtraShift,
    Qualification,
    Shift,
    Therapist,
    TimeOff,
)
from studio.studio_file.schema.values import Currency, Name, StudioLanguage

__all__ = [
    "Block",
    "Booking",
    "Certification",
    "Client",
    "Closure",
    "Equipment",
    "ExtraShift",
    "InlineTable",
    "Location",
    "Outcome",
    "Qualification",
    "Question",
    "Questionnaire",
    "Room",
    "SessionType",
    "Shift",
    "Studio",
    "StudioFile",
    "Table",
    "Therapist",
    "TimeOff",
]


class Studio(Table):
    """The business as a whole."""

    name: Name
    currency: Currency
    language: StudioLanguage = "en"


class StudioFile(Table):
    """All that a file says about a studio; a part may be left out and stays as it was."""

    studio: Studio | None = None
    equipment: list[Equipment] = Field(default_factory=list)
    qualifications: list[Qualification] = Field(default_factory=list)
    locations: list[Location] = Field(default_factory=list)
    session_types: list[SessionType] = Field(default_factory=list)
    therapists: list[Therapist] = Field(default_factory=list)
    bookings: list[Booking] = Field(default_factory=list)
    questionnaire: Questionnaire | None = None
