"""Copies of one seminar: backup, merge and synchronise."""
