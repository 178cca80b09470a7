"""Keeps a report to its own dossier."""
