"""The staff's pages about experts."""

from experts.admin import experts

__all__ = ["experts"]
