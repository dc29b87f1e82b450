"""Papers that were looked at."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from studio.uploads import FileKind, PrivateStorage, random_name
from therapists.models.certification import Certification


class Proof(models.Model):
    """A scan of a certification, kept out of every served directory; a later one replaces it.

    The replaced ones stay, and so do their files: what was looked at can be looked at again.
    """

    certification = models.ForeignKey(Certification, models.PROTECT, related_name="proofs")
    file = models.FileField(_("file"), storage=PrivateStorage, upload_to=random_name)
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind)
    size_bytes = models.PositiveIntegerField(_("size"))
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["-uploaded_at", "-pk"]
        # Whoever may see or change a certification may see or add its proofs.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.certification}, {self.uploaded_at:%Y-%m-%d}"
