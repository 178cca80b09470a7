"""Logs that are only added to: hash chains, a log per writer, and their one order."""
