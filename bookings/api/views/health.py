"""The health questions, and what answers to them come to (rules H0 and H4)."""

from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.access import booking_for
from bookings.api.doors import Door
from bookings.api.health import (
    HealthCheckInput,
    HealthCheckOutput,
    HealthOutput,
    QuestionnaireOutput,
    given_to,
)
from bookings.api.schema import STAFF
from bookings.domain.callers import Caller
from bookings.domain.health.evaluation import evaluate
from bookings.domain.health.looking import read
from bookings.domain.health.screening import as_asked, asked_at, in_force
from bookings.enums import LookPage, Source
from studio.api.fields import Strict, body, parameters
from studio.api.models import Scope
from studio.api.permissions import ReadsHealth
from studio.api.schema import problems
from studio.for_everybody import for_everybody


@method_decorator(for_everybody, name="dispatch")
class HealthQuestionnaire(Door):
    cache_control = "private, max-age=0"

    @extend_schema(
        summary="Health questions",
        responses={200: QuestionnaireOutput} | problems(),
    )
    def get(self, request: Request) -> Response:
        """The questions that are asked at booking, of the version that is in force."""
        parameters(request, Strict)
        questionnaire = in_force()
        version = questionnaire.version if questionnaire else None
        shown = {"version": version, "questions": asked_at(questionnaire)}
        return Response(QuestionnaireOutput(shown).data)


class HealthCheck(Door):
    @extend_schema(
        summary="Is it for me?",
        request=HealthCheckInput,
        responses={200: HealthCheckOutput}
        | problems("too_large", "unsupported_media_type", "throttled"),
    )
    def post(self, request: Request) -> Response:
        """What answers come to for a barefoot session on a date; nothing of them is stored."""
        sent = body(request, HealthCheckInput)
        questions = as_asked(asked_at(in_force()))
        # Without a questionnaire nothing is asked, and answers all the same go nowhere (H0).
        given = given_to(questions, sent["answers"]) if questions else {}
        found = evaluate(questions, given, on=sent["session_date"])
        return Response({"outcome": found.outcome.word})


class Health(Door):
    permission_classes = [ReadsHealth]

    @extend_schema(
        summary="Health answers",
        responses={200: HealthOutput}
        | problems("not_authenticated", "permission_denied", "not_found"),
        auth=STAFF,
    )
    def get(self, request: Request, reference: str) -> Response:
        """What was answered for a booking; that somebody looked is recorded (rule H3)."""
        parameters(request, Strict)
        booking = booking_for(request, reference, Scope.HEALTH_READ, now=self.now)
        user = request.user if request.user.is_authenticated else None
        caller = Caller(source=Source.API, user=user, is_staff=True)
        reading = read(booking, page=LookPage.API, caller=caller, now=self.now)
        return Response(HealthOutput.of(reading))
