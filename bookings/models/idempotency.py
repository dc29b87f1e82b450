"""Answers kept so that a request sent twice is carried out once (rule B9)."""

from django.db import models


class KeptAnswer(models.Model):
    """The 2xx answer to one `Idempotency-Key`, without the secrets that go with it.

    `booking` and `token_epoch` let the manage link of that answer be reckoned again: a link's
    token is never stored (rule P1).
    """

    scope = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    status_code = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    booking = models.ForeignKey("Booking", models.CASCADE, null=True, related_name="+")
    token_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key"], name="idempotency_key_once"
            )
        ]
        # Old ones are cleared away by age.
        indexes = [models.Index(fields=["created_at"], name="kept_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.key}"
