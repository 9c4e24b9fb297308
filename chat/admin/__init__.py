"""The staff's pages about conversations, mails and jobs."""

from chat.admin import jobs, mails, sessions

__all__ = ["jobs", "mails", "sessions"]
