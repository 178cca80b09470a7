"""Briefs of sessions and discussion groups."""
