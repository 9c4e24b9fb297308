"""manage.py prepare: what the first start of a server needs."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command


def prepare(*flags: str) -> str:
    told = StringIO()
    call_command("prepare", *flags, stdout=told)
    return told.getvalue()


@pytest.mark.django_db
def test_the_told_password_opens_the_admin_and_is_told_once() -> None:
    password = prepare("--administrator").partition("password ")[2].split()[0]
    assert User.objects.get(username="admin").check_password(password)
    assert "password" not in prepare("--administrator")


@pytest.mark.django_db
def test_there_is_no_second_administrator() -> None:
    User.objects.create_superuser("maria", "", "a long passphrase")
    prepare("--administrator")
    assert list(User.objects.values_list("username", flat=True)) == ["maria"]


@pytest.mark.django_db
def test_nobody_is_made_unasked() -> None:
    prepare()
    assert not User.objects.exists()
