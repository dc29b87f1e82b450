"""Which language is spoken where."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import activate, get_language, get_language_from_request

ONE_ADDRESS_FOR_ALL = ("/api/", "/admin/")


class Languages(LocaleMiddleware):
    """The address says what language a public page is in; API and desk speak the browser's."""

    def process_request(self, request: HttpRequest) -> None:
        """Speak the language of the answer from here on."""
        if request.path_info.startswith(ONE_ADDRESS_FOR_ALL):
            activate(get_language_from_request(request))
            request.LANGUAGE_CODE = get_language()
        else:
            super().process_request(request)
