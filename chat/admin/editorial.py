from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import AllValuesCheckboxFilter

from chat import editorial
from chat.admin.parts import column
from chat.consultant.knowledge import default_entries
from chat.forms import KnowledgeForm, WelcomeForm
from chat.models import KnowledgeEntry, WelcomeTemplate


@admin.register(KnowledgeEntry)
class KnowledgeAdmin(ModelAdmin):  # type: ignore[misc]  # django-unfold has no types
    form = KnowledgeForm
    list_display = ["topic", "language", "text", "is_active", "updated_at"]
    list_filter = [("language", AllValuesCheckboxFilter), "is_active"]
    search_fields = ["topic", "text"]
    list_fullwidth = True
    readonly_fields = ["replaces"]
    fields = ["topic", "language", "text", "is_active", "replaces"]

    @column("Without this entry the bot says")
    def replaces(self, entry: KnowledgeEntry) -> str:
        return default_entries(entry.language).get(entry.topic, "-") if entry.pk else "-"


@admin.register(WelcomeTemplate)
class WelcomeAdmin(ModelAdmin):  # type: ignore[misc]
    form = WelcomeForm
    list_display = ["text", "language", "industry", "for_returning", "is_default", "updated_at"]
    list_filter = [("language", AllValuesCheckboxFilter), "for_returning", "is_default"]
    search_fields = ["text"]
    list_fullwidth = True
    actions = ["make_default"]

    def has_work_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("chat.change_welcometemplate")

    @admin.action(description="Make this the default", permissions=["work"])
    def make_default(self, request: HttpRequest, queryset: QuerySet[WelcomeTemplate]) -> None:
        chosen = list(queryset[:2])
        if len(chosen) != 1 or "{industry}" in chosen[0].text:
            messages.error(request, "Choose one template, without {industry}: a default is for visitors of any.")
            return
        editorial.make_default(chosen[0])
        messages.success(request, "New conversations of its language begin with it.")
