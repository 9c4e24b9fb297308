"""The parts of django-unfold, which has no types, as the pages use them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import RadioFilter
from unfold.decorators import display

F = TypeVar("F", bound=Callable[..., object])


class Inline(TabularInline):  # type: ignore[misc]
    """A table of rows in a tab of their own."""

    extra = 0
    tab = True


class Choice(RadioFilter):  # type: ignore[misc]
    """A filter of a few named choices: each is a title and what it leaves of the rows."""

    options: Mapping[str, tuple[str, Callable[[QuerySet[Any]], QuerySet[Any]]]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, title) for key, (title, _) in self.options.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        key = self.value()
        return self.options[key][1](queryset) if key in self.options else queryset


def column(
    title: str,
    *,
    ordering: str | None = None,
    label: Mapping[str, str] | None = None,
    header: bool | None = None,
    boolean: bool | None = None,
) -> Callable[[F], F]:
    """A column of a list. ``label`` colours its values; a ``header`` has a second line."""

    def mark(function: F) -> F:
        display(description=title, ordering=ordering, label=label, header=header, boolean=boolean)(function)
        return function

    return mark
