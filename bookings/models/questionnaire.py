"""The health questionnaire (rules H0 and H1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import Ask, QuestionKind


class Questionnaire(models.Model):
    """One version of the questions; it asks nothing until somebody has signed it off (H0)."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    signed_off_by = models.CharField(_("signed off by"), max_length=200, blank=True)
    signed_off_on = models.DateField(_("signed off on"), null=True, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_off_by="", signed_off_on__isnull=True)
                | ~Q(signed_off_by="") & Q(signed_off_on__isnull=False),
                name="questionnaire_signed_off_by_and_on",
                violation_error_message=_("Give who signed it off and when, or neither."),
            )
        ]

    def __str__(self) -> str:
        return str(self.version)


class Question(models.Model):
    """One condition that is asked about, and what follows from a yes.

    Its words are the studio's own. Where they have been written in a reader's language too, those
    are read instead; what follows from an answer does not depend on it.
    """

    Kind = QuestionKind
    Ask = Ask

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=64)
    text = models.CharField(_("question"), max_length=1000)
    text_es = models.CharField(_("question in Spanish"), max_length=1000, blank=True)
    help = models.CharField(_("help"), max_length=1000, blank=True)
    help_es = models.CharField(_("help in Spanish"), max_length=1000, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    required = models.BooleanField(_("required"), default=True)
    ask = models.CharField(_("asked"), max_length=16, choices=Ask, default=Ask.BOOKING)
    date_label = models.CharField(_("label of the date"), max_length=200, blank=True)
    date_label_es = models.CharField(_("label of the date in Spanish"), max_length=200, blank=True)
    outcomes = models.JSONField(
        _("outcomes"),
        default=list,
        help_text=_('For "yes", the first that fits: [{"within_days": 3, "outcome": "review"}]'),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "key"], name="question_asked_once")
        ]

    def __str__(self) -> str:
        return self.text

    def text_in(self, language: str | None) -> str:
        """The question in a language, where it has been written in it."""
        return self._words("text", language)

    def help_in(self, language: str | None) -> str:
        """The line below it."""
        return self._words("help", language)

    def date_label_in(self, language: str | None) -> str:
        """What is asked beside a yes with a date."""
        return self._words("date_label", language)

    def _words(self, name: str, language: str | None) -> str:
        own: str = getattr(self, name)
        return getattr(self, f"{name}_{language}", "") or own
