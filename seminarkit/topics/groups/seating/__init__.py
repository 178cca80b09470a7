"""Assign people to discussion groups by integer programming."""
