"""The staff's pages of the catalogue: a list of each kind, an entry in each language, what was changed, a trial."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from chat import editorial
from chat.admin.access import demand, refusals_told, staff_name
from chat.consultant.language import FALLBACK
from chat.editorial import Catalogue
from chat.errors import Conflict
from chat.models import CatalogueEdit
from chat.taxonomy.edits import NEUTRAL, Edits, Fields, Place
from unobot.catalogue import entries
from unobot.catalogue.entries import Past
from unobot.catalogue.fields import KINDS
from unobot.catalogue.forms import EntryForm, TrialForm, first_fields, language_name, new_form, shown
from unobot.catalogue.kinds import Group, Kind
from unobot.catalogue.trial import Trial, attempt

READ, WRITE = "chat.view_catalogueedit", "chat.add_catalogueedit"
GENERAL = "general"
RECENT = 100


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def link(kind: Kind, key: str, part: str) -> str:
    return reverse("catalogue_entry", args=[kind.key, key, part or GENERAL])


def part_title(part: str) -> str:
    return language_name(part) if part else "General"


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    every = {**admin.site.each_context(request), "kinds": KINDS.values(), "may_write": request.user.has_perm(WRITE)}
    return TemplateResponse(request, f"unobot/catalogue/{template}.html", {**every, **context})


# --- lists


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in its list; ``parts`` are (its code, whether staff edited it)."""

    key: str
    label: str
    link: str
    state: str
    parts: list[tuple[str, bool]]
    cells: list[str]


def _cells(kind: Kind, key: str, edits: Edits) -> list[str]:
    """What the list shows beside the name: the general fields that are short, or the first of the told ones."""
    language = NEUTRAL if kind.general and kind.key == "topic" else FALLBACK
    fields = [field for field in kind.fields(language) if field.name in LISTED[kind.key]]
    entry = kind.entry((kind.key, key, language), edits)
    lines = (field.shape.text(entry.get(field.name)).splitlines() for field in fields)
    return [", ".join(line.split(" | ")[0] for line in text) for text in lines]


LISTED: Mapping[str, tuple[str, ...]] = {
    "topic": ("service", "effort"),
    "insight": ("say",),
    "industry": ("clients",),
    "rule": ("title",),
}


def _lines(kind: Kind, edits: Edits) -> list[Line]:
    return [
        Line(
            key=key,
            label=entries.label(kind, key, edits),
            link=link(kind, key, kind.parts[0]),
            state=entries.state(kind, key, edits),
            parts=[(part or GENERAL, (kind.key, key, part) in edits) for part in kind.parts],
            cells=_cells(kind, key, edits),
        )
        for key in kind.every(edits)
        if entries.exists(kind, key, edits)
    ]


def _speaks(kind: Kind, line: Line, wanted: str, edits: Edits) -> bool:
    """Whether the wanted words stand in the entry, in any language."""
    told = (kind.entry((kind.key, line.key, part), edits) for part in kind.parts)
    texts = [line.key, line.label, *(str(value) for fields in told for value in fields.values())]
    return any(wanted in text.casefold() for text in texts)


def list_view(request: HttpRequest, kind: str) -> HttpResponse:
    demand(request, READ)
    chosen, edits = _kind(kind), editorial.catalogue().edits
    wanted, only = request.GET.get("q", "").strip().casefold(), request.GET.get("only", "")
    lines = [line for line in _lines(chosen, edits) if not only or line.state]
    lines = [line for line in lines if not wanted or _speaks(chosen, line, wanted, edits)]
    heads = [f.label for part in (NEUTRAL, FALLBACK) for f in chosen.fields(part) if f.name in LISTED[chosen.key]]
    return _page(
        request,
        "list",
        title=chosen.title,
        kind=chosen,
        lines=lines,
        heads=heads,
        q=request.GET.get("q", ""),
        only=only,
    )


# --- one entry


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry as somebody works on it. ``brought`` is the number of the old version that is shown, if any."""

    kind: Kind
    place: Place
    known: Catalogue
    past: list[Past]
    brought: int = 0

    @property
    def newest(self) -> int:
        return self.past[0].edit.number if self.past else 0

    @property
    def values(self) -> Fields:
        """The whole entry, as it stands or as it was."""
        old = next((past.edit.fields for past in self.past if past.edit.number == self.brought), None)
        if old is None:
            return self.kind.entry(self.place, self.known.edits)
        return {**self.kind.shipped(self.place[1], self.place[2]), **old}

    def form(self, data: Any = None) -> EntryForm:
        return EntryForm(self.kind.fields(self.place[2]), self.values, data, after=self.newest)


def _opened(request: HttpRequest, kind: str, key: str, part: str) -> Opened:
    chosen, known = _kind(kind), editorial.catalogue()
    language = "" if part == GENERAL else part
    if language not in chosen.parts or not entries.exists(chosen, key, known.edits):
        raise Http404
    place = (chosen.key, key, language)
    brought = request.GET.get("version", "")
    return Opened(chosen, place, known, entries.history(chosen, place), int(brought) if brought.isdecimal() else 0)


def entry_view(request: HttpRequest, kind: str, key: str, part: str) -> HttpResponse:
    demand(request, READ)
    opened = _opened(request, kind, key, part)
    if request.method != "POST":
        return _entry_page(request, opened, opened.form(), TrialForm(initial={"spoken": opened.place[2] or FALLBACK}))
    demand(request, WRITE)
    if request.POST.get("do") == "reset":
        return _reset(request, opened)
    return _work(request, opened)


def _work(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Preview what was written, or save it; with a problem it stays on the page."""
    form, trial = opened.form(request.POST), TrialForm(request.POST)
    if form.is_valid():
        form.tell(entries.problems(opened.kind, opened.place, form.whole, opened.known))
    if form.is_valid() and request.POST.get("do") == "save" and _saved(request, opened, form):
        return HttpResponseRedirect(link(opened.kind, opened.place[1], opened.place[2]))
    tried = _tried(opened, form, trial) if request.POST.get("do") == "preview" and form.is_valid() else None
    return _entry_page(request, opened, form, trial, tried)


def _saved(request: HttpRequest, opened: Opened, form: EntryForm) -> bool:
    after = form.cleaned_data.get("after") or 0
    try:
        anew = entries.write(
            opened.kind, opened.place, form.whole, after=after, by=staff_name(request), now=timezone.now()
        )
    except Conflict as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, "Saved. It counts from the next message on." if anew else "Nothing was changed.")
    return True


def _tried(opened: Opened, form: EntryForm, trial: TrialForm) -> Trial | None:
    if not trial.is_valid() or not trial.cleaned_data["text"]:
        return None
    then = entries.with_edits(opened.known, {opened.place: entries.differing(opened.kind, opened.place, form.whole)})
    return attempt(trial.cleaned_data["text"], trial.cleaned_data["spoken"] or FALLBACK, then, timezone.now())


def _reset(request: HttpRequest, opened: Opened) -> HttpResponse:
    """One part back to the files; of an entry of the staff's own, all of it."""
    kind, key, language = opened.kind, opened.place[1], opened.place[2]
    own = entries.state(kind, key, opened.known.edits) == "own"
    with refusals_told(request):
        entries.reset(kind, key, kind.parts if own else [language], by=staff_name(request), now=timezone.now())
        messages.success(request, f"The {kind.one} is gone." if own else "As shipped again.")
    return HttpResponseRedirect(reverse("catalogue_list", args=[kind.key]) if own else link(kind, key, language))


def _entry_page(
    request: HttpRequest, opened: Opened, form: EntryForm, trial: TrialForm, tried: Trial | None = None
) -> HttpResponse:
    kind, (_, key, language), edits = opened.kind, opened.place, opened.known.edits
    base = opened.past[0].edit.shipped if opened.past else {}
    shipped = kind.shipped(key, language)
    return _page(
        request, "entry",
        title=entries.label(kind, key, edits),
        kind=kind,
        key=key,
        state=entries.state(kind, key, edits),
        tabs=[(part_title(p), link(kind, key, p), p == language, (kind.key, key, p) in edits) for p in kind.parts],
        language=language,
        edited=opened.place in edits,
        form=form,
        groups=shown(form, kind.groups(language), shipped, edits.get(opened.place, {}), base),
        past=opened.past,
        brought=opened.brought,
        trial=trial,
        tried=tried,
    )  # fmt: skip


# --- a new entry


def new_view(request: HttpRequest, kind: str) -> HttpResponse:
    demand(request, WRITE)
    chosen = _kind(kind)
    if not chosen.first:
        raise Http404
    form = new_form(chosen, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _added(request, chosen, form):
        return HttpResponseRedirect(link(chosen, form.cleaned_data["key"], chosen.parts[0]))
    [(_, fields)] = shown(form, [Group("", first_fields(chosen))], {}, {}, {})
    return _page(request, "new", title=f"New {chosen.one}", kind=chosen, form=form, fields=fields)


def _added(request: HttpRequest, kind: Kind, form: EntryForm) -> bool:
    key, known = form.cleaned_data["key"], editorial.catalogue()
    if entries.exists(kind, key, known.edits):
        form.add_error("key", f"There is a {kind.one} with this key.")
        return False
    parts = {part: _of(kind, part, form.whole) for part in dict.fromkeys((kind.parts[0], FALLBACK))}
    for part, fields in parts.items():
        form.tell(kind.check((kind.key, key, part), fields, {}, known))
    if not form.is_valid():
        return False
    entries.add(kind, key, parts, by=staff_name(request), now=timezone.now())
    messages.success(request, f"The {kind.one} is there. Write the rest of it, language by language.")
    return True


def _of(kind: Kind, part: str, whole: Fields) -> dict[str, Any]:
    names = {field.name for field in kind.fields(part)}
    return {name: value for name, value in whole.items() if name in names and value}


# --- what was changed, and a trial


@dataclass(frozen=True, slots=True)
class Change:
    edit: CatalogueEdit
    kind: Kind
    label: str
    part: str
    link: str
    fields: tuple[str, ...]


def _change(edit: CatalogueEdit, edits: Edits) -> Change:
    kind = KINDS[edit.kind]
    return Change(
        edit=edit,
        kind=kind,
        label=entries.label(kind, edit.key, edits),
        part=part_title(edit.language),
        link=link(kind, edit.key, edit.language) if entries.exists(kind, edit.key, edits) else "",
        fields=entries.labels(kind, edit.language, edit.fields),
    )


def changes_view(request: HttpRequest) -> HttpResponse:
    demand(request, READ)
    edits, rows = editorial.catalogue().edits, CatalogueEdit.objects.order_by("-id")[:RECENT]
    changes = [_change(edit, edits) for edit in rows if edit.kind in KINDS]
    return _page(request, "changes", title="Changes", changes=changes)


def try_view(request: HttpRequest) -> HttpResponse:
    demand(request, READ)
    form = TrialForm(request.POST or None)
    tried = None
    if request.method == "POST" and form.is_valid() and form.cleaned_data["text"].strip():
        spoken = form.cleaned_data["spoken"] or FALLBACK
        tried = attempt(form.cleaned_data["text"], spoken, editorial.catalogue(), timezone.now())
    return _page(request, "try", title="Try it", form=form, tried=tried)


def urls() -> list[URLPattern]:
    protect = admin.site.admin_view
    return [
        path("try/", protect(try_view), name="catalogue_try"),
        path("changes/", protect(changes_view), name="catalogue_changes"),
        path("<slug:kind>/", protect(list_view), name="catalogue_list"),
        path("<slug:kind>/new/", protect(new_view), name="catalogue_new"),
        path("<slug:kind>/<slug:key>/<slug:part>/", protect(entry_view), name="catalogue_entry"),
    ]
