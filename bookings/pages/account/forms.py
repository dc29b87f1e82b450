"""What is asked of clients who sign in, or are signed in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.domain.clients.choices import Choices
from bookings.folding import mailbox
from bookings.models import Client
from bookings.pages.forms import LabelledForm, PersonForm

EVERYBODY = "everybody"


class CodeForm(LabelledForm):
    """The digits from the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code"}
        ),
        error_messages={"required": _("Type the code from the mail.")},
    )


class ChoicesForm(PersonForm):
    """How a client wants to be called, reached and written to."""

    language = forms.ChoiceField(
        label=_("Language of our mails"),
        choices=settings.LANGUAGES,
        widget=forms.Select({"autocomplete": "language"}),
    )
    wants_reminders = forms.BooleanField(
        label=_("Remind me before each session"),
        required=False,
        help_text=_("Mails that a booking was made, moved or cancelled come in any case."),
    )
    wants_follow_ups = forms.BooleanField(
        label=_("Ask me by mail after a session how it was"), required=False
    )

    def __init__(self, data: Any = None, *, client: Client, follows_up: bool) -> None:
        """As the client has it; without what nobody is asked where no location `follows_up`."""
        super().__init__(data, {name: getattr(client, name) for name in Choices.__slots__})
        if not follows_up:
            del self.fields["wants_follow_ups"]

    def to_choices(self) -> Choices:
        """What the domain is told; what was not asked stays."""
        return Choices(**{**self.initial, **self.cleaned_data})


class EraseForm(LabelledForm):
    """Who is to be erased; nobody is by a slip of the hand."""

    who = forms.ChoiceField(
        label=_("Who is to be erased?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who is to be erased.")},
    )
    email = forms.CharField(
        label=_("Type your e-mail address"),
        max_length=254,
        help_text=_("So that nothing is erased by mistake."),
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"required": _("Type your e-mail address.")},
    )

    def __init__(self, data: Any = None, *, clients: list[Client], email: str) -> None:
        """Offer each of the account's clients, and all of them where there are several."""
        super().__init__(data)
        self.own = email
        choices = [(str(client.pk), client.name) for client in clients]
        if len(choices) > 1:
            choices.append((EVERYBODY, gettext("All of us")))
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        self.initial["who"] = choices[0][0] if len(choices) == 1 else None

    def clean_email(self) -> str:
        """The account's own; the case does not count."""
        email: str = self.cleaned_data["email"]
        if mailbox(email) != mailbox(self.own):
            raise ValidationError(_("This is not the address that you are signed in with."))
        return email
