"""Which sites a key stands for."""

from frontend.models import SiteKey


def origins_of(key: str) -> list[str]:
    """The origins at which a key is good; none for a key that is unknown or switched off."""
    site = SiteKey.objects.filter(key=key, active=True).first()
    return site.origins.lower().split() if site else []
