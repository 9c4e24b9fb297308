"""Calendars that experts keep elsewhere: what they are busy with there is not offered here."""
