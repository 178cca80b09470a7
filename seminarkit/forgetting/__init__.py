"""Forgets a person: finds every trace in the seminar's folder, takes it out, and proves it."""
