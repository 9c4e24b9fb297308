"""What every page of the staff asks: who may see people, and how a use case's refusal is told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from chat.errors import UnoBotError
from chat.models import Session

PERSONAL_DATA = "chat.view_personal_data"
HIDDEN = "hidden"


def sees_people(request: HttpRequest) -> bool:
    """Whether names, addresses and what visitors wrote may be shown."""
    return request.user.has_perm(PERSONAL_DATA)


def demand(request: HttpRequest, *permissions: str) -> None:
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def staff_name(request: HttpRequest) -> str:
    user = request.user
    return ("" if user.is_anonymous else user.get_full_name()) or user.get_username()


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """A domain error is what the use case has to say to the person at the page."""
    try:
        yield
    except UnoBotError as error:
        details = " ".join(detail.message for detail in error.details)
        messages.error(request, f"{error.message} {details}".strip())


@contextmanager
def locked(session_id: UUID) -> Iterator[Session]:
    """The transaction of one use case, with the visitor's session locked first, as everywhere."""
    with transaction.atomic():
        yield Session.objects.select_for_update(no_key=True).get(pk=session_id)


class PeopleAdmin(ModelAdmin):  # type: ignore[misc]  # django-unfold has no types
    """Pages of rows that tell of people; ``personal_fields`` are those that not every role may see."""

    personal_fields: ClassVar[Sequence[str]] = ()
    compressed_fields = True
    list_fullwidth = True
    list_filter_submit = True
    list_per_page = 50

    def has_people_permission(self, request: HttpRequest) -> bool:
        return sees_people(request)

    def has_work_permission(self, request: HttpRequest) -> bool:
        """Whether the role may change such rows, through use cases if not in a form."""
        return request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A filter in the address tells by its count of results what the page does not show."""
        hidden = lookup.split("__", maxsplit=1)[0] in self.personal_fields and not sees_people(request)
        return not hidden and super().lookup_allowed(lookup, value, request)


class ReadOnlyAdmin(PeopleAdmin):
    """Rows that only use cases write."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.personal_fields:
            demand(request, PERSONAL_DATA)
        response: HttpResponse = super().history_view(request, object_id, extra_context)
        return response
