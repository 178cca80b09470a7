"""Packs: what a delegation is sent to fill in, and the mails around it."""
