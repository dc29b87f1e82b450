"""The versions of the health questionnaire, and one of them with its questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.page import DeskPage
from bookings.desk.questionnaires.words import follows, standing
from bookings.domain.health.questionnaires import discard, new_draft
from bookings.domain.health.screening import in_force
from bookings.domain.staff import REVIEWING
from bookings.enums import Ask
from bookings.errors import QuestionnaireSignedOff
from bookings.models import Question, Questionnaire

VIEW, ADD, CHANGE_THEM, DELETE = (
    f"bookings.{verb}_questionnaire" for verb in ("view", "add", "change", "delete")
)


@dataclass(frozen=True, slots=True)
class Row:
    """A question with what follows from it, and where it can be moved to."""

    question: Question
    follows: list[str]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that are asked at the same time."""

    ask: str
    title: str
    rows: list[Row]


class QuestionnairesPage(DeskPage):
    """All versions, the newest first."""

    template_name = "admin/desk/questionnaires/list.html"
    permission_required = VIEW
    title = gettext_lazy("Health questions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with its standing."""
        newest = in_force()
        rows = Questionnaire.objects.annotate(count=Count("questions")).order_by("-version")
        return super().get_context_data(
            versions=[(row, standing(row, newest)) for row in rows],
            newest=newest,
            may_add=self.request.user.has_perm(ADD),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a draft, of the version that is named or of none, and go there."""
        if not request.user.has_perm(ADD):
            raise PermissionDenied
        named = request.POST.get("like", "")
        like = None
        if named:
            wanted = named if named.isdecimal() else 0
            like = get_object_or_404(Questionnaire, version=wanted)
        draft = new_draft(like)
        log(request, draft, ADDITION, _("Drafted."))
        words = _("Version %(version)s is a draft: it asks nothing until it is signed off.")
        messages.success(request, words % {"version": draft.version})
        return HttpResponseRedirect(version_url(draft.version))


class VersionPage(DeskPage):
    """A page about one version."""

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The one that is named."""
        return get_object_or_404(Questionnaire, version=self.kwargs["version"])

    @property
    def is_draft(self) -> bool:
        """Whether it can be changed."""
        return self.questionnaire.signed_off_on is None

    @cached_property
    def may_edit(self) -> bool:
        """Whether to offer changes to it."""
        return self.is_draft and self.request.user.has_perm(CHANGE_THEM)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The version, and how it stands."""
        return super().get_context_data(
            **{
                "questionnaire": self.questionnaire,
                "version": self.questionnaire.version,
                "standing": standing(self.questionnaire, in_force()),
                "is_draft": self.is_draft,
                "may_edit": self.may_edit,
                "may_try": self.may_edit and self.request.user.has_perm(REVIEWING),
                **kwargs,
            }
        )

    def back(self, key: str = "") -> HttpResponse:
        """To the version with its questions, at one of them where it has a key."""
        fragment = f"#{key}" if key else ""
        return HttpResponseRedirect(version_url(self.kwargs["version"]) + fragment)

    def signed_off(self, refused: QuestionnaireSignedOff) -> HttpResponse:
        """Back, with the word that nothing could be changed any more."""
        messages.error(self.request, str(refused.message))
        return self.back()


class QuestionnairePage(VersionPage):
    """One version: what it asks, in the order of asking."""

    template_name = "admin/desk/questionnaires/version.html"
    permission_required = VIEW

    @property
    def title(self) -> str:  # type: ignore[override]  # it has the version in it
        """Which one it is."""
        return _("Health questions, version %(version)s") % {"version": self.kwargs["version"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The questions, and what was done with the version."""
        questions = list(self.questionnaire.questions.order_by("position", "key"))
        user = self.request.user
        return super().get_context_data(
            groups=[_group(ask, questions) for ask in Ask],
            count=len(questions),
            may_add=user.has_perm(ADD),
            may_discard=self.is_draft and user.has_perm(DELETE),
            has_other=Questionnaire.objects.exclude(pk=self.questionnaire.pk).exists(),
            log=entries(self.questionnaire),
            **kwargs,
        )


class DiscardDraft(VersionPage):
    """Throw a draft away."""

    http_method_names = ["post"]
    permission_required = DELETE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete it, and go to the others."""
        row = self.questionnaire
        try:
            discard(row.version)
        except QuestionnaireSignedOff as refused:
            return self.signed_off(refused)
        log(request, row, DELETION, _("Deleted."))
        words = _("The draft of version %(version)s is deleted.")
        messages.success(request, words % {"version": row.version})
        return HttpResponseRedirect(reverse("admin:questionnaires"))


def version_url(version: int) -> str:
    """The page of a version."""
    return reverse("admin:questionnaire", args=[version])


def log(request: HttpRequest, row: Questionnaire, flag: int, words: str) -> None:
    """Write down who did what with a version."""
    user = request.user
    assert user.pk is not None  # the admin lets nobody else in
    LogEntry.objects.log_actions(user.pk, [row], flag, change_message=words)


def entries(row: Questionnaire) -> Iterable[LogEntry]:
    """What was done with a version, the last first."""
    found = LogEntry.objects.filter(
        content_type__app_label="bookings",
        content_type__model="questionnaire",
        object_id=str(row.pk),
        action_flag__in=(ADDITION, CHANGE),
    )
    return found.select_related("user").order_by("-action_time", "-pk")[:50]


def _group(ask: Ask, questions: Sequence[Question]) -> Group:
    own = [question for question in questions if question.ask == ask]
    rows = [
        Row(question, follows(question), place == 0, place == len(own) - 1)
        for place, question in enumerate(own)
    ]
    titles = {Ask.BOOKING: _("Asked at booking"), Ask.DAY_BEFORE: _("Asked the day before")}
    return Group(ask.value, titles[ask], rows)
