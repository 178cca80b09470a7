"""Fills in the sample seminar."""
