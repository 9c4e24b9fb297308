"""The staff's pages about conversations, what the bot says, mails and jobs."""

from chat.admin import editorial, jobs, mails, sessions

__all__ = ["editorial", "jobs", "mails", "sessions"]
