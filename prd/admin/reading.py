"""A document as a page of the staff: one version, what it changed of another, its hints, links and history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from chat.admin.access import sees_people
from chat.admin.links import session_url
from prd import document, render
from prd.diff import Change, diff
from prd.models import Prd, PrdVersion, Status

SIGNS = {"added": "+", "removed": "−", "changed": "±", "relaxed": "↓"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both versions (kind is empty), or only in the one before (del) or after (ins)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    sign: str
    change: Change
    pieces: tuple[Piece, ...]


def newest_first(prd: Prd) -> list[PrdVersion]:
    return sorted(prd.versions.all(), key=lambda version: -version.number)


def page(prd: Prd, request: HttpRequest, colours: Mapping[str, str]) -> dict[str, Any]:
    people = sees_people(request)
    versions = newest_first(prd)
    written = [version for version in versions if version.state == PrdVersion.State.WRITTEN]
    chosen = _chosen(written, request.GET.get("version", ""))
    earlier = [version for version in written if chosen and version.number < chosen.number]
    against = _chosen(earlier, request.GET.get("against", ""))
    return {
        "prd": prd,
        "people": people,
        "title": (chosen.title if chosen and people else "") or str(prd),
        "subtitle": "",
        "versions": versions,
        "chosen": chosen,
        "newest": written[0] if written else None,
        "colour": colours[prd.status],
        "document": _shown(prd, chosen) if chosen and people else "",
        "hints": chosen.hints if chosen and people else [],
        "earlier": earlier,
        "against": against,
        "sections": _sections(against, chosen) if against and chosen and people else {},
        "links": [share for version in versions for share in version.shares.all() if share.is_open(timezone.now())],
        "deeds": _deeds(chosen),
        "may_change": request.user.has_perm("prd.change_prd"),
    }


def _deeds(chosen: PrdVersion | None) -> list[tuple[str, str]]:
    offered = {"review": (Status.IN_REVIEW, "Take into review"), "approve": (Status.APPROVED, "Approve")}
    return [(deed, label) for deed, (status, label) in offered.items() if chosen and chosen.status != status]


def _chosen(versions: list[PrdVersion], number: str) -> PrdVersion | None:
    """The version of that number, else the first."""
    return next((version for version in versions if str(version.number) == number), versions[0] if versions else None)


def _shown(prd: Prd, version: PrdVersion) -> SafeString:
    return mark_safe(render.html(version.markdown, messages=session_url(prd.session)))  # noqa: S308  # cleaned by nh3


def _sections(before: PrdVersion, after: PrdVersion) -> dict[str, list[Row]]:
    """What changed, by the title of the section."""
    old, new = document.from_json(before.document), document.from_json(after.document)
    rows: dict[str, list[Row]] = {}
    for change in diff(old, new):
        row = Row(SIGNS[change.kind], change, tuple(pieces(change.before, change.after)))
        rows.setdefault(new.section(change.section).title, []).append(row)
    return rows


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Both texts in one, word by word."""
    old, new = before.split(), after.split()
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("", " ".join(new[first:last]))
            continue
        if start < end:
            yield Piece("del", " ".join(old[start:end]))
        if first < last:
            yield Piece("ins", " ".join(new[first:last]))
