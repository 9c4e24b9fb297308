"""How the staff's site looks and what its menu offers: the settings of django-unfold."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import Promise

_BLUE = {
    "50": "#eff6ff", "100": "#dbeafe", "200": "#bfdbfe", "300": "#93c5fd", "400": "#60a5fa", "500": "#3b82f6",
    "600": "#2563eb", "700": "#1d4ed8", "800": "#1e40af", "900": "#1e3a8a", "950": "#172554",
}  # fmt: skip


def _may(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(permission)


def _item(title: str, icon: str, page: str, permission: str, **more: Any) -> dict[str, Any]:
    link: Promise | str = reverse_lazy(f"admin:{page}")
    return {"title": title, "icon": icon, "link": link, "permission": _may(permission), **more}


def _own(title: str, icon: str, page: str, permission: str) -> dict[str, Any]:
    """A page that is not of a model."""
    return {"title": title, "icon": icon, "link": reverse_lazy(page), "permission": _may(permission)}


def _known(title: str, icon: str, kind: str) -> dict[str, Any]:
    """A kind of the catalogue, with all the pages of its entries."""
    link = reverse_lazy("catalogue_list", args=[kind])
    here = f"/catalogue/{kind}/"
    return {
        "title": title, "icon": icon, "link": link, "permission": _may("chat.view_catalogueedit"),
        "active": lambda request: here in request.path,
    }  # fmt: skip


def _is_week(request: HttpRequest) -> bool:
    return request.path.endswith("/week/")


def _icon(request: HttpRequest) -> str:
    return static("frontend/favicon.svg")


def _style(request: HttpRequest) -> str:
    return static("chat/admin.css")


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "UnoBot",
    "SITE_HEADER": "UnoBot",
    "SITE_SUBHEADER": "Back office",
    "SITE_SYMBOL": "forum",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _icon}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "8px",
    "COLORS": {"primary": _BLUE},
    "STYLES": [_style],
    "LOGIN": {"form": "unobot.signin.SignInForm"},
    "DASHBOARD_CALLBACK": "unobot.dashboard.home",
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            {
                "items": [
                    {"title": "Overview", "icon": "dashboard", "link": reverse_lazy("admin:index")},
                    _own("Analytics", "monitoring", "analytics", "bookings.view_booking"),
                    _item(
                        "Conversations", "forum", "chat_session_changelist", "chat.view_session",
                        badge="unobot.dashboard.waiting_badge",
                    ),
                    _item(
                        "Bookings", "event", "bookings_booking_changelist", "bookings.view_booking",
                        active=lambda request: "/bookings/booking/" in request.path and not _is_week(request),
                    ),
                    _item("Week", "calendar_view_week", "bookings_booking_week", "bookings.view_booking"),
                    _item("PRDs", "description", "prd_prd_changelist", "prd.view_prd"),
                    _item("Experts", "badge", "experts_expert_changelist", "experts.view_expert"),
                ]
            },
            {
                "title": "What the bot says",
                "separator": True,
                "items": [
                    _item("Answers", "menu_book", "chat_knowledgeentry_changelist", "chat.view_knowledgeentry"),
                    _item("Welcomes", "waving_hand", "chat_welcometemplate_changelist", "chat.view_welcometemplate"),
                ],
            },
            {
                "title": "What the bot knows",
                "separator": True,
                "items": [
                    *(_known(title, icon, kind) for title, icon, kind in (
                        ("Topics", "category", "topic"), ("Insights", "lightbulb", "insight"),
                        ("Industries", "factory", "industry"), ("Rules", "gavel", "rule"),
                    )),
                    _own("Try it", "science", "catalogue_try", "chat.view_catalogueedit"),
                    _own("Changes", "history", "catalogue_changes", "chat.view_catalogueedit"),
                ],
            },
            {
                "title": "Operations",
                "separator": True,
                "items": [
                    _item("Mails", "mail", "chat_mail_changelist", "chat.view_mail"),
                    _item("Jobs", "schedule", "chat_job_changelist", "chat.view_job"),
                ],
            },
            {
                "title": "Access",
                "separator": True,
                "items": [
                    _item("People", "person", "auth_user_changelist", "auth.view_user"),
                    _item("Sites", "language", "frontend_sitekey_changelist", "frontend.view_sitekey"),
                    _item("Roles", "shield_person", "auth_group_changelist", "auth.view_group"),
                ],
            },
        ],
    },
}  # fmt: skip
