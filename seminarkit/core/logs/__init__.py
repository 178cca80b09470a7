"""Append-only logs: hash chains, one log per writer, and their common order."""
