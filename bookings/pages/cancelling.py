"""Cancel a booking by its link, and take the cancellation back (rule B6)."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from bookings.domain.booking import cancellable_until
from bookings.domain.cancelling import cancel, is_cancellable, is_late, may_cancel, undo
from bookings.domain.pairs.changes import cancel_pair, undo_pair
from bookings.domain.pairs.partners import may_change_both, were_cancelled_together
from bookings.domain.series.following import cancel_following, undo_following
from bookings.domain.series.members import following
from bookings.errors import BookingError, TooLate, WrongState
from bookings.models import Booking
from bookings.pages.forms import CancelForm
from bookings.pages.held import caller_of
from bookings.pages.managing import BookingView
from bookings.pages.pairs.partner import is_about_both, shown_partner
from bookings.pages.series.members import costs_of, is_about_following
from bookings.scheduling.hours import to_instant


class Cancel(BookingView):
    """Says beforehand whether it is free, then cancels."""

    def get(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """The question whether they are sure; who has cancelled already sees that it is."""
        if not is_cancellable(self.booking):
            return self.refused(request, WrongState())
        if not may_cancel(self.booking, now=self.now):
            return self.refused(request, TooLate())
        return self.page(request, CancelForm())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Cancel; twice is harmless."""
        form = CancelForm(request.POST)
        if not form.is_valid():
            return self.page(request, form)
        reason, caller = form.cleaned_data["reason"], caller_of(request)
        try:
            if is_about_both(request) and may_change_both(self.booking):
                both = cancel_pair(self.booking, caller=caller, now=self.now, reason=reason)
                messages.success(request, cancelled_words(len(both)))
            elif is_about_following(request):
                cancelled = cancel_following(
                    self.booking, caller=caller, now=self.now, reason=reason
                )
                messages.success(request, cancelled_words(len(cancelled)))
            else:
                cancel(self.booking, caller=caller, now=self.now, reason=reason)
        except (TooLate, WrongState) as error:
            return self.refused(request, error)
        return redirect(self.address())

    def page(self, request: HttpRequest, form: CancelForm) -> HttpResponse:
        """The form."""
        context = {
            "booking": self.booking,
            "address": self.address(),
            "form": form,
            "is_late": is_late(self.booking, now=self.now),
            "free_until": to_instant(cancellable_until(self.booking)),
            "partner": shown_partner(self.booking, now=self.now),
            "costs": costs_of(following(self.booking), now=self.now),
        }
        return render(
            request, "bookings/cancel.html", context, status=422 if form.is_bound else 200
        )


class Undo(BookingView):
    """Takes a cancellation back within some minutes."""

    def get(self, _request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Who comes back to it, or by a link, sees the booking; nothing changes."""
        return redirect(self.address())

    def post(self, request: HttpRequest, **_kwargs: str) -> HttpResponse:
        """Book it again, if every rule still allows it."""
        try:
            how = self.how_to_undo(request)
            undone = how(self.booking, caller=caller_of(request), now=self.now)
        except WrongState:
            return redirect(self.address())  # sent twice, or by reception in the meantime
        except BookingError as error:
            return self.refused(request, error)
        count = 1 if isinstance(undone, Booking) else len(undone)
        messages.success(request, undone_words(count))
        return redirect(self.address())

    def how_to_undo(self, request: HttpRequest) -> Callable[..., Booking | Sequence[Booking]]:
        """What takes it back: as it was cancelled, alone or with others."""
        if were_cancelled_together(self.booking) and may_change_both(self.booking):
            return undo_pair
        return undo_following if is_about_following(request) else undo


def cancelled_words(count: int) -> str:
    """What is said once several are cancelled together."""
    return ngettext(
        "%(count)s session has been cancelled.", "%(count)s sessions have been cancelled.", count
    ) % {"count": count}


def undone_words(count: int) -> str:
    """What is said once what was cancelled stands again."""
    return ngettext(
        "Your cancellation has been undone.", "%(count)s cancellations have been undone.", count
    ) % {"count": count}
