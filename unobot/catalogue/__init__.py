"""The catalogue in the staff's hands: what the bot knows of topics, problems, industries and their rules."""
