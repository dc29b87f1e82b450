"""What a report of a mistake of ours may hold: where it was, and nothing that anybody sent."""

from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class WithoutAnswers(SafeExceptionReporterFilter):
    """Takes all that was sent, and every variable, out of Django's reports (rule H3).

    Health answers, names and codes can stand in any of them, and a report goes by mail or into a
    service of somebody else's. With DEBUG on, who looks at one has sent it.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """The names of what was sent."""
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        """None."""
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return []
