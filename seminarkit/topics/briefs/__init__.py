"""Briefs for the chairs and moderators of sessions and discussion groups."""
