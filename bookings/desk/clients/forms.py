"""What is asked about a client."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.folding import folded
from bookings.models import Client

if TYPE_CHECKING:  # Django's class takes a type argument only in the stubs
    _ClientForm = forms.ModelForm[Client]
else:
    _ClientForm = forms.ModelForm

WIDE = {"class": "vTextField"}
LONG = {"class": "vLargeTextField", "rows": 5}


class ClientForm(_ClientForm):
    """Who they are; refuses what was typed onto an older state."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Client
        fields = ("name", "phone", "email", "language", "notes")
        widgets = {
            "name": forms.TextInput(attrs={**WIDE, "autocomplete": "off"}),
            "phone": forms.TextInput(attrs={**WIDE, "type": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput(attrs={**WIDE, "autocomplete": "off"}),
            "notes": forms.Textarea(attrs=LONG),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the languages that there are words for, and the one they have."""
        super().__init__(*args, **kwargs)
        self.initial["seen"] = state_of(self.instance)
        languages = dict(settings.LANGUAGES)
        languages.setdefault(self.instance.language, self.instance.language)
        self.fields["language"].widget = forms.Select(choices=sorted(languages.items()))

    def clean(self) -> None:
        """Somebody else may have written since the page was opened; nothing of theirs is lost."""
        super().clean()
        if self.cleaned_data.get("seen") != self.initial["seen"]:
            self.add_error(
                None, _("Somebody has changed this client in the meantime. Load the page again.")
            )

    def save(self, commit: bool = True) -> Client:  # Django's own
        """Write what was changed and nothing else."""
        changed = [name for name in self.changed_data if name != "seen"]
        self.instance.save(update_fields=changed)
        return self.instance


class BlockForm(forms.Form):
    """Why somebody cannot book online."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("For staff alone. The client is only asked to call the studio."),
        widget=forms.TextInput(attrs=WIDE),
    )


class EraseForm(forms.Form):
    """Nobody erases by a slip of the hand."""

    name = forms.CharField(
        label=gettext_lazy("Type the client's name"),
        widget=forms.TextInput(attrs={**WIDE, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        """Know whose name it is."""
        super().__init__(*args, **kwargs)
        self.client = client

    def clean_name(self) -> str:
        """The name; capitals and accents do not matter."""
        name: str = self.cleaned_data["name"]
        if folded(name) != folded(self.client.name):
            raise forms.ValidationError(_("This is not the name of the client."))
        return name


def state_of(client: Client) -> str:
    """A short mark of all that the form shows; another one after any change of it."""
    shown = (client.name, client.phone, client.email, client.language, client.notes)
    return sha256(repr(shown).encode()).hexdigest()[:16]
