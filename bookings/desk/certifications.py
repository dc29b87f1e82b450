"""Certifications: what lapses, what is not verified, and one of them with its proofs."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from bookings.desk.page import DeskPage
from bookings.domain.attention.judging import Affected
from bookings.domain.attention.lapsing import left_without, overview
from bookings.domain.certifying import NAMED, attach, revoke, verify
from bookings.domain.schedule import latest_today
from bookings.domain.staff import may_see_private_time_off
from bookings.words import affected_words
from studio.premises.fields import DayInput
from studio.uploads import FileKind, checked_kind
from therapists.models import Certification, Proof, Therapist

VIEW, CHANGE_THEM = "therapists.view_certification", "therapists.change_certification"

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""What a browser may do with a file that somebody uploaded: save it."""


class CertificationsPage(DeskPage):
    """What somebody must look after, most pressing first; `?therapist=` shows hers alone."""

    template_name = "admin/desk/certifications/list.html"
    permission_required = VIEW
    title = gettext_lazy("Certifications")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The certifications by urgency."""
        therapists = Therapist.objects.filter(active=True).order_by("name")
        slug = self.request.GET.get("therapist", "")
        chosen = next((each for each in therapists if each.slug == slug), None)
        found = overview(now=self.now, therapist=chosen)
        groups = [(urgency, rows) for urgency, rows in found.pressing.items() if rows]
        return super().get_context_data(
            therapists=therapists,
            chosen=chosen,
            groups=groups,
            replaced=found.replaced,
            may_change=self.request.user.has_perm(CHANGE_THEM),
            **kwargs,
        )


class RevokeForm(forms.Form):
    day = forms.DateField(
        label=gettext_lazy("Does not count from"),
        widget=DayInput,
    )


class ProofForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Proof"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say beforehand what is taken."""
        super().__init__(*args, **kwargs)
        words = _("A PDF, or a PNG, JPEG or WebP image, of at most %(most)s MB.")
        self.fields["file"].help_text = words % {"most": settings.UPLOAD_MEGABYTES}

    def clean_file(self) -> Any:
        """An upload of a kind and a size that are taken."""
        file = self.cleaned_data["file"]
        checked_kind(file)
        return file


class CertificationPage(DeskPage):
    """One certification: its dates, its proofs, and the bookings that it leaves without."""

    template_name = "admin/desk/certifications/one.html"
    permission_required = VIEW
    title = gettext_lazy("Certification")

    @cached_property
    def certification(self) -> Certification:
        """The one that is named."""
        rows = Certification.objects.select_related(*NAMED)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What there is to say of it."""
        certification = self.certification
        today = latest_today(self.now)
        held = Certification.objects.filter(therapist=certification.therapist_id)
        without = left_without([certification], held.select_related("qualification"), now=self.now)
        known: dict[str, Any] = {
            "revoke_form": RevokeForm(initial={"day": today}),
            "proof_form": ProofForm(),
        }
        return super().get_context_data(
            **known
            | {
                "certification": certification,
                "standing": certification.standing_on(today),
                "proofs": certification.proofs.select_related("uploaded_by"),
                "bookings": without[certification.pk],
                "may_change": self.request.user.has_perm(CHANGE_THEM),
            }
            | kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the pressed button says, and come back."""
        if not request.user.has_perm(CHANGE_THEM):
            raise PermissionDenied
        match request.POST.get("do"):
            case "verify":
                return self._verify(latest_today(self.now), _("Verified."))
            case "unverify":
                return self._verify(None, _("It counts as not verified."))
            case "revoke":
                return self._revoke_from_a_day(request)
            case "restore":
                return self._revoke(None, _("The revocation was taken back."))
            case "upload":
                return self._upload(request)
            case _:
                return HttpResponseRedirect(self._url())

    def _verify(self, day: date | None, done: str) -> HttpResponse:
        return self._done(done, verify(self.certification, day, caller=self.caller, now=self.now))

    def _revoke(self, day: date | None, done: str) -> HttpResponse:
        return self._done(done, revoke(self.certification, day, caller=self.caller, now=self.now))

    def _revoke_from_a_day(self, request: HttpRequest) -> HttpResponse:
        form = RevokeForm(request.POST)
        if form.is_valid():
            try:
                return self._revoke(form.cleaned_data["day"], _("Revoked."))
            except ValidationError as refused:
                form.add_error("day", refused)
        return self.render_to_response(self.get_context_data(revoke_form=form))

    def _upload(self, request: HttpRequest) -> HttpResponse:
        form = ProofForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(proof_form=form))
        attach(self.certification, form.cleaned_data["file"], caller=self.caller, now=self.now)
        return self._done(_("The proof was kept."), [])

    def _done(self, words: str, affected: list[Affected]) -> HttpResponse:
        """Say what was done, and whom it leaves behind (rule B8)."""
        user = self.caller.user
        assert user is not None  # the admin lets nobody else in
        messages.success(self.request, f"{self.certification}: {words}")
        if affected:
            sees_private = may_see_private_time_off(user)
            messages.warning(self.request, affected_words(affected, sees_private=sees_private))
        LogEntry.objects.log_actions(user.pk, [self.certification], CHANGE, change_message=words)
        back = self.request.POST.get("back") == "list"
        return HttpResponseRedirect(reverse("admin:certifications") if back else self._url())

    def _url(self) -> str:
        return reverse("admin:certification", args=[self.kwargs["pk"]])


@require_GET
@permission_required(VIEW, raise_exception=True)
def download_proof(request: HttpRequest, pk: int) -> FileResponse:
    """Send a proof to be saved; no browser shows it as part of the site."""
    rows = Proof.objects.select_related("certification__therapist", "certification__qualification")
    proof = get_object_or_404(rows, pk=pk)
    kind, of = FileKind(proof.kind), proof.certification
    try:
        file = proof.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404(_("The file of this proof is lost.")) from lost
    name = f"{of.therapist.slug}-{of.qualification.slug}-{proof.pk}.{kind.value}"
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type=kind.content_type,
        headers={
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
