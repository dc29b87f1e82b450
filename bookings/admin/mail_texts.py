"""The managers' own words in mails, with a look at what would leave."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csp import csp_override

from bookings.admin.schedule import AnyAdmin, AnyForm
from bookings.enums import NotificationKind as Kind
from bookings.models import MailText
from bookings.notifications.example import example_letter
from bookings.notifications.wording import Words, placeholders, program_words, unknown_in
from studio.clock import this_minute

PREVIEW = "bookings_mailtext_preview"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class MailTextForm(AnyForm):
    class Meta:
        model = MailText
        fields = ("kind", "language", "subject", "opening", "closing")
        widgets = {
            "opening": Textarea({"rows": 8, "cols": 80, "spellcheck": "true"}),
            "closing": Textarea({"rows": 4, "cols": 80, "spellcheck": "true"}),
        }

    def clean(self) -> None:
        """Refuse placeholders that mean nothing in that mail, and name those that do."""
        super().clean()
        if "kind" not in self.cleaned_data:
            return
        kind = Kind(self.cleaned_data["kind"])
        for name in ("subject", "opening", "closing"):
            text = self.cleaned_data.get(name) or ""
            in_subject = name == "subject"
            unknown = unknown_in(text, kind, in_subject=in_subject)
            if unknown:
                self.add_error(name, _mistake(unknown, kind, in_subject=in_subject))

    def clean_subject(self) -> str:
        """Refuse what could begin another header."""
        subject: str = self.cleaned_data["subject"]
        if not subject.isprintable():
            raise ValidationError(_("Write the subject on one line."), "lines")
        return subject


def _mistake(unknown: list[str], kind: Kind, *, in_subject: bool) -> ValidationError:
    known = ", ".join(f"{{{name}}}" for name in placeholders(kind, in_subject=in_subject))
    words = _("“%(typed)s” cannot be filled in here. These can: %(known)s.")
    return ValidationError(words, "placeholder", {"typed": unknown[0], "known": known})


@admin.register(MailText)
class MailTextAdmin(AnyAdmin):
    form = MailTextForm
    list_display = ("kind", "language", "subject")
    search_fields = ("subject", "opening", "closing")
    fieldsets = (
        (
            None,
            {
                "fields": (("kind", "language"), "subject", "opening", "closing"),
                "description": gettext_lazy(
                    "An empty subject or beginning is said in the program's own words; delete the"
                    " row, and all of them are back. When, where and the links always stand in the"
                    " mail. Filled in are: {client}, {date}, {time}, {location} and {studio}, and"
                    " below the subject {address}, {phone}, {session}, {therapist} and {link} too."
                ),
            },
        ),
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is written, and the ways to write what is not."""
        more = {"unwritten": _unwritten() if self.has_add_permission(request) else []}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def get_urls(self) -> list[URLPattern]:
        """The preview's address, before those that take any path."""
        view = self.admin_site.admin_view(self.preview)
        return [path("preview/", view, name=PREVIEW), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Which mail it is, once it is written."""
        return ("kind", "language") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The program's words, where an address names a mail."""
        found: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        if found.get("kind") in Kind and "language" in found:
            with override(str(found["language"])):
                words = program_words(Kind(found["kind"]))
            found |= {"subject": words.subject, "opening": words.opening, "closing": words.closing}
        return found

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form, which can show what would leave."""
        url = reverse(f"admin:{PREVIEW}")
        more = {"preview_url": f"{url}?row={object_id}" if object_id else url}
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **more}
        )

    def preview(self, request: HttpRequest) -> HttpResponse:
        """The typed words in a mail about an example, as text and as HTML; nothing is stored."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        pk = request.GET.get("row", "")
        row = MailText.objects.filter(pk=pk).first() if pk.isdecimal() else None
        form = self.get_form(request, row, change=row is not None)(request.POST, instance=row)
        form.is_valid()
        mistakes = [words for errors in form.errors.values() for words in errors]
        typed: MailText = form.instance
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview"),
            "mistakes": mistakes,
        }
        page = TemplateResponse(request, "admin/bookings/mailtext/preview.html", context)
        if mistakes:
            page.status_code = 422
            return page
        with override(typed.language):
            ours = program_words(Kind(typed.kind))
            words = Words(
                typed.subject or ours.subject, typed.opening or ours.opening, typed.closing
            )
            letter = example_letter(Kind(typed.kind), typed.language, words, now=this_minute())
            html = letter.html
            context |= {"subject": letter.subject, "text": letter.text, "html": html}
        page.context_data = context
        return _with_style(page, html)


def _unwritten() -> list[tuple[str, list[dict[str, str]]]]:
    """The kinds of mail without words of the studio's own, each with the languages it lacks."""
    written = set(MailText.objects.values_list("kind", "language"))
    add = reverse("admin:bookings_mailtext_add")
    lacking = [
        (
            str(kind.label),
            [
                {"name": name, "url": f"{add}?{urlencode({'kind': kind.value, 'language': code})}"}
                for code, name in settings.LANGUAGES
                if (kind.value, code) not in written
            ],
        )
        for kind in Kind
    ]
    return [each for each in lacking if each[1]]


def _with_style(page: HttpResponse, html: str) -> HttpResponse:
    """Let the page show the mail's own style sheet, and no other that stands in it."""
    styles = [sha256(style.encode()).digest() for style in STYLE.findall(html)]
    hashes = [f"'sha256-{b64encode(digest).decode()}'" for digest in styles]
    allowed = csp_override({"default-src": [CSP.SELF], "style-src": [CSP.SELF, *hashes]})
    answer: HttpResponse = allowed(lambda request: page)(None)
    return answer
