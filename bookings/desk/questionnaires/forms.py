"""What managers type of a health question: words, and what follows from which answer."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.desk.health.sheets import OUTCOMES
from bookings.desk.questionnaires.words import PARTS
from bookings.enums import Ask, QuestionKind
from bookings.models import Question

if TYPE_CHECKING:  # Django's classes take type arguments only in the stubs
    QuestionModelForm = forms.ModelForm[Question]
    AnyFormSet = forms.BaseFormSet[Any]
else:
    QuestionModelForm = forms.ModelForm
    AnyFormSet = forms.BaseFormSet

MOST_WINDOWS = 12
LONGEST_DAYS = 32_767
SPARE_ROWS = 2
WORDS = ("text", "text_es", "help", "help_es", "date_label", "date_label_es")
FOLLOWING = [(outcome.word, words) for outcome, words in OUTCOMES.items()]


class QuestionForm(QuestionModelForm):
    """A question; `outcome` follows from a yes, or where a date is asked, from one longer ago."""

    outcome = forms.ChoiceField(
        choices=FOLLOWING,
        widget=forms.RadioSelect,
        initial="review",
        error_messages={"required": gettext_lazy("Say what follows.")},
    )

    class Meta:
        model = Question
        fields = (*WORDS, "kind", "ask", "required")
        labels = PARTS | {"required": gettext_lazy("An answer is required")}
        help_texts = {
            "text": gettext_lazy("In plain words, to be answered with yes, no or not sure."),
            "text_es": gettext_lazy("Left empty, it is asked as above, in Spanish too."),
            "help": gettext_lazy("Why it is asked, or what is meant. May stay empty."),
            "required": gettext_lazy(
                "Without one, a person decides before the session is confirmed."
            ),
            "date_label": gettext_lazy("Such as “When was the latest surgery?”"),
        }
        widgets = {
            **{name: forms.Textarea({"rows": 2, "spellcheck": "true"}) for name in WORDS[:4]},
            "kind": forms.RadioSelect,
            "ask": forms.RadioSelect,
        }
        error_messages = {
            "text": {"required": gettext_lazy("Write the question.")},
            "kind": {"required": gettext_lazy("Choose how it can be answered.")},
        }

    def __init__(self, data: Any = None, *, instance: Question) -> None:
        last = instance.outcomes[-1]["outcome"] if instance.outcomes else "review"
        super().__init__(data, instance=instance, initial={"outcome": last}, label_suffix="")
        self.fields["kind"].choices = QuestionKind.choices  # type: ignore[attr-defined]
        self.fields["ask"].choices = Ask.choices  # type: ignore[attr-defined]  # no empty choice
        for name in WORDS[2::2]:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Each text on one line; what belongs to a date goes where none is asked."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in WORDS:
            data[name] = " ".join((data.get(name) or "").split())
        if data.get("kind") != QuestionKind.YES_NO_DATE:
            data["date_label"] = data["date_label_es"] = ""
        return data

    def to_question(self, windows: Iterable[tuple[int, str]]) -> Question:
        """The question as it was typed, of a valid form; the windows count where a date is."""
        question: Question = self.instance
        is_dated = question.kind == QuestionKind.YES_NO_DATE
        question.outcomes = [
            *(
                {"within_days": days, "outcome": outcome}
                for days, outcome in (sorted(windows) if is_dated else ())
            ),
            {"outcome": self.cleaned_data["outcome"]},
        ]
        return question


class WindowForm(forms.Form):
    """What follows from a date at most so many days back; an empty row counts as none."""

    days = forms.IntegerField(
        label=gettext_lazy("At most so many days before the session"),
        min_value=0,
        max_value=LONGEST_DAYS,
        required=False,
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What follows"),
        choices=[("", gettext_lazy("nothing chosen")), *FOLLOWING],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse half a row."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        days, outcome = data.get("days"), data.get("outcome")
        if days is None and outcome:
            self.add_error("days", _("Say how many days, or choose nothing in this row."))
        if days is not None and not outcome:
            self.add_error("outcome", _("Say what follows, or leave the days empty."))
        return data


class WindowRows(AnyFormSet):
    """The windows of a question, in whatever order they were typed."""

    def clean(self) -> None:
        """Refuse two rows for the same days: only one of them would ever count."""
        days = [each for each, _outcome in self.windows()]
        twice = next((each for each in days if days.count(each) > 1), None)
        if twice is not None:
            raise ValidationError(
                _("%(days)s days stand in two rows. Keep one of them."), "twice", {"days": twice}
            )

    def windows(self) -> list[tuple[int, str]]:
        """Days and outcome of each row that says something."""
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        return [
            (row["days"], row["outcome"])
            for row in rows
            if row.get("days") is not None and row.get("outcome")
        ]


_Windows = forms.formset_factory(
    WindowForm, formset=WindowRows, extra=SPARE_ROWS, max_num=MOST_WINDOWS, validate_max=True
)


def window_rows(question: Question, data: Any = None) -> WindowRows:
    """The rows of a question's windows, and empty ones below for more."""
    initial = [
        {"days": each["within_days"], "outcome": each["outcome"]}
        for each in question.outcomes
        if "within_days" in each
    ]
    rows = _Windows(data, initial=initial, prefix="window", form_kwargs={"label_suffix": ""})
    assert isinstance(rows, WindowRows)  # the factory makes nothing else
    return rows


class SignOffForm(forms.Form):
    """Who has read the questions through."""

    by = forms.CharField(
        label=gettext_lazy("Signed off by"),
        max_length=200,
        help_text=gettext_lazy("Whoever answers for these questions, such as “Dr. Ada Moore”."),
        error_messages={"required": gettext_lazy("Say who has read the questions through.")},
    )
    read = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
