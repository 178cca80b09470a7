"""Forgets a person: finds all traces in the seminar's folder, redacts them, and verifies it."""
