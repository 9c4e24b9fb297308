"""Looks up use cases in the table that ``settings.COMMAND_ROUTES`` names, as Django does with its URLs."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings

from chat.contract import Command

UseCase = Callable[..., Any]


@cache
def _named(name: str) -> Any:
    return getattr(import_module(settings.COMMAND_ROUTES), name)


def table(name: str) -> Mapping[type[Command], UseCase]:
    routes: Mapping[type[Command], UseCase] = _named(name)
    return routes


def action(command_type: type[Command]) -> UseCase:
    """What changes something: ``use_case(*, session, now, **fields) -> Outcome``, in a transaction, session locked."""
    return table("ACTIONS")[command_type]


def query(command_type: type[Command]) -> UseCase:
    """What only reads: ``use_case(*, session, now, **fields) -> Event``."""
    return table("QUERIES")[command_type]


def attendants() -> Sequence[Callable[..., None]]:
    """``attend(*, sessions, now)`` of every app that wants to know whose visitors are here at this moment."""
    found: Sequence[Callable[..., None]] = _named("ATTENDANTS")
    return found


def erasers() -> Sequence[Callable[..., None]]:
    """``erase(*, session, now)`` of every app that keeps something of a visitor's."""
    found: Sequence[Callable[..., None]] = _named("ERASERS")
    return found


def exports() -> Mapping[str, Callable[[Any], Any]]:
    """``part(session)`` of every app that keeps something of a visitor's, by its name in the export."""
    found: Mapping[str, Callable[[Any], Any]] = _named("EXPORTS")
    return found
