"""Intake: keeps the bytes that came, reads them in a child process, records the outcome."""
