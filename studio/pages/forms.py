"""What managers type of pages and of the film, checked where it is typed."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import Resolver404, resolve
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from studio.drawings import drawings
from studio.pages.models import HOME, Film, Page
from studio.pages.rendering import PLACES, mistakes_in
from studio.pages.text import Mistake, Wrong
from studio.photos import photo_of
from studio.uploads import FILMS, PublicKind, checked_public_kind

if TYPE_CHECKING:  # Django's class takes a type argument only in the stubs
    PageModelForm = forms.ModelForm[Page]
    FilmModelForm = forms.ModelForm[Film]
else:
    PageModelForm = FilmModelForm = forms.ModelForm


def _dialect() -> list[str]:
    """What can be typed, in three lines."""
    drawing = _("A drawing: %(example)s. There are: %(names)s. The film: %(film)s")
    return [
        _("Markdown: ## begins a section, **bold**, *italic*, - a list, | a | table |."),
        _("Links: %(examples)s")
        % {
            "examples": "[words](page:questions), [words](site:book), [words](https://example.org/)"
        },
        drawing
        % {
            "example": f'![{_("what it shows")}](drawing:feet "{_("what stands below it")}")',
            "names": ", ".join(drawings()),
            "film": "![](film:)",
        },
    ]


def _drawing_choices() -> list[tuple[str, str]]:
    return [("", _("none")), *((name, name) for name in drawings())]


class PageForm(PageModelForm):
    drawing = forms.ChoiceField(
        label=gettext_lazy("Drawing"),
        required=False,
        choices=_drawing_choices,
        help_text=gettext_lazy("Stands beside the title."),
    )

    class Meta:
        model = Page
        fields = (
            "slug",
            "language",
            "kind",
            "title",
            "menu",
            "summary",
            "drawing",
            "body",
            "position",
            "place",
            "published",
        )
        widgets = {
            "summary": forms.Textarea({"rows": 2, "cols": 100, "maxlength": 160}),
            "body": forms.Textarea({"rows": 30, "cols": 100, "spellcheck": "true"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].help_text = format_html_join(
                mark_safe("<br>"), "{}", ((line,) for line in _dialect())
            )

    def clean_slug(self) -> str:
        """Refuse an address at which another page of the site stands."""
        slug: str = self.cleaned_data["slug"]
        if slug != HOME and is_taken(slug):
            words = _("“%(slug)s” is another page of this site. Give a different address.")
            raise ValidationError(words, "taken", {"slug": slug})
        return slug

    def clean_body(self) -> str:
        """Refuse names that mean nothing, and say which there are."""
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n")
        slugs = set(Page.objects.values_list("slug", flat=True)) | {self.data.get("slug", "")}
        mistakes = mistakes_in(body, slugs - {""})
        if mistakes:
            raise ValidationError([in_words(mistake, slugs - {""}) for mistake in mistakes])
        return body


def is_taken(slug: str) -> bool:
    """Whether the address leads to anything but the informational pages."""
    if slug in dict(settings.LANGUAGES):
        return True
    try:
        return resolve(f"/{slug}/").view_name != "pages:page"
    except Resolver404:  # no address at all, as the field says
        return False


def in_words(mistake: Mistake, slugs: set[str]) -> str:
    """What is wrong, and what would be right."""
    typed = {"typed": mistake.typed}
    match mistake.about:
        case Wrong.DRAWING:
            known = ", ".join(drawings())
            return _("There is no drawing “%(typed)s”. There are: %(known)s.") % {
                **typed,
                "known": known,
            }
        case Wrong.PICTURE:
            return _("“%(typed)s” is no drawing. Give one as ![words](drawing:NAME).") % typed
        case Wrong.FILM:
            return _("The film needs a paragraph of its own: ![](film:)")
        case Wrong.HEADING:
            return _("The heading “%(typed)s” begins with #. Begin it with ##.") % typed
        case Wrong.LINK if mistake.typed.startswith("page:"):
            return _("There is no page for the link “%(typed)s”. There are: %(known)s.") % {
                **typed,
                "known": ", ".join(f"page:{slug}" for slug in sorted(slugs)),
            }
        case Wrong.LINK:
            return _(
                "The link “%(typed)s” leads nowhere. Give page:NAME, an address that begins with"
                " https:, mailto:, tel:, / or #, or one of: %(known)s."
            ) % {**typed, "known": ", ".join(f"site:{name}" for name in PLACES)}


class PositionForm(PageModelForm):
    """A page's row in the list."""

    class Meta:
        model = Page
        fields = ("position",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("Position of %(page)s") % {"page": self.instance}
        self.fields["position"].widget.attrs["aria-label"] = label


class FilmForm(FilmModelForm):
    class Meta:
        model = Film
        fields = (
            "file",
            "link",
            "poster",
            "captions_en",
            "captions_es",
            "title_en",
            "title_es",
            "description_en",
            "description_es",
        )
        error_messages = {
            "link": {"invalid": gettext_lazy("Give an address that begins with https://")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.FileField):  # has a legend, and no label, once it is filled
                field.widget.attrs["aria-label"] = field.label

    def clean_file(self) -> Any:
        """Refuse what is no film, or too large a one."""
        return self._checked("file", FILMS, settings.FILM_MEGABYTES)

    def clean_poster(self) -> Any:
        """Make it fit for a page, as a photo is."""
        poster = self.cleaned_data["poster"]
        return photo_of(poster) if isinstance(poster, UploadedFile) else poster

    def clean_captions_en(self) -> Any:
        """Refuse what says nothing."""
        return self._captions("captions_en")

    def clean_captions_es(self) -> Any:
        """Refuse what says nothing."""
        return self._captions("captions_es")

    def _checked(self, name: str, kinds: tuple[PublicKind, ...], most_megabytes: int) -> Any:
        file = self.cleaned_data[name]
        if isinstance(file, UploadedFile):
            checked_public_kind(file, kinds, most_megabytes=most_megabytes)
        return file

    def _captions(self, name: str) -> Any:
        file = self._checked(name, (PublicKind.VTT,), settings.UPLOAD_MEGABYTES)
        if isinstance(file, UploadedFile):
            try:
                text = file.read().decode()
            except UnicodeDecodeError:
                raise ValidationError(_("Give captions as text in UTF-8."), "encoding") from None
            file.seek(0)
            if "-->" not in text:
                raise ValidationError(_("There is no caption in this file."), "empty")
        return file
