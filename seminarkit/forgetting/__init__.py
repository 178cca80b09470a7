"""Removes a person's data: finds all traces, redacts them and checks the result."""
