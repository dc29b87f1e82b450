"""The informational pages, as managers write them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from simple_history.models import HistoricalRecords

from studio.uploads import PublicStorage

HOME = "home"
"""The slug of the page that stands at the site's own address."""


HOME_LAYOUT = _("The page “home”, and no other, has the layout “home”.")


class Language(models.TextChoices):
    """The languages that pages are written in, each by its own name."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Español"


class Kind(models.TextChoices):
    """How a page is laid out."""

    HOME = "home", _("home: sections as cards")
    ARTICLE = "article", _("article: text from top to bottom")
    STEPS = "steps", _("steps: numbered sections with pictures")
    QUESTIONS = "questions", _("questions: each section opens on its question")


class Place(models.TextChoices):
    """Which menu leads to a page."""

    HEADER = "header", _("header")
    FOOTER = "footer", _("footer")
    NONE = "none", _("none")


class PageQuerySet(models.QuerySet["Page"]):
    def published(self) -> "PageQuerySet":
        """Those that everybody can read."""
        return self.filter(published=True)

    def readable(self, language: str) -> "PageQuerySet":
        """Published in a language, or in English, which is read where there is no other."""
        return self.published().filter(language__in=(language, Language.ENGLISH))


class Page(models.Model):
    """One page in one language."""

    slug = models.CharField(
        _("address"),
        max_length=64,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
                _("Give small letters and digits, with hyphens between: what-to-expect."),
            )
        ],
        help_text=_("The last part of its address, the same in each language."),
    )
    language = models.CharField(
        _("language"), max_length=8, choices=Language, default=Language.ENGLISH
    )
    kind = models.CharField(_("layout"), max_length=16, choices=Kind, default=Kind.ARTICLE)
    title = models.CharField(_("title"), max_length=120)
    menu = models.CharField(
        _("name in menus"), max_length=40, blank=True, help_text=_("Empty: the title.")
    )
    summary = models.CharField(
        _("summary"),
        max_length=160,
        help_text=_("Stands below the title, and in what search engines show. 160 characters."),
    )
    drawing = models.CharField(_("drawing"), max_length=40, blank=True)
    body = models.TextField(_("text"), blank=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Menus and lists begin with the smallest.")
    )
    place = models.CharField(_("menu"), max_length=8, choices=Place, default=Place.NONE)
    published = models.BooleanField(
        _("published"), default=False, help_text=_("Visitors see it. Otherwise it is a draft.")
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    history = HistoricalRecords(verbose_name=_("version"), verbose_name_plural=_("versions"))
    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["language", "position", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language"],
                name="page_once_per_language",
                violation_error_message=_("There is a page at this address in this language."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="page_language_is_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="page_kind_is_known"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="page_place_is_known"),
            models.CheckConstraint(
                condition=Q(slug=HOME, kind=Kind.HOME) | (~Q(slug=HOME) & ~Q(kind=Kind.HOME)),
                name="page_home_is_laid_out_as_home",
                violation_error_message=HOME_LAYOUT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def get_absolute_url(self) -> str:
        """Where it is read in its own language."""
        with override(self.language):
            return self.url

    def clean(self) -> None:
        """Refuse the layout of the home page elsewhere, and any other there."""
        if (self.slug == HOME) != (self.kind == Kind.HOME):
            raise ValidationError({"kind": HOME_LAYOUT}, code="home")

    @property
    def url(self) -> str:
        """Where it is read in the language that is spoken now."""
        return (
            reverse("pages:home") if self.slug == HOME else reverse("pages:page", args=[self.slug])
        )

    @property
    def name(self) -> str:
        """What menus call it."""
        return self.menu or self.title


class Film(models.Model):
    """What stands in for the film that the program brings: an upload, or a link. One row."""

    file = models.FileField(
        _("film"),
        storage=PublicStorage,
        upload_to="films",
        blank=True,
        help_text=_("WebM or MP4. It is loaded when somebody presses play."),
    )
    link = models.URLField(
        _("or a link"),
        blank=True,
        validators=[
            URLValidator(["https"], message=_("Give an address that begins with https://"))
        ],
        help_text=_("To a film on another site. Nothing is loaded from there before a click."),
    )
    poster = models.ImageField(
        _("picture before the start"),
        storage=PublicStorage,
        upload_to="posters",
        blank=True,
        width_field="poster_width",
        height_field="poster_height",
    )
    poster_width = models.PositiveIntegerField(editable=False, null=True)
    poster_height = models.PositiveIntegerField(editable=False, null=True)
    captions_en = models.FileField(
        _("captions in English"), storage=PublicStorage, upload_to="captions", blank=True
    )
    captions_es = models.FileField(
        _("captions in Spanish"), storage=PublicStorage, upload_to="captions", blank=True
    )
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=120, blank=True)
    description_en = models.TextField(_("in words, in English"), max_length=2000, blank=True)
    description_es = models.TextField(_("in words, in Spanish"), max_length=2000, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    FILES = ("file", "poster", "captions_en", "captions_es")

    class Meta:
        verbose_name = verbose_name_plural = _("film")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="film_is_one"),
            models.CheckConstraint(
                condition=(~Q(file="") & Q(link="")) | (Q(file="") & ~Q(link="")),
                name="film_is_upload_or_link",
                violation_error_message=_("Give a film or a link, and not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en or str(_("Film of a session"))


def best_of(pages: Iterable[Page], language: str) -> dict[str, Page]:
    """By slug: each page in the language where there is one, in English otherwise."""
    best: dict[str, Page] = {}
    for page in sorted(pages, key=lambda page: page.language != language):
        best.setdefault(page.slug, page)
    return best
