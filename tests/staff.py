"""People who work with the admin, one of each role, each with a browser of their own."""

from django.contrib.auth.models import Group, User
from django.test import Client


def staff(role: str, name: str = "") -> Client:
    """Signed in with the role's group and nothing else."""
    user = User.objects.create_user(name or role.lower(), password="a long one", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client
