"""Who gets into the staff's site, and what each role may do there."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from tests.staff import staff

pytestmark = pytest.mark.django_db

ARGUMENTS = {
    "object_id": "1", "session_id": uuid.uuid4(), "booking_id": uuid.uuid4(), "prd_id": uuid.uuid4(),
    "file_id": uuid.uuid4(), "deed": "x", "number": 1, "app_label": "chat", "content_type_id": 1, "id": 1, "url": "x",
}  # fmt: skip
OPEN = {"login", "logout", "jsi18n"}


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        elif pattern.name and pattern.name not in OPEN:
            names = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
            yield reverse(f"admin:{pattern.name}", kwargs={name: ARGUMENTS[name] for name in names})


def test_every_address_of_the_admin_asks_for_a_sign_in() -> None:
    """A1"""
    known = sorted(set(addresses(admin.site.get_urls())))
    assert len(known) > 40
    for url in known:
        for response in (Client().get(url), Client().post(url)):
            assert response.status_code == 302, url
            assert "/admin/login/" in response.headers["Location"], url


def test_a_member_of_no_role_sees_nothing() -> None:
    Group.objects.create(name="Nobody")
    assert staff("Nobody").get(reverse("admin:chat_session_changelist")).status_code == 403


@pytest.mark.parametrize("role", ["Sales", "Viewers"])
def test_only_administrators_see_accounts_and_roles(role: str) -> None:
    client = staff(role)
    for page in ("auth_user_changelist", "auth_group_changelist", "auth_user_add"):
        assert client.get(reverse(f"admin:{page}")).status_code == 403
    assert staff("Administrators").get(reverse("admin:auth_user_changelist")).status_code == 200


def granted() -> dict[str, set[str]]:
    return {
        group.name: {
            f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")
        }
        for group in Group.objects.all()
    }


def test_roles_are_laid_down_again_after_every_migration() -> None:
    before = granted()
    Group.objects.get(name="Sales").permissions.clear()
    Group.objects.get(name="Viewers").delete()
    call_command("migrate", verbosity=0)
    assert granted() == before


def test_viewers_only_read() -> None:
    assert {name.split(".")[1].split("_")[0] for name in granted()["Viewers"]} == {"view"}
    assert "chat.view_personal_data" not in granted()["Viewers"]


def test_sales_change_experts_and_bookings_but_no_accounts_and_keys() -> None:
    sales = granted()["Sales"]
    assert {"experts.change_expert", "bookings.change_booking", "chat.view_personal_data"} <= sales
    assert not [name for name in sales if name.startswith(("auth.", "admin.", "sessions.")) or "token" in name]


def sign_in(password: str = "wrong") -> Any:
    return Client().post(reverse("admin:login"), {"username": "olga", "password": password})


def test_guessing_passwords_is_slowed_down(settings: Any) -> None:
    """Q4"""
    settings.RATE_LIMITS = True
    tries = [sign_in().content.decode() for _ in range(11)]
    assert "Too many tries" not in tries[9]
    assert "Too many tries" in tries[10]


def test_the_admin_has_a_policy_of_its_own() -> None:
    policy = Client().get(reverse("admin:login")).headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in Client().get("/").headers["Content-Security-Policy"].replace(
        "style-src 'self' 'unsafe-inline'", ""
    )


@pytest.mark.parametrize("role", ["Administrators", "Sales", "Viewers"])
def test_every_role_has_a_first_page(role: str) -> None:
    shown = staff(role).get(reverse("admin:index"))
    assert [step.count for step in shown.context["funnel"]] == [0, 0, 0, 0]
