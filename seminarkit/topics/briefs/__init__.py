"""Briefs for those who lead a session or a discussion group."""
