"""The staff's roles as groups. What each may do is said here and laid down again after every migration.

Administrators may do everything. Sales see people and change experts, bookings and what the bot says, but no keys,
settings or accounts.
Viewers only read, and see no personal data.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.apps.registry import Apps

READ = {
    "chat": (
        "view_session",
        "view_mail",
        "view_job",
        "view_knowledgeentry",
        "view_welcometemplate",
        "view_catalogueedit",
    ),
    "experts": (
        "view_expert",
        "view_weeklyhours",
        "view_dateoverride",
        "view_timeoff",
        "view_meetingtype",
        "view_externalcalendar",
    ),
    "bookings": ("view_booking", "view_bookingchange"),
    "prd": ("view_prd", "view_prdversion"),
}
WORK = {
    "chat": (
        "view_personal_data", "change_session", "change_mail", "add_catalogueedit",
        *(f"{verb}_{rows}" for rows in ("knowledgeentry", "welcometemplate") for verb in ("add", "change", "delete")),
    ),
    "experts": (
        "add_expert", "change_expert",
        *(f"{verb}_{rows}" for rows in ("weeklyhours", "dateoverride", "timeoff", "meetingtype", "externalcalendar")
          for verb in ("add", "change", "delete")),
    ),
    "bookings": ("change_booking",),
    "prd": ("change_prd", "change_prdversion"),
}  # fmt: skip
ROLES: Mapping[str, tuple[Mapping[str, tuple[str, ...]], ...] | None] = {
    "Administrators": None,  # None is everything, also what later versions add
    "Sales": (READ, WORK),
    "Viewers": (READ,),
}


def grant_roles(app_config: AppConfig, *, apps: Apps = all_apps, using: str = "default", **_: Any) -> None:
    """Give every role its permissions in one app, and take others in that app away. Receives ``post_migrate``."""
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
        permissions = apps.get_model("auth", "Permission").objects.using(using)
        types = apps.get_model("contenttypes", "ContentType").objects.using(using)
    except LookupError:
        return  # a partial migration that has not come to the accounts
    if session := types.filter(app_label="chat", model="session").first():
        defaults = {"name": "Can see personal data"}
        permissions.get_or_create(content_type=session, codename="view_personal_data", defaults=defaults)
    mine = permissions.filter(content_type__app_label=app_config.label)
    for role, parts in ROLES.items():
        group, _made = groups.get_or_create(name=role)
        wanted = mine if parts is None else mine.filter(codename__in=_names(parts, app_config.label))
        group.permissions.remove(*mine.exclude(pk__in=wanted))
        group.permissions.add(*wanted)


def _names(parts: tuple[Mapping[str, tuple[str, ...]], ...], app: str) -> list[str]:
    return [name for part in parts for name in part.get(app, ())]
