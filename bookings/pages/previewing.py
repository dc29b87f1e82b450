"""A version of the health questions as clients will meet it, for who edits it (rule H1)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from bookings.enums import Ask
from bookings.models import Question, Questionnaire
from bookings.pages.for_me import IsItForMe
from bookings.pages.health_form import questions_at


class PreviewQuestions(IsItForMe):
    """The same screens, judged by that version and forgotten; `?ask=` takes those of the day."""

    template_name = "bookings/health_preview.html"

    def questions(self) -> list[Question]:
        """Those of the version; to everybody but its editors there is no such page."""
        if not self.request.user.has_perm("bookings.view_questionnaire"):
            raise Http404
        version = get_object_or_404(Questionnaire, version=self.kwargs["version"])
        is_of_the_day = self.request.GET.get("ask") == Ask.DAY_BEFORE
        return questions_at(version, [Ask.DAY_BEFORE if is_of_the_day else Ask.BOOKING])
