from typing import ClassVar

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from frontend.models import SiteKey


@admin.register(SiteKey)
class SiteKeyAdmin(ModelAdmin):  # type: ignore[misc]  # django-unfold has no types
    list_display: ClassVar = ["name", "key", "origins", "active"]
    list_filter: ClassVar = ["active"]
    search_fields: ClassVar = ["name", "origins", "key"]
    readonly_fields: ClassVar = ["key", "script"]

    def get_fields(self, request: HttpRequest, obj: SiteKey | None = None) -> list[str]:
        """A key is made with the row: before that there is none to show."""
        return ["name", "origins", "active", *(["key", "script"] if obj else [])]

    @admin.display(description="Line for the site")
    def script(self, site: SiteKey) -> SafeString:
        line = '<script async src="{}" data-site-key="{}"></script>'
        return format_html("<code>{}</code>", line.format(settings.PUBLIC_URL + reverse("loader"), site.key))
